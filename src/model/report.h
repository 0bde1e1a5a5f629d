#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/qname.h"
#include "base/source.h"

/// The canonical report: what the release says, format-neutral and immutable once assembled. Everything is addressed by
/// index into the Report's vectors; an index never dangles. Knows no output format and no input format.
namespace factpress::model {

using Index = std::uint32_t;
constexpr Index none = ~Index{0};

/// Both days inclusive, as a reader says them; an instant has no start. Writers turn the end into XBRL's midnight.
struct Period {
  std::optional<Date> start;
  Date end;
  auto operator<=>(const Period&) const = default;
  bool instant() const { return !start; }
};

struct Measure {
  QName name;  ///< iso4217:USD, xbrli:shares, xbrli:pure, or the report's own (customers)
  auto operator<=>(const Measure&) const = default;
};
struct Unit {
  std::string id;    ///< "usd", "shares", "usdPerShare", "pure": unique in the report
  std::string text;  ///< as in the interface: "USD", "USD/shares"
  std::vector<Measure> numerators;
  std::vector<Measure> denominators;
};

enum class Balance : std::uint8_t { none, debit, credit };
enum class PeriodType : std::uint8_t { instant, duration };
enum class ConceptKind : std::uint8_t { item, abstract_item, hypercube, dimension, domain, member, line_items };

/// Roles of labels that a report uses (XBRL 2.1 §5.2.2.2.2 and the label role registry).
enum class LabelRole : std::uint8_t {
  standard, terse, verbose, total, negated, negated_total, period_start, period_end, documentation
};
struct Label {
  LabelRole role = LabelRole::standard;
  std::string text;
};

struct Concept {
  QName name;
  std::string prefix;               ///< the one that the report writes for the namespace
  ConceptKind kind = ConceptKind::item;
  QName type;                       ///< xbrli:monetaryItemType, xbrli:sharesItemType, dtr:perShareItemType, ...
  PeriodType period_type = PeriodType::duration;
  Balance balance = Balance::none;
  bool standard = false;            ///< of an official taxonomy; else declared in the report's own schema
  QName standard_equivalent;        ///< standalone profile: the standard concept that it corresponds to
  QName anchor;                     ///< of an extension: the wider standard concept
  std::vector<Label> labels;        ///< every label that the report gives it, one a role
  QName typed_domain;               ///< of a typed dimension; else empty
  // What the choice rested on:
  double confidence = 1;
  std::string reason;
  std::vector<std::pair<std::string, double>> alternatives;

  const std::string& label(LabelRole role) const;  ///< that role's text, else the standard one, else the local name
};

struct DimensionValue {
  Index dimension;  ///< concept
  Index member;     ///< concept; none for a typed value
  std::string typed_value;
  auto operator<=>(const DimensionValue&) const = default;
};

/// Entity, period and dimensions together: XBRL's context. Unique in the report, in canonical order.
struct Context {
  std::string id;
  Period period;
  std::vector<DimensionValue> dimensions;  ///< by dimension name
};

/// One place in the release that says a fact.
struct Occurrence {
  Span span;                       ///< in Report::source
  std::string printed;             ///< as it stands there
  bool in_table = false;
  Index block = none;              ///< into Report::narrative
  // Prose: the characters in the block's text. Tables: the cell, and the characters in the cell's text.
  std::uint32_t row = 0, cell = 0;
  std::uint32_t text_begin = 0, text_end = 0;
  Index claim = none;              ///< the claim that this occurrence makes, if any
  // How the printed digits become the value: value = sign * digits * 10^scale (inline XBRL's sign, scale and format).
  bool negated = false;            ///< the digits' sign must be turned (printed in parentheses, or "a loss of")
  int scale = 0;
  bool dash = false;               ///< printed as a dash: zero
  std::optional<int> decimals;     ///< of this print; none: exact
};

/// A number (or a text) with everything that gives it meaning. Same concept, context and unit said twice is one fact with two
/// occurrences, as long as both prints agree by their rounding intervals; the most precise print gives value and decimals.
struct Fact {
  std::string id;                  ///< "f1", ...: unique, stable under the same input
  Index concept_index = none;
  Index context = none;
  Index unit = none;               ///< none for text
  Decimal value;                   ///< the fact's value: the concept's sign convention, not the printed one
  std::optional<int> decimals;     ///< none: INF
  std::string text;                ///< value of a non-numeric fact (dei, text blocks)
  std::vector<Occurrence> occurrences;
  double confidence = 1;
  bool filable = true;             ///< false: in doubt, kept in audit and page, left out of filing outputs
  bool hidden = false;             ///< nothing visible carries it (dei facts): inline XBRL's hidden section
  std::string note;                ///< why in doubt
};

enum class StatementKind : std::uint8_t { document_information, income, balance, cashflow, equity, reconciliation, segment, other, prose, text_blocks };

/// A cell of a statement: the fact and how it stood there.
struct StatementCell {
  Index fact = none;
  Index occurrence = 0;            ///< of the fact: which print
};
struct StatementColumn {
  std::string heading;             ///< "Three Months Ended March 31, 2013", "Change", "%"
  std::optional<Period> period;
  std::vector<DimensionValue> dimensions;
  bool comparative = false;        ///< an earlier period
};
struct StatementRow {
  std::string label;               ///< as the release words it
  Index concept_index = none;      ///< none for a heading that has no concept of its own
  int depth = 0;
  bool abstract_row = false;       ///< a heading
  bool total = false;              ///< proved by footing or underlined
  LabelRole preferred_label = LabelRole::standard;
  std::vector<StatementCell> cells;  ///< one a column
};

/// Calculation arc found by footing: parent = sum of weight * child, in every column that was checked.
struct CalculationArc {
  Index parent;                    ///< concept
  Index child;
  int weight;                      ///< +1 or -1
  int order;
};

/// One table of the release (or the document information, the facts found in prose alone, or the text blocks), as a role of the taxonomy.
struct Statement {
  StatementKind kind = StatementKind::other;
  std::string title;               ///< "Consolidated Statements of Operations"
  std::string role_uri;
  std::string role_id;
  std::string role_definition;     ///< "0002 - Statement - Consolidated Statements of Operations"
  int scale = 0;
  std::string unit_note;           ///< "in thousands, except per share data"; empty: exact
  std::vector<StatementColumn> columns;
  std::vector<StatementRow> rows;
  Index root = none;               ///< abstract concept at the root of the presentation tree
  Index table = none;              ///< hypercube, line items and axes where the statement has dimensions
  Index line_items = none;
  struct Axis {
    Index dimension;
    Index domain;
    std::vector<Index> members;
  };
  std::vector<Axis> axes;
  std::vector<CalculationArc> calculations;
  std::vector<Index> narrative_blocks;
  std::vector<std::string> reasons;
};

enum class Verdict : std::uint8_t { proved, contradicted, unproved };
enum class CheckKind : std::uint8_t { footing, balance, tie, claim, reconciliation, per_share };
std::string_view to_string(Verdict v);
std::string_view to_string(CheckKind k);  ///< "per-share", as the interface says

/// A number that takes part in a check.
struct Term {
  Index fact = none;
  Index occurrence = 0;
  int weight = 1;
  Decimal value;                   ///< as used in the arithmetic
  std::string label;
};
struct Check {
  CheckKind kind = CheckKind::footing;
  Verdict verdict = Verdict::unproved;
  Index statement = none;
  Span span;                       ///< of the number that is judged
  std::string title;               ///< "Total current assets, March 31, 2013"
  std::string arithmetic;          ///< "419,390 + 4,225,142 + ... = 5,808,040": exact numbers, shown whole
  std::string reason;              ///< why unproved, or how far apart
  std::vector<Term> terms;
  Term result;
  Index claim = none;
};

/// A claim of the prose with its verdict.
struct Claim {
  std::string subject;             ///< "Revenues"
  std::string kind;                ///< "level", "change", "percent change", "margin", ...
  std::string sentence;
  Span span;                       ///< of the number
  Span sentence_span;
  Index fact = none;               ///< the fact it states, where it is one of its own
  Index check = none;
  std::string printed;
};

/// The release's own words, in order, for rendering it: blocks with marks.
struct Emphasis {
  enum class Kind : std::uint8_t { strong, italic, superscript, subscript, link };
  Kind kind;
  std::uint32_t begin, end;
  std::string target;
};
struct Mark {
  std::uint32_t begin, end;        ///< characters (bytes) in the text
  Index fact;
  Index occurrence;
};
struct TextRun {
  std::string text;
  std::vector<Emphasis> emphasis;  ///< by begin, properly nested
  std::vector<Mark> marks;         ///< by begin, never overlapping
};
struct NarrativeCell {
  TextRun text;
  std::uint16_t column_span = 1, row_span = 1;
  bool header = false;
  bool strong = false;
  bool numeric = false;
  std::uint8_t align = 0;          ///< 0 unknown, 1 left, 2 centre, 3 right
  int indent = 0;
  int column = -1;                 ///< of the grid, where the release lays its columns out by characters; -1: right behind the
                                   ///< cell before it. Ascending in a row; columns between two cells are empty
};
struct NarrativeRow {
  std::vector<NarrativeCell> cells;
  bool rule = false;
};
enum class BlockKind : std::uint8_t { heading, paragraph, list_item, table, preformatted, rule };
struct NarrativeBlock {
  BlockKind kind = BlockKind::paragraph;
  int level = 0;
  bool strong = false, italic = false, centered = false;
  TextRun text;
  std::vector<NarrativeRow> rows;  ///< of a table
  Index statement = none;          ///< the statement that was read from this table
  bool folio = false;              ///< the number of a page and nothing else: furniture of the print, no words of the release
  Span span;
};

/// A note that the release prints and marks numbers with: "(1) Includes ...". Its words stand whole in paragraphs or cells.
struct Footnote {
  struct Part {                    ///< a paragraph, or one cell of a table
    Index block = none;
    std::uint32_t row = 0, cell = 0;
    bool in_table = false;
  };
  struct Use {
    Index fact;
    Index occurrence;
  };
  std::string id;                  ///< "fn1", ...: unique in the report, in the order of the notes
  std::string mark;                ///< "1", "a", "*": without brackets
  std::string text;                ///< all parts, white space collapsed
  std::vector<Part> parts;         ///< in order; all but the first go on with it
  std::vector<Use> uses;           ///< the prints that carry the mark, in document order, each once
};

/// A section of the release that is a fact in words ("Forward-Looking Statements"): paragraphs and list items that belong together.
struct TextBlock {
  struct Run {                     ///< blocks that follow each other, both included
    Index first = none, last = none;
  };
  Index fact = none;               ///< its text is the section's words, one line a paragraph; writers add the markup
  std::vector<Run> runs;           ///< in order, never overlapping; all but the first go on with it behind a table or a heading
};

struct Entity {
  std::string scheme;              ///< "http://www.sec.gov/CIK" where the release tells one
  std::string identifier;
  std::string name;
  std::string short_name;
  std::string ticker;
  std::string exchange;
  Span name_span;
};

struct Namespace {
  std::string prefix;
  std::string uri;
  std::string schema_location;     ///< official schema to import; empty for the report's own
};

enum class Profile : std::uint8_t { us_gaap, standalone, ifrs };

struct Finding {                   ///< a diagnostic as the audit shows it
  std::string code, severity, message, help;
  Span span;
};

struct Report {
  SourcePtr source;
  std::string source_name;         ///< file name without folders
  std::string base;                ///< BASE of the file names: "fsnn-20130331"
  Profile profile = Profile::us_gaap;
  Entity entity;
  std::string title;               ///< the release's headline
  std::string subtitle;
  std::optional<Date> release_date;
  std::optional<Period> fiscal_period;  ///< none: the release tells no day at all
  std::string fiscal_period_words; ///< "First quarter 2013"
  int fiscal_year = 0, fiscal_quarter = 0;
  std::string language = "en-US";
  std::string own_namespace;       ///< of the extension schema, e.g. http://www.fusiontel.com/20130331
  std::string own_prefix;          ///< "fsnn"
  std::vector<Namespace> namespaces;  ///< every prefix that the outputs use, sorted by prefix
  std::vector<Concept> concepts;
  std::vector<Context> contexts;
  std::vector<Unit> units;
  std::vector<Fact> facts;         ///< in document order of their first occurrence
  std::vector<Statement> statements;
  std::vector<Check> checks;
  std::vector<Claim> claims;
  std::vector<NarrativeBlock> narrative;
  std::vector<Footnote> footnotes;
  std::vector<TextBlock> text_blocks;
  std::vector<Finding> findings;
};

}  // namespace factpress::model
