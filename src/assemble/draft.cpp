#include "assemble/draft.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "tables/currency.h"
#include "xbrl/names.h"

namespace factpress::assemble {
namespace {

model::Measure measure_of(const Draft& d, std::string_view text) {
  if (tables::is_currency_code(text)) return {{std::string(xbrl::ns::iso4217), std::string(text)}};
  if (text == "shares" || text == "pure") return {{std::string(xbrl::ns::xbrli), std::string(text)}};
  return {d.own(camel_case(text))};
}

std::string unit_id(std::string_view text) {
  std::string id;
  bool per = false;
  for (const std::string_view part : split(text, '/')) {
    std::string word = tables::is_currency_code(part) ? lower(part) : camel_case(part);
    if (!tables::is_currency_code(part) && !per) word[0] = to_lower(word[0]);
    if (per) {
      if (word == "Shares") word = "Share";
      id += "Per";
      word[0] = to_upper(word[0]);
    }
    id += word;
    per = true;
  }
  return id;
}

}  // namespace

std::string camel_case(std::string_view words) {
  std::string out;
  bool up = true;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t from = at;
    const char32_t c = next_code_point(words, at);
    if (c < 128 && is_alnum(static_cast<char>(c))) {
      out += up ? to_upper(words[from]) : words[from];
      up = false;
    } else if (c != '\'' && c != 0x2019) {
      up = true;
    }
    if (out.size() > 120) break;
  }
  if (out.empty() || !is_alpha(out[0])) out.insert(0, "Item");
  return out;
}

std::optional<model::Period> to_model(const std::optional<tables::Period>& period) {
  if (!period) return std::nullopt;
  return model::Period{period->start, period->end};
}

Draft::Draft(Workbench& b, const Options& o, diag::Sink& s) : bench(b), options(o), sink(s) {
  places.resize(b.numbers.size());
  row_concepts.resize(b.reading.tables.size());
  row_negated.resize(b.reading.tables.size());
  choices.resize(b.reading.tables.size());
  for (std::size_t t = 0; t < b.reading.tables.size(); ++t) {
    row_concepts[t].assign(b.reading.tables[t].rows.size(), model::none);
    row_negated[t].assign(b.reading.tables[t].rows.size(), false);
  }
}

Index Draft::unit(const std::string& text) {
  const auto it = units_.find(text);
  if (it != units_.end()) return it->second;
  model::Unit u;
  u.text = text;
  u.id = unit_id(text);
  while (std::any_of(report.units.begin(), report.units.end(), [&](const auto& x) { return x.id == u.id; })) u.id += "_";
  const auto parts = split(text, '/');
  u.numerators.push_back(measure_of(*this, parts[0]));
  for (std::size_t i = 1; i < parts.size(); ++i) u.denominators.push_back(measure_of(*this, parts[i]));
  report.units.push_back(std::move(u));
  return units_[text] = static_cast<Index>(report.units.size() - 1);
}

Index Draft::context(const model::Period& period, std::vector<model::DimensionValue> dimensions) {
  std::sort(dimensions.begin(), dimensions.end(), [&](const auto& a, const auto& b) {
    return report.concepts[a.dimension].name < report.concepts[b.dimension].name;
  });
  auto key = std::make_pair(period, std::move(dimensions));
  const auto it = contexts_.find(key);
  if (it != contexts_.end()) return it->second;
  model::Context c;
  c.period = key.first;
  c.dimensions = key.second;
  report.contexts.push_back(std::move(c));
  return contexts_[std::move(key)] = static_cast<Index>(report.contexts.size() - 1);
}

Index Draft::add_concept(model::Concept c) {
  const auto it = concepts_.find(c.name);
  if (it != concepts_.end()) return it->second;
  locals_.insert(c.name.local);
  const Index index = static_cast<Index>(report.concepts.size());
  concepts_[c.name] = index;
  report.concepts.push_back(std::move(c));
  return index;
}

std::optional<model::Period> fiscal_duration(const model::Report& report) {
  std::optional<model::Period> period = report.fiscal_period;
  if (period && period->instant()) period->start = period->end.plus_months_keeping_end(-3).plus_days(1);
  return period;
}

Index Draft::find_concept(const QName& name) const {
  const auto it = concepts_.find(name);
  return it == concepts_.end() ? model::none : it->second;
}

void Draft::add_label(Index concept_index, model::LabelRole role, const std::string& text) {
  auto& labels = report.concepts[concept_index].labels;
  const std::string clean = collapse(text);
  if (clean.empty()) return;
  for (const model::Label& l : labels) {
    if (l.role == role) return;
  }
  labels.push_back({role, clean});
}

std::string Draft::unique_name(const std::string& base) const {
  if (locals_.count(base) == 0) return base;
  for (int n = 2;; ++n) {
    std::string name = fmt::format("{}{}", base, n);
    if (locals_.count(name) == 0) return name;
  }
}

void Draft::use_namespace(std::string_view prefix, std::string_view uri, std::string_view schema) {
  if (uri.empty()) return;
  for (const model::Namespace& n : report.namespaces) {
    if (n.uri == uri) return;
  }
  report.namespaces.push_back({std::string(prefix), std::string(uri), std::string(schema)});
}

std::string Draft::prefix_of(std::string_view uri) const {
  for (const model::Namespace& n : report.namespaces) {
    if (n.uri == uri) return n.prefix;
  }
  return report.own_prefix;
}

}  // namespace factpress::assemble
