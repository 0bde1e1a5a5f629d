#include "xml/document.h"

#include <fmt/format.h>

#include <algorithm>

#include "diag/codes/xml.h"
#include "xml/convert.h"
#include "xml/encoding.h"
#include "xml/scanner.h"

namespace factpress::xml {

std::shared_ptr<const Document> Document::parse(SourcePtr source, diag::Sink& sink, const Limits& limits) {
  if (source->bytes().size() > limits.max_bytes) {
    sink.add({diag::codes::xml_limit, Place{source, {}},
              fmt::format("the document has {} bytes; the limit is {}", source->bytes().size(), limits.max_bytes)});
    return nullptr;
  }
  struct Open : Document {};
  const std::shared_ptr<Document> doc = std::make_shared<Open>();
  bool beyond_ascii = false;
  const auto scanned = [&](SourcePtr text) {
    doc->source_ = std::move(text);
    doc->tree_ = {};
    return scan(doc->source_->bytes(), limits, doc->tree_, beyond_ascii);
  };
  const bool as_it_stands = declares_one_byte(source->bytes()) && !scanned(source) && !beyond_ascii;
  std::optional<ScanError> error;
  if (!as_it_stands) {
    auto converted = to_utf8(source);
    if (!converted) {
      sink.add({diag::codes::xml_encoding, Place{source, {}}, converted.error()});
      return nullptr;
    }
    error = scanned(std::move(*converted));
  }
  const std::string_view bytes = doc->source_->bytes();
  if (error) {
    diag::Diagnostic d(*error->code, Place{doc->source_, error->span}, std::move(error->message));
    if (error->other) d.with(Place{doc->source_, *error->other}, std::move(error->other_text));
    sink.add(std::move(d));
    return nullptr;
  }
  doc->bases_[0] = bytes.data();
  doc->bases_[1] = doc->tree_.converted.data();
  return doc;
}

std::uint32_t Document::find_name(const QName& name) const {
  for (const NameRecord& n : tree_.names)
    if (n.ns == name.ns && n.local() == name.local) return n.same;
  return no_index;
}

Element Document::element_at(std::uint32_t offset) const {
  const auto& nodes = tree_.nodes;
  const auto it = std::lower_bound(nodes.begin(), nodes.end(), offset, [](const NodeRecord& n, std::uint32_t o) { return n.offset < o; });
  return it == nodes.end() || it->offset != offset ? Element() : node(static_cast<std::uint32_t>(it - nodes.begin())).as_element();
}

namespace {

// The offset just behind the first `stop` from `at` on that is in no quotes.
std::uint32_t tag_end(std::string_view bytes, std::size_t at) {
  char quote = 0;
  for (; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return static_cast<std::uint32_t>(at + 1);
    }
  }
  return static_cast<std::uint32_t>(bytes.size());
}

}  // namespace

std::string_view Document::late_text(std::uint32_t number) const {
  std::call_once(late_.made, [this] {
    std::size_t most = 0;
    for (const Piece& raw : tree_.late) most += raw.length;
    late_.bytes.reserve(most);
    late_.pieces.reserve(tree_.late.size());
    for (const Piece& raw : tree_.late) late_.pieces.push_back(append_converted(late_.bytes, text(raw), Conversion::text));
  });
  const Piece& p = late_.pieces[number];
  return std::string_view(late_.bytes).substr(p.begin & ~Piece::elsewhere, p.length);
}

Span Attribute::value_span() const {
  if (!attribute_) return {};
  const std::string_view bytes = document_->source()->bytes();
  const std::size_t open = bytes.find_first_of("\"'", attribute_->offset);
  return {static_cast<std::uint32_t>(open + 1), static_cast<std::uint32_t>(bytes.find(bytes[open], open + 1))};
}

Span Attribute::span() const { return attribute_ ? Span{attribute_->offset, value_span().end + 1} : Span{}; }
Place Attribute::place() const { return attribute_ ? Place{document_->source(), span()} : Place{}; }

Span Element::span() const {
  if (!node_) return {};
  const std::uint32_t begin = offset();
  return {begin, tag_end(document_->source()->bytes(), begin)};
}
Place Element::place() const { return node_ ? Place{document_->source(), span()} : Place{}; }

Attribute Element::attribute(NsId ns, std::string_view local) const {
  if (ns == ns::none) return attribute(local);
  for (auto* a = first_attribute(); a; a = a->next()) {
    const NameRecord& n = document_->name(a->name);
    if (n.ns == ns && n.prefix_len != 0 && n.local() == local) return {a, document_};
  }
  return {};
}

Element Element::child(NsId ns, std::string_view local) const {
  for (Element e = first_element(); e; e = e.next_element())
    if (e.is(ns, local)) return e;
  return {};
}

Element Element::parent() const {
  return !node_ || node_->parent == no_index ? Element() : Element(document_->tree().nodes.data() + node_->parent, document_);
}

std::uint32_t Element::subtree_end() const {
  const auto& nodes = document_->tree().nodes;
  for (const NodeRecord* n = node_;; n = &nodes[n->parent]) {
    if (n->next != 0) return n->next;
    if (n->parent == no_index) return static_cast<std::uint32_t>(nodes.size());
  }
}

std::string Element::text() const {
  std::string out;
  if (!node_) return out;
  for (std::uint32_t i = ordinal() + 1, end = subtree_end(); i < end; ++i) out += document_->node(i).text();
  return out;
}

std::string_view Element::text(std::string& scratch) const {
  if (is_empty()) return {};
  const Node first(node_ + 1, document_);
  if (first.is_text() && !first.next()) return first.text();
  scratch = text();
  return scratch;
}

std::string_view Element::own_text(std::string& scratch) const {
  if (is_empty()) return {};
  const Node first(node_ + 1, document_);
  if (!first.next()) return first.text();
  scratch.clear();
  for (const Node n : children()) scratch += n.text();
  return scratch;
}

std::optional<NsId> Element::resolve_prefix(std::string_view prefix) const {
  if (prefix == "xml") return ns::xml;
  if (prefix == "xmlns") return {};
  const Tree& tree = document_->tree();
  const auto found = [&](NsId id) -> std::optional<NsId> {
    if (id == ns::none && !prefix.empty()) return {};
    return id;
  };
  const auto at_root = [&] {
    for (const Binding& b : tree.root_bindings)
      if (b.prefix == prefix) return found(b.ns);
    return found(ns::none);
  };
  if (tree.only_root_declares) return at_root();
  for (Element e = *this; e; e = e.parent()) {
    if (e.node_ == tree.nodes.data()) return at_root();
    for (auto* at = e.first_attribute(); at; at = at->next()) {
      if (!at->is_declaration()) continue;
      const Attribute a(at, document_);
      const std::string_view name = a.raw_name();
      if ((name.size() == 5 ? std::string_view{} : name.substr(6)) == prefix) return found(intern_namespace(a.value()));
    }
  }
  return at_root();
}

std::optional<QName> Element::resolve_qname(std::string_view text, bool use_default) const {
  text = trim_xml_space(text);
  const auto colon = text.find(':');
  const std::string_view local = colon == std::string_view::npos ? text : text.substr(colon + 1);
  if (!is_ncname(local)) return {};
  if (colon == std::string_view::npos) return QName{use_default ? *resolve_prefix({}) : ns::none, local};
  if (!is_ncname(text.substr(0, colon))) return {};
  const auto ns = resolve_prefix(text.substr(0, colon));
  if (!ns) return {};
  return QName{*ns, local};
}

std::string_view Element::lang() const {
  for (Element e = *this; e; e = e.parent())
    if (const auto a = e.attribute(ns::xml, "lang")) return a.value();
  return {};
}

}  // namespace factpress::xml
