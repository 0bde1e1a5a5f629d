#include "taxonomy/core_schemas.h"
#include "taxonomy/document_store.h"

namespace factpress::taxonomy {
namespace {

class CoreSource final : public DocumentSource {
 public:
  std::optional<Result<Bytes>> read(const std::string& name) const override {
    const auto bytes = core_schema(name);
    if (!bytes) return std::nullopt;
    return Result<Bytes>(std::string(*bytes));
  }
};

}  // namespace

std::unique_ptr<DocumentSource> core_schema_source() { return std::make_unique<CoreSource>(); }

}  // namespace factpress::taxonomy
