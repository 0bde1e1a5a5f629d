// Prints what was read from the prose of releases: one line a number, for looking at by eye.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>

#include "document/decode.h"
#include "facts/identity.h"
#include "facts/prose.h"

using namespace factpress;

namespace {

const char* kind_name(facts::Claim::Kind k) {
  static const char* names[] = {"level", "change", "change%", "points", "ratio", "per-unit", "low", "high", "multiple", "count"};
  return names[static_cast<int>(k)];
}

std::string text(const std::optional<tables::Period>& p) {
  if (!p) return "?";
  return (p->start ? p->start->iso() + ".." : std::string("@")) + p->end.iso();
}

void print(const facts::RawFact& f, const facts::Claim& c) {
  std::string dims;
  for (const auto& [axis, member] : f.dimensions) dims += " {" + axis + "=" + member + "}";
  std::string flags;
  if (c.guidance) flags += " guidance";
  if (c.constant_currency) flags += " cc";
  if (c.non_gaap) flags += " non-gaap";
  if (c.bound == facts::Claim::Bound::at_least) flags += " >=";
  if (c.bound == facts::Claim::Bound::at_most) flags += " <=";
  if (c.bound == facts::Claim::Bound::about) flags += " ~";
  if (!f.filable) flags += " DOUBT";
  if (!c.scope.empty()) flags += " scope[" + c.scope + "]";
  fmt::print("  {:8} {:>14} {:10} d{:4} | {}{}{} | {}{}{}{} |{} of {} base {} pair {}  <{}>\n", kind_name(c.kind), f.value.to_string(), f.unit, f.decimals ? std::to_string(*f.decimals) : "INF", f.label, dims,
             c.by_subject.empty() ? "" : " / " + c.by_subject, text(c.period), c.period_told ? "" : "(?)", c.base_period ? " vs " + text(c.base_period) : "", c.base_period && !c.base_told ? "(?)" : "", flags, c.of_fact,
             c.base_fact, c.pair, f.printed);
}

}  // namespace

int main(int argc, char** argv) {
  bool timing = argc > 1 && std::strcmp(argv[1], "--time") == 0;
  for (int i = timing ? 2 : 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    diag::Sink sink;
    SourcePtr source = document::decode(argv[i], bytes, sink);
    if (!source) continue;
    const facts::Reading reading = facts::read_release(source, document::detect_format(*source), sink);
    const document::Document& document = reading.document;
    const auto& tables = reading.tables;
    const facts::Identity& id = reading.identity;
    std::vector<facts::RawFact> raw;
    std::vector<facts::Claim> claims;
    double best = 1e9;
    for (int run = 0; run < (timing ? 15 : 1); ++run) {
      raw.clear();
      claims.clear();
      diag::Sink prose_sink;
      const auto begin = std::chrono::steady_clock::now();
      facts::read_prose(document, id, tables, raw, claims, prose_sink);
      best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    if (timing) {
      fmt::print("{:9.3f} ms {:6} facts {}\n", best, raw.size(), argv[i]);
      continue;
    }
    fmt::print("=== {}\nname {} | short {} | {}:{} | cik {} | released {} | fiscal {} {} Q{} FY{} ends {}\nheadline {}\nsubtitle {}\n", argv[i], id.name.value, id.short_name.value, id.exchange.value, id.ticker.value, id.cik.value,
               id.release_date ? id.release_date->iso() : "?", text(id.fiscal_period), id.fiscal_period_words, id.fiscal_quarter, id.fiscal_year, id.fiscal_year_end.iso(), id.headline.value, id.subtitle.value);
    std::string last;
    for (const facts::Claim& c : claims) {
      if (c.sentence_text != last) fmt::print("\"{}\"\n", last = c.sentence_text);
      print(raw[static_cast<std::size_t>(c.fact)], c);
    }
    for (const auto& d : sink.all()) fmt::print("{}: {}\n", d.code->code, d.message);
  }
}
