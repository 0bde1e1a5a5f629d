#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

/// Which words of a concept's name the words of a label call for: "additions" in investing activities calls for "Payments",
/// "Acquire". Learned by expectation and maximisation over labels and names (the first of the well-known alignment models).
namespace factpress::learn {

class Translator {
 public:
  /// Once for each company that shows it.
  void add(const std::string& company, const std::vector<std::uint64_t>& sources, const std::string& concept_name);
  /// Rows: source, target, probability.
  std::string text() const;

 private:
  std::set<std::tuple<std::string, std::vector<std::uint64_t>, std::string>> seen_;
};

}  // namespace factpress::learn
