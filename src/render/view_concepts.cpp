#include "render/view_concepts.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "xbrl/names.h"
#include "xbrl/types.h"

namespace factpress::render {

using model::ConceptKind;
using model::LabelRole;

std::string_view role_uri(LabelRole role) {
  switch (role) {
    case LabelRole::standard: return xbrl::role::label;
    case LabelRole::terse: return xbrl::role::terse;
    case LabelRole::verbose: return xbrl::role::verbose;
    case LabelRole::total: return xbrl::role::total;
    case LabelRole::negated: return xbrl::role::negated;
    case LabelRole::negated_total: return xbrl::role::negated_total;
    case LabelRole::period_start: return xbrl::role::period_start;
    case LabelRole::period_end: return xbrl::role::period_end;
    case LabelRole::documentation: return xbrl::role::documentation;
  }
  return xbrl::role::label;
}

std::string_view role_word(LabelRole role) {
  switch (role) {
    case LabelRole::standard: return "standard";
    case LabelRole::terse: return "terse";
    case LabelRole::verbose: return "verbose";
    case LabelRole::total: return "total";
    case LabelRole::negated: return "negated";
    case LabelRole::negated_total: return "negatedTotal";
    case LabelRole::period_start: return "periodStart";
    case LabelRole::period_end: return "periodEnd";
    case LabelRole::documentation: return "documentation";
  }
  return "standard";
}

Decimal share(double value) {
  const double bounded = std::isfinite(value) ? std::clamp(value, 0.0, 1.0) : 0.0;
  return Decimal::scaled(std::llround(bounded * 1000), -3);
}

Prefixes::Prefixes(const model::Report& report) {
  for (const model::Namespace& n : report.namespaces) all_.push_back({n.prefix, n.uri, n.schema_location});
  const auto add = [&](std::string_view prefix, std::string_view uri, std::string_view location) {
    if (of(uri).empty()) all_.push_back({prefix, uri, location});
  };
  add(report.own_prefix, report.own_namespace, {});
  add("xbrli", xbrl::ns::xbrli, xbrl::location::xbrli);
  add("xbrldt", xbrl::ns::xbrldt, xbrl::location::xbrldt);
  add("iso4217", xbrl::ns::iso4217, {});
  std::stable_sort(all_.begin(), all_.end(), [](const auto& a, const auto& b) { return a.prefix < b.prefix; });
}

std::string_view Prefixes::of(std::string_view uri) const {
  for (const NamespaceView& n : all_)
    if (n.uri == uri) return n.prefix;
  return {};
}

std::string_view prefixed(const QName& name, const Prefixes& prefixes, Arena& arena) {
  if (name.empty()) return {};
  std::string out(prefixes.of(name.uri));
  if (!out.empty()) out += ':';
  return arena.keep(std::move(out += name.local));
}

std::string_view ConceptView::label_for(LabelRole role) const {
  const std::string_view wanted = role_uri(role);
  for (const LabelView& l : labels)
    if (l.role == wanted) return l.text;
  return label;
}

namespace {

std::string_view kind_word(ConceptKind kind) {
  switch (kind) {
    case ConceptKind::item: return "item";
    case ConceptKind::abstract_item: return "abstract";
    case ConceptKind::hypercube: return "hypercube";
    case ConceptKind::dimension: return "dimension";
    case ConceptKind::domain: return "domain";
    case ConceptKind::member: return "member";
    case ConceptKind::line_items: return "lineItems";
  }
  return "item";
}

std::string_view substitution_of(ConceptKind kind) {
  if (kind == ConceptKind::hypercube) return "xbrldt:hypercubeItem";
  if (kind == ConceptKind::dimension) return "xbrldt:dimensionItem";
  return "xbrli:item";
}

std::string_view slug_of(std::string_view name, Arena& arena) {
  std::string out;
  for (const char c : name) {
    if (is_alnum(c)) out += to_lower(c);
    else if (!out.empty() && out.back() != '-') out += '-';
  }
  return arena.keep(std::move(out));
}

void add_labels(ConceptView& v, const model::Concept& c, Arena& arena) {
  for (const model::Label& l : c.labels) {
    const std::string_view text = arena.clean(trim(l.text));
    if (text.empty()) continue;
    const auto same = [&](const LabelView& other) { return other.role == role_uri(l.role); };
    if (std::any_of(v.labels.begin(), v.labels.end(), same)) continue;
    const std::string_view word = role_word(l.role);
    v.labels.push_back({word, role_uri(l.role), text, arena.keep("lab_" + std::string(v.id) + "_" + std::string(word))});
    if (l.role == LabelRole::standard) v.label = text;
    if (l.role == LabelRole::documentation) v.documentation = text;
  }
  if (v.label.empty()) v.label = v.name;
}

ConceptView view_of(const model::Report& report, const model::Concept& c, const Prefixes& prefixes, Arena& arena) {
  ConceptView v;
  v.source = &c;
  v.name = c.name.local;
  v.prefix = c.prefix.empty() ? prefixes.of(c.name.uri) : std::string_view(c.prefix);
  v.qname = arena.keep(std::string(v.prefix) + ":" + c.name.local);
  v.id = arena.keep(std::string(v.prefix) + "_" + c.name.local);
  v.own = !c.standard;
  std::string_view document;
  for (const NamespaceView& n : prefixes.all())
    if (n.uri == c.name.uri) document = n.schema_location;
  v.href = arena.keep((v.own ? report.base + ".xsd" : std::string(document)) + "#" + std::string(v.id));
  v.kind = kind_word(c.kind);
  v.abstract = c.kind != ConceptKind::item;
  v.type = c.type.empty() ? std::string_view("xbrli:stringItemType") : prefixed(c.type, prefixes, arena);
  v.numeric = !v.abstract && xbrl::is_numeric(xbrl::type_class(c.type));
  v.substitution_group = substitution_of(c.kind);
  v.period_type = c.period_type == model::PeriodType::instant ? "instant" : "duration";
  v.balance = c.balance == model::Balance::debit ? "debit" : c.balance == model::Balance::credit ? "credit" : "";
  v.reason = arena.clean(c.reason);
  v.anchor = prefixed(c.anchor, prefixes, arena);
  v.typed_domain = prefixed(c.typed_domain, prefixes, arena);
  v.typed_domain_name = c.typed_domain.local;
  v.equivalent_namespace = c.standard_equivalent.uri;
  v.equivalent_name = c.standard_equivalent.local;
  v.slug = slug_of(c.name.local, arena);
  v.confidence = share(c.confidence);
  for (const auto& [name, score] : c.alternatives) v.alternatives.push_back({name, share(score)});
  add_labels(v, c, arena);
  return v;
}

/// "NotesPayableRelatedPartiesNoncurrent" as words.
std::string words_of_name(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool starts = is_upper(name[i]) && i > 0 && (!is_upper(name[i - 1]) || (i + 1 < name.size() && !is_upper(name[i + 1]) && is_alpha(name[i + 1])));
    if (starts) out += ' ';
    out += name[i];
  }
  return out;
}

void make_labels_unique(std::vector<ConceptView>& concepts, Arena& arena) {
  std::set<std::string_view> taken;
  for (ConceptView& c : concepts) {
    if (taken.insert(c.label).second) continue;
    const std::string_view words = c.label;
    c.label = arena.keep(std::string(words) + " (" + words_of_name(c.name) + ")");
    taken.insert(c.label);
    bool has_terse = false;
    for (LabelView& l : c.labels) {
      if (l.role == xbrl::role::label) l.text = c.label;
      has_terse = has_terse || l.role == xbrl::role::terse;
    }
    if (has_terse || c.labels.empty()) continue;
    c.labels.push_back({"terse", xbrl::role::terse, words, arena.keep("lab_" + std::string(c.id) + "_terse")});
    c.renamed = true;
  }
}

}  // namespace

std::vector<ConceptView> view_concepts(const model::Report& report, const Prefixes& prefixes, Arena& arena) {
  std::vector<ConceptView> out;
  out.reserve(report.concepts.size());
  for (const model::Concept& c : report.concepts) out.push_back(view_of(report, c, prefixes, arena));
  make_labels_unique(out, arena);
  return out;
}

}  // namespace factpress::render
