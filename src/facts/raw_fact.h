#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tables/table.h"

namespace factpress::facts {

enum class FactKind { table, prose };

/// A number with its meaning but not yet its concept: what was read, where, and what was understood.
struct RawFact {
  FactKind kind = FactKind::table;
  tables::StatementKind statement = tables::StatementKind::other;
  std::vector<std::string> section;
  std::string label;                ///< row label, or the words in prose that name it ("adjusted EBITDA")
  std::optional<tables::Period> period;
  std::string unit;                 ///< as in the interface: "USD", "shares", "USD/shares", "pure", "customers"
  std::vector<std::pair<std::string, std::string>> dimensions;  ///< words, not yet QNames
  Decimal value;                    ///< exact and unscaled, signed as meant ("a loss of $0.6 million" is -600000)
  std::optional<int> decimals;      ///< none: INF
  std::string printed;
  Span span;                        ///< of the printed number with its sign and scale word
  // Where it stands, for marking it in the rendered release:
  std::size_t block = 0;            ///< index into Document::blocks
  std::uint32_t text_begin = 0, text_end = 0;   ///< in the block's text (prose)
  int table = -1, row = -1, cell = -1;          ///< in Reading::tables (table facts)
  double confidence = 1;
  bool filable = true;              ///< false: in doubt, left out of filing outputs
  std::vector<std::string> reasons;
};

/// How a number in prose stands to others. Indexes are into Reading::facts; -1 for none. See facts/prose.h for what each
/// field holds for which kind.
struct Claim {
  enum class Kind {
    level,           ///< "revenues of $16.2 million for the quarter"
    change_amount,   ///< "an increase of $4.6 million" (value of `fact` is the signed change)
    change_percent,  ///< "increased 40.2%" (value 0.402, signed)
    change_points,   ///< basis or percentage points (value 0.0050 for 50 basis points)
    ratio,           ///< a margin or a share of something: value is `of` relative to `by`
    per_unit,        ///< average revenue per customer
    range_low,
    range_high,      ///< guidance
    multiple,        ///< "more than doubled" (at least 2), "tripled"
    count,
  };
  enum class Bound { exact, at_least, at_most, about };
  Kind kind = Kind::level;
  Bound bound = Bound::exact;
  int fact = -1;
  std::string subject;                        ///< what it is about, in the release's words, without the period
  std::optional<tables::Period> period;
  std::optional<tables::Period> base_period;  ///< of a change: the period compared with
  int direction = 0;                          ///< +1 increased, -1 decreased, 0 not said
  bool guidance = false;                      ///< about the future: never contradicted
  bool constant_currency = false;             ///< at last year's exchange rates, organic, pro forma or seasonally adjusted:
                                              ///< printed tables cannot prove it nor contradict it
  bool non_gaap = false;                      ///< called adjusted, non-GAAP, core, pro forma, "excluding ...": another measure
                                              ///< than the plain one of the same name
  bool per_share = false;                     ///< of `fact`: "or ($0.01) per share"
  bool cumulative = false;                    ///< since a date or to date, not over `period` alone: never contradicted
  int of_fact = -1;                           ///< of a change, a ratio, the other flavour ("or $0.01 per share"): the level it
                                              ///< belongs to (same subject, same period), where the sentence prints it
  int base_fact = -1;                         ///< of a change or a level: the level of `base_period`, where the sentence prints it
  int pair = -1;                              ///< of a range: the fact of the other end
  std::string by_subject;                     ///< of a ratio: what it is a share of ("total revenue"); empty: sales, or not said
  bool period_told = false;                   ///< the sentence, its neighbours or its heading told `period`; else it is the
                                              ///< release's own period, taken for want of another
  bool base_told = false;                     ///< likewise `base_period`; else it is the same period of the year before
  std::string scope;                          ///< a heading above that may narrow the subject ("Data Center") where tables do
                                              ///< not know it: the plain item of that name may be another
  std::string base_words;                     ///< the words that told the base period ("the same period of a year ago")
  Span sentence;                              ///< the sentence in the source
  std::string sentence_text;
};

/// The company and the occasion, read from the release too. Each with the place it was read from; empty where not told.
struct Told {
  std::string value;
  Span span;
};
struct Identity {
  Told name;          ///< "Fusion Telecommunications International, Inc."
  Told short_name;    ///< "Fusion"
  Told ticker;        ///< "FSNN"
  Told exchange;      ///< "OTCQB"
  Told cik;           ///< ten digits
  std::optional<Date> release_date;
  Span release_date_span;
  std::optional<tables::Period> fiscal_period;   ///< the quarter, half year or year that the release reports
  std::string fiscal_period_words;               ///< "first quarter"
  Span fiscal_period_span;
  int fiscal_year = 0;                           ///< as the company counts
  int fiscal_quarter = 0;                        ///< 1 to 4; 0 for a full year; of a half year the quarter that ends it
  Date fiscal_year_end;                          ///< of the fiscal year the period lies in
  Told headline;                                 ///< "Fusion Increases First Quarter Revenue 40%"
  Told subtitle;                                 ///< the line below it, where there is one
  std::vector<std::pair<Told, Told>> listings;   ///< every ticker with its exchange, the first as above
};

/// A Central Index Key as EDGAR writes it, ten digits, of the one to ten that are told; empty for what is none.
std::string central_index_key(std::string_view digits);

/// What the user says of the release ([release] of a mapping file). Each field that is set overrides what was read.
struct GivenIdentity {
  std::string name, ticker, exchange, cik;   ///< empty: not given
  std::optional<Date> release_date;
  std::optional<Date> period_end;            ///< the last day of the quarter or year that is reported
  std::optional<bool> annual;                ///< the fiscal period is a year
  int fiscal_year = 0, fiscal_quarter = 0;   ///< 0: not given
  std::optional<int> scale;                  ///< power of ten of amounts in tables that tell none
  /// Takes over what `later` gives.
  void take(const GivenIdentity& later);
  /// Whether something is given that differs from release to release of one company.
  bool of_one_release() const { return release_date || period_end || annual || fiscal_year || fiscal_quarter; }
};

/// Everything read from one release; belongs to one job.
struct Reading {
  document::Document document;
  Identity identity;
  std::vector<tables::DataTable> tables;
  std::vector<RawFact> facts;    ///< in document order
  std::vector<Claim> claims;     ///< in document order
};

/// The whole left side of the flow: blocks, tables, facts, claims. Never fails; doubts go to `sink`. `given` overrides what the
/// release tells of itself.
Reading read_release(SourcePtr source, document::Format format, diag::Sink& sink, const GivenIdentity& given = {});

}  // namespace factpress::facts
