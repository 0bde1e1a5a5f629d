#include "mapping/user_mapping.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "diag/codes/mapping.h"
#include "mapping/dictionary.h"

namespace factpress::mapping {
namespace {

namespace codes = diag::codes;

/// Reads one file; every complaint has its place in it.
class Reader {
 public:
  Reader(const SourcePtr& source, diag::Sink& sink) : source_(source), sink_(sink), mapping_(std::make_shared<UserMapping>()) {}

  std::shared_ptr<const UserMapping> read() {
    toml::table root;
    try {
      root = toml::parse(source_->bytes(), source_->name());
    } catch (const toml::parse_error& e) {
      complain(codes::mapping_file_syntax, e.source(), std::string(e.description()));
      return nullptr;
    }
    for (const auto& [key, value] : root) {
      if (key == "release") {
        read_release(value);
      } else if (key != "rule") {
        unknown_key(key.str(), key.source(), {"rule", "release"});
      } else if (const toml::array* rules = value.as_array()) {
        for (const toml::node& rule : *rules) read_rule(rule);
      } else {
        complain(codes::mapping_file_value, value.source(), "\"rule\" is not a list of tables; write [[rule]]");
      }
    }
    return good_ ? mapping_ : nullptr;
  }

 private:
  Place place(const toml::source_region& region) const {
    std::uint32_t offset = 0, line = 1;
    const std::string_view bytes = source_->bytes();
    while (line < region.begin.line && offset < bytes.size()) line += bytes[offset++] == '\n';
    offset += region.begin.column > 0 ? region.begin.column - 1 : 0;
    const auto at = static_cast<std::uint32_t>(std::min<std::size_t>(offset, bytes.size()));
    return {source_, {at, at}};
  }

  void complain(const diag::CodeInfo& code, const toml::source_region& where, std::string message, std::string help = {}) {
    diag::Diagnostic d(code, place(where), std::move(message));
    d.help = std::move(help);
    sink_.add(std::move(d));
    good_ = false;
  }

  void unknown_key(std::string_view key, const toml::source_region& where, const std::vector<std::string_view>& known) {
    const std::string_view near = nearest_name(key, known);
    complain(codes::mapping_file_key, where, fmt::format("\"{}\" is not a key of a mapping file", key), near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
  }

  template <class Enum>
  void read_word(const toml::node& value, std::string_view key, int count, int first, std::optional<Enum>& out) {
    const std::string text = string_of(value, key);
    std::string known;
    for (int i = first; i < count; ++i) {
      const std::string_view name = to_string(static_cast<Enum>(i));
      if (name == text) out = static_cast<Enum>(i);
      known += (known.empty() ? "" : ", ") + std::string(name);
    }
    if (!out && !text.empty()) complain(codes::mapping_file_value, value.source(), fmt::format("\"{}\" cannot be \"{}\": it is one of {}", key, text, known));
  }

  std::string string_of(const toml::node& value, std::string_view key) {
    if (const auto* s = value.as_string()) return s->get();
    complain(codes::mapping_file_value, value.source(), fmt::format("\"{}\" needs words in quotes", key));
    return {};
  }

  void read_pattern(const toml::node& value, std::string_view key, Pattern& out) {
    out.text = collapse(string_of(value, key));
    const auto ends = [&](std::string_view tail) { return key.size() > tail.size() && key.substr(key.size() - tail.size()) == tail; };
    out.kind = ends("-prefix") ? Pattern::Kind::prefix : ends("-contains") ? Pattern::Kind::contains : Pattern::Kind::exact;
  }

  void read_concept(const toml::node& value, UserRule& rule) {
    const std::string text = string_of(value, "concept");
    const std::size_t colon = text.find(':');
    if (colon != std::string::npos) rule.prefix = text.substr(0, colon);
    rule.concept_name = colon == std::string::npos ? text : text.substr(colon + 1);
    const Profile profile = rule.prefix == "ifrs-full" ? Profile::ifrs : Profile::us_gaap;
    if (rule.prefix != "us-gaap" && rule.prefix != "ifrs-full") return;  // the company's own, or whichever exists
    const auto dictionary = Dictionary::built_in(profile);
    if (dictionary->find(rule.concept_name)) return;
    const std::string_view near = dictionary->nearest(rule.concept_name);
    complain(codes::mapping_unknown_concept, value.source(), fmt::format("the built-in dictionary has no concept {}", text),
             near.empty() ? "" : fmt::format("did you mean {}:{}?", rule.prefix, near));
  }

  std::optional<int> scale_of(const toml::node& value) {
    static constexpr std::array<std::string_view, 4> kScales = {"ones", "thousands", "millions", "billions"};
    const std::string text = string_of(value, "scale");
    const auto at = std::find(kScales.begin(), kScales.end(), text);
    if (at != kScales.end()) return 3 * static_cast<int>(at - kScales.begin());
    complain(codes::mapping_file_value, value.source(), fmt::format("\"scale\" cannot be \"{}\": it is one of ones, thousands, millions, billions", text));
    return std::nullopt;
  }

  bool read_key(std::string_view key, const toml::node& value, UserRule& rule) {
    if (key == "label" || key == "label-prefix" || key == "label-contains") return read_pattern(value, key, rule.label), true;
    if (key == "section" || key == "section-prefix" || key == "section-contains") return read_pattern(value, key, rule.section), true;
    if (key == "statement") return read_word<TableKind>(value, key, 7, 0, rule.statement), true;
    if (key == "concept") return read_concept(value, rule), true;
    if (key == "type") return read_word<DataType>(value, key, 7, 0, rule.type), true;
    if (key == "period") return read_word<PeriodType>(value, key, 3, 1, rule.period), true;
    if (key == "balance") return read_word<Balance>(value, key, 3, 0, rule.balance), true;
    if (key == "unit") return rule.unit = string_of(value, key), true;
    if (key == "scale") return rule.scale = scale_of(value), true;
    if (key == "sign") {
      const std::string text = string_of(value, key);
      if (text == "negated" || text == "as-printed") rule.negated = text == "negated";
      else complain(codes::mapping_file_value, value.source(), fmt::format("\"sign\" cannot be \"{}\": it is one of as-printed, negated", text));
      return true;
    }
    if (key == "skip") {
      if (const auto* b = value.as_boolean()) rule.skip = b->get();
      else complain(codes::mapping_file_value, value.source(), "\"skip\" is true or false");
      return true;
    }
    return false;
  }

  std::optional<Date> date_of(const toml::node& value, std::string_view key) {
    std::optional<Date> day;
    if (const auto* d = value.as_date()) day = Date::of(d->get().year, d->get().month, d->get().day);
    else if (const auto* s = value.as_string()) day = Date::parse_iso(s->get());
    if (!day) complain(codes::mapping_file_value, value.source(), fmt::format("\"{}\" needs a day, as 2025-03-31", key));
    return day;
  }

  int number_of(const toml::node& value, std::string_view key, int least, int most) {
    const auto* n = value.as_integer();
    if (n && n->get() >= least && n->get() <= most) return static_cast<int>(n->get());
    complain(codes::mapping_file_value, value.source(), fmt::format("\"{}\" needs a number from {} to {}", key, least, most));
    return 0;
  }

  void read_cik(const toml::node& value, std::string& out) {
    out = value.is_integer() ? std::to_string(value.as_integer()->get()) : string_of(value, "cik");
    if (!facts::central_index_key(out).empty()) return;
    complain(codes::mapping_file_value, value.source(), "\"cik\" needs the company's key, one to ten digits");
    out.clear();
  }

  bool read_release_key(std::string_view key, const toml::node& value, facts::GivenIdentity& g) {
    if (key == "name") return g.name = collapse(string_of(value, key)), true;
    if (key == "ticker") return g.ticker = collapse(string_of(value, key)), true;
    if (key == "exchange") return g.exchange = collapse(string_of(value, key)), true;
    if (key == "cik") return read_cik(value, g.cik), true;
    if (key == "date") return g.release_date = date_of(value, key), true;
    if (key == "period-end") return g.period_end = date_of(value, key), true;
    if (key == "fiscal-year") return g.fiscal_year = number_of(value, key, 1900, 2200), true;
    if (key == "fiscal-quarter") return g.fiscal_quarter = number_of(value, key, 1, 4), true;
    if (key == "scale") {
      if (const auto power = scale_of(value)) g.scale = power;
      return true;
    }
    if (key == "period") {
      const std::string text = string_of(value, key);
      if (text == "quarter" || text == "year") g.annual = text == "year";
      else complain(codes::mapping_file_value, value.source(), fmt::format("\"period\" cannot be \"{}\": it is one of quarter, year", text));
      return true;
    }
    return false;
  }

  void read_release(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return complain(codes::mapping_file_value, node.source(), "\"release\" is not a table; write [release]");
    facts::GivenIdentity& g = mapping_->release;
    for (const auto& [key, value] : *table)
      if (!read_release_key(key.str(), value, g))
        unknown_key(key.str(), key.source(), {"name", "ticker", "exchange", "cik", "date", "period-end", "period", "fiscal-year", "fiscal-quarter", "scale"});
    if (g.annual == true && g.fiscal_quarter) complain(codes::mapping_file_value, node.source(), "a release of a year has no fiscal-quarter");
  }

  void read_rule(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return complain(codes::mapping_file_value, node.source(), "a rule is not a table; write [[rule]]");
    UserRule rule;
    rule.file = source_->name();
    rule.line = node.source().begin.line;
    for (const auto& [key, value] : *table)
      if (!read_key(key.str(), value, rule))
        unknown_key(key.str(), key.source(), {"label", "label-prefix", "label-contains", "section", "section-prefix", "section-contains", "statement",
                                              "concept", "type", "period", "balance", "unit", "scale", "sign", "skip"});
    if (rule.label.kind == Pattern::Kind::any) complain(codes::mapping_file_value, node.source(), "a rule needs label, label-prefix or label-contains");
    if (rule.concept_name.empty() && !rule.skip && !rule.negated && rule.unit.empty() && !rule.scale)
      complain(codes::mapping_file_value, node.source(), "a rule that says nothing: give it concept, sign, unit, scale or skip");
    mapping_->rules.push_back(std::move(rule));
  }

  SourcePtr source_;
  diag::Sink& sink_;
  std::shared_ptr<UserMapping> mapping_;
  bool good_ = true;
};

}  // namespace

bool Pattern::matches(std::string_view candidate) const {
  if (kind == Kind::any) return true;
  const std::string c = collapse(candidate);
  switch (kind) {
    case Kind::exact: return iequals(c, text);
    case Kind::prefix: return istarts_with(c, text);
    default: return icontains(c, text);
  }
}

const UserRule* UserMapping::find(std::string_view label, const std::vector<std::string_view>& sections, std::optional<TableKind> kind) const {
  for (const UserRule& r : rules) {
    if (!r.label.matches(label)) continue;
    if (r.statement && r.statement != kind) continue;
    bool inside = r.section.kind == Pattern::Kind::any;
    for (const std::string_view s : sections) inside = inside || r.section.matches(s);
    if (inside) return &r;
  }
  return nullptr;
}

std::shared_ptr<const UserMapping> read_user_mapping(const SourcePtr& source, diag::Sink& sink) { return Reader(source, sink).read(); }

std::shared_ptr<const UserMapping> read_user_mappings(std::span<const SourcePtr> sources, diag::Sink& sink) {
  auto all = std::make_shared<UserMapping>();
  bool good = true;
  for (const SourcePtr& source : sources) {
    const auto one = read_user_mapping(source, sink);
    if (one) {
      all->rules.insert(all->rules.begin(), one->rules.begin(), one->rules.end());
      all->release.take(one->release);
    }
    good = good && one;
  }
  return good ? all : nullptr;
}

}  // namespace factpress::mapping
