#include "taxonomy/package.h"

#include <fmt/format.h>

#include <algorithm>

#include "diag/codes/taxonomy.h"
#include "taxonomy/package_reader.h"
#include "taxonomy/snapshot/image_format.h"

namespace factpress::taxonomy {

namespace codes = diag::codes;

namespace {

// "a/../b" resolved; empty for what climbs out of the package or is no plain relative path.
std::optional<std::string> tidy_path(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\\') != std::string_view::npos ||
      path.find('\0') != std::string_view::npos)
    return {};
  std::vector<std::string_view> parts;
  std::size_t at = 0;
  while (at <= path.size()) {
    const auto slash = std::min(path.find('/', at), path.size());
    const auto part = path.substr(at, slash - at);
    at = slash + 1;
    if (part == ".." && parts.empty()) return {};
    if (part == "..")
      parts.pop_back();
    else if (!part.empty() && part != ".")
      parts.push_back(part);
  }
  std::string out;
  for (const auto p : parts) out.append(out.empty() ? "" : "/").append(p);
  if (path.back() == '/' && !out.empty()) out += '/';
  return out;
}

bool is_safe(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos ||
      name.find('\0') != std::string_view::npos)
    return false;
  if (name.size() > 1 && name[1] == ':') return false;
  for (auto at = name.find(".."); at != std::string_view::npos; at = name.find("..", at + 1)) {
    if ((at == 0 || name[at - 1] == '/') && (at + 2 == name.size() || name[at + 2] == '/')) return false;
  }
  return true;
}

std::string decode_percent(std::string_view text) {
  const auto hex = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

std::optional<std::string> resolve_in_package(std::string_view base_folder, std::string_view relative) {
  return tidy_path(std::string(base_folder) + std::string(relative));
}

class PackageOpener {
 public:
  PackageOpener(const std::string& path, const std::shared_ptr<FileSystem>& files, diag::Sink& sink, const PackageLimits& limits)
      : files_(files), sink_(sink), limits_(limits), place_{std::make_shared<Source>(path, ""), {}} {
    package_->path_ = path;
  }
  std::shared_ptr<const Package> run() {
    std::string& path = package_->path_;
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    const bool folder = files_->is_folder(path);
    if (!(folder ? open_folder() : open_zip())) return nullptr;
    const auto metadata = parse("META-INF/taxonomyPackage.xml", codes::taxonomy_tpe_invalid_metadata);
    if (metadata) read_metadata(*metadata, package_->metadata_, sink_);
    if (package_->has(package_->top_ + "META-INF/catalog.xml")) {
      if (const auto catalog = parse("META-INF/catalog.xml", codes::taxonomy_tpe_invalid_catalog))
        package_->rules_ = read_catalog(*catalog, package_->top_ + "META-INF/", sink_);
    }
    package_->identity_ = package_->zip_ ? identity_of(*package_->zip_) : 0;
    return package_;
  }

 private:
  bool fail(const diag::CodeInfo& code, std::string message) {
    sink_.add({code, place_, std::move(message)});
    return false;
  }

  std::shared_ptr<const xml::Document> parse(const std::string& name, const diag::CodeInfo& code) {
    auto bytes = package_->read(package_->top_ + name);
    if (!bytes) return fail(code, fmt::format("{}: {}", name, bytes.error())), nullptr;
    diag::Sink inner;
    auto d = xml::Document::parse(std::make_shared<Source>(package_->path_ + "/" + name, std::move(*bytes)), inner);
    for (const auto& x : inner.all()) sink_.add({code, x.place, x.message});
    return d;
  }

  bool open_zip() {
    auto file = files_->open(package_->path_, limits_.archive_bytes);
    if (!file) return fail(codes::taxonomy_tpe_invalid_archive, fmt::format("the package cannot be read: {}", file.error()));
    auto zip = ZipArchive::open(std::move(*file), limits_.zip);
    if (!zip) return fail(codes::taxonomy_tpe_invalid_archive, fmt::format("the package cannot be opened: {}", zip.error()));
    package_->zip_ = std::move(*zip);
    const auto& entries = package_->zip_->entries();
    package_->zip_index_.reserve(entries.size());
    std::size_t unsafe = 0;
    std::vector<std::string_view> safe;
    safe.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto name = entries[i].name;
      if (!is_safe(name)) {
        if (++unsafe <= 5)
          fail(codes::taxonomy_package_escape, fmt::format("the entry '{}' is refused: its name leads out of the package", name));
        continue;
      }
      safe.push_back(name);
      if (!entries[i].is_folder() && !package_->zip_index_.emplace(name, i).second)
        fail(codes::taxonomy_tpe_invalid_archive, fmt::format("the entry '{}' stands twice in the package", name));
    }
    return find_top(safe);
  }

  // Exactly one top-level folder, with META-INF/taxonomyPackage.xml in it (clause 2).
  bool find_top(const std::vector<std::string_view>& names) {
    std::vector<std::string_view> tops, with_metadata;
    bool file_at_top = false, folder_without_file = false;
    const auto note = [](std::vector<std::string_view>& list, std::string_view top) {
      if (std::find(list.begin(), list.end(), top) == list.end() && list.size() < 100) list.push_back(top);
    };
    for (const std::string_view name : names) {
      const auto slash = name.find('/');
      if (slash == std::string_view::npos) {
        file_at_top = true;
        continue;
      }
      const auto top = name.substr(0, slash + 1);
      if (tops.empty() || tops.back() != top) note(tops, top);
      const auto rest = name.substr(slash + 1);
      folder_without_file |= rest.substr(0, 9) == "META-INF/";
      if (rest == "META-INF/taxonomyPackage.xml") note(with_metadata, top);
    }
    if (with_metadata.empty() && folder_without_file)
      return fail(codes::taxonomy_tpe_no_metadata_file,
                  "the package has no META-INF/taxonomyPackage.xml in its top-level folder");
    if (tops.size() != 1 || file_at_top)
      fail(codes::taxonomy_tpe_directory_structure,
           fmt::format("the package must hold one top-level folder and nothing beside it; it holds {}{}", tops.size(),
                       file_at_top ? " and files beside them" : ""));
    if (with_metadata.empty())
      return fail(codes::taxonomy_tpe_no_metadata_folder, "the package's top-level folder has no META-INF folder");
    package_->top_ = with_metadata.front();
    return true;
  }

  bool open_folder() {
    package_->files_ = files_;
    const std::string& folder = package_->path_;
    package_->folder_ = folder + "/";
    if (files_->is_folder(folder + "/META-INF")) return has_metadata();
    if (const auto names = files_->list(folder)) {
      for (const auto& n : *names)
        if (files_->is_folder(folder + "/" + n + "/META-INF")) return package_->top_ = n + "/", has_metadata();
    }
    return fail(codes::taxonomy_tpe_no_metadata_folder, "the folder has no META-INF folder, nor has one in it");
  }
  static std::uint64_t identity_of(const ZipArchive& zip) {
    std::string all;
    for (const auto& e : zip.entries()) {
      all.append(e.name).push_back('\0');
      for (const std::uint64_t n : {std::uint64_t{e.crc}, e.size}) all.append(reinterpret_cast<const char*>(&n), sizeof n);
    }
    return hash_bytes(all);
  }

  bool has_metadata() {
    if (package_->has(package_->top_ + "META-INF/taxonomyPackage.xml")) return true;
    return fail(codes::taxonomy_tpe_no_metadata_file, "the package has no META-INF/taxonomyPackage.xml");
  }

  std::shared_ptr<Package> package_ = std::make_shared<Package>();
  const std::shared_ptr<FileSystem>& files_;
  diag::Sink& sink_;
  const PackageLimits& limits_;
  Place place_;
};

std::shared_ptr<const Package> Package::open(const std::string& path, const std::shared_ptr<FileSystem>& files, diag::Sink& sink,
                                             const PackageLimits& limits) {
  return PackageOpener(path, files, sink, limits).run();
}

std::optional<std::string> Package::locate(std::string_view url) const {
  for (const auto& r : rules_) {
    if (url.substr(0, r.start.size()) != r.start) continue;
    std::string rest(url.substr(r.start.size()));
    const auto end = rest.find_first_of("?#");
    if (end != std::string::npos) rest.resize(end);
    return tidy_path(r.prefix + decode_percent(rest));
  }
  return {};
}

bool Package::has(std::string_view path) const {
  if (zip_) return zip_index_.count(path) != 0;
  return is_safe(path) && files_->is_file(folder_ + std::string(path));
}

Result<Bytes> Package::read(std::string_view path) const {
  if (zip_) {
    const auto it = zip_index_.find(path);
    if (it == zip_index_.end()) return Failure{fmt::format("the package '{}' has no file '{}'", path_, path)};
    return zip_->read(zip_->entries()[it->second]);
  }
  if (!is_safe(path)) return Failure{fmt::format("the path '{}' leads out of the package", path)};
  return files_->read_bytes(folder_ + std::string(path));
}

std::optional<std::string> Package::url_of(std::string_view path) const {
  for (const auto& r : rules_) {
    if (path.substr(0, r.prefix.size()) != r.prefix) continue;
    std::string url = r.start + std::string(path.substr(r.prefix.size()));
    if (const auto back = locate(url); back && *back == path) return url;
  }
  return {};
}

std::vector<std::string> Package::list() const {
  std::vector<std::string> out;
  if (zip_) {
    for (const auto& [name, i] : zip_index_) out.emplace_back(name);
  } else {
    std::vector<std::string> todo{""};
    while (!todo.empty() && out.size() < 1'000'000) {
      const std::string at = std::move(todo.back());
      todo.pop_back();
      const auto names = files_->list(folder_ + at);
      if (!names) continue;
      for (const auto& n : *names) {
        const std::string p = at + n;
        if (files_->is_folder(folder_ + p))
          todo.push_back(p + "/");
        else
          out.push_back(p);
      }
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<PackageSet::Found> PackageSet::find(std::string_view url) const {
  std::optional<Found> best;
  std::size_t longest = 0;
  for (const auto& p : packages_) {
    for (const auto& r : p->rules()) {
      if (url.substr(0, r.start.size()) != r.start) continue;
      if (best && r.start.size() <= longest) break;
      auto path = p->locate(url);
      if (path && p->has(*path)) best = Found{p.get(), std::move(*path)}, longest = r.start.size();
      break;
    }
  }
  return best;
}

}  // namespace factpress::taxonomy
