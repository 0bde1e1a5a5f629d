#include "instance/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "diag/codes/instance.h"

namespace factpress::instance {
namespace {

struct Keyed {
  std::string line;
  const OimFact* fact;
};

using Names = std::set<QName>;

void add_numeric_names(const OimReport& report, Names& names) {
  for (const OimFact& fact : report.facts)
    if (fact.numeric) names.insert(fact.name);
}

// JSON and CSV leave out the unit xbrli:pure and infinite decimals: such a fact shows only by its concept that it is a number.
std::string line_of(const OimFact& fact, const Names& numeric) {
  if (fact.numeric || fact.nil || !numeric.contains(fact.name)) return canonical_line(fact);
  OimFact number = fact;
  number.numeric = true;
  number.language.clear();
  if (const auto value = Decimal::parse_scientific(fact.value)) number.value = value->to_string();
  return canonical_line(number);
}

std::vector<Keyed> keyed(const OimReport& report, const Names& numeric) {
  std::vector<Keyed> out;
  out.reserve(report.facts.size());
  for (const OimFact& fact : report.facts) out.push_back({line_of(fact, numeric), &fact});
  std::stable_sort(out.begin(), out.end(), [](const Keyed& x, const Keyed& y) { return x.line < y.line; });
  out.erase(std::unique(out.begin(), out.end(), [](const Keyed& x, const Keyed& y) { return x.line == y.line; }), out.end());
  return out;
}

bool say_the_same(const OimFact& a, const OimFact& b) {
  return a.value == b.value && a.name == b.name && a.period == b.period && a.entity == b.entity && a.entity_scheme == b.entity_scheme &&
         a.dimensions == b.dimensions && a.numeric == b.numeric && a.unit == b.unit && a.decimals == b.decimals && a.nil == b.nil &&
         a.language == b.language;
}

// Most renderings of one report state its facts in one order: seen without making a line of any.
bool agree_one_by_one(const OimReport& a, const OimReport& b) {
  return std::equal(a.facts.begin(), a.facts.end(), b.facts.begin(), b.facts.end(), say_the_same);
}

// The other side's fact of the same concept and period, for the message.
const OimFact* sibling(const OimFact& fact, const OimReport& other) {
  const OimFact* best = nullptr;
  int best_score = -1;
  for (const OimFact& f : other.facts) {
    if (f.name != fact.name) continue;
    const int score = (f.period == fact.period) * 4 + (f.dimensions == fact.dimensions) * 2 + (f.decimals == fact.decimals);
    if (score > best_score) best = &f, best_score = score;
  }
  return best;
}

void report_missing(const OimFact& fact, const std::string& in, const OimReport& other, const std::string& not_in, diag::Sink& sink) {
  diag::Diagnostic d{diag::codes::instance_facts_differ, fact.place,
                     fmt::format("{} states a fact that {} does not: {}", in, not_in, canonical_line(fact))};
  if (const OimFact* near = sibling(fact, other)) d.with(near->place, fmt::format("{} has: {}", not_in, canonical_line(*near)));
  sink.add(std::move(d));
}

std::string without_space(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (!is_space(c)) out += c;
  return out;
}

/// Links as lines that no id is part of: what the one fact says, the kind of link, what it leads to.
std::map<std::string, const OimLink*> linked(const OimReport& report, const Names& numeric) {
  std::map<std::string_view, std::string> ends;
  for (const OimFact& fact : report.facts)
    if (!fact.id.empty()) ends.emplace(fact.id, line_of(fact, numeric));
  for (const OimNote& note : report.notes) ends.emplace(note.id, note.language + "\n" + without_space(note.text));
  std::map<std::string, const OimLink*> out;
  for (const OimLink& link : report.links) {
    const auto from = ends.find(link.from), to = ends.find(link.to);
    if (from != ends.end() && to != ends.end()) out.emplace(from->second + "\n" + link.type + "\n" + link.group + "\n" + to->second, &link);
  }
  return out;
}

bool same_links(const OimReport& a, const std::string& a_name, const OimReport& b, const std::string& b_name, const Names& numeric, diag::Sink& sink) {
  if (a.links.empty() && b.links.empty()) return true;
  const auto x = linked(a, numeric), y = linked(b, numeric);
  bool same = true;
  const auto missing = [&](const auto& from, const auto& in, const std::string& name, const std::string& other) {
    for (const auto& [line, link] : from) {
      if (in.contains(line)) continue;
      same = false;
      sink.add({diag::codes::instance_facts_differ, link->place,
                fmt::format("{} links the fact {} to {}, {} does not", name, link->from, link->to, other)});
    }
  };
  missing(x, y, a_name, b_name);
  missing(y, x, b_name, a_name);
  return same;
}

}  // namespace

bool same_facts(const OimReport& a, const std::string& a_name, const OimReport& b, const std::string& b_name, diag::Sink& sink) {
  if (a.links.empty() && b.links.empty() && agree_one_by_one(a, b)) return true;
  Names numeric;
  add_numeric_names(a, numeric);
  add_numeric_names(b, numeric);
  const auto x = keyed(a, numeric), y = keyed(b, numeric);
  bool same = true;
  for (std::size_t i = 0, j = 0; i < x.size() || j < y.size();) {
    const int order = i == x.size() ? 1 : j == y.size() ? -1 : x[i].line.compare(y[j].line);
    if (order == 0) {
      ++i, ++j;
      continue;
    }
    same = false;
    if (order < 0) report_missing(*x[i++].fact, a_name, b, b_name, sink);
    else report_missing(*y[j++].fact, b_name, a, a_name, sink);
  }
  return same_links(a, a_name, b, b_name, numeric, sink) && same;
}

}  // namespace factpress::instance
