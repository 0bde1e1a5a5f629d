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
  ElementRef(const Element& element) : element_(element) {}  // NOLINT: an element is the plain case of one
  ElementRef(const DeferredDocument& document, std::uint32_t offset) : deferred_(&document), offset_(offset) {}

  explicit operator bool() const { return deferred_ || element_; }
  /// Parses a deferred document.
  Element get() const { return deferred_ ? deferred_->element_at(offset_) : element_; }
  operator Element() const { return get(); }  // NOLINT
  /// Of its '<'; parses nothing.
  std::uint32_t offset() const { return deferred_ ? offset_ : element_.offset(); }
  /// Null for an element of a parsed document.
  const DeferredDocument* deferred() const { return deferred_; }

  bool is(NsId ns, std::string_view local) const { return get().is(ns, local); }
  Attribute attribute(std::string_view local) const { return get().attribute(local); }
  Attribute attribute(NsId ns, std::string_view local) const { return get().attribute(ns, local); }
  std::string_view raw_name() const { return get().raw_name(); }
  Place place() const { return get().place(); }
  /// The same place of the same document.
  bool operator==(const ElementRef& o) const {
    return deferred_ == o.deferred_ && (deferred_ ? offset_ == o.offset_ : element_ == o.element_);
  }

 private:
  Element element_;
  const DeferredDocument* deferred_ = nullptr;
  std::uint32_t offset_ = 0;
};

}  // namespace factpress::xml
