#pragma once
#include <string_view>
#include <vector>

#include "render/view_facts.h"

/// The statements as tables for people: every cell with its fact, changes from the comparative period worked out exactly.
namespace factpress::render {

struct StatementCellView {
  const FactView* fact = nullptr;   ///< null: nothing stands here
  std::uint32_t occurrence = 0;
  std::string_view text;            ///< in the statement's scale and sign: "16,168", "(0.01)", "27.3%"; a dash for a printed one
  std::string_view spoken;          ///< the same for a reader's voice: "minus 0.01"
  bool negative = false, dash = false;
};

/// The move from the comparative column to the current one.
struct ChangeView {
  bool known = false;               ///< both values stand there
  Decimal amount;
  std::string_view amount_text;     ///< in the statement's scale: "4,634", "(12)"
  std::string_view percent_text;    ///< "40.2%", "(3.1)%"; "n/m" where the base is zero or the sign turns
  std::string_view percent_size;    ///< the same without its sign, to stand beside `direction`
  std::string_view direction;       ///< up, down or flat
  bool amount_negative = false, percent_negative = false;  ///< the text stands in parentheses
};

struct ColumnView {
  std::string_view heading;
  PeriodView period;
  bool has_period = false, comparative = false;
  std::vector<DimensionView> dimensions;
};

struct StatementRowView {
  std::string_view label;
  const ConceptView* concept_view = nullptr;
  int depth = 0;
  bool heading = false, total = false, empty = true;
  std::vector<StatementCellView> cells;
  ChangeView change;
};

struct AxisView {
  const ConceptView* axis = nullptr;
  const ConceptView* domain = nullptr;
  std::vector<const ConceptView*> members;
};

struct StatementView {
  std::string_view kind;            ///< income, balance, cashflow, equity, reconciliation, segment, document, prose, other
  std::string_view title, heading, slug, anchor, role_uri, role_id, role_definition, unit_note;
  int index = 0, scale = 0;
  int current = -1, prior = -1;     ///< columns that the changes compare, or -1
  bool tabular = false;             ///< has columns and rows with values
  bool comparing = false;           ///< changes are news: two columns compare, and none of the release's own is of changes
  std::vector<ColumnView> columns;
  std::vector<StatementRowView> rows;
  std::vector<AxisView> axes;
  std::vector<std::string_view> reasons;
  std::vector<const FootnoteView*> footnotes;  ///< whose marks its numbers carry
};

std::string_view statement_word(model::StatementKind kind);
std::vector<StatementView> view_statements(const model::Report& report, const std::vector<ConceptView>& concepts,
                                           const std::vector<FactView>& facts, Arena& arena);

}  // namespace factpress::render

template <>
struct factpress::tmpl::Reflect<factpress::render::StatementCellView> {
  using V = factpress::render::StatementCellView;
  static constexpr std::string_view name = "StatementCell", doc = "A cell of a statement.";
  static constexpr auto fields = fields_of<V>(
      field<&V::fact>("fact", "The fact; none where the cell is empty."), field<&V::occurrence>("occurrence", "Which of its occurrences stands here."),
      field<&V::text>("text", "The value in the statement's scale and sign; a long dash for a printed one."),
      field<&V::spoken>("spoken", "The same for a screen reader: parentheses become minus."),
      field<&V::negative>("negative", "Shown below zero."), field<&V::dash>("dash", "Printed as a dash."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::ChangeView> {
  using V = factpress::render::ChangeView;
  static constexpr std::string_view name = "Change", doc = "The move from the comparative value to the current one.";
  static constexpr auto fields = fields_of<V>(
      field<&V::known>("known", "Whether both values stand there."), field<&V::amount>("amount", "Current less comparative, exact."),
      field<&V::amount_text>("amount_text", "The amount in the statement's scale."),
      field<&V::percent_text>("percent_text", "One decimal; n/m where the base is zero or the sign turns."),
      field<&V::percent_size>("percent_size", "The same without its sign, to stand beside direction."), field<&V::direction>("direction", "up, down or flat."),
      field<&V::amount_negative>("amount_negative", "The amount is shown in parentheses."),
      field<&V::percent_negative>("percent_negative", "The percentage is shown in parentheses."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::ColumnView> {
  using V = factpress::render::ColumnView;
  static constexpr std::string_view name = "Column", doc = "A column of a statement.";
  static constexpr auto fields = fields_of<V>(
      field<&V::heading>("heading", "As the release heads it."), field<&V::period>("period", "When; only where has_period."),
      field<&V::has_period>("has_period", "Whether the column is of a period."), field<&V::comparative>("comparative", "An earlier period."),
      field<&V::dimensions>("dimensions", "What else holds for the whole column."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::StatementRowView> {
  using V = factpress::render::StatementRowView;
  static constexpr std::string_view name = "StatementRow", doc = "A row of a statement.";
  static constexpr auto fields = fields_of<V>(
      field<&V::label>("label", "As the release words it."), field<&V::concept_view>("concept", "Its concept; none for a bare heading."),
      field<&V::depth>("depth", "Depth of indentation, from 0."), field<&V::heading>("heading", "A heading without values."),
      field<&V::total>("total", "A total."), field<&V::empty>("empty", "Whether no cell has a value."),
      field<&V::cells>("cells", "One for each column."), field<&V::change>("change", "From the comparative column to the current one."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::AxisView> {
  using V = factpress::render::AxisView;
  static constexpr std::string_view name = "Axis", doc = "An axis of a statement's table.";
  static constexpr auto fields = fields_of<V>(field<&V::axis>("axis", "The axis."), field<&V::domain>("domain", "Its whole, the default; none for a typed axis."),
                                              field<&V::members>("members", "The members below the domain."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::StatementView> {
  using V = factpress::render::StatementView;
  static constexpr std::string_view name = "Statement", doc = "A table of the release (or the facts that stand in none), one role of the taxonomy.";
  static constexpr auto fields = fields_of<V>(
      field<&V::kind>("kind", "income, balance, cashflow, equity, reconciliation, segment, document, prose or other."),
      field<&V::title>("title", "Consolidated Balance Sheets."), field<&V::heading>("heading", "The title, made unique in the report, without a full stop and capitals all through: for headings."),
      field<&V::slug>("slug", "Unique anchor made from the title, letters a to z, digits and hyphens."),
      field<&V::anchor>("anchor", "The anchor that GitHub gives to the heading."),
      field<&V::role_uri>("role_uri", "Role URI."), field<&V::role_id>("role_id", "Id of the role's declaration."),
      field<&V::role_definition>("role_definition", "0002 - Statement - Consolidated Balance Sheets."),
      field<&V::unit_note>("unit_note", "In thousands, except per share data; empty where amounts are exact."),
      field<&V::index>("index", "Its place, from 0."), field<&V::scale>("scale", "Power of ten of its amounts."),
      field<&V::current>("current", "Column that changes look at, or -1."), field<&V::prior>("prior", "Column that they compare with, or -1."),
      field<&V::tabular>("tabular", "Whether it is a table with values."),
      field<&V::comparing>("comparing", "Whether changes are worth showing: two columns compare, and no column of the release shows changes itself."),
      field<&V::columns>("columns", "From the left."),
      field<&V::rows>("rows", "In the release's order."), field<&V::axes>("axes", "Where it has dimensions."),
      field<&V::reasons>("reasons", "Why it was taken for this kind of statement."),
      field<&V::footnotes>("footnotes", "Notes whose marks its numbers carry."));
};
