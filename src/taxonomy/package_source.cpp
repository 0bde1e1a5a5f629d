#include "taxonomy/package_source.h"

namespace factpress::taxonomy {
namespace {

class PackageSource final : public DocumentSource {
 public:
  std::optional<Result<std::string>> read(const std::string&) const override { return std::nullopt; }
};

}  // namespace

std::unique_ptr<DocumentSource> package_source(const FileSystem&, const std::vector<std::string>&, diag::Sink&) {
  return std::make_unique<PackageSource>();
}

}  // namespace factpress::taxonomy
