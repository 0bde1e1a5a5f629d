#pragma once
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "diag/diagnostic.h"
#include "taxonomy/schema/identity.h"
#include "taxonomy/schema/schema_set.h"

namespace factpress::schema {

/// Checks the identity constraints of one validated tree (cvc-identity-constraint). Values are compared in their value spaces.
/// Bounded: paths that would visit far more elements and text than the tree has are a finding of their own.
class IdentityCheck {
 public:
  /// `fail` receives each finding with the element it is at.
  using Fail = std::function<void(const xml::Element&, diag::Diagnostic)>;
  IdentityCheck(const SchemaSet& set, const Outcome& outcome, const xml::Element& root, Fail fail);
  void run();

 private:
  /// What one field of one element is.
  struct Field {
    enum class State : std::uint8_t { absent, present, bad } state = State::absent;
    bool nillable = false;
    std::string key;
  };
  struct Entry {
    std::string key, shown;
    std::uint32_t node = 0;
  };
  /// A node table: the node of each key; no_index where two below had the same one.
  using Table = std::unordered_map<std::string, std::uint32_t>;

  void check(const xml::Element& e, const IdentityConstraint& c);
  void check_reference(const xml::Element& e, const IdentityConstraint& c, const std::vector<Entry>& entries);
  std::vector<Entry> qualified(const xml::Element& e, const IdentityConstraint& c, bool tell);
  Field field(const xml::Element& target, const IdentityPaths& paths, const IdentityConstraint& c, bool tell, std::string& shown);
  Table table(const xml::Element& e, const IdentityConstraint& key);
  void select(const xml::Element& from, const IdentityPath& path, const std::function<void(const xml::Element&)>& f);
  void step(const xml::Element& at, const IdentityPath& path, std::size_t i, const std::function<void(const xml::Element&)>& f);
  bool declares(const xml::Element& e, const IdentityConstraint& c) const;
  bool spend(std::uint64_t steps = 1);
  void report(const xml::Element& at, std::string message);
  xml::Element element(std::uint32_t ordinal) const { return root_.document().node(ordinal).as_element(); }

  const SchemaSet& set_;
  const Outcome& outcome_;
  xml::Element root_;
  Fail fail_;
  std::vector<std::uint32_t> bearers_;  // the elements whose declarations have constraints, in document order
  std::uint64_t budget_;
};

}  // namespace factpress::schema
