#include "validate/dimensional_context.h"

#include <algorithm>

#include <fmt/core.h>

#include "diag/codes/dimensions.h"

namespace factpress::validate {
namespace codes = diag::codes;
namespace ns = xml::ns;
using taxonomy::ConceptId;
using taxonomy::Dimension;
using taxonomy::no_id;

namespace {

class ContextReader {
 public:
  ContextReader(InstanceCheck& c, const taxonomy::DimensionModel& model, DimensionalContext& into) : c_(c), model_(model), into_(into) {}

  void container(const xml::Element& e, bool segment) {
    if (!e) return;
    for (const xml::Element child : e.elements()) {
      if (child.is(ns::xbrldi, "explicitMember")) {
        explicit_member(child, segment);
      } else if (child.is(ns::xbrldi, "typedMember")) {
        typed_member(child, segment);
      } else {
        (segment ? into_.segment_other : into_.scenario_other) = true;
      }
    }
  }

 private:
  /// The dimension that the element names, if it is one of the wanted kind.
  const Dimension* dimension(const xml::Element& e, bool typed) {
    const auto name = e.resolve_qname(e.value_of("dimension"));
    const ConceptId id = name ? c_.taxonomy.find_concept(*name) : no_id;
    const Dimension* d = id == no_id ? nullptr : model_.find_dimension(id);
    if (d && d->typed == typed) return d;
    c_.sink.add({typed ? codes::dimensions_not_typed : codes::dimensions_not_explicit, e.place(),
                 fmt::format("{} is no {} dimension of the taxonomy", e.value_of("dimension"), typed ? "typed" : "explicit")});
    return nullptr;
  }

  void add(DimensionValue value) {
    if (value.dimension != no_id) {
      if (const DimensionValue* other = into_.find(value.dimension)) {
        c_.sink.add(diag::Diagnostic(codes::dimensions_repeated, value.element.place(),
                                     fmt::format("the context gives {} twice", c_.taxonomy.display_name(value.dimension)))
                        .with(other->element.place(), "the other value"));
      }
    }
    into_.values.push_back(std::move(value));
  }

  void explicit_member(const xml::Element& e, bool segment) {
    DimensionValue v;
    v.element = e;
    v.in_segment = segment;
    const Dimension* d = dimension(e, false);
    if (d) v.dimension = d->concept_id;
    const std::string text = e.text();
    const auto name = e.resolve_qname(text);
    const schema::ElementDecl* decl = name ? c_.schemas.element(*name) : nullptr;
    if (name) v.member = c_.taxonomy.find_concept(*name);
    if (!decl) {
      c_.sink.add({codes::dimensions_undefined_member, e.place(), fmt::format("the taxonomy declares no element {}", e.text())});
    } else if (d && d->default_member != no_id && d->default_member == v.member) {
      c_.sink.add({codes::dimensions_default_used, e.place(),
                   fmt::format("{} is the default of {} and must be left out", c_.taxonomy.display_name(v.member), c_.taxonomy.display_name(v.dimension))});
    }
    add(std::move(v));
  }

  void typed_member(const xml::Element& e, bool segment) {
    DimensionValue v;
    v.element = e;
    v.typed = true;
    v.in_segment = segment;
    const Dimension* d = dimension(e, true);
    if (d) {
      v.dimension = d->concept_id;
      v.valid = content_fits(e, *d);
      if (!v.valid) {
        c_.sink.add({codes::dimensions_illegal_typed_content, e.place(),
                     fmt::format("the value of {} must be one valid {} element", c_.taxonomy.display_name(d->concept_id),
                                 d->domain_element ? c_.taxonomy.display_name(d->domain_element->qname()) : std::string("domain"))});
      }
    }
    add(std::move(v));
  }

  bool content_fits(const xml::Element& e, const Dimension& d) {
    const xml::Element value = e.first_element();
    if (!value || value.next_element()) return false;
    if (!d.domain_element) return true;  // the taxonomy is at fault and was told so
    if (value.qname() != d.domain_element->qname()) return false;
    diag::Sink quiet;
    return schema::validate(c_.schemas, value, quiet, {}).valid();
  }

  InstanceCheck& c_;
  const taxonomy::DimensionModel& model_;
  DimensionalContext& into_;
};

}  // namespace

const DimensionValue* DimensionalContext::find(ConceptId dimension) const {
  const auto it = std::find_if(values.begin(), values.end(), [&](const DimensionValue& v) { return v.dimension == dimension; });
  return it == values.end() ? nullptr : &*it;
}

const DimensionValue* DimensionalContext::find(ConceptId dimension, bool in_segment) const {
  const auto it = std::find_if(values.begin(), values.end(), [&](const DimensionValue& v) { return v.dimension == dimension && v.in_segment == in_segment; });
  return it == values.end() ? nullptr : &*it;
}

std::vector<DimensionalContext> read_dimensions(InstanceCheck& check, const taxonomy::DimensionModel& model) {
  std::vector<DimensionalContext> contexts(check.instance.contexts().size());
  for (std::size_t i = 0; i < contexts.size(); ++i) {
    ContextReader reader(check, model, contexts[i]);
    reader.container(check.instance.contexts()[i].segment, true);
    reader.container(check.instance.contexts()[i].scenario, false);
  }
  return contexts;
}

}  // namespace factpress::validate
