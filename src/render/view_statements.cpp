#include "render/view_statements.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/wording.h"

namespace factpress::render {

using model::StatementKind;

std::string_view statement_word(StatementKind kind) {
  switch (kind) {
    case StatementKind::document_information: return "document";
    case StatementKind::income: return "income";
    case StatementKind::balance: return "balance";
    case StatementKind::cashflow: return "cashflow";
    case StatementKind::equity: return "equity";
    case StatementKind::reconciliation: return "reconciliation";
    case StatementKind::segment: return "segment";
    case StatementKind::other: return "other";
    case StatementKind::prose: return "prose";
    case StatementKind::text_blocks: return "text-blocks";
  }
  return "other";
}

namespace {

constexpr std::string_view long_dash = "\xE2\x80\x94";

bool is_negated(model::LabelRole role) { return role == model::LabelRole::negated || role == model::LabelRole::negated_total; }

/// The value as the statement shows it: in the print's scale, with the label's sign.
Decimal shown_value(const Decimal& value, const model::Occurrence& o, bool negated) {
  const Decimal scaled = value.shifted(-o.scale);
  return negated ? -scaled : scaled;
}

int shown_places(const Decimal& shown, const model::Occurrence& o) {
  return o.decimals ? std::clamp(*o.decimals + o.scale, 0, 12) : std::clamp(shown.fraction_digits(), 0, 12);
}

bool is_basis_points(const FactView& f, const model::Occurrence& o) { return f.unit && f.unit->kind == "pure" && o.scale == -4; }
bool is_percent(const FactView& f, const model::Occurrence& o) { return f.unit && f.unit->kind == "pure" && o.scale == -2; }

StatementCellView view_cell(const model::StatementCell& cell, model::LabelRole role, const std::vector<FactView>& facts, Arena& arena) {
  StatementCellView v;
  if (cell.fact == model::none) return v;
  v.fact = &facts[cell.fact];
  v.occurrence = cell.occurrence;
  if (!v.fact->numeric || cell.occurrence >= v.fact->source->occurrences.size()) {
    v.text = v.spoken = v.fact->words;
    return v;
  }
  const model::Occurrence& o = v.fact->source->occurrences[cell.occurrence];
  if (o.dash) {
    v.dash = true;
    v.text = long_dash;
    v.spoken = "zero";
    return v;
  }
  const Decimal shown = shown_value(v.fact->value, o, is_negated(role));
  const std::string_view percent = is_percent(*v.fact, o) ? "%" : is_basis_points(*v.fact, o) ? " bp" : "";
  const int places = shown_places(shown, o);
  v.negative = shown.is_negative();
  v.text = arena.keep(grouped(shown, places) + std::string(percent));
  v.spoken = v.negative ? arena.keep("minus " + grouped(shown.abs(), places) + std::string(percent)) : v.text;
  return v;
}

/// Length of a duration in days, 0 for an instant: columns compare when these are about equal.
int days_of(const model::Period& p) { return p.instant() ? 0 : p.end.days() - p.start->days() + 1; }

bool alike(const model::Statement& s, std::size_t i, std::size_t j) {
  if (!s.columns[i].period || !s.columns[j].period || s.columns[j].dimensions != s.columns[i].dimensions) return false;
  const model::Period& a = *s.columns[i].period;
  const model::Period& b = *s.columns[j].period;
  return a != b && a.instant() == b.instant() && std::abs(days_of(a) - days_of(b)) <= 8;
}

/// Where quarters of the same year stand between, results are held against the same quarter of the year before.
void prefer_year_before(const model::Statement& s, StatementView& v) {
  const auto now = static_cast<std::size_t>(v.current);
  const model::Period& current = *s.columns[now].period;
  if (current.instant()) return;
  for (std::size_t k = 0; k < s.columns.size(); ++k) {
    if (k == now || !alike(s, now, k) || std::abs(current.end.days() - s.columns[k].period->end.days() - 365) > 15) continue;
    v.prior = static_cast<int>(k);
    return;
  }
}

/// Columns that go on to later periods ("1Q23 | 2Q23 | ... | 1Q24"): the latest is the current one, held against the one before it.
void move_to_latest(const model::Statement& s, StatementView& v) {
  const auto end = [&](std::size_t column) { return s.columns[column].period->end; };
  const auto first = static_cast<std::size_t>(v.current);
  std::size_t latest = first, before = first;
  for (std::size_t k = 0; k < s.columns.size(); ++k)
    if (alike(s, first, k) && end(k) > end(latest)) latest = k;
  if (latest == first) return;
  for (std::size_t k = 0; k < s.columns.size(); ++k)
    if (alike(s, latest, k) && end(k) < end(latest) && end(k) > end(before)) before = k;
  v.current = static_cast<int>(latest);
  v.prior = static_cast<int>(before);
}

/// The first two columns of about the same length and the same dimensions; the later is the current one.
void find_comparison(const model::Statement& s, StatementView& v) {
  for (std::size_t i = 0; i < s.columns.size(); ++i) {
    for (std::size_t j = i + 1; j < s.columns.size(); ++j) {
      if (!alike(s, i, j)) continue;
      const bool first_is_later = s.columns[j].period->end < s.columns[i].period->end;
      v.current = static_cast<int>(first_is_later ? i : j);
      v.prior = static_cast<int>(first_is_later ? j : i);
      move_to_latest(s, v);
      prefer_year_before(s, v);
      return;
    }
  }
}

/// The fiscal period's column, against the year before: "Year ended" of a release of a whole year, whose first columns are the quarter's.
void prefer_fiscal_period(const model::Report& r, const model::Statement& s, StatementView& v) {
  if (!r.fiscal_period || s.columns.empty()) return;
  const model::StatementColumn& now = s.columns[static_cast<std::size_t>(std::max(v.current, 0))];
  if (!now.period || now.period->instant() || *now.period == *r.fiscal_period || !now.dimensions.empty()) return;
  for (std::size_t i = 0; i < s.columns.size(); ++i) {
    if (s.columns[i].period != r.fiscal_period || !s.columns[i].dimensions.empty()) continue;
    if (v.current < 0) {  // "Three Months | Twelve Months", of this year alone
      v.current = static_cast<int>(i);
      return;
    }
    for (std::size_t k = 0; k < s.columns.size(); ++k) {
      if (k == i || !alike(s, i, k) || std::abs(s.columns[i].period->end.days() - s.columns[k].period->end.days() - 365) > 15) continue;
      v.current = static_cast<int>(i), v.prior = static_cast<int>(k);
      return;
    }
  }
}

/// What the text states of the fiscal period, against a year before where it states that too.
void compare_fiscal_period(const model::Report& r, const model::Statement& s, StatementView& v) {
  for (std::size_t i = 0; r.fiscal_period && i < s.columns.size(); ++i) {
    if (s.columns[i].period != r.fiscal_period || !s.columns[i].dimensions.empty()) continue;
    v.current = static_cast<int>(i);
    prefer_year_before(s, v);
    return;
  }
}

ChangeView change_between(const StatementCellView& now, const StatementCellView& before, model::LabelRole role, Arena& arena) {
  ChangeView v;
  if (!now.fact || !before.fact || !now.fact->numeric || now.fact->unit != before.fact->unit) return v;
  const auto& here = now.fact->source->occurrences;
  const auto& there = before.fact->source->occurrences;
  if (now.occurrence >= here.size() || before.occurrence >= there.size()) return v;
  const model::Occurrence& o = here[now.occurrence].dash ? there[before.occurrence] : here[now.occurrence];
  const bool negated = is_negated(role);
  const Decimal base = negated ? -before.fact->value : before.fact->value;
  const Decimal value = negated ? -now.fact->value : now.fact->value;
  v.known = true;
  v.amount = value - base;
  const int sign = v.amount.sign();
  v.direction = sign > 0 ? "up" : sign < 0 ? "down" : "flat";
  const Decimal shown = v.amount.shifted(-o.scale);
  if (here[now.occurrence].dash && there[before.occurrence].dash) {
    v.amount_text = long_dash;
    return v;
  }
  const bool points = is_percent(*now.fact, o);
  v.amount_text = arena.keep(grouped(shown, shown_places(shown, o)) + (points ? " pts" : ""));
  if (points || (base.is_zero() && sign == 0)) return v;
  if (base.is_zero() || value.sign() * base.sign() < 0) {
    v.percent_text = v.percent_size = "n/m";
    return v;
  }
  const int places = here[now.occurrence].in_table ? 1 : 0;  // prose prints three digits or so: no more can be told
  const Decimal percent = *Decimal::divide(v.amount.shifted(2), base.abs(), places, Rounding::half_away);
  v.percent_text = arena.keep(grouped(percent, places) + "%");
  v.percent_size = percent.is_negative() ? arena.keep(grouped(percent.abs(), places) + "%") : v.percent_text;
  return v;
}

/// As change_between(), and whether its texts are of negative numbers: grouped() puts these in parentheses.
ChangeView view_change(const StatementCellView& now, const StatementCellView& before, model::LabelRole role, Arena& arena) {
  ChangeView v = change_between(now, before, role, arena);
  v.amount_negative = v.amount_text.starts_with('(');
  v.percent_negative = v.percent_text.starts_with('(');
  return v;
}

StatementRowView view_row(const model::StatementRow& row, const StatementView& s, const std::vector<ConceptView>& concepts,
                          const std::vector<FactView>& facts, Arena& arena) {
  StatementRowView v;
  v.label = arena.clean(row.label);
  v.concept_view = row.concept_index == model::none ? nullptr : &concepts[row.concept_index];
  v.depth = std::clamp(row.depth, 0, 12);
  v.heading = row.abstract_row;
  v.total = row.total;
  v.cells.reserve(row.cells.size());
  for (const model::StatementCell& c : row.cells) {
    v.cells.push_back(view_cell(c, row.preferred_label, facts, arena));
    v.empty = v.empty && !v.cells.back().fact;
  }
  v.cells.resize(std::max(v.cells.size(), s.columns.size()));
  const auto n = static_cast<int>(v.cells.size());
  if (s.current >= 0 && s.prior >= 0 && s.current < n && s.prior < n)
    v.change = view_change(v.cells[static_cast<std::size_t>(s.current)], v.cells[static_cast<std::size_t>(s.prior)], row.preferred_label, arena);
  return v;
}

std::string_view title_slug(std::string_view title, std::set<std::string, std::less<>>& taken, Arena& arena) {
  std::string out;
  for (const char c : title.substr(0, 80)) {
    if (is_alnum(c)) out += to_lower(c);
    else if (!out.empty() && out.back() != '-') out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  if (out.empty()) out = "statement";
  std::string unique = out;
  for (int n = 2; !taken.insert(unique).second; ++n) unique = out + "-" + std::to_string(n);
  return arena.keep(std::move(unique));
}

/// Headings of a page or a Markdown report differ from each other and end in no punctuation.
std::string_view unique_heading(std::string_view title, std::set<std::string, std::less<>>& taken, Arena& arena) {
  while (!title.empty() && (is_space(title.back()) || std::string_view(".,;:!").find(title.back()) != std::string_view::npos)) title.remove_suffix(1);
  const std::string stem = collapse(title.empty() ? "Statement" : title);
  std::string unique = stem;
  for (int n = 2; !taken.insert(lower(unique)).second; ++n) unique = stem + " (" + std::to_string(n) + ")";
  return arena.keep(std::move(unique));
}

/// As GitHub makes anchors: lower case, punctuation gone, blanks as hyphens.
std::string_view github_anchor(std::string_view heading, Arena& arena) {
  std::string out;
  for (std::size_t at = 0; at < heading.size();) {
    const char32_t c = next_code_point(heading, at);
    const bool letter = c >= 0xC0 ? c != 0xD7 && c != 0xF7 && (c < 0x2000 || c > 0x2BFF) && (c < 0x3000 || c > 0x303F) : c == 0xAA || c == 0xB5 || c == 0xBA;
    if (c == ' ') out += '-';
    else if (c < 0x80 ? is_alnum(static_cast<char>(c)) || c == '-' || c == '_' : letter) append_utf8(out, c < 0x80 ? to_lower(static_cast<char>(c)) : c);
  }
  return arena.keep(std::move(out));
}

void view_axes(const model::Statement& s, StatementView& v, const std::vector<ConceptView>& concepts) {
  for (const model::Statement::Axis& a : s.axes) {
    AxisView axis;
    axis.axis = &concepts[a.dimension];
    axis.domain = a.domain == model::none ? nullptr : &concepts[a.domain];
    for (const model::Index m : a.members) axis.members.push_back(&concepts[m]);
    v.axes.push_back(std::move(axis));
  }
}

bool shows_changes(const ColumnView& c) {
  const std::string heading = lower(c.heading);
  return heading.find("change") != std::string::npos || heading.find("variance") != std::string::npos;
}

ColumnView view_column(const model::StatementColumn& c, const std::vector<ConceptView>& concepts, Arena& arena) {
  ColumnView v;
  v.heading = arena.clean(c.heading);
  v.comparative = c.comparative;
  if (c.period) v.period = view_period(*c.period, arena), v.has_period = true;
  for (const model::DimensionValue& d : c.dimensions) {
    DimensionView dimension;
    dimension.axis = &concepts[d.dimension];
    if (d.member != model::none) {
      dimension.member = &concepts[d.member];
      dimension.label = dimension.member->label;
      dimension.oim = dimension.member->qname;
    } else {
      dimension.value = dimension.label = dimension.oim = arena.clean(d.typed_value);
    }
    v.dimensions.push_back(dimension);
  }
  return v;
}

}  // namespace

std::vector<StatementView> view_statements(const model::Report& report, const std::vector<ConceptView>& concepts,
                                           const std::vector<FactView>& facts, Arena& arena) {
  std::vector<StatementView> out;
  out.reserve(report.statements.size());
  std::set<std::string, std::less<>> slugs;
  std::set<std::string, std::less<>> headings{"contents", "key figures", "proofs", "contradicted", "numbers in the text", "arithmetic of the tables"};
  for (const model::Statement& s : report.statements) {
    StatementView v;
    v.kind = statement_word(s.kind);
    v.title = arena.clean(trim(s.title));
    v.slug = title_slug(v.title, slugs, arena);
    v.heading = unique_heading(arena.keep(without_shouting(v.title, Capitals::title)), headings, arena);
    v.anchor = github_anchor(v.heading, arena);
    v.role_uri = s.role_uri, v.role_id = s.role_id, v.role_definition = arena.clean(s.role_definition);
    v.unit_note = arena.clean(s.unit_note);
    v.index = static_cast<int>(out.size());
    v.scale = s.scale;
    s.kind == StatementKind::prose ? compare_fiscal_period(report, s, v) : find_comparison(s, v);
    if (s.kind != StatementKind::prose) prefer_fiscal_period(report, s, v);
    for (const model::StatementColumn& c : s.columns) v.columns.push_back(view_column(c, concepts, arena));
    v.comparing = v.current >= 0 && v.prior >= 0 && std::none_of(v.columns.begin(), v.columns.end(), shows_changes);
    v.rows.reserve(s.rows.size());
    bool values = false;
    for (const model::StatementRow& r : s.rows) {
      v.rows.push_back(view_row(r, v, concepts, facts, arena));
      values = values || !v.rows.back().empty;
    }
    v.tabular = values && !v.columns.empty() && s.kind != StatementKind::document_information && s.kind != StatementKind::prose;
    view_axes(s, v, concepts);
    for (const std::string& r : s.reasons) v.reasons.push_back(arena.clean(r));
    out.push_back(std::move(v));
  }
  return out;
}

}  // namespace factpress::render
