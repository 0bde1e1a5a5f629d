#include "xml/document.h"

#include <fmt/format.h>

#include <cstring>

#include "diag/codes/xml.h"
#include "xml/encoding.h"
#include "xml/scanner.h"

namespace factpress::xml {

std::shared_ptr<const Document> Document::parse(SourcePtr source, diag::Sink& sink, const Limits& limits) {
  if (source->bytes().size() > limits.max_bytes) {
    sink.add({diag::codes::xml_limit, Place{source, {}},
              fmt::format("the document has {} bytes; the limit is {}", source->bytes().size(), limits.max_bytes)});
    return nullptr;
  }
  auto converted = to_utf8(source);
  if (!converted) {
    sink.add({diag::codes::xml_encoding, Place{source, {}}, converted.error()});
    return nullptr;
  }
  struct Open : Document {};
  const std::shared_ptr<Document> doc = std::make_shared<Open>();
  doc->source_ = std::move(*converted);
  const std::string_view bytes = doc->source_->bytes();
  if (auto error = scan(bytes, limits, doc->names_)) {
    diag::Diagnostic d(*error->code, Place{doc->source_, error->span}, std::move(error->message));
    if (error->other) d.with(Place{doc->source_, *error->other}, std::move(error->other_text));
    sink.add(std::move(d));
    return nullptr;
  }
  doc->buffer_ = std::make_unique_for_overwrite<char[]>(bytes.size());
  std::memcpy(doc->buffer_.get(), bytes.data(), bytes.size());
  const unsigned space = limits.keep_space ? pugi::parse_ws_pcdata : pugi::parse_ws_pcdata_single;
  const auto result =
      doc->tree_.load_buffer_inplace(doc->buffer_.get(), bytes.size(), pugi::parse_default | space, pugi::encoding_utf8);
  doc->root_ = doc->tree_.document_element();
  if (!result || !doc->root_) {  // out of memory, or a fault of the scanner: never trust a tree that pugixml complains of
    const auto at = static_cast<std::uint32_t>(result.offset < 0 ? 0 : result.offset);
    sink.add({diag::codes::xml_markup, Place{doc->source_, {at, at}},
              fmt::format("the document cannot be read: {}", result.description())});
    return nullptr;
  }
  return doc;
}

std::uint32_t Node::offset() const {
  return is_element() ? document_->offset_of(node_.name()) - 1 : document_->offset_of(node_.value());
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

void append_text(pugi::xml_node from, std::string& out) {
  // Iterative, so that depth costs no stack.
  for (pugi::xml_node n = from.first_child(); n;) {
    if (n.type() == pugi::node_pcdata || n.type() == pugi::node_cdata) out += n.value();
    if (n.first_child()) {
      n = n.first_child();
      continue;
    }
    while (n != from && !n.next_sibling()) n = n.parent();
    if (n == from) return;
    n = n.next_sibling();
  }
}

}  // namespace

Span Attribute::value_span() const {
  const std::uint32_t begin = document_->offset_of(attribute_.value());
  const std::string_view bytes = document_->source()->bytes();
  // An empty value may point at pugixml's own empty string.
  const std::uint32_t name = document_->offset_of(attribute_.name());
  const std::size_t open = bytes.find_first_of("\"'", name);
  if (open == std::string_view::npos) return {begin, begin};
  return {static_cast<std::uint32_t>(open + 1), static_cast<std::uint32_t>(bytes.find(bytes[open], open + 1))};
}

Span Attribute::span() const { return {document_->offset_of(attribute_.name()), value_span().end + 1}; }
Place Attribute::place() const { return {document_->source(), span()}; }

Span Element::span() const {
  const std::uint32_t begin = offset();
  return {begin, tag_end(document_->source()->bytes(), begin)};
}
Place Element::place() const { return {document_->source(), span()}; }

std::string_view Element::prefix() const {
  const auto& r = document_->record_of(node_.name());
  return {node_.name(), r.prefix_len == 0 ? 0u : r.prefix_len - 1u};
}

Attribute Element::attribute(NsId ns, std::string_view local) const {
  if (ns == ns::none) return attribute(local);
  for (auto a = node_.first_attribute(); a; a = a.next_attribute()) {
    const auto& r = document_->record_of(a.name());
    if (r.prefix_len != 0 && document_->names().bindings[r.binding].ns == ns &&
        std::string_view(a.name() + r.prefix_len, r.local_len) == local)
      return {a, document_};
  }
  return {};
}

Element Element::child(NsId ns, std::string_view local) const {
  for (Element e = first_element(); e; e = e.next_element())
    if (e.is(ns, local)) return e;
  return {};
}

Element Element::parent() const {
  const auto p = node_.parent();
  return p.type() == pugi::node_element ? Element(p, document_) : Element();
}

std::string Element::text() const {
  std::string out;
  append_text(node_, out);
  return out;
}

std::string_view Element::text(std::string& scratch) const {
  const auto first = node_.first_child();
  if (!first) return {};
  if (!first.next_sibling() && first.type() != pugi::node_element) return first.value();
  scratch.clear();
  append_text(node_, scratch);
  return scratch;
}

std::string_view Element::own_text(std::string& scratch) const {
  const auto first = node_.first_child();
  if (!first) return {};
  if (!first.next_sibling()) return first.type() == pugi::node_element ? std::string_view{} : std::string_view(first.value());
  scratch.clear();
  for (auto n = first; n; n = n.next_sibling())
    if (n.type() != pugi::node_element) scratch += n.value();
  return scratch;
}

std::optional<NsId> Element::resolve_prefix(std::string_view prefix) const {
  if (prefix == "xml") return ns::xml;
  if (prefix == "xmlns") return {};
  const auto& names = document_->names();
  const auto found = [&](NsId id) -> std::optional<NsId> {
    if (id == ns::none && !prefix.empty()) return {};
    return id;
  };
  if (names.only_root_declares && names.bindings.size() < 64) {
    for (std::size_t i = 1; i < names.bindings.size(); ++i)
      if (names.bindings[i].prefix == prefix) return found(names.bindings[i].ns);
    return found(ns::none);
  }
  for (auto n = node_; n; n = n.parent()) {
    for (auto a = n.first_attribute(); a; a = a.next_attribute()) {
      const char* const name = a.name();
      if (!is_declaration_name(name)) continue;
      const std::string_view declared = name[5] == '\0' ? std::string_view{} : std::string_view(name + 6);
      if (declared == prefix) return found(intern_namespace(a.value()));
    }
  }
  return found(ns::none);
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
