#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mapping/decide.h"
#include "mapping/extension.h"
#include "mapping/mapper.h"
#include "mapping/prior.h"
#include "mapping/sign.h"
#include "mapping/user_mapping.h"

/// The parts of a Session: who decides in which order (the user, the filer's earlier taxonomy, what was learned), and what
/// becomes an extension.
namespace factpress::mapping {

/// What was chosen, for items of prose.
struct Chosen {
  std::vector<std::uint64_t> tokens;
  UnitClass unit = UnitClass::unknown;
  bool own_measure = false;  ///< called non-GAAP, adjusted: never the plain item
  Choice choice;
};

struct Session::State {
  State(MapperOptions o, Date period_end);
  void remember(const ReadRow& row, const Choice& choice);
  /// The choice of the row whose label says the same, with the same kind of unit and period; null for none.
  const Choice* recall(const ReadRow& item) const;

  MapperOptions options;
  const TaxonomyRelease* release;
  std::shared_ptr<const Dictionary> dictionary;
  int year;  ///< 0: concepts of all years (IFRS)
  Matcher matcher;
  std::vector<Remembered> memory;
  std::vector<Chosen> chosen;
  ExtensionNames names;
};

/// Chooses for one table whose candidates have been judged.
class Chooser {
 public:
  Chooser(Session::State& state, const TableQuery& table, const TableWork& work);
  std::vector<Choice> choose();
  const Decision& decision(std::size_t row) const { return decisions_[row]; }
  /// The user's mapping says how the sign is to be taken.
  bool sign_given(std::size_t row) const { return rules_[row] != nullptr && rules_[row]->negated.has_value(); }

 private:
  void ask_user(std::size_t row);
  void ask_prior(std::size_t row);
  Choice by_rule(std::size_t row);
  Choice by_prior(std::size_t row);
  Choice standard(ConceptId id) const;
  const Match* written(std::size_t i) const;
  std::optional<ConceptId> top_line(std::size_t i) const;
  Choice learned(std::size_t row);
  Choice extension(std::size_t row, std::string why);
  void weigh(std::size_t row, Choice& choice) const;
  std::string reason(std::size_t row, const Match& m) const;
  Balance balance_of_extension(std::size_t row) const;
  DataType type_of_row(std::size_t row) const;

  Session::State& s_;
  const TableQuery& table_;
  const TableWork& work_;
  std::vector<const UserRule*> rules_;
  std::vector<const PriorConcept*> priors_;
  std::vector<ConceptId> fixed_;
  std::vector<Decision> decisions_;
};

}  // namespace factpress::mapping
