#include "template/loader.h"

#include <algorithm>

namespace factpress::tmpl {

namespace {

class MapLoader final : public Loader {
 public:
  MapLoader(std::string label, std::map<std::string, std::string, std::less<>> files) : label_(std::move(label)), files_(std::move(files)) {}
  std::string_view label() const override { return label_; }
  std::optional<Found> load(std::string_view name) const override {
    const auto it = files_.find(name);
    if (it == files_.end()) return {};
    return Found{it->first, it->second};
  }
  std::vector<std::string> names() const override {
    std::vector<std::string> out;
    for (const auto& [n, _] : files_) out.push_back(n);
    return out;
  }

 private:
  std::string label_;
  std::map<std::string, std::string, std::less<>> files_;
};

class EmbeddedLoader final : public Loader {
 public:
  EmbeddedLoader(std::string label, std::span<const embedded::File> files) : label_(std::move(label)), files_(files) {}
  std::string_view label() const override { return label_; }
  std::optional<Found> load(std::string_view name) const override {
    for (const auto& f : files_)
      if (f.path == name) return Found{label_ + ":" + std::string(name), std::string(f.bytes)};
    return {};
  }
  std::vector<std::string> names() const override {
    std::vector<std::string> out;
    for (const auto& f : files_) out.emplace_back(f.path);
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  std::string label_;
  std::span<const embedded::File> files_;
};

class FolderLoader final : public Loader {
 public:
  FolderLoader(std::string label, std::shared_ptr<const FileSystem> fs, std::string folder)
      : label_(std::move(label)), fs_(std::move(fs)), folder_(std::move(folder)) {
    while (folder_.size() > 1 && folder_.back() == '/') folder_.pop_back();
  }
  std::string_view label() const override { return label_; }
  std::optional<Found> load(std::string_view name) const override {
    const std::string path = folder_ + "/" + std::string(name);
    if (!is_plain_name(name) || !fs_->is_file(path)) return {};
    auto text = fs_->read(path, std::size_t{64} << 20);
    if (!text) return {};
    return Found{path, std::move(*text)};
  }
  std::vector<std::string> names() const override {
    std::vector<std::string> out;
    list("", 0, out);
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  void list(const std::string& below, int depth, std::vector<std::string>& out) const {
    const auto entries = fs_->list(below.empty() ? folder_ : folder_ + "/" + below);
    if (!entries || depth > 8) return;
    for (const auto& e : *entries) {
      const std::string name = below.empty() ? e : below + "/" + e;
      if (fs_->is_folder(folder_ + "/" + name)) list(name, depth + 1, out);
      else if (is_plain_name(name)) out.push_back(name);
    }
  }

  std::string label_;
  std::shared_ptr<const FileSystem> fs_;
  std::string folder_;
};

}  // namespace

bool is_plain_name(std::string_view name) {
  if (name.empty() || name.size() > 1000) return false;
  for (const char c : name)
    if (static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == ':' || c == 0x7F) return false;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    const std::string_view part = name.substr(at, end - at);
    if (part.empty() || part == "." || part == "..") return false;
    at = end + 1;
  }
  return true;
}

std::shared_ptr<const Loader> embedded_loader(std::string label, std::span<const embedded::File> files) {
  return std::make_shared<EmbeddedLoader>(std::move(label), files);
}

std::shared_ptr<const Loader> folder_loader(std::string label, std::shared_ptr<const FileSystem> fs, std::string folder) {
  return std::make_shared<FolderLoader>(std::move(label), std::move(fs), std::move(folder));
}

std::shared_ptr<const Loader> map_loader(std::string label, std::map<std::string, std::string, std::less<>> files) {
  return std::make_shared<MapLoader>(std::move(label), std::move(files));
}

}  // namespace factpress::tmpl
