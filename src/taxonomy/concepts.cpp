#include <unordered_map>

#include "taxonomy/builder.h"
#include "taxonomy/schema/schema_set.h"

namespace factpress::taxonomy {
namespace ns = xml::ns;

namespace {

/// The root of a substitution group chain that makes an element a concept.
bool concept_kind(const schema::ElementDecl& decl, ConceptKind& kind) {
  // Chains are acyclic in a frozen set; the bound only guards against a broken one.
  const schema::ElementDecl* at = decl.substitutes;
  for (int depth = 0; at && depth < 1000; ++depth, at = at->substitutes) {
    if (at->ns == ns::xbrldt && at->name == "hypercubeItem") return kind = ConceptKind::hypercube, true;
    if (at->ns == ns::xbrldt && at->name == "dimensionItem") return kind = ConceptKind::dimension, true;
    if (at->ns == ns::xbrli && at->name == "item") return kind = ConceptKind::item, true;
    if (at->ns == ns::xbrli && at->name == "tuple") return kind = ConceptKind::tuple, true;
  }
  return false;
}

ValueKind value_kind(const schema::Type* type) {
  for (const schema::Type* t = type; t; t = t->base) {
    if (t->ns != ns::xbrli) continue;
    if (t->name == "monetaryItemType") return ValueKind::monetary;
    if (t->name == "sharesItemType") return ValueKind::shares;
    if (t->name == "pureItemType") return ValueKind::pure;
    if (t->name == "fractionItemType") return ValueKind::fraction;
  }
  const bool numeric = type && type->simple && type->simple->variety == schema::Variety::atomic && schema::is_numeric(type->simple->primitive);
  return numeric ? ValueKind::numeric : ValueKind::text;
}

Period read_period(std::string_view text) {
  text = xml::trim_xml_space(text);
  if (text == "instant") return Period::instant;
  return text == "duration" ? Period::duration : Period::unstated;
}

Balance read_balance(std::string_view text) {
  text = xml::trim_xml_space(text);
  if (text == "debit") return Balance::debit;
  return text == "credit" ? Balance::credit : Balance::unstated;
}

}  // namespace

void TaxonomyBuilder::add_concepts() {
  taxonomy_->frozen_at_.assign(discovery_->documents().size(), no_id);
  std::size_t most = 0;
  for (const auto& run : taxonomy_->schemas_->runs()) most += run.frozen ? run.frozen->concept_count() : run.count;
  taxonomy_->concepts_.reserve(most);
  for (const auto& run : taxonomy_->schemas_->runs()) run.frozen ? add_frozen_concepts(run.begin, *run.frozen) : add_concepts(run.begin, run.begin + run.count);
  index_concepts();
}

void TaxonomyBuilder::add_frozen_concepts(std::uint32_t first, const FrozenDocument& frozen) {
  Taxonomy& t = *taxonomy_;
  const std::uint32_t document = discovery_->index_of(frozen);
  if (document == none || !discovery_->documents()[document].in_dts || frozen.concept_count() == 0) return;
  const auto begin = static_cast<ConceptId>(t.concepts_.size());
  const std::uint32_t count = frozen.concept_count();
  t.concepts_.resize(begin + count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t element = frozen.concept_element(i);
    const ElementRecord& r = frozen.records()[element];
    Concept& c = t.concepts_[begin + i];
    c.declaration = first + element;
    c.ns = frozen.target();
    c.document = document;
    c.offset = r.offset;
    c.kind = static_cast<ConceptKind>(r.concept_kind);
    c.value = static_cast<ValueKind>(r.value_kind);
    c.period = static_cast<Period>(r.period);
    c.balance = static_cast<Balance>(r.balance);
    c.abstract = (r.flags & ElementRecord::is_abstract) != 0;
    c.nillable = (r.flags & ElementRecord::nillable) != 0;
  }
  t.frozen_at_[document] = static_cast<std::uint32_t>(t.frozen_concepts_.size());
  t.frozen_concepts_.push_back({begin, begin + count, &frozen});
}

void TaxonomyBuilder::add_concepts(std::uint32_t begin, std::uint32_t end) {
  Taxonomy& t = *taxonomy_;
  std::unordered_map<const schema::Type*, ValueKind> kinds;
  // Most have the head and the type of the one before.
  const schema::ElementDecl* head = nullptr;
  const schema::Type* type = nullptr;
  ConceptKind head_kind = ConceptKind::item;
  ValueKind type_kind = ValueKind::text;
  const auto& elements = t.schemas_->elements();
  std::uint32_t document = none;
  const xml::Document* last = nullptr;
  std::uint32_t period_name = xml::no_index, balance_name = xml::no_index;
  for (std::uint32_t i = begin; i < end; ++i) {
    const schema::ElementDecl& decl = *elements[i];
    Concept c;
    if (!decl.source || !decl.substitutes) continue;
    if (decl.substitutes != head) {
      if (!concept_kind(decl, head_kind)) continue;
      head = decl.substitutes;
    }
    c.kind = head_kind;
    const xml::Element source = decl.source.get();
    if (&source.document() != last) {
      last = &source.document();
      period_name = last->find_name({ns::xbrli, "periodType"}), balance_name = last->find_name({ns::xbrli, "balance"});
      document = discovery_->index_of(*last);
    }
    if (document == none || !discovery_->documents()[document].in_dts) continue;
    c.declaration = i;
    c.ns = decl.ns;
    c.document = document;
    c.offset = source.offset();
    c.abstract = decl.is_abstract;
    c.nillable = decl.nillable;
    if (c.kind != ConceptKind::tuple) {
      if (decl.type != type) {
        const auto [it, fresh] = kinds.try_emplace(decl.type, ValueKind::text);
        if (fresh) it->second = value_kind(decl.type);
        type = decl.type, type_kind = it->second;
      }
      c.value = type_kind;
    }
    for (const xml::Attribute a : source.attributes()) {
      const std::uint32_t name = a.name_id();
      if (name == period_name) c.period = read_period(a.value());
      if (name == balance_name) c.balance = read_balance(a.value());
    }
    t.concepts_.push_back(c);
  }
}

void TaxonomyBuilder::index_concepts() {
  Taxonomy& t = *taxonomy_;
  std::size_t frozen = 0;
  for (const auto& f : t.frozen_concepts_) frozen += f.end - f.begin;
  std::size_t size = 16;
  while (size < (t.concepts_.size() - frozen) * 2) size *= 2;
  t.concept_table_.assign(size, no_id);
  auto next = t.frozen_concepts_.begin();
  for (ConceptId id = 0; id < t.concepts_.size(); ++id) {
    if (next != t.frozen_concepts_.end() && id == next->begin) {
      id = next->end - 1;  // found through its document
      ++next;
      continue;
    }
    std::size_t at = xml::hash_name(t.concepts_[id].ns, t.local_name(t.concepts_[id])) & (size - 1);
    while (t.concept_table_[at] != no_id) at = (at + 1) & (size - 1);
    t.concept_table_[at] = id;
  }
}

}  // namespace factpress::taxonomy
