#include "validate/rules/instance_links.h"

#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "taxonomy/uri.h"
#include "validate/names.h"
#include "validate/rules/extended_links.h"
#include "validate/rules/linkbase_references.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
namespace ns = xml::ns;
using taxonomy::Arc;
using taxonomy::ExtendedLink;
using taxonomy::LinkEnd;
using taxonomy::Target;

namespace {

/// Stands for the instance among the documents of its DTS, to which it does not belong.
constexpr std::uint32_t own_document = taxonomy::none - 1;

/// Follows the hrefs of one instance.
class InstanceHrefs {
 public:
  InstanceHrefs(const taxonomy::Discovery& discovery, const xml::Document& document, std::string name)
      : discovery_(discovery), document_(document), name_(std::move(name)), ids_(document) {}

  Target operator()(const xml::Element& at, std::string_view href) const {
    const taxonomy::Reference reference = taxonomy::split_fragment(xml::trim_xml_space(href));
    Target target;
    target.has_fragment = reference.has_fragment;
    const std::string base = at.base_url(name_, [](const std::string& b, std::string_view r) { return taxonomy::resolve(b, xml::trim_xml_space(r)); });
    const std::string name = reference.document.empty() ? name_ : taxonomy::resolve(base, reference.document);
    if (name != name_) {
      target.document = discovery_.find(name);
      if (target.document != taxonomy::none) discovery_.point(target, reference.fragment);
      return target;
    }
    target.document = own_document;
    target.element = reference.fragment.empty() ? document_.root() : taxonomy::follow_pointer(document_, ids_, reference.fragment, target.error);
    return target;
  }

 private:
  const taxonomy::Discovery& discovery_;
  const xml::Document& document_;
  std::string name_;
  taxonomy::IdIndex ids_;
};

bool is_fact(const InstanceCheck& c, const xml::Element& e) { return c.taxonomy.find_concept(e.qname()) != taxonomy::no_id; }

/// §4.11.1.1: a locator of a footnote link points to an item or tuple of the same instance.
void check_locator(InstanceCheck& c, const LinkEnd& end) {
  if (end.target.document == own_document && end.target.element && is_fact(c, end.target.element)) return;
  if (end.target.error != taxonomy::PointerError::none) return;  // said by the rule on links
  c.sink.add({codes::xbrl_footnote, end.element.place(),
              fmt::format("the locator '{}' must point to an item or tuple of this instance", taxonomy::read_xlink(end.element).href)});
}

/// §4.11.1.3.1: fact-footnote arcs go from facts to footnotes of the link.
void check_arc(InstanceCheck& c, const ExtendedLink& link, const Arc& arc) {
  if (arc.arcrole != names::fact_footnote) return;
  for (std::uint32_t at = arc.from; at != taxonomy::none; at = link.ends[at].next) {
    if (link.ends[at].is_locator) continue;
    c.sink.add({codes::xbrl_footnote, arc.element.place(), fmt::format("a fact-footnote arc must begin at a fact; '{}' is a resource", arc.from_label)});
  }
  for (std::uint32_t at = arc.to; at != taxonomy::none; at = link.ends[at].next) {
    if (!link.ends[at].is_locator && link.ends[at].element.is(ns::link, "footnote")) continue;
    c.sink.add({codes::xbrl_footnote, arc.element.place(), fmt::format("a fact-footnote arc must end at a footnote of its link, which '{}' is not", arc.to_label)});
  }
}

void check_footnote_link(InstanceCheck& c, const ExtendedLink& link) {
  for (const LinkEnd& end : link.ends) {
    if (end.is_locator) {
      check_locator(c, end);
    } else if (end.element.is(ns::link, "footnote") && end.element.lang().empty()) {
      c.sink.add({codes::xbrl_footnote, end.element.place(), "a footnote must have an xml:lang, its own or one around it"});
    }
  }
  for (const Arc& arc : link.arcs) check_arc(c, link, arc);
}

}  // namespace

void instance_links(InstanceCheck& c, const taxonomy::LoadedDts& dts, const std::string& name) {
  const xml::Element root = c.instance.document().root();
  DtsCheck check{dts.discovery, {}, *dts.taxonomy, c.schemas, *dts.dimensions, c.sink};
  bool any = !c.instance.footnote_links().empty();
  for (const xml::Element e : root.elements()) {
    any = any || e.is(ns::link, "linkbaseRef") || e.is(ns::link, "roleRef") || e.is(ns::link, "arcroleRef");
  }
  if (!any) return;
  const InstanceHrefs hrefs(dts.discovery, c.instance.document(), name);
  const taxonomy::Follow follow = [&](const xml::Element& at, std::string_view href) { return hrefs(at, href); };
  const RoleScope scope(check, follow, root);
  for (const xml::Element e : root.elements()) {
    if (e.is(ns::link, "linkbaseRef")) check_linkbase_reference(check, follow, e);
  }
  taxonomy::LinkReader reader(follow, own_document, root.document());
  for (const xml::Element& e : c.instance.footnote_links()) {
    const ExtendedLink link = reader.read(e);
    check_link(check, scope, link);
    check_footnote_link(c, link);
  }
}

}  // namespace factpress::validate::rules
