#pragma once
#include <string_view>
#include <vector>

#include "render/view_concepts.h"

namespace factpress::render {

struct PeriodView {
  bool instant = false;
  std::optional<Date> start;
  Date end;
  std::string_view start_iso, end_iso;  ///< both days inclusive, as XBRL's dates without a time mean them
  std::string_view words;               ///< "Three months ended March 31, 2013"
  std::string_view brief;               ///< "3 months to Mar 31, 2013"
  std::string_view oim;                 ///< "2013-01-01T00:00:00/2013-04-01T00:00:00"
  int months = 0;                       ///< of a duration of whole months, else 0
};
PeriodView view_period(const model::Period& period, Arena& arena);

struct DimensionView {
  const ConceptView* axis = nullptr;
  const ConceptView* member = nullptr;  ///< null for a typed value
  std::string_view value;               ///< of a typed dimension
  std::string_view label;               ///< the member's label or the typed value
  std::string_view oim;                 ///< the member's qname or the typed value
};

struct ContextView {
  std::string_view id, scheme, identifier, entity;
  PeriodView period;
  std::vector<DimensionView> dimensions;
  std::string_view members;             ///< "Carrier Services, Europe"; empty without dimensions
  bool used = false;
};

struct UnitView {
  std::string_view id, text, symbol, kind, oim;
  std::vector<std::string_view> numerators, denominators;
  bool used = false;
};

struct FactView;
struct FootnoteView;

struct OccurrenceView {
  std::string_view printed;
  std::uint32_t line = 0, column = 0, begin = 0, end = 0, block = 0;
  bool in_table = false, dash = false, negated = false;
  int scale = 0;
  std::string_view decimals;
  std::string_view tag_id;              ///< of the element that carries it in the inline document, or empty
  std::string_view print_id;            ///< of the print that this element states, or empty
};

/// One statement of a fact's value at one precision: what an XBRL report has one element for.
struct PrintView {
  const FactView* fact = nullptr;
  std::string_view id;
  std::string_view name, context_ref, unit_ref;  ///< as the element and its attributes write them; unit_ref empty for text
  Decimal value;
  std::string_view value_text;          ///< exact, plain notation; the text of a fact that is no number
  std::string_view decimals;            ///< "-3", "INF"; empty for text
  std::optional<int> decimals_number;   ///< none: exact, or text
  std::string_view csv_value, csv_decimals, csv_unit;  ///< as cells of xBRL-CSV
  bool hidden = false;                  ///< no visible tag of the inline document carries it
  std::vector<std::string_view> footnotes;  ///< ids of the notes whose marks it carries
};

struct FactView {
  const model::Fact* source = nullptr;
  std::string_view id;
  const ConceptView* concept_view = nullptr;
  const ContextView* context = nullptr;
  const UnitView* unit = nullptr;       ///< null for text
  bool numeric = false, filable = true, hidden = false;
  Decimal value;
  std::string_view text;                ///< exact value in plain notation, or the text
  std::string_view decimals;
  std::string_view words;               ///< "$16,168,421", "(0.01) USD/shares", "27.3%": for people
  std::string_view label;               ///< the concept's standard label; without a concept, what the claim is about
  std::string_view note;
  int check = -1;                       ///< index of the table check whose result it is, a contradicted one first; or -1
  Decimal confidence;
  std::vector<OccurrenceView> occurrences;
  std::vector<PrintView> prints;        ///< the most precise first
  std::vector<const FootnoteView*> footnotes;  ///< whose marks its prints carry
};

/// A note that the release prints and marks numbers with.
struct FootnoteView {
  std::string_view id, mark, text;
  std::string_view words;                   ///< the text with its mark before it, once
  int home = -1;                            ///< index of the first table that shows it, or -1
  std::vector<std::string_view> print_ids;  ///< of the facts it belongs to, as the instance, xBRL-JSON and xBRL-CSV name them
  std::vector<std::string_view> tag_ids;    ///< of the elements of the inline document that carry the mark
  std::vector<const FactView*> facts;
};

/// The entity's identifier as outputs write it. XBRL needs both parts (XBRL 2.1 §4.7.3.1): where the release tells no registered
/// identifier, the report's own namespace is the scheme and its prefix the identifier.
struct EntityKey {
  std::string_view scheme, identifier;
};
EntityKey entity_key(const model::Report& report, Arena& arena);

std::vector<ContextView> view_contexts(const model::Report& report, const std::vector<ConceptView>& concepts, Arena& arena);
std::vector<UnitView> view_units(const model::Report& report, const Prefixes& prefixes, Arena& arena);
/// Facts with the print of their own value and decimals; those that coarser prints add are found when the narrative is viewed.
std::vector<FactView> view_facts(const model::Report& report, const std::vector<ConceptView>& concepts,
                                 const std::vector<ContextView>& contexts, const std::vector<UnitView>& units, Arena& arena);

/// "-3" or "INF".
std::string_view decimals_text(const std::optional<int>& decimals, Arena& arena);
/// Digits in groups of three with exactly `places` after the point; negative numbers in parentheses.
std::string grouped(const Decimal& value, int places);
/// A value with its unit for people.
std::string value_words(const Decimal& value, const std::optional<int>& decimals, const UnitView& unit);

}  // namespace factpress::render

template <>
struct factpress::tmpl::Reflect<factpress::render::PeriodView> {
  using V = factpress::render::PeriodView;
  static constexpr std::string_view name = "Period", doc = "An instant, or a duration with both days included.";
  static constexpr auto fields = fields_of<V>(
      field<&V::instant>("instant", "Whether it is a single day's end."), field<&V::start>("start", "First day; none for an instant."),
      field<&V::end>("end", "Last day."), field<&V::start_iso>("start_iso", "First day as YYYY-MM-DD, or empty."),
      field<&V::end_iso>("end_iso", "Last day as YYYY-MM-DD."), field<&V::words>("words", "Three months ended March 31, 2013."),
      field<&V::brief>("brief", "3 months to Mar 31, 2013."),
      field<&V::oim>("oim", "As xBRL-JSON and xBRL-CSV write it: midnights, the end exclusive."),
      field<&V::months>("months", "Length of a duration of whole months, else 0."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::DimensionView> {
  using V = factpress::render::DimensionView;
  static constexpr std::string_view name = "Dimension", doc = "An axis with its member.";
  static constexpr auto fields = fields_of<V>(
      field<&V::axis>("axis", "The axis."), field<&V::member>("member", "The member; none where the axis is typed."),
      field<&V::value>("value", "The value on a typed axis."), field<&V::label>("label", "The member's label, or the typed value."),
      field<&V::oim>("oim", "The member's qname, or the typed value."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::ContextView> {
  using V = factpress::render::ContextView;
  static constexpr std::string_view name = "Context", doc = "Entity, period and dimensions of facts.";
  static constexpr auto fields = fields_of<V>(
      field<&V::id>("id", "Unique in the report."), field<&V::scheme>("scheme", "Scheme of the entity's identifier."),
      field<&V::identifier>("identifier", "The entity's identifier."), field<&V::entity>("entity", "The entity as xBRL-JSON writes it: cik:0001234567."),
      field<&V::period>("period", "When."), field<&V::dimensions>("dimensions", "By the axis's name; empty for the whole entity."),
      field<&V::members>("members", "The members' labels, joined; empty without dimensions."),
      field<&V::used>("used", "Whether a fact of the filing outputs has it."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::UnitView> {
  using V = factpress::render::UnitView;
  static constexpr std::string_view name = "Unit", doc = "Unit of measure of facts.";
  static constexpr auto fields = fields_of<V>(
      field<&V::id>("id", "Unique in the report."), field<&V::text>("text", "USD, USD/shares, shares, pure, customers."),
      field<&V::symbol>("symbol", "$ or another currency's sign, or empty."),
      field<&V::kind>("kind", "monetary, perShare, shares, pure or other."),
      field<&V::numerators>("numerators", "Measures with prefix: iso4217:USD."),
      field<&V::denominators>("denominators", "Measures with prefix, or none."),
      field<&V::oim>("oim", "As xBRL-JSON writes it: iso4217:USD/xbrli:shares; empty for pure numbers."),
      field<&V::used>("used", "Whether a fact of the filing outputs has it."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::OccurrenceView> {
  using V = factpress::render::OccurrenceView;
  static constexpr std::string_view name = "Occurrence", doc = "A place in the release that says a fact.";
  static constexpr auto fields = fields_of<V>(
      field<&V::printed>("printed", "As it stands there."), field<&V::line>("line", "Line in the release, from 1."),
      field<&V::column>("column", "Column in characters, from 1."), field<&V::begin>("begin", "Offset of the first byte."),
      field<&V::end>("end", "Offset behind the last byte."), field<&V::block>("block", "Index of the narrative's block."),
      field<&V::in_table>("in_table", "A table's cell; else prose."), field<&V::dash>("dash", "A dash, meaning zero."),
      field<&V::negated>("negated", "Whether the printed digits' sign is turned."),
      field<&V::scale>("scale", "Power of ten that the digits are multiplied by."),
      field<&V::decimals>("decimals", "Precision of this print: a number or INF."),
      field<&V::tag_id>("tag_id", "Id of its element in the inline document, or empty."),
      field<&V::print_id>("print_id", "Id of the print that this element states, or empty."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::PrintView> {
  using V = factpress::render::PrintView;
  static constexpr std::string_view name = "Print", doc = "A fact's value at one precision: one element of an XBRL report.";
  static constexpr auto fields = fields_of<V>(
      field<&V::fact>("fact", "The fact."), field<&V::id>("id", "Unique in the report."),
      field<&V::name>("name", "Its concept's qname."), field<&V::context_ref>("context_ref", "Its context's id."),
      field<&V::unit_ref>("unit_ref", "Its unit's id; empty for text."), field<&V::value>("value", "The number."),
      field<&V::decimals_number>("decimals_number", "The same as an integer; none where exact, or text."),
      field<&V::csv_decimals>("csv_decimals", "The precision as a cell of xBRL-CSV: #none where exact."),
      field<&V::csv_unit>("csv_unit", "The unit as a cell of xBRL-CSV: #none for pure numbers and text."),
      field<&V::value_text>("value_text", "The number in plain exact notation, or the text."),
      field<&V::decimals>("decimals", "A number or INF; empty for text."),
      field<&V::csv_value>("csv_value", "The value as a cell of xBRL-CSV, a leading # doubled."),
      field<&V::hidden>("hidden", "Whether the inline document carries it in its hidden section."),
      field<&V::footnotes>("footnotes", "Ids of the notes whose marks it carries."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::FactView> {
  using V = factpress::render::FactView;
  static constexpr std::string_view name = "Fact", doc = "A number or text with everything that gives it meaning.";
  static constexpr auto fields = fields_of<V>(
      field<&V::id>("id", "Unique in the report."), field<&V::concept_view>("concept", "What it is a value of; one with empty fields where a doubtful fact has none."),
      field<&V::context>("context", "Of whom and when; one with empty fields where a doubtful fact has none."), field<&V::unit>("unit", "In what; none for text."),
      field<&V::numeric>("numeric", "Whether it is a number."), field<&V::value>("value", "The number, exact; 0 for text."),
      field<&V::text>("text", "The number in plain notation, or the text."), field<&V::decimals>("decimals", "A number or INF; empty for text."),
      field<&V::words>("words", "The value with its unit, for people."), field<&V::label>("label", "The concept's standard label."),
      field<&V::filable>("filable", "Whether the filing outputs have it; doubtful facts stand in audit and page alone."),
      field<&V::hidden>("hidden", "Whether nothing visible in the release says it."), field<&V::note>("note", "Why it is in doubt, or empty."),
      field<&V::confidence>("confidence", "How sure the reading is, 0 to 1."),
      field<&V::check>("check", "Index of the table's check whose result it is, a contradicted one first; or -1."),
      field<&V::occurrences>("occurrences", "Where the release says it."),
      field<&V::prints>("prints", "Its value at each precision at which the release says it, its own first."),
      field<&V::footnotes>("footnotes", "Notes whose marks its prints carry."));
};
template <>
struct factpress::tmpl::Reflect<factpress::render::FootnoteView> {
  using V = factpress::render::FootnoteView;
  static constexpr std::string_view name = "Footnote", doc = "A note that the release prints and marks numbers with.";
  static constexpr auto fields = fields_of<V>(
      field<&V::id>("id", "Unique in the report: fn1."), field<&V::mark>("mark", "As printed, without brackets: 1, a, *."),
      field<&V::text>("text", "Its words, the mark included where it stands with them."),
      field<&V::words>("words", "The same with its mark before it, once."), field<&V::home>("home", "Index of the first table that shows it, or -1."),
      field<&V::print_ids>("print_ids", "Ids of the prints that it belongs to."),
      field<&V::tag_ids>("tag_ids", "Ids of the elements of the inline document that it belongs to."), field<&V::facts>("facts", "Its facts."));
};
