#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "assemble/workbench.h"
#include "base/interval.h"

/// Finds what the tables say of an item that the prose names.
namespace factpress::assemble {

/// A number of the tables, or a simple combination of them, for one period.
struct Quantity {
  Decimal value;
  Interval range;          ///< what rounding of the printed numbers leaves open
  std::string words;       ///< "16,168,421", "5,808,040 - 14,091,783"
  std::vector<Part> parts;
  bool exact_words = true; ///< the item is called just so; false: some general words more or less
  std::string origin;      ///< the same for two quantities of the same row or formula in different periods
  bool single() const { return parts.size() == 1; }
};

/// What is asked for.
struct Wanted {
  std::vector<std::string> words;  ///< sorted key words of the subject, members included
  std::string unit;                ///< "USD", "USD/shares", "shares"; empty: any but pure
  tables::Period period;
  bool adjusted = false;
};

/// A number of the tables that equals a claim's, while the item that the claim names has another.
struct OtherReading {
  int number = nothing;
  bool called_so = false;  ///< its row is called as the subject is, but for general words
};

/// Whether `said`, a change or its percentage, is that from `then` to `now`, whichever way it goes.
bool changed_by(const Number& now, const Number& then, const Interval& said, bool percent);

class Lookup {
 public:
  explicit Lookup(const Workbench& bench);

  /// The key words of a subject, sorted, without the company's name and words of time.
  const std::vector<std::string>& subject_words(std::string_view subject) const;
  /// Rows and formulas (gross profit, working capital) that give the item in that period; the best matches first.
  std::vector<Quantity> find(const Wanted& wanted) const;
  /// Numbers of the tables in the same unit, not among `known`, that lie in the range and share a telling word with the subject
  /// (or are of the same rows in another period): other readings of the prose.
  std::vector<OtherReading> other_readings(const Wanted& wanted, const Interval& range, const std::vector<Quantity>& known) const;
  /// A number of another row that changed by what is said from an earlier period: of a row of averages, whose name has all the words of the
  /// claim (text may speak of average balances throughout without saying so each time), or of one of the same name in another table. `nothing`
  /// for none.
  int changed_otherwise(const Wanted& wanted, const Interval& said, bool percent, const std::vector<Quantity>& known) const;
  /// The number that a row which shares telling words with the subject gives for the period, if it lies in the range: the item is
  /// then named otherwise, but is the one meant. For numbers of at least three digits, which seldom fit by chance. Nothing
  /// where there is none.
  int named_otherwise(const Wanted& wanted, const Interval& range) const;
  /// A number as printed, with what its rounding leaves open. `exact`: the item is called just so.
  Quantity quantity(int number, bool exact) const;
  /// Every period that a value column of some table has.
  bool has_period(const tables::Period& period) const;
  /// Of the same length, about a year earlier; for an instant the latest earlier one.
  std::optional<tables::Period> before(const tables::Period& period) const;

 private:
  using Ids = std::vector<std::uint32_t>;  ///< of words, sorted
  /// The words of all rows and subjects by number, and what is asked of each again and again.
  class Vocabulary {
   public:
    std::uint32_t id(const std::string& word);
    Ids ids(const std::vector<std::string>& words);
    bool is_general(std::uint32_t id) const { return general_[id]; }  ///< may stand or be missing without naming another item
    bool is_vague(std::uint32_t id) const { return vague_[id]; }      ///< too many items share it to tell one from another

   private:
    std::unordered_map<std::string, std::uint32_t> ids_;
    std::vector<bool> general_, vague_;

   public:
    const std::uint32_t income = id("income"), diluted = id("diluted"), basic = id("basic"), elimination = id("elimination"), per = id("per"), share = id("share"), average = id("average");
  };
  /// What a cell of a part of the company, or an amount per share, is called.
  struct CellWords {
    bool none = false;  ///< of an elimination: it answers nothing
    Ids label, above;
  };
  struct Row {
    int table, row;
    Ids words;       // of the label
    Ids head;        // of the label before what it adds of itself; empty where it adds nothing
    Ids with_above;  // with the innermost heading's
    bool adjusted;
    bool members = false;    // some cell stands for a part of the company
    std::uint64_t mask = 0;  // bits of the words, for a quick no
    std::vector<std::optional<CellWords>> cells;  // made when they are asked for
  };
  struct Fit {
    bool fits = false, exact = false;
  };
  bool all_general(const Ids& words) const;
  bool all_general_beyond(const Ids& words, const Ids& other) const;
  std::ptrdiff_t telling(const Ids& words) const;
  bool called_so(const Ids& subject, const Ids& row) const;
  Fit fit(const Ids& subject, const Ids& row) const;
  Fit fit_per_share(const Ids& subject, const Ids& row) const;
  Fit fit_plain(const Ids& subject, const Row& row) const;
  Fit fit_cell(const Ids& subject, Row& row, std::size_t cell) const;
  CellWords words_of_cell(const Row& row, const tables::TableCell& cell) const;
  void add_formula(const Wanted& wanted, std::vector<Quantity>& out) const;
  void add_difference(const Wanted& wanted, std::string_view a, std::string_view b, std::vector<Quantity>& out) const;

  const Workbench& bench_;
  std::vector<tables::Period> periods_;
  std::vector<std::string> company_words_;
  std::string company_lead_;  ///< the first word of its short name
  std::vector<std::vector<std::string>> working_capital_, gross_profit_;  ///< how items of formulas are called
  // What was said once is kept; one thread a release.
  mutable std::vector<Row> rows_;
  mutable Vocabulary vocabulary_;
  mutable std::unordered_map<std::string, std::vector<std::string>> words_of_;  ///< what subject_words has said
};

}  // namespace factpress::assemble
