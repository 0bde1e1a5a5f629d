#pragma once
#include <map>
#include <string>
#include <vector>

#include "assemble/claim_answers.h"
#include "assemble/claim_lookup.h"

/// When a claim that the tables do not bear out is contradicted, and when it may only have been misread.
namespace factpress::assemble {

/// A claim with what was asked of the tables and what they gave.
struct Question {
  int claim = nothing;
  Wanted wanted;
  std::vector<Answer> found;      ///< the best matches first; not empty
  std::vector<Quantity> known;    ///< every quantity looked at
};

class Doubts {
 public:
  Doubts(const Workbench& bench, const Lookup& lookup) : bench_(bench), lookup_(lookup) {}

  /// Claims that were judged: later ones of the same sentence are seen in their light. `proof` is an index into Workbench::proofs.
  void judged(const facts::Claim& c, int proof) { sentences_[c.sentence.begin].push_back(proof); }
  /// Why a disagreement is not yet a contradiction; empty where no other reading is left.
  std::string of(const Question& q) const;

 private:
  std::vector<const Proof*> beside(const facts::Claim& c) const;
  bool same_rows(const std::vector<Part>& a, const std::vector<Part>& b) const;
  bool is_refuted(const OtherReading& other, const Question& q) const;
  std::string sibling_doubt(const facts::Claim& c) const;
  bool amount_of(const facts::Claim& c, const facts::Claim& other) const;
  static bool adjusted_behind(const facts::Claim& c, const facts::RawFact& raw);
  std::string base_doubt(const Question& q) const;
  std::string rounded_doubt(const Question& q) const;
  static bool close_enough(const facts::RawFact& raw, const Answer& a);
  bool lengths_differ(int claim) const;
  std::string opening_doubt(const facts::Claim& c) const;
  std::string narrowing_word(const facts::RawFact& raw, const facts::Claim& c) const;

  const Workbench& bench_;
  const Lookup& lookup_;
  std::map<std::uint32_t, std::vector<int>> sentences_;  // begin of the sentence: proofs of its claims
};

}  // namespace factpress::assemble
