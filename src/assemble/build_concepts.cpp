#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "assemble/concepts.h"
#include "assemble/draft.h"
#include "assemble/footnote_marks.h"
#include "assemble/words.h"
#include "base/text.h"
#include "tables/currency.h"
#include "xbrl/names.h"

namespace factpress::assemble {
namespace {

using tables::UnitKind;

mapping::Signs signs_of(const tables::TableRow& row) {
  bool plus = false, minus = false;
  for (const tables::TableCell& c : row.cells) {
    plus = plus || c.value.sign() > 0;
    minus = minus || c.value.is_negative();
  }
  if (plus && minus) return mapping::Signs::mixed;
  if (plus) return mapping::Signs::positive;
  if (minus) return mapping::Signs::negative;
  return row.cells.empty() ? mapping::Signs::unknown : mapping::Signs::zero;
}

std::uint64_t values_hash(const tables::TableRow& row) {
  std::uint64_t h = 1469598103934665603ULL;
  for (const tables::TableCell& c : row.cells) {
    h = (h ^ static_cast<std::uint64_t>(c.column + 1)) * 1099511628211ULL;
    h = (h ^ c.value.hash()) * 1099511628211ULL;
  }
  return row.cells.empty() ? 0 : h | 1;
}

class Query {
 public:
  Query(const Draft& d, int table, std::deque<std::string>& names) : d_(d), t_(table), table_(d.bench.table(table)), names_(names) {}

  mapping::TableQuery make() {
    mapping::TableQuery q;
    q.kind = static_cast<mapping::TableKind>(table_.kind);
    q.title = table_.title;
    for (std::size_t r = 0; r < table_.rows.size(); ++r) q.rows.push_back(row(table_.rows[r], r));
    relate(q);
    name_totals(q);
    return q;
  }

 private:
  mapping::Row row(const tables::TableRow& from, std::size_t index) {
    mapping::Row row;
    row.label = d_.labels[static_cast<std::size_t>(t_)][index];
    const auto& sections = d_.sections[static_cast<std::size_t>(t_)][index];
    row.sections.assign(sections.begin(), sections.end());
    row.depth = static_cast<int>(from.section.size());
    row.has_values = !from.cells.empty() && from.measure.empty();
    row.is_total = says_total(from.label) || from.ruled_above;
    row.signs = signs_of(from);
    row.values = values_hash(from);
    row.place = d_.bench.place(from.label_span);
    if (!from.cells.empty()) {
      const tables::TableCell& c = from.cells.front();
      row.unit = unit_class(c.unit);
      if (c.period) row.period = c.period->instant() ? mapping::PeriodType::instant : mapping::PeriodType::duration;
      row.context = context_of(c);
      row.boundary = boundary_of(from, c);
    }
    return row;
  }

  /// Rows whose cells have the same members share a context number; 0 for none.
  std::uint32_t context_of(const tables::TableCell& c) {
    if (c.dimensions.empty()) return 0;
    const auto it = std::find(members_.begin(), members_.end(), c.dimensions);
    if (it != members_.end()) return static_cast<std::uint32_t>(it - members_.begin()) + 1;
    members_.push_back(c.dimensions);
    return static_cast<std::uint32_t>(members_.size());
  }

  mapping::Row::Boundary boundary_of(const tables::TableRow& row, const tables::TableCell& c) const {
    if (!c.period || !c.period->instant()) return mapping::Row::Boundary::none;
    const auto& column = table_.columns[c.column].period;
    if (!column || column->instant()) return mapping::Row::Boundary::none;
    return c.period->end < *column->start || icontains(row.label, "beginning") ? mapping::Row::Boundary::opening : mapping::Row::Boundary::closing;
  }

  void relate(mapping::TableQuery& q) const {
    for (const RowSum& s : d_.bench.sums[t_]) {
      if (s.restates) continue;
      q.rows[s.total].is_total = true;
      for (const RowSum::Item& item : s.items) {
        if (q.rows[item.row].parent >= 0 || !table_.rows[item.row].measure.empty()) continue;
        q.rows[item.row].parent = s.total;
        q.rows[item.row].weight = item.weight;
      }
    }
  }

  /// A subtotal without a label of all rows that stand under one heading is the total of that: "Interest income:" has one of interest income.
  void name_totals(mapping::TableQuery& q) {
    for (const RowSum& s : d_.bench.sums[t_]) {
      if (s.restates || s.items.empty() || !q.rows[s.total].label.empty()) continue;
      const auto& sections = d_.sections[static_cast<std::size_t>(t_)];
      const std::vector<std::string>& of = sections[static_cast<std::size_t>(s.items.front().row)];
      const auto before = s.items.front().row - 1;  // the heading itself, or another row of its: then these are some of them
      if (before < 0 || !table_.rows[before].heading) continue;
      const bool one = !of.empty() && std::all_of(s.items.begin(), s.items.end(), [&](const RowSum::Item& i) { return sections[static_cast<std::size_t>(i.row)] == of; });
      if (one) q.rows[s.total].label = names_.emplace_back("Total " + without_colon(of.back()));
    }
  }

  const Draft& d_;
  int t_;
  const tables::DataTable& table_;
  std::deque<std::string>& names_;  ///< given to rows without a label
  std::vector<std::vector<std::pair<std::string, std::string>>> members_;
};

}  // namespace

mapping::UnitClass unit_class(tables::UnitKind unit) {
  switch (unit) {
    case UnitKind::money: return mapping::UnitClass::monetary;
    case UnitKind::per_share: return mapping::UnitClass::per_share;
    case UnitKind::shares: return mapping::UnitClass::shares;
    case UnitKind::pure: return mapping::UnitClass::pure;
    case UnitKind::count: return mapping::UnitClass::other;
  }
  return mapping::UnitClass::unknown;
}

mapping::UnitClass unit_class(std::string_view unit) {
  if (unit == "shares") return mapping::UnitClass::shares;
  if (unit == "pure") return mapping::UnitClass::pure;
  if (tables::is_currency_code(unit)) return mapping::UnitClass::monetary;
  if (unit.ends_with("/shares")) return mapping::UnitClass::per_share;
  return mapping::UnitClass::other;
}

QName type_of(Draft& d, mapping::DataType type) {
  const auto xbrli = [](const char* local) { return QName{std::string(xbrl::ns::xbrli), local}; };
  const bool own_only = d.options.profile == model::Profile::standalone || !d.session;
  const auto numeric = [&](const char* local, const char* plain) {
    if (own_only || d.session->release().numeric_namespace.empty()) return xbrli(plain);
    const mapping::TaxonomyRelease& r = d.session->release();
    d.use_namespace(r.numeric_prefix, r.numeric_namespace, r.numeric_schema);
    return QName{std::string(r.numeric_namespace), local};
  };
  switch (type) {
    case mapping::DataType::monetary: return xbrli("monetaryItemType");
    case mapping::DataType::shares: return xbrli("sharesItemType");
    case mapping::DataType::per_share: return numeric("perShareItemType", "decimalItemType");
    case mapping::DataType::percent: return numeric("percentItemType", "pureItemType");
    case mapping::DataType::pure: return xbrli("pureItemType");
    case mapping::DataType::integer: return xbrli("integerItemType");
    case mapping::DataType::decimal: return xbrli("decimalItemType");
    case mapping::DataType::string:
    case mapping::DataType::abstract: return xbrli("stringItemType");
  }
  return xbrli("stringItemType");
}

namespace {

/// A type of the registry that is no number's; a plain string where the report has no such types.
QName non_numeric_type(Draft& d, const char* local) {
  if (d.options.profile == model::Profile::standalone || !d.session) return {std::string(xbrl::ns::xbrli), "stringItemType"};
  const mapping::TaxonomyRelease& r = d.session->release();
  if (r.domain_namespace.empty()) return {std::string(xbrl::ns::xbrli), "stringItemType"};
  d.use_namespace(r.domain_prefix, r.domain_namespace, r.domain_schema);
  return {std::string(r.domain_namespace), local};
}

}  // namespace

QName domain_type(Draft& d) { return non_numeric_type(d, "domainItemType"); }
QName text_block_type(Draft& d) { return non_numeric_type(d, "textBlockItemType"); }

QName standard_name(Draft& d, std::string_view prefix, std::string_view local) {
  const mapping::TaxonomyRelease& r = d.session->release();
  const auto in = [&](std::string_view uri, std::string_view schema) {
    d.use_namespace(prefix, uri, schema);
    return QName{std::string(uri), std::string(local)};
  };
  if (prefix == "dei") return in(r.dei_namespace, r.dei_schema);
  if (prefix == "srt") return in(r.srt_namespace, r.srt_schema);
  if (prefix == "ifrs-full") {
    return in("https://xbrl.ifrs.org/taxonomy/2023-03-23/ifrs-full", "https://xbrl.ifrs.org/taxonomy/2023-03-23/full_ifrs/full_ifrs-cor_2023-03-23.xsd");
  }
  return in(r.gaap_namespace, r.gaap_schema);
}

mapping::DataType data_type(mapping::UnitClass unit) {
  switch (unit) {
    case mapping::UnitClass::monetary: return mapping::DataType::monetary;
    case mapping::UnitClass::per_share: return mapping::DataType::per_share;
    case mapping::UnitClass::shares: return mapping::DataType::shares;
    case mapping::UnitClass::pure: return mapping::DataType::percent;
    default: return mapping::DataType::decimal;
  }
}

Index concept_of(Draft& d, const mapping::Choice& choice) {
  model::Concept c;
  const bool standalone = d.options.profile == model::Profile::standalone;
  c.standard = choice.is_standard && !standalone;
  if (c.standard) {
    c.name = standard_name(d, choice.prefix, choice.concept_name);
    c.prefix = choice.prefix;
  } else {
    c.name = d.own(choice.concept_name);
    c.prefix = d.report.own_prefix;
    const std::string_view equivalent = choice.is_standard ? std::string_view(choice.concept_name) : std::string_view(choice.anchor);
    const std::string_view prefix = d.options.profile == model::Profile::ifrs ? "ifrs-full" : "us-gaap";
    if (!equivalent.empty()) {
      if (standalone) c.standard_equivalent = {std::string(d.session->release().gaap_namespace), std::string(equivalent)};
      else c.anchor = standard_name(d, prefix, equivalent);
    }
  }
  c.type = type_of(d, choice.type);
  c.period_type = choice.period == mapping::PeriodType::instant ? model::PeriodType::instant : model::PeriodType::duration;
  // A name of the company's own may stand for another kind of item by now: an extension that was made while the facts were built.
  for (int n = 2;; ++n) {
    const Index known = d.find_concept(c.name);
    if (known == model::none) break;
    const model::Concept& other = d.report.concepts[known];
    if (c.standard || (other.type == c.type && other.period_type == c.period_type)) return known;
    c.name = d.own(choice.concept_name + std::to_string(n));
  }
  if (choice.type == mapping::DataType::monetary) c.balance = static_cast<model::Balance>(choice.balance);
  c.confidence = choice.confidence;
  c.reason = choice.reason;
  for (const mapping::Candidate& a : choice.alternatives) c.alternatives.emplace_back(std::string(a.concept_name), a.score);
  return d.add_concept(std::move(c));
}

Index extension(Draft& d, const std::string& label, mapping::UnitClass unit, model::PeriodType period, Index wider, const std::string& reason) {
  model::Concept c;
  c.name = d.own(d.unique_name(camel_case(label)));
  c.prefix = d.report.own_prefix;
  c.type = type_of(d, data_type(unit));
  c.period_type = period;
  c.reason = reason;
  c.confidence = 0.5;
  if (wider != model::none && d.report.concepts[wider].standard && d.report.concepts[wider].period_type == period) {
    c.anchor = d.report.concepts[wider].name;
    c.alternatives.emplace_back(c.anchor.local, d.report.concepts[wider].confidence);
  }
  return d.add_concept(std::move(c));
}

Index Draft::abstract_concept(const std::string& local, const std::string& label, model::ConceptKind kind) {
  model::Concept c;
  c.kind = kind;
  c.prefix = report.own_prefix;
  c.name = own(local);
  if (session && options.profile == model::Profile::us_gaap) {
    if (const auto info = session->find(local); info && (info->abstract || info->type == mapping::DataType::abstract)) {
      c.name = standard_name(*this, info->prefix, local);
      c.prefix = info->prefix;
      c.standard = true;
    }
  }
  if (const Index known = find_concept(c.name); known != model::none) {
    if (c.standard || report.concepts[known].kind == kind) return known;
    c.name = own(unique_name(local));
  }
  const bool domain = kind == model::ConceptKind::member || kind == model::ConceptKind::domain;
  c.type = domain ? domain_type(*this) : QName{std::string(xbrl::ns::xbrli), "stringItemType"};
  c.reason = "a heading of the release";
  const Index index = add_concept(std::move(c));
  add_label(index, model::LabelRole::standard, label);
  return index;
}

namespace {

/// Labels and sections as concepts are chosen and named by: footnote marks are no part of a name.
void read_labels(Draft& d) {
  for (const tables::DataTable& table : d.bench.reading.tables) {
    auto& labels = d.labels.emplace_back();
    std::map<std::string_view, std::string_view> plain;  // of headings
    labels.reserve(table.rows.size());
    for (const tables::TableRow& row : table.rows) {
      labels.push_back(label_without_marks(d.bench.reading.document, table, row));
      if (row.cells.empty() && labels.back() != row.label) plain[row.label] = labels.back();
    }
    auto& sections = d.sections.emplace_back();
    for (const tables::TableRow& row : table.rows) {
      auto& own = sections.emplace_back(row.section);
      for (std::string& s : own)
        if (const auto at = plain.find(s); at != plain.end()) s = at->second;
    }
  }
}

/// Members and wholes under a heading that says what their numbers are: the item of that name, whichever table has it.
void choose_measures(Draft& d) {
  for (std::size_t t = 0; t < d.bench.reading.tables.size(); ++t) {
    const std::vector<tables::TableRow>& rows = d.bench.reading.tables[t].rows;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (rows[r].measure.empty() || rows[r].cells.empty()) continue;
      const tables::TableCell& cell = rows[r].cells.front();
      mapping::ItemQuery q;
      q.label = rows[r].measure;
      q.unit = unit_class(cell.unit);
      if (cell.period) q.period = cell.period->instant() ? mapping::PeriodType::instant : mapping::PeriodType::duration;
      q.signs = signs_of(rows[r]);
      q.place = d.bench.place(rows[r].label_span);
      d.choices[t][r] = d.session->map_item(q, d.sink);
    }
  }
}

}  // namespace

void choose_concepts(Draft& d) {
  if (!d.session) return;
  read_labels(d);
  for (int t = 0; t < static_cast<int>(d.bench.reading.tables.size()); ++t) {
    std::deque<std::string> names;
    const mapping::TableQuery query = Query(d, t, names).make();
    d.choices[t] = d.session->map(query, d.sink);
    d.choices[t].resize(query.rows.size());
  }
  choose_measures(d);
}

}  // namespace factpress::assemble
