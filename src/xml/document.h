#pragma once
#include <compare>
#include <iterator>
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "base/source.h"
#include "diag/diagnostic.h"
#include "xml/name_index.h"
#include "xml/names.h"

/// Well-formed, namespace-checked XML documents. The only room that names pugixml: others see Document, Element, Attribute
/// and Node, small values that stay valid as long as their Document lives.
namespace factpress::xml {

struct Limits {
  std::size_t max_bytes = std::size_t{1} << 30;
  std::uint32_t max_depth = 1000;            ///< elements within elements
  std::uint32_t max_attributes = 1'000'000;  ///< on one element
  /// Keep text nodes that are white space alone between elements (mixed content such as XHTML needs them). White space
  /// that is the whole content of an element is always kept.
  bool keep_space = false;
};

class Document;
class Element;

/// An attribute that is no namespace declaration.
class Attribute {
 public:
  Attribute() = default;
  Attribute(pugi::xml_attribute a, const Document* d) : attribute_(a), document_(d) {}
  explicit operator bool() const { return static_cast<bool>(attribute_); }

  inline NsId ns() const;
  inline std::string_view local_name() const;
  QName qname() const { return {ns(), local_name()}; }
  /// As written, with its prefix.
  std::string_view raw_name() const { return attribute_.name(); }
  /// References resolved, white space characters as spaces (XML 1.0 clause 3.3.3 for CDATA); not trimmed.
  std::string_view value() const { return attribute_.value(); }
  inline bool is_declaration() const;
  /// From the name to the closing quote.
  Span span() const;
  Span value_span() const;
  Place place() const;

 private:
  friend class Element;
  pugi::xml_attribute attribute_;
  const Document* document_ = nullptr;
};

/// Iteration over the attributes of an element, in document order, without the namespace declarations.
class AttributeRange {
 public:
  class Iterator {
   public:
    using value_type = Attribute;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    Iterator(pugi::xml_attribute a, const Document* d) : at_(a), document_(d) { skip(); }
    Attribute operator*() const { return {at_, document_}; }
    Iterator& operator++() { return at_ = at_.next_attribute(), skip(), *this; }
    Iterator operator++(int) {
      auto old = *this;
      return ++*this, old;
    }
    bool operator==(const Iterator& o) const { return at_ == o.at_; }

   private:
    inline void skip();
    pugi::xml_attribute at_;
    const Document* document_ = nullptr;
  };
  AttributeRange(pugi::xml_node n, const Document* d) : node_(n), document_(d) {}
  Iterator begin() const { return {node_.first_attribute(), document_}; }
  Iterator end() const { return {{}, document_}; }

 private:
  pugi::xml_node node_;
  const Document* document_;
};

/// An element or a piece of text.
class Node {
 public:
  Node() = default;
  Node(pugi::xml_node n, const Document* d) : node_(n), document_(d) {}
  explicit operator bool() const { return static_cast<bool>(node_); }
  bool is_element() const { return node_.type() == pugi::node_element; }
  /// Character data or a CDATA section.
  bool is_text() const { return node_ && !is_element(); }
  inline Element as_element() const;
  /// The characters of a text node, line ends normalised.
  std::string_view text() const { return node_.value(); }
  Node next() const { return {node_.next_sibling(), document_}; }
  /// Offset of the element's '<', or of the text's first byte.
  std::uint32_t offset() const;
  bool operator==(const Node& o) const { return node_ == o.node_; }

 protected:
  pugi::xml_node node_;
  const Document* document_ = nullptr;
};

template <class T, class Step>
class NodeRange {
 public:
  class Iterator {
   public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    explicit Iterator(T at) : at_(at) {}
    T operator*() const { return at_; }
    Iterator& operator++() { return at_ = Step::next(at_), *this; }
    Iterator operator++(int) {
      auto old = *this;
      return ++*this, old;
    }
    bool operator==(const Iterator& o) const { return at_ == o.at_; }

   private:
    T at_;
  };
  explicit NodeRange(T first) : first_(first) {}
  Iterator begin() const { return Iterator(first_); }
  Iterator end() const { return Iterator(T{}); }

 private:
  T first_;
};

struct NextElement;
struct NextNode;
using ElementRange = NodeRange<Element, NextElement>;
using ChildRange = NodeRange<Node, NextNode>;

class Element : public Node {
 public:
  Element() = default;
  Element(pugi::xml_node n, const Document* d) : Node(n, d) {}

  inline NsId ns() const;
  inline std::string_view local_name() const;
  inline QName qname() const;
  /// As written, with its prefix.
  std::string_view raw_name() const { return node_.name(); }
  std::string_view prefix() const;
  inline bool is(NsId ns, std::string_view local) const;

  AttributeRange attributes() const { return {node_, document_}; }
  /// The attribute in no namespace; tests as false where there is none.
  Attribute attribute(std::string_view local) const { return {find(local), document_}; }
  Attribute attribute(NsId ns, std::string_view local) const;
  /// Its value, or `otherwise`.
  std::string_view value_of(std::string_view local, std::string_view otherwise = {}) const {
    const auto a = find(local);
    return a ? std::string_view(a.value()) : otherwise;
  }
  /// The namespace declarations that stand on this element: calls f(prefix, uri).
  template <class F>
  void for_each_declaration(F f) const {
    for (auto a = node_.first_attribute(); a; a = a.next_attribute()) {
      const std::string_view name = a.name();
      if (name == "xmlns") f(std::string_view{}, std::string_view(a.value()));
      if (name.size() > 6 && name.substr(0, 6) == "xmlns:") f(name.substr(6), std::string_view(a.value()));
    }
  }

  /// Elements and text in order.
  inline ChildRange children() const;
  inline ElementRange elements() const;
  inline Element first_element() const;
  inline Element next_element() const;
  /// The first child of that name; tests as false where there is none.
  Element child(NsId ns, std::string_view local) const;
  /// Empty for the root.
  Element parent() const;
  bool has_elements() const { return static_cast<bool>(first_element_node(node_.first_child())); }
  /// True where the element holds neither elements nor any character.
  bool is_empty() const { return !node_.first_child(); }

  /// The text of this element and all elements in it, in order.
  std::string text() const;
  /// The same without a copy where it is one piece; `scratch` keeps it otherwise. Both as long as the scratch and the document.
  std::string_view text(std::string& scratch) const;
  /// Text of this element alone, not of elements in it.
  std::string_view own_text(std::string& scratch) const;

  /// The namespace of a prefix in scope here; "" is the default namespace (ns::none where none is declared).
  std::optional<NsId> resolve_prefix(std::string_view prefix) const;
  /// A QName in content, white space around it allowed. An unprefixed name takes the default namespace unless
  /// `use_default` is false. Empty where it is no QName or its prefix is undeclared.
  std::optional<QName> resolve_qname(std::string_view text, bool use_default = true) const;
  /// The value of xml:lang in force here, or empty.
  std::string_view lang() const;
  /// The xml:base attributes from the root down to here, resolved against `document_url` by `resolve(base, relative)`.
  template <class Resolve>
  std::string base_url(std::string document_url, Resolve resolve) const {
    if (const Element p = parent()) document_url = p.base_url(std::move(document_url), resolve);
    const auto a = attribute(ns::xml, "base");
    return a ? resolve(document_url, a.value()) : document_url;
  }

  /// Dense number of this element among the names (elements and attributes) of its document, in document order: an index
  /// for tables beside the tree, below document().names().records.size().
  std::uint32_t ordinal() const { return offset_index(); }

  /// The start tag, from '<' to '>'.
  Span span() const;
  Place place() const;
  const Document& document() const { return *document_; }
  /// Document order.
  std::strong_ordering operator<=>(const Element& o) const { return offset() <=> o.offset(); }
  bool operator==(const Element& o) const { return node_ == o.node_; }

  static pugi::xml_node first_element_node(pugi::xml_node n) {
    while (n && n.type() != pugi::node_element) n = n.next_sibling();
    return n;
  }

 private:
  inline std::uint32_t offset_index() const;
  pugi::xml_attribute find(std::string_view local) const {
    for (auto a = node_.first_attribute(); a; a = a.next_attribute())
      if (a.name() == local) return a;
    return {};
  }
};

/// One parsed document. Immutable and safe to share between threads.
class Document {
 public:
  /// Parses a whole document, or adds one diagnostic that says what is wrong and where, and returns null.
  /// Emits xml.* codes only. UTF-8 with or without BOM is read as it stands; UTF-16, ISO-8859-1, windows-1252 and US-ASCII
  /// are converted first, and source() and all spans then refer to the converted bytes. A document type declaration is
  /// always refused: nothing in XBRL needs one, and every entity attack does. Takes time linear in the bytes.
  static std::shared_ptr<const Document> parse(SourcePtr source, diag::Sink& sink, const Limits& limits = {});

  Element root() const { return {root_, this}; }
  const SourcePtr& source() const { return source_; }
  const NameIndex& names() const { return names_; }
  std::uint32_t offset_of(const char* p) const { return static_cast<std::uint32_t>(p - buffer_.get()); }
  const NameRecord& record_of(const char* name) const { return names_.at(offset_of(name)); }

  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

 private:
  Document() = default;

  SourcePtr source_;
  std::unique_ptr<char[]> buffer_;  // pugixml parses in place: every name and value points into it
  pugi::xml_document tree_;
  pugi::xml_node root_;
  NameIndex names_;
};

// ---- inline parts -----------------------------------------------------------------------------------------------

inline bool is_declaration_name(const char* name) {
  return name[0] == 'x' && name[1] == 'm' && name[2] == 'l' && name[3] == 'n' && name[4] == 's' &&
         (name[5] == '\0' || name[5] == ':');
}

inline NsId Attribute::ns() const {
  const auto& r = document_->record_of(attribute_.name());
  return r.prefix_len == 0 ? ns::none : document_->names().bindings[r.binding].ns;
}
inline std::string_view Attribute::local_name() const {
  const char* name = attribute_.name();
  const auto& r = document_->record_of(name);
  return {name + r.prefix_len, r.local_len};
}
inline bool Attribute::is_declaration() const { return is_declaration_name(attribute_.name()); }

inline void AttributeRange::Iterator::skip() {
  while (at_ && is_declaration_name(at_.name())) at_ = at_.next_attribute();
}

inline Element Node::as_element() const { return is_element() ? Element(node_, document_) : Element(); }

inline NsId Element::ns() const { return document_->names().bindings[document_->record_of(node_.name()).binding].ns; }
inline std::string_view Element::local_name() const {
  const char* name = node_.name();
  const auto& r = document_->record_of(name);
  return {name + r.prefix_len, r.local_len};
}
inline QName Element::qname() const {
  const char* name = node_.name();
  const auto& r = document_->record_of(name);
  return {document_->names().bindings[r.binding].ns, {name + r.prefix_len, r.local_len}};
}
inline std::uint32_t Element::offset_index() const { return document_->names().index_of(document_->offset_of(node_.name())); }
inline bool Element::is(NsId ns, std::string_view local) const { return qname() == QName{ns, local}; }

struct NextElement {
  static Element next(const Element& e) { return e.next_element(); }
};
struct NextNode {
  static Node next(const Node& n) { return n.next(); }
};
inline Element Element::first_element() const {
  const auto n = first_element_node(node_.first_child());
  return n ? Element(n, document_) : Element();
}
inline Element Element::next_element() const {
  const auto n = first_element_node(node_.next_sibling());
  return n ? Element(n, document_) : Element();
}
inline ElementRange Element::elements() const { return ElementRange(first_element()); }
inline ChildRange Element::children() const { return ChildRange(Node(node_.first_child(), document_)); }

}  // namespace factpress::xml
