#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/source.h"
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
  /// Of bytes that were read.
  explicit UnreadDocument(SourcePtr source) : source_(std::move(source)) {}
  /// Of a document that `store`, which must live as long, is asked for by its normal name.
  UnreadDocument(DocumentStore& store, std::string name) : store_(&store), name_(std::move(name)) {}

  const std::shared_ptr<const xml::Document>& document() const override;
  xml::Element element_at(std::uint32_t offset) const override;
  /// Null where it cannot be had. Parses nothing where the bytes were read.
  SourcePtr source() const;

 private:
  SourcePtr source_;
  DocumentStore* store_ = nullptr;
  std::string name_;
  mutable std::once_flag parsed_;
  mutable std::shared_ptr<const xml::Document> document_;
};

}  // namespace factpress::taxonomy
