#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "taxonomy/document_store.h"
#include "xml/deferred.h"

namespace factpress::taxonomy {

enum class DocumentKind : std::uint8_t { instance, schema, linkbase, other };

/// A document of a set that was loaded before: what discovery knew of it then.
struct KeptDocument {
  std::string_view name;  ///< normal
  DocumentKind kind = DocumentKind::other;
  bool in_dts = false, is_entry = false, has_base = false;
  bool is_own = false;     ///< in no package: it has to be what it was, byte for byte
  std::string_view bytes;  ///< of one that is its own
};

/// A document whose part in the set is known: it is parsed only for those who really ask for an element of it.
class UnreadDocument final : public xml::DeferredDocument {
 public:
  /// Of `bytes`, which stay where they are as long as `owner` lives.
  UnreadDocument(std::string name, std::string_view bytes, std::shared_ptr<const void> owner)
      : name_(std::move(name)), bytes_(bytes), owner_(std::move(owner)) {}
  /// Of a document that `store`, which must live as long, is asked for by its normal name.
  UnreadDocument(std::string name, DocumentStore& store) : name_(std::move(name)), store_(&store) {}

  const std::shared_ptr<const xml::Document>& document() const override;
  xml::Element element_at(std::uint32_t offset) const override;

 private:
  std::string name_;
  std::string_view bytes_;
  std::shared_ptr<const void> owner_;
  DocumentStore* store_ = nullptr;
  mutable std::once_flag parsed_;
  mutable std::shared_ptr<const xml::Document> document_;
};

}  // namespace factpress::taxonomy
