#include "taxonomy/package_source.h"

#include "taxonomy/package.h"
#include "taxonomy/snapshot/snapshot.h"

namespace factpress::taxonomy {
namespace {

class PackageSource final : public DocumentSource {
 public:
  explicit PackageSource(std::shared_ptr<const PackageSet> packages) : packages_(std::move(packages)) {}
  std::optional<Result<Bytes>> read(const std::string& name) const override {
    const auto found = packages_->find(name);
    if (!found) return std::nullopt;
    return found->package->read(found->path);
  }

 private:
  std::shared_ptr<const PackageSet> packages_;
};

class SnapshotSource final : public DocumentSource {
 public:
  SnapshotSource(std::vector<std::shared_ptr<const Snapshot>> snapshots, std::shared_ptr<const PackageSet> packages)
      : snapshots_(std::move(snapshots)), packages_(std::move(packages)) {}
  std::optional<Result<Bytes>> read(const std::string& name) const override {
    for (const auto& s : snapshots_) {
      const auto document = s->find(name);
      if (document && s->has_text(*document)) return s->text(*document);
    }
    return std::nullopt;
  }
  const FrozenDocument* frozen(const std::string& name) const override {
    for (const auto& s : snapshots_) {
      const auto document = s->find(name);
      if (document && s->is_frozen(*document) && is_current(*s, *document, name)) return s->frozen(*document);
    }
    return nullptr;
  }

 private:
  bool is_current(const Snapshot& s, std::uint32_t document, const std::string& name) const {
    const auto found = packages_ ? packages_->find(name) : std::nullopt;
    if (!found) return true;
    const auto package = s.package_of(document);  // a folder has the word itself: it may change while it is used
    return package && found->package->is_zip() && s.packages()[*package].hash == found->package->identity();
  }
  std::vector<std::shared_ptr<const Snapshot>> snapshots_;
  std::shared_ptr<const PackageSet> packages_;
};

}  // namespace

std::shared_ptr<const PackageSet> open_packages(const std::shared_ptr<FileSystem>& files, const std::vector<std::string>& paths, diag::Sink& sink) {
  auto packages = std::make_shared<PackageSet>();
  for (const std::string& path : paths) {
    if (auto package = Package::open(path, files, sink)) packages->add(std::move(package));
  }
  return packages;
}

std::unique_ptr<DocumentSource> package_source(std::shared_ptr<const PackageSet> packages) {
  return std::make_unique<PackageSource>(std::move(packages));
}

std::unique_ptr<DocumentSource> snapshot_source(std::vector<std::shared_ptr<const Snapshot>> snapshots, std::shared_ptr<const PackageSet> packages) {
  return std::make_unique<SnapshotSource>(std::move(snapshots), std::move(packages));
}

std::unique_ptr<DocumentSource> package_source(const std::shared_ptr<FileSystem>& files, const std::vector<std::string>& paths,
                                               diag::Sink& sink) {
  return package_source(open_packages(files, paths, sink));
}

}  // namespace factpress::taxonomy
