#include "taxonomy/document_store.h"

#include "taxonomy/uri.h"

namespace factpress::taxonomy {
namespace {

class FileSource final : public DocumentSource {
 public:
  explicit FileSource(std::shared_ptr<const FileSystem> files) : files_(std::move(files)) {}
  std::optional<Result<Bytes>> read(const std::string& name) const override {
    if (has_scheme(name) || !files_->is_file(name)) return std::nullopt;
    return files_->read_bytes(name);
  }
  std::optional<bool> is(const std::string& name, std::string_view bytes) const override {
    if (has_scheme(name) || !files_->is_file(name)) return std::nullopt;
    const auto file = files_->open(name);
    if (!file || (*file)->size() != bytes.size()) return false;
    constexpr std::size_t piece = std::size_t{64} << 10;  // what the processor keeps at hand
    std::string scratch;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      const std::string_view wanted = bytes.substr(at, piece);
      const auto found = (*file)->read(at, wanted.size(), scratch);
      if (!found || *found != wanted) return false;
    }
    return true;
  }

 private:
  std::shared_ptr<const FileSystem> files_;
};

}  // namespace

std::optional<bool> DocumentSource::is(const std::string& name, std::string_view bytes) const {
  const auto found = read(name);
  if (!found) return std::nullopt;
  return *found && (*found)->view() == bytes;
}

std::unique_ptr<DocumentSource> file_source(std::shared_ptr<const FileSystem> files) {
  return std::make_unique<FileSource>(std::move(files));
}

DocumentStore::DocumentStore(std::vector<std::unique_ptr<DocumentSource>> sources, xml::Limits limits)
    : sources_(std::move(sources)), limits_(limits) {}

DocumentStore::DocumentStore(std::vector<std::unique_ptr<DocumentSource>> sources, DocumentStore& behind)
    : sources_(std::move(sources)), limits_(behind.limits_), behind_(&behind) {}

std::optional<Result<Bytes>> DocumentStore::own(const std::string& name) const {
  for (const auto& source : sources_) {
    if (auto bytes = source->read(name)) return bytes;
  }
  return std::nullopt;
}

Result<Bytes> DocumentStore::read(const std::string& name) const {
  if (auto bytes = own(name)) return *std::move(bytes);
  if (behind_) return behind_->read(name);
  return Failure{has_scheme(name) ? "no package and no built-in schema has it, and the network is never asked" : "there is no such file"};
}

bool DocumentStore::is(const std::string& name, std::string_view bytes) const {
  for (const auto& source : sources_) {
    if (const auto same = source->is(name, bytes)) return *same;
  }
  return behind_ && behind_->is(name, bytes);
}

const FrozenDocument* DocumentStore::own_frozen(const std::string& name) const {
  for (const auto& source : sources_) {
    if (const FrozenDocument* found = source->frozen(name)) return found;
  }
  return nullptr;
}

StoredDocumentPtr DocumentStore::open(const std::string& name, bool parsed) {
  {
    const std::lock_guard lock(mutex_);
    if (!parsed) {
      const auto frozen = frozen_.find(name);
      if (frozen != frozen_.end()) return frozen->second;
    }
    const auto it = documents_.find(name);
    if (it != documents_.end()) return it->second;
  }
  auto stored = std::make_shared<StoredDocument>();
  stored->name = name;
  if (const FrozenDocument* frozen = parsed ? nullptr : own_frozen(name)) {
    stored->frozen = frozen;
    const std::lock_guard lock(mutex_);
    return frozen_.try_emplace(name, std::move(stored)).first->second;
  }
  auto bytes = own(name);
  if (!bytes && behind_) return behind_->open(name, parsed);
  // Two threads may parse the same document at once; the first to finish wins and both see its copy.
  if (!bytes) bytes = read(name);  // what nobody has, which it says
  if (*bytes) {
    diag::Sink sink;
    const auto source = std::make_shared<const Source>(name, *std::move(*bytes));
    stored->xml = xml::Document::parse(source, sink, limits_);
    stored->converted = stored->xml && stored->xml->source() != source;
    stored->findings = sink.all();
  } else {
    stored->failure = bytes->error();
  }
  const std::lock_guard lock(mutex_);
  return documents_.try_emplace(name, std::move(stored)).first->second;
}

}  // namespace factpress::taxonomy
