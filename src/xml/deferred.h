#pragma once
#include <cstdint>
#include <memory>

#include "xml/document.h"

namespace factpress::xml {

/// A document that is known without having been parsed: only who really needs an element of it pays for the tree.
class DeferredDocument {
 public:
  virtual ~DeferredDocument() = default;
  /// Parsed when first asked for; null where it cannot be had. Safe to call from several threads.
  virtual const std::shared_ptr<const Document>& document() const = 0;
  /// The element whose '<' stands at an offset. Where there is none (the document was damaged after what refers to it was
  /// made), the root of an empty document: who asks never holds an element without a document.
  virtual Element element_at(std::uint32_t offset) const = 0;
};

/// A document with one empty element.
const Document& empty_document();

/// An element that stands in a parsed document or in a deferred one. As cheap to copy as an element.
class ElementRef {
 public:
  ElementRef() = default;
  ElementRef(const Element& element)  // NOLINT: an element is the plain case of one
      : first_(element.node_), second_(reinterpret_cast<std::uintptr_t>(element.document_)) {}
  ElementRef(const DeferredDocument& document, std::uint32_t offset) : first_(&document), second_(std::uint64_t{offset} << 1 | 1) {}

  explicit operator bool() const { return first_ != nullptr; }
  /// Parses a deferred document.
  Element get() const { return is_deferred() ? deferred()->element_at(offset()) : element(); }
  operator Element() const { return get(); }  // NOLINT
  /// Of its '<'; parses nothing.
  std::uint32_t offset() const { return is_deferred() ? static_cast<std::uint32_t>(second_ >> 1) : element().offset(); }
  /// Null for an element of a parsed document.
  const DeferredDocument* deferred() const { return is_deferred() ? static_cast<const DeferredDocument*>(first_) : nullptr; }

  bool is(NsId ns, std::string_view local) const { return get().is(ns, local); }
  Attribute attribute(std::string_view local) const { return get().attribute(local); }
  Attribute attribute(NsId ns, std::string_view local) const { return get().attribute(ns, local); }
  std::string_view raw_name() const { return get().raw_name(); }
  Place place() const { return get().place(); }
  /// The same place of the same document.
  bool operator==(const ElementRef& o) const { return first_ == o.first_ && (second_ == o.second_ || !(is_deferred() || o.is_deferred())); }

 private:
  bool is_deferred() const { return (second_ & 1) != 0; }
  Element element() const { return {static_cast<const NodeRecord*>(first_), reinterpret_cast<const Document*>(static_cast<std::uintptr_t>(second_))}; }

  // The record of a node and its Document, whose address is even; or a DeferredDocument, twice the offset and one.
  const void* first_ = nullptr;
  std::uint64_t second_ = 0;
};

}  // namespace factpress::xml
