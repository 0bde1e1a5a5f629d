#include "instance/inline_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "diag/codes/inline.h"
#include "instance/inline_attributes.h"

namespace factpress::instance {
namespace {

namespace codes = diag::codes;

constexpr std::array<std::string_view, 14> known_elements = {
    "continuation", "denominator", "exclude",    "footnote",  "fraction",     "header",    "hidden", "nonFraction", "nonNumeric",
    "numerator",    "references",  "relationship", "resources", "tuple"};

std::optional<InlineKind> fact_kind(std::string_view local) {
  if (local == "nonFraction") return InlineKind::non_fraction;
  if (local == "nonNumeric") return InlineKind::non_numeric;
  if (local == "fraction") return InlineKind::fraction;
  if (local == "tuple") return InlineKind::tuple;
  return {};
}

}  // namespace

// What surrounds an element on the way down.
struct InlineDocument::Frame {
  bool in_head = false;
  bool in_header = false;
  bool in_hidden = false;
  bool in_number = false;   // inside ix:nonFraction
  std::int32_t tuple = -1;
};

InlineDocument InlineDocument::read(std::shared_ptr<const xml::Document> document, diag::Sink& sink) {
  InlineDocument d;
  d.document_ = std::move(document);
  const xml::Element root = d.document_->root();
  if (!root.is(xml::ns::xhtml, "html"))
    sink.add({codes::inline_not_xhtml, root.place(), fmt::format("the root is <{}>", root.raw_name())});
  d.walk(root, {}, sink);
  if (!d.has_header_) sink.add({codes::inline_no_header, root.place(), "the document has no ix:header"});
  d.check_continuations(sink);
  d.check_references(sink);
  return d;
}

void InlineDocument::walk(const xml::Element& e, const Frame& frame, diag::Sink& sink) {
  if (const auto id = e.attribute("id")) {
    const auto [it, fresh] = ids_.emplace(id.value(), e);
    if (!fresh)
      sink.add(diag::Diagnostic{codes::inline_duplicate_id, id.place(), fmt::format("the id \"{}\" stands twice", id.value())}.with(
          it->second.place(), "it stood here first"));
  }
  Frame below = frame;
  if (e.is(xml::ns::xhtml, "head")) below.in_head = true;
  if (e.ns() == xml::ns::ix10)
    sink.add({codes::inline_unknown_element, e.place(), fmt::format("<{}> is of Inline XBRL 1.0; version 1.1 is read here", e.raw_name())});
  if (e.ns() == xml::ns::ix) {
    if (e.local_name() == "resources") {
      if (!frame.in_header) sink.add({codes::inline_misplaced, e.place(), "ix:resources stands outside of ix:header"});
      add_resources(e);
      return;
    }
    if (e.local_name() == "references") {
      if (!frame.in_header) sink.add({codes::inline_misplaced, e.place(), "ix:references stands outside of ix:header"});
      references_.push_back(e);
      return;
    }
    if (e.local_name() == "header") add_header(e, frame, sink), below.in_header = true;
    else add_inline(e, below, sink);
  }
  for (const xml::Element child : e.elements()) walk(child, below, sink);
}

void InlineDocument::add_header(const xml::Element& e, const Frame& frame, diag::Sink& sink) {
  has_header_ = true;
  if (frame.in_head) sink.add({codes::inline_misplaced, e.place(), "ix:header stands in the head; it belongs into the body"});
  if (frame.in_header) sink.add({codes::inline_misplaced, e.place(), "ix:header stands in another ix:header"});
  bool resources = false;
  for (const xml::Element child : e.elements()) {
    const bool known = is_ix(child, "hidden") || is_ix(child, "references") || is_ix(child, "resources");
    if (!known) sink.add({codes::inline_misplaced, child.place(), fmt::format("<{}> may not stand in ix:header", child.raw_name())});
    if (is_ix(child, "resources") && std::exchange(resources, true))
      sink.add({codes::inline_misplaced, child.place(), "ix:header has a second ix:resources"});
  }
}

void InlineDocument::add_inline(const xml::Element& e, Frame& below, diag::Sink& sink) {
  const std::string_view local = e.local_name();
  if (std::find(known_elements.begin(), known_elements.end(), local) == known_elements.end()) {
    const std::string_view best = nearest_name(local, {known_elements.begin(), known_elements.end()});
    diag::Diagnostic d{codes::inline_unknown_element, e.place(), fmt::format("there is no element ix:{}", local)};
    if (!best.empty()) d.help = fmt::format("did you mean ix:{}?", best);
    sink.add(std::move(d));
    return;
  }
  if (below.in_number && local != "nonFraction")
    sink.add({codes::inline_nesting, e.place(), fmt::format("<{}> stands inside an ix:nonFraction", e.raw_name())});
  check_inline_attributes(e, sink);
  if (local == "hidden") {
    if (!below.in_header) sink.add({codes::inline_misplaced, e.place(), "ix:hidden stands outside of ix:header"});
    below.in_hidden = true;
  } else if (local == "continuation") {
    if (below.in_hidden) sink.add({codes::inline_misplaced, e.place(), "ix:continuation stands in ix:hidden"});
    continuations_.push_back(e);
  } else if (below.in_header && !below.in_hidden) {
    sink.add({codes::inline_misplaced, e.place(), fmt::format("<{}> stands in ix:header outside of ix:hidden", e.raw_name())});
  }
  if (e.attribute("continuedAt")) continued_.push_back(e);
  if (const auto kind = fact_kind(local)) {
    facts_.push_back({e, *kind, e.value_of("target"), below.tuple});
    if (*kind == InlineKind::tuple) below.tuple = static_cast<std::int32_t>(facts_.size()) - 1;
    below.in_number = *kind == InlineKind::non_fraction;
  }
}

void InlineDocument::add_resources(const xml::Element& e) {
  for (const xml::Element child : e.elements()) {
    if (const auto id = child.attribute("id")) ids_.emplace(id.value(), child);
    if (child.is(xml::ns::xbrli, "context")) contexts_.push_back(child);
    else if (child.is(xml::ns::xbrli, "unit")) units_.push_back(child);
    else if (is_ix(child, "relationship")) relationships_.push_back(child);
  }
}

xml::Element InlineDocument::by_id(std::string_view id) const {
  const auto it = ids_.find(id);
  return it == ids_.end() ? xml::Element() : it->second;
}

std::vector<std::string_view> InlineDocument::targets() const {
  std::vector<std::string_view> out;
  const auto add = [&](std::string_view t) {
    if (std::find(out.begin(), out.end(), t) == out.end()) out.push_back(t);
  };
  for (const xml::Element& r : references_) add(r.value_of("target"));
  for (const InlineFact& f : facts_) add(f.target);
  std::stable_partition(out.begin(), out.end(), [](std::string_view t) { return t.empty(); });
  return out;
}

// Every continuedAt leads to a continuation, no two to the same one, and no chain comes back to itself.
void InlineDocument::check_continuations(diag::Sink& sink) const {
  std::unordered_map<std::string_view, xml::Element> used;
  for (const xml::Element& e : continued_) {
    const auto at = e.attribute("continuedAt");
    const xml::Element to = by_id(at.value());
    if (!to || !is_ix(to, "continuation")) {
      sink.add({codes::inline_continuation, at.place(), fmt::format("there is no ix:continuation with the id \"{}\"", at.value())});
      continue;
    }
    const auto [it, fresh] = used.emplace(at.value(), e);
    if (!fresh)
      sink.add(diag::Diagnostic{codes::inline_continuation, at.place(), fmt::format("\"{}\" is continued at twice", at.value())}.with(
          it->second.place(), "it is already continued at from here"));
  }
  for (const xml::Element& c : continuations_) {
    if (!used.contains(c.value_of("id")))
      sink.add({codes::inline_continuation, c.place(), fmt::format("nothing is continued at \"{}\"", c.value_of("id"))});
    std::size_t steps = 0;  // each continuation is entered once, so a longer walk than there are is a circle
    for (xml::Element at = c; at && steps <= continuations_.size(); ++steps) {
      const auto next = at.attribute("continuedAt");
      at = next ? by_id(next.value()) : xml::Element();
      if (at == c) {
        sink.add({codes::inline_continuation, c.place(), fmt::format("the chain of \"{}\" comes back to itself", c.value_of("id"))});
        return;
      }
    }
  }
}

void InlineDocument::check_references(diag::Sink& sink) const {
  const auto leads_to = [&](const xml::Element& e, std::string_view attribute, xml::NsId ns, std::string_view local) {
    const auto a = e.attribute(attribute);
    if (!a) return;
    const xml::Element to = by_id(trim(a.value()));
    if (!to || !to.is(ns, local))
      sink.add({codes::inline_reference, a.place(), fmt::format("there is no {} with the id \"{}\"", local, trim(a.value()))});
  };
  for (const InlineFact& f : facts_) {
    leads_to(f.element, "contextRef", xml::ns::xbrli, "context");
    leads_to(f.element, "unitRef", xml::ns::xbrli, "unit");
  }
  for (const xml::Element& r : relationships_)
    for (const std::string_view name : {std::string_view("fromRefs"), std::string_view("toRefs")}) {
      const auto a = r.attribute(name);
      std::string_view rest = a.value();
      for (const std::string_view id : split(rest, ' '))
        if (!id.empty() && !by_id(id)) sink.add({codes::inline_reference, a.place(), fmt::format("there is no element with the id \"{}\"", id)});
    }
  std::unordered_set<std::string_view> with_references;
  for (const xml::Element& r : references_) with_references.insert(r.value_of("target"));
  std::unordered_set<std::string_view> said;
  for (const InlineFact& f : facts_)
    if (!with_references.contains(f.target) && said.insert(f.target).second)
      sink.add({codes::inline_target, f.element.place(), fmt::format("no ix:references has the target \"{}\"", f.target)});
}

}  // namespace factpress::instance
