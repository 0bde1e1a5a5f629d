// Dimensions 1.0 §2.2, §2.5: declarations of hypercubes and dimensions, and typedDomainRef.
#include <fmt/core.h>

#include "diag/codes/dimensions.h"
#include "taxonomy/uri.h"
#include "validate/rules.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
namespace ns = xml::ns;
using taxonomy::ConceptKind;

namespace {

void check_typed_domain(DtsCheck& c, const taxonomy::Dimension& d, const xml::Attribute& ref) {
  const taxonomy::Concept& dimension = c.taxonomy.concept_at(d.concept_id);
  const xml::Element source = c.schemas.elements()[dimension.declaration]->source.get();
  const std::string name = c.taxonomy.display_name(d.concept_id);
  const taxonomy::Target target = c.discovery.follow(dimension.document, source, ref.value());
  const taxonomy::Reference reference = taxonomy::split_fragment(xml::trim_xml_space(ref.value()));
  if (!reference.has_fragment || reference.fragment.empty()) {
    c.sink.add({codes::dimensions_typed_dimension_uri, ref.place(), fmt::format("the domain of {} is given as '{}', which names no element", name, ref.value())});
  } else if (target.document == taxonomy::none || !c.in_dts(target.document)) {
    c.sink.add({codes::dimensions_out_of_dts_schema, ref.place(), fmt::format("the domain of {} is declared in '{}', which is not in the taxonomy", name, reference.document)});
  } else if (!d.domain_element || !d.domain_element->global || d.domain_element->is_abstract) {
    c.sink.add({codes::dimensions_typed_dimension, ref.place(), fmt::format("'{}' must lead to a global element that is not abstract, for the domain of {}", ref.value(), name)});
  }
}

}  // namespace

namespace {

void check_element(DtsCheck& c, const schema::ElementDecl& decl) {
  if (!decl.source) return;
  const xml::Element source = decl.source.get();
  const auto ref = source.attribute(ns::xbrldt, "typedDomainRef");
  if (!ref) return;
  const taxonomy::ConceptId id = c.taxonomy.find_concept(decl.ns, decl.name);
  const taxonomy::Dimension* d = id == taxonomy::no_id ? nullptr : c.dimensions.find_dimension(id);
  if (d) {
    check_typed_domain(c, *d, ref);
  } else {
    c.sink.add({codes::dimensions_typed_domain_ref, ref.place(), fmt::format("{} has a typedDomainRef but is no dimension", c.taxonomy.display_name(decl.qname()))});
  }
}

/// The domain that a frozen dimension refers to was there when it was frozen; it need not be in this DTS.
bool is_sound(const DtsCheck& c, const schema::ElementDecl& decl) {
  const taxonomy::ConceptId id = c.taxonomy.find_concept(decl.ns, decl.name);
  const taxonomy::Dimension* d = id == taxonomy::no_id ? nullptr : c.dimensions.find_dimension(id);
  if (!d || !d->domain_element || !d->domain_element->frozen || d->domain_element->is_abstract) return false;
  const std::uint32_t document = c.discovery.index_of(static_cast<const taxonomy::FrozenDocument&>(*d->domain_element->source.deferred()));
  return document != taxonomy::none && c.in_dts(document);
}

}  // namespace

void dimension_declarations(DtsCheck& c) {
  each_fresh_concept(c, [&](taxonomy::ConceptId id) {
    const taxonomy::Concept& item = c.taxonomy.concept_at(id);
    if (item.abstract || (item.kind != ConceptKind::hypercube && item.kind != ConceptKind::dimension)) return;
    const bool cube = item.kind == ConceptKind::hypercube;
    c.sink.add({cube ? codes::dimensions_hypercube_not_abstract : codes::dimensions_dimension_not_abstract, c.taxonomy.place(item.document, item.offset),
                fmt::format("the {} {} must be abstract", cube ? "hypercube" : "dimension", c.taxonomy.display_name(id))});
  });
  const auto& elements = c.schemas.elements();
  for (const auto& run : c.schemas.runs()) {
    if (run.frozen) {
      for (const auto& [element, ref] : run.frozen->typed_domains()) {
        const schema::ElementDecl& decl = run.frozen->element(element);
        if (!is_sound(c, decl)) check_element(c, decl);
      }
      continue;
    }
    const xml::Document* last = nullptr;
    bool has_any = false;
    for (std::uint32_t i = run.begin; i < run.begin + run.count; ++i) {
      if (!elements[i]->source) continue;
      const xml::Document& document = elements[i]->source.get().document();
      if (&document != last) last = &document, has_any = document.find_name({ns::xbrldt, "typedDomainRef"}) != xml::no_index;
      if (has_any) check_element(c, *elements[i]);
    }
  }
}

}  // namespace factpress::validate::rules
