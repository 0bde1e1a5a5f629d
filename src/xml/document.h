#pragma once
#include <compare>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "diag/diagnostic.h"
#include "xml/names.h"
#include "xml/tree.h"

/// Well-formed, namespace-checked XML documents. Others see Document, Element, Attribute and Node, small values that stay
/// valid as long as their Document lives, and take any number of threads.
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
class ElementRef;

/// An attribute that is no namespace declaration. One that is not there tests as false, has no name and the value "".
class Attribute {
 public:
  Attribute() = default;
  Attribute(const AttributeRecord* a, const Document* d) : attribute_(a), document_(d) {}
  explicit operator bool() const { return attribute_ != nullptr; }

  inline NsId ns() const;
  inline std::string_view local_name() const;
  inline QName qname() const;
  /// Dense number of its name among the names of its document, for tables beside the tree: equal numbers are equal names, and
  /// all are below document().name_count().
  inline std::uint32_t name_id() const;
  /// As written, with its prefix.
  inline std::string_view raw_name() const;
  /// References resolved, white space characters as spaces (XML 1.0 clause 3.3.3 for CDATA); not trimmed.
  inline std::string_view value() const;
  bool is_declaration() const { return attribute_ && attribute_->is_declaration(); }
  /// From the name to the closing quote.
  Span span() const;
  Span value_span() const;
  Place place() const;

 private:
  inline const NameRecord& name() const;
  const AttributeRecord* attribute_ = nullptr;
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
    Iterator(const AttributeRecord* a, const Document* d) : at_(a), document_(d) { skip(); }
    Attribute operator*() const { return {at_, document_}; }
    Iterator& operator++() { return at_ = at_->next(), skip(), *this; }
    Iterator operator++(int) {
      auto old = *this;
      return ++*this, old;
    }
    bool operator==(const Iterator& o) const { return at_ == o.at_; }

   private:
    void skip() {
      while (at_ && at_->is_declaration()) at_ = at_->next();
    }
    const AttributeRecord* at_ = nullptr;
    const Document* document_ = nullptr;
  };
  AttributeRange(const AttributeRecord* first, const Document* d) : first_(first), document_(d) {}
  Iterator begin() const { return {first_, document_}; }
  Iterator end() const { return {nullptr, document_}; }

 private:
  const AttributeRecord* first_;
  const Document* document_;
};

/// An element or a piece of text. One that is not there tests as false and holds nothing: no name, no text, no attributes, no
/// children, no neighbours, the place 0.
class Node {
 public:
  Node() = default;
  Node(const NodeRecord* n, const Document* d) : node_(n), document_(d) {}
  explicit operator bool() const { return node_ != nullptr; }
  bool is_element() const { return node_ && node_->is_element(); }
  /// Character data or a CDATA section.
  bool is_text() const { return node_ && !node_->is_element(); }
  inline Element as_element() const;
  /// The characters of a text node, line ends normalised.
  inline std::string_view text() const;
  inline Node next() const;
  /// Offset of the element's '<', or of the text's first byte.
  std::uint32_t offset() const { return node_ ? node_->offset : 0; }
  bool operator==(const Node& o) const { return node_ == o.node_; }

 protected:
  friend class ElementRef;
  const NodeRecord* node_ = nullptr;
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
  Element(const NodeRecord* n, const Document* d) : Node(n, d) {}

  inline NsId ns() const;
  inline std::string_view local_name() const;
  inline QName qname() const;
  /// As written, with its prefix.
  inline std::string_view raw_name() const;
  inline std::string_view prefix() const;
  /// Dense number of its name, as of an Attribute.
  inline std::uint32_t name_id() const;
  inline bool is(NsId ns, std::string_view local) const;

  AttributeRange attributes() const { return {first_attribute(), document_}; }
  /// The attribute in no namespace; tests as false where there is none.
  Attribute attribute(std::string_view local) const { return {find(local), document_}; }
  Attribute attribute(NsId ns, std::string_view local) const;
  /// Its value, or `otherwise`.
  std::string_view value_of(std::string_view local, std::string_view otherwise = {}) const {
    const auto a = find(local);
    return a ? Attribute(a, document_).value() : otherwise;
  }
  /// The namespace declarations that stand on this element: calls f(prefix, uri).
  template <class F>
  inline void for_each_declaration(F f) const {
    for (auto* at = first_attribute(); at; at = at->next()) {
      if (!at->is_declaration()) continue;
      const Attribute a(at, document_);
      const std::string_view name = a.raw_name();
      f(name.size() == 5 ? std::string_view{} : name.substr(6), a.value());
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
  inline bool has_elements() const;
  /// True where the element holds neither elements nor any character.
  bool is_empty() const { return !node_ || node_->b == 0; }

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

  /// Dense number of this element among the nodes (elements and texts) of its document, in document order: an index for tables
  /// beside the tree, below document().node_count(). The nodes in this element are those from here to subtree_end().
  inline std::uint32_t ordinal() const;
  std::uint32_t subtree_end() const;

  /// The start tag, from '<' to '>'.
  Span span() const;
  Place place() const;
  const Document& document() const { return *document_; }
  /// Document order.
  std::strong_ordering operator<=>(const Element& o) const { return offset() <=> o.offset(); }
  bool operator==(const Element& o) const { return node_ == o.node_; }

 private:
  friend class Document;
  inline const NameRecord& name() const;
  inline const AttributeRecord* first_attribute() const;
  inline const AttributeRecord* find(std::string_view local) const;
};

/// One parsed document. Immutable and safe to share between threads.
class Document {
 public:
  /// Parses a whole document, or adds one diagnostic that says what is wrong and where, and returns null.
  /// Emits xml.* codes only. UTF-8 with or without BOM is read as it stands; UTF-16, ISO-8859-1, windows-1252 and US-ASCII
  /// are converted first, and source() and all spans then refer to the converted bytes. A document type declaration is
  /// always refused: nothing in XBRL needs one, and every entity attack does. Takes time linear in the bytes.
  static std::shared_ptr<const Document> parse(SourcePtr source, diag::Sink& sink, const Limits& limits = {});

  inline Element root() const;
  const SourcePtr& source() const { return source_; }
  const Tree& tree() const { return tree_; }
  std::size_t node_count() const { return tree_.nodes.size(); }
  std::size_t name_count() const { return tree_.names.size(); }
  /// The name with a number; of numbers of one expanded name this gives all alike.
  const NameRecord& name(std::uint32_t id) const { return tree_.names[id]; }
  /// The number of a name; no_index where nothing in the document has it.
  std::uint32_t find_name(const QName& name) const;
  /// The element whose '<' stands at an offset; empty where there is none.
  Element element_at(std::uint32_t offset) const;
  /// The node with an ordinal.
  inline Node node(std::uint32_t ordinal) const;
  /// The value of a text node.
  std::string_view text(const NodeRecord& n) const { return n.is_late() ? late_text(n.a) : text(Piece{n.a, n.b}); }
  std::string_view text(Piece p) const { return {bases_[p.begin >> 31] + (p.begin & ~Piece::elsewhere), p.length}; }

  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

 private:
  Document() = default;
  std::string_view late_text(std::uint32_t number) const;

  /// The values of Tree::late.
  struct LateTexts {
    std::once_flag made;
    std::string bytes;
    std::vector<Piece> pieces;
  };
  SourcePtr source_;
  Tree tree_;
  const char* bases_[2] = {};  // of pieces: the source, and what was converted
  mutable LateTexts late_;
};

// ---- inline parts -----------------------------------------------------------------------------------------------

inline const NameRecord& Attribute::name() const { return attribute_ ? document_->name(attribute_->name) : no_name; }
inline NsId Attribute::ns() const { return name().ns; }
inline std::string_view Attribute::local_name() const { return name().local(); }
inline QName Attribute::qname() const {
  const NameRecord& n = name();
  return {n.ns, n.local()};
}
inline std::uint32_t Attribute::name_id() const { return name().same; }
inline std::string_view Attribute::raw_name() const { return name().as_written(); }
inline std::string_view Attribute::value() const {
  if (!attribute_) return {};
  return document_->text(Piece{attribute_->value, attribute_->length & AttributeRecord::length_bits});
}

inline Element Node::as_element() const { return is_element() ? Element(node_, document_) : Element(); }
inline std::string_view Node::text() const { return is_text() ? document_->text(*node_) : std::string_view{}; }
inline Node Node::next() const {
  return !node_ || node_->next == 0 ? Node() : Node(document_->tree().nodes.data() + node_->next, document_);
}

inline const NameRecord& Element::name() const { return node_ ? document_->name(node_->name) : no_name; }
inline const AttributeRecord* Element::first_attribute() const {
  return !node_ || node_->a == no_index ? nullptr : document_->tree().attributes.data() + node_->a;
}
inline const AttributeRecord* Element::find(std::string_view local) const {
  for (auto* a = first_attribute(); a; a = a->next()) {
    const NameRecord& n = document_->name(a->name);
    if (n.raw_len == local.size() && n.raw[0] == local[0] && n.as_written() == local) return a;
  }
  return nullptr;
}
inline NsId Element::ns() const { return name().ns; }
inline std::string_view Element::local_name() const { return name().local(); }
inline QName Element::qname() const {
  const NameRecord& n = name();
  return {n.ns, n.local()};
}
inline std::string_view Element::raw_name() const { return name().as_written(); }
inline std::string_view Element::prefix() const {
  const NameRecord& n = name();
  return {n.raw, n.prefix_len == 0 ? 0u : n.prefix_len - 1u};
}
inline std::uint32_t Element::name_id() const { return name().same; }
inline std::uint32_t Element::ordinal() const { return static_cast<std::uint32_t>(node_ - document_->tree().nodes.data()); }
inline bool Element::is(NsId ns, std::string_view local) const {
  const NameRecord& n = name();
  return n.ns == ns && n.local() == local;
}
inline Element Document::root() const { return {tree_.nodes.data(), this}; }
inline Node Document::node(std::uint32_t ordinal) const { return {tree_.nodes.data() + ordinal, this}; }

struct NextElement {
  static Element next(const Element& e) { return e.next_element(); }
};
struct NextNode {
  static Node next(const Node& n) { return n.next(); }
};
inline Element Element::first_element() const {
  const Node first = is_empty() ? Node() : Node(node_ + 1, document_);
  return first && !first.is_element() ? Element(node_ + 1, document_).next_element() : first.as_element();
}
inline Element Element::next_element() const {
  if (!node_) return {};
  const NodeRecord* const nodes = document_->tree().nodes.data();
  std::uint32_t at = node_->next;
  while (at != 0 && !nodes[at].is_element()) at = nodes[at].next;
  return at == 0 ? Element() : Element(nodes + at, document_);
}
inline bool Element::has_elements() const { return static_cast<bool>(first_element()); }
inline ElementRange Element::elements() const { return ElementRange(first_element()); }
inline ChildRange Element::children() const { return ChildRange(is_empty() ? Node() : Node(node_ + 1, document_)); }

}  // namespace factpress::xml
