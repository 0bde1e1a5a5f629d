// XBRL 2.1 §4.3, §5.1.2: linkbaseRef elements and what they lead to.
#include "validate/rules/linkbase_references.h"

#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/names.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
namespace ns = xml::ns;

namespace {

/// §4.3.4: a linkbase that is promised to be of one kind must hold extended links of that kind alone.
void check_kind(DtsCheck& c, const xml::Element& reference, const xml::Element& linkbase, std::string_view kind) {
  for (const xml::Element child : linkbase.elements()) {
    if (taxonomy::read_xlink(child).type != "extended") continue;
    if (child.is(ns::link, kind)) continue;
    c.sink.add(diag::Diagnostic(codes::xbrl_linkbase_ref, reference.place(),
                                fmt::format("the reference promises {} elements alone, but the linkbase holds a {}", kind, child.raw_name()))
                   .with(child.place(), "the other link"));
    return;
  }
}

}  // namespace

void check_linkbase_reference(DtsCheck& c, const taxonomy::Follow& follow, const xml::Element& reference) {
  const taxonomy::XLink x = taxonomy::read_xlink(reference);
  if (x.arcrole != names::arcrole_linkbase) {
    c.sink.add({codes::xbrl_linkbase_ref, reference.place(),
                fmt::format("a linkbaseRef's arcrole must be {}, not '{}'", names::arcrole_linkbase, x.arcrole)});
  }
  const taxonomy::Target target = follow(reference, x.href);
  if (target.document == taxonomy::none) return;  // missing: said already
  if (!target.element || !target.element.is(ns::link, "linkbase")) {
    if (target.has_fragment) {
      c.sink.add({codes::xbrl_linkbase_ref, reference.place(), fmt::format("'{}' leads to no linkbase element", x.href)});
    }
    return;  // without a fragment discovery has said what the document is
  }
  const std::string_view kind = names::link_of_reference_role(x.role);
  if (!kind.empty()) check_kind(c, reference, target.element.get(), kind);
}

void linkbase_references(DtsCheck& c) {
  for (const taxonomy::LinkbaseReference& r : c.discovery.linkbase_references()) {
    check_linkbase_reference(c, c.discovery.follower(r.document), r.element);
  }
}

}  // namespace factpress::validate::rules
