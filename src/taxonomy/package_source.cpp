#include "taxonomy/package_source.h"

#include "taxonomy/package.h"

namespace factpress::taxonomy {
namespace {

class PackageSource final : public DocumentSource {
 public:
  explicit PackageSource(PackageSet packages) : packages_(std::move(packages)) {}
  std::optional<Result<std::string>> read(const std::string& name) const override {
    const auto found = packages_.find(name);
    if (!found) return std::nullopt;
    return found->package->read(found->path);
  }

 private:
  PackageSet packages_;
};

}  // namespace

std::unique_ptr<DocumentSource> package_source(const std::shared_ptr<FileSystem>& files, const std::vector<std::string>& paths,
                                               diag::Sink& sink) {
  PackageSet packages;
  for (const std::string& path : paths) {
    if (auto package = Package::open(path, files, sink)) packages.add(std::move(package));
  }
  return std::make_unique<PackageSource>(std::move(packages));
}

}  // namespace factpress::taxonomy
