// XBRL 2.1 §4.3, §5.1.2: linkbaseRef elements and what they lead to.
#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/names.h"
#include "validate/rules.h"

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

void linkbase_references(DtsCheck& c) {
  for (const taxonomy::LinkbaseReference& r : c.discovery.linkbase_references()) {
    const taxonomy::XLink x = taxonomy::read_xlink(r.element);
    if (x.arcrole != names::arcrole_linkbase) {
      c.sink.add({codes::xbrl_linkbase_ref, r.element.place(),
                  fmt::format("a linkbaseRef's arcrole must be {}, not '{}'", names::arcrole_linkbase, x.arcrole)});
    }
    const taxonomy::Target target = c.discovery.follow(r.document, r.element, x.href);
    if (target.document == taxonomy::none) continue;  // missing: said already
    if (!target.element || !target.element.is(ns::link, "linkbase")) {
      if (target.has_fragment) {
        c.sink.add({codes::xbrl_linkbase_ref, r.element.place(), fmt::format("'{}' leads to no linkbase element", x.href)});
      }
      continue;  // without a fragment discovery has said what the document is
    }
    const std::string_view kind = names::link_of_reference_role(x.role);
    if (!kind.empty()) check_kind(c, r.element, target.element, kind);
  }
}

}  // namespace factpress::validate::rules
