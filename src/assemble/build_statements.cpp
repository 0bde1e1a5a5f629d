#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "assemble/concepts.h"
#include "assemble/draft.h"
#include "assemble/roles.h"
#include "assemble/titles.h"
#include "assemble/words.h"
#include "base/text.h"
#include "mapping/companions.h"

namespace factpress::assemble {
namespace {

using model::LabelRole;
using model::none;

class TableStatement {
 public:
  TableStatement(Draft& d, int table) : d_(d), t_(table), table_(d.bench.table(table)) {}

  model::Statement make() {
    s_.kind = statement_kind(table_.kind);
    s_.title = title_of(d_.bench.reading, table_, s_.kind);
    s_.scale = table_.scale;
    s_.unit_note = table_.scale_note;
    s_.reasons = table_.reasons;
    for (std::size_t b : table_.blocks) s_.narrative_blocks.push_back(static_cast<Index>(b));
    assign_role(d_, s_);
    s_.root = root_of(d_, s_);
    columns();
    for (const RowSum& sum : d_.bench.sums[t_]) {
      if (!sum.restates) totals_.insert(sum.total);
    }
    for (int r = 0; r < static_cast<int>(table_.rows.size()); ++r) row(r);
    add_hypercube(d_, s_, contexts_);
    return std::move(s_);
  }

 private:
  void columns() {
    for (const tables::Column& c : table_.columns) {
      model::StatementColumn column;
      for (const std::string& part : c.header) {
        if (!column.heading.empty()) column.heading += ' ';
        column.heading += part;
      }
      if (!c.currency_words.empty()) column.heading += (column.heading.empty() ? "" : " ") + c.currency_words;
      column.period = to_model(c.period);
      column.dimensions = dimensions_of(d_, c.dimensions, c.measure);
      column.comparative = column.period && d_.report.fiscal_period && column.period->end < d_.report.fiscal_period->end;
      s_.columns.push_back(std::move(column));
    }
  }

  void row(int r) {
    const tables::TableRow& from = table_.rows[r];
    model::StatementRow row;
    row.label = from.label;
    row.depth = std::min<int>(static_cast<int>(from.section.size()), s_.rows.empty() ? 0 : s_.rows.back().depth + 1);
    if (from.cells.empty()) {
      if (from.label.empty()) return;
      heading(r, row);
    } else {
      row.concept_index = d_.row_concepts[t_][r];
      row.total = totals_.count(r) != 0 || (from.ruled_above && says_total(from.label));
      for (int c = 0; c < static_cast<int>(table_.columns.size()); ++c) row.cells.push_back(cell(r, c));
      if (row.concept_index != none) labels(r, row);
    }
    s_.rows.push_back(std::move(row));
  }

  model::StatementCell cell(int r, int c) {
    const int n = d_.bench.at(t_, r, c);
    if (n == nothing || d_.places[n].fact == none) return {};
    const model::Fact& f = d_.report.facts[d_.places[n].fact];
    if (f.filable && f.context != none) contexts_.insert(f.context);
    return {d_.places[n].fact, d_.places[n].occurrence};
  }

  void heading(int r, model::StatementRow& row) {
    row.abstract_row = true;
    row.depth = std::min<int>(static_cast<int>(table_.rows[r].section.size()), s_.rows.empty() ? 0 : s_.rows.back().depth + 1);
    const std::string label = without_colon(row.label);
    std::string local = camel_case(label) + "Abstract";
    if (const Index total = total_named(label); total != none && d_.session && d_.session->find(d_.report.concepts[total].name.local + "Abstract")) {
      local = d_.report.concepts[total].name.local + "Abstract";
    }
    const Index index = d_.abstract_concept(local, label + " [Abstract]", model::ConceptKind::abstract_item);
    row.concept_index = index;
    if (index == s_.root || !abstracts_.insert(index).second) {
      row.concept_index = d_.abstract_concept(d_.unique_name(local), label + " [Abstract]", model::ConceptKind::abstract_item);
      abstracts_.insert(row.concept_index);
    }
  }

  /// The concept of the total that closes a section: "Current assets" is closed by "Total current assets".
  Index total_named(const std::string& heading) {
    if (by_key_.empty()) {
      for (std::size_t r = 0; r < table_.rows.size(); ++r) {
        const Index c = d_.row_concepts[t_][r];
        if (c != none && d_.report.concepts[c].standard) by_key_.emplace(key_of(table_.rows[r].label), c);  // the first of equals stays
      }
    }
    const auto at = by_key_.find(key_of(heading));
    return at == by_key_.end() ? none : at->second;
  }

  void labels(int r, model::StatementRow& row) {
    const tables::TableRow& from = table_.rows[r];
    std::string text = without_colon(d_.labels[static_cast<std::size_t>(t_)][static_cast<std::size_t>(r)]);
    const bool negated = d_.row_negated[t_][r];
    const LabelRole plain = boundary_role(from);
    if (!from.measure.empty() && totals_.count(r) == 0) text = from.measure;  // the label is the member's
    if (text.empty()) text = from.section.empty() ? "Subtotal" : "Total " + from.section.back();
    if (plain != LabelRole::standard) row.preferred_label = plain;
    else if (negated) row.preferred_label = row.total ? LabelRole::negated_total : LabelRole::negated;
    else if (row.total) row.preferred_label = LabelRole::total;
    const bool repeated = !items_.insert(row.concept_index).second;
    if (repeated && row.preferred_label == LabelRole::standard && d_.report.concepts[row.concept_index].label(LabelRole::standard) != text) row.preferred_label = LabelRole::terse;
    const bool own_words = row.preferred_label == LabelRole::standard || row.preferred_label == LabelRole::negated;
    if (own_words) d_.add_label(row.concept_index, LabelRole::standard, text);
    d_.add_label(row.concept_index, row.preferred_label, text);
    if (!own_words) pending_.emplace_back(row.concept_index, name_of(r, text));
  }

  /// What a row that is worded as a total, an opening or a closing balance is to be called on its own: "Total current assets" are
  /// current assets; a bare "Total" is what its concept is.
  std::string name_of(int r, const std::string& text) const {
    const std::string_view rest = trim(istarts_with(text, "total ") ? std::string_view(text).substr(6) : std::string_view(text));
    const mapping::Choice& choice = d_.choices[t_][r];
    const bool tells = boundary_role(table_.rows[r]) == LabelRole::standard && !iequals(rest, "total") && !iequals(rest, "subtotal");
    return tells || choice.label.empty() ? with_capital(rest) : choice.label;
  }

 public:
  /// Standard labels for concepts that no row words plainly; given after all statements, so that a plain row's words win.
  const std::vector<std::pair<Index, std::string>>& pending() const { return pending_; }

 private:
  LabelRole boundary_role(const tables::TableRow& row) const {
    for (const tables::TableCell& c : row.cells) {
      const auto& column = table_.columns[c.column].period;
      if (!c.period || !c.period->instant() || !column || column->instant()) continue;
      return c.period->end < *column->start ? LabelRole::period_start : LabelRole::period_end;
    }
    return LabelRole::standard;
  }

  Draft& d_;
  int t_;
  const tables::DataTable& table_;
  model::Statement s_;
  std::set<int> totals_;
  std::map<std::string, Index> by_key_;  ///< of the rows' labels: their standard concepts; empty until it is asked for
  std::set<Index> abstracts_, items_, contexts_;
  std::vector<std::pair<Index, std::string>> pending_;
};

/// Facts that only the prose gives, and whatever no statement shows: one statement, a row for each concept.
void prose_statement(Draft& d) {
  std::set<Index> shown;
  for (const model::Statement& s : d.report.statements) {
    for (const model::StatementRow& row : s.rows) {
      for (const model::StatementCell& c : row.cells) {
        if (c.fact != none) shown.insert(c.fact);
      }
    }
  }
  std::vector<Index> concepts;
  std::vector<Index> contexts;
  std::map<std::pair<Index, Index>, Index> facts;
  for (Index f = 0; f < d.report.facts.size(); ++f) {
    const model::Fact& fact = d.report.facts[f];
    if (!fact.filable || fact.hidden || fact.concept_index == none || fact.context == none || shown.count(f) != 0) continue;
    if (std::find(concepts.begin(), concepts.end(), fact.concept_index) == concepts.end()) concepts.push_back(fact.concept_index);
    if (std::find(contexts.begin(), contexts.end(), fact.context) == contexts.end()) contexts.push_back(fact.context);
    facts.emplace(std::make_pair(fact.concept_index, fact.context), f);
  }
  if (facts.empty()) return;
  model::Statement s;
  s.kind = model::StatementKind::prose;
  s.title = "Figures Stated in the Text";
  assign_role(d, s);
  s.root = root_of(d, s);
  for (Index c : contexts) {
    model::StatementColumn column;
    const model::Context& context = d.report.contexts[c];
    column.period = context.period;
    column.dimensions = context.dimensions;
    column.comparative = d.report.fiscal_period && context.period.end < d.report.fiscal_period->end;
    s.columns.push_back(std::move(column));
  }
  for (Index index : concepts) {
    model::StatementRow row;
    row.concept_index = index;
    row.label = d.report.concepts[index].label(LabelRole::standard);
    for (Index c : contexts) {
      const auto it = facts.find({index, c});
      row.cells.push_back(it == facts.end() ? model::StatementCell{} : model::StatementCell{it->second, 0});
    }
    s.rows.push_back(std::move(row));
  }
  add_hypercube(d, s, {contexts.begin(), contexts.end()});
  d.report.statements.push_back(std::move(s));
}

}  // namespace

void build_statements(Draft& d) {
  if (!d.session) return;
  std::vector<std::pair<Index, std::string>> pending;
  for (int t = 0; t < static_cast<int>(d.bench.reading.tables.size()); ++t) {
    TableStatement builder(d, t);
    d.report.statements.push_back(builder.make());
    pending.insert(pending.end(), builder.pending().begin(), builder.pending().end());
  }
  for (const auto& [index, text] : pending) d.add_label(index, LabelRole::standard, text);
  prose_statement(d);
}

}  // namespace factpress::assemble
