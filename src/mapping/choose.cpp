#include "mapping/choose.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace factpress::mapping {
namespace {

constexpr double kPriorConfidence = 0.97;
constexpr double kSameItem = 0.75;  ///< share of words two labels must have in common to name one item

double overlap(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  if (a.empty() || b.empty()) return 0;
  std::size_t both = 0;
  for (const std::uint64_t t : a) both += std::binary_search(b.begin(), b.end(), t);
  return static_cast<double>(both) / static_cast<double>(a.size() + b.size() - both);
}

/// The label with its brackets and white space in order, short enough for a standard label.
std::string clean_label(std::string_view label) {
  std::string out = collapse(label);
  while (!out.empty() && (out.back() == ':' || out.back() == ' ')) out.pop_back();
  return out;
}

}  // namespace

std::string_view to_string(Origin origin) {
  switch (origin) {
    case Origin::user: return "user";
    case Origin::prior: return "prior";
    case Origin::learned: return "learned";
    case Origin::remembered: return "remembered";
    case Origin::extension: return "extension";
  }
  return {};
}

Session::State::State(MapperOptions o, Date period_end)
    : options(std::move(o)),
      release(&release_for(period_end)),
      dictionary(options.dictionary ? options.dictionary : Dictionary::built_in(options.profile)),
      year(options.profile == Profile::ifrs ? 0 : release->year),
      matcher(*dictionary, year) {}

void Session::State::remember(const ReadRow& row, const Choice& choice) {
  const UnitClass unit = unit_class_of(choice.type);
  if (choice.is_standard && choice.confidence > 0.3)
    if (const auto id = dictionary->find(choice.concept_name)) memory.push_back({row.words.bag, unit, choice.period, *id, choice.confidence, -1, 0});
  if (!row.words.tokens.empty()) chosen.push_back({row.words.tokens, unit, row.own_measure, choice});
}

const Choice* Session::State::recall(const ReadRow& item) const {
  const Chosen* best = nullptr;
  double likeness = 0;
  for (const Chosen& c : chosen) {
    if (c.own_measure != item.own_measure || (item.unit != UnitClass::unknown && c.unit != item.unit)) continue;
    if (item.row->period != PeriodType::unknown && c.choice.period != item.row->period) continue;
    const double l = overlap(item.words.tokens, c.tokens);
    if (l > likeness) likeness = l, best = &c;
  }
  return likeness >= kSameItem ? &best->choice : nullptr;
}

Chooser::Chooser(Session::State& state, const TableQuery& table, const TableWork& work)
    : s_(state), table_(table), work_(work), rules_(work.rows.size()), priors_(work.rows.size()), fixed_(work.rows.size(), kNoConcept) {}

void Chooser::ask_user(std::size_t i) {
  if (!s_.options.user) return;
  rules_[i] = s_.options.user->find(table_.rows[i].label, table_.rows[i].sections, table_.kind);
  if (rules_[i] != nullptr && !rules_[i]->concept_name.empty())
    if (const auto id = s_.dictionary->find(rules_[i]->concept_name)) fixed_[i] = *id;
}

void Chooser::ask_prior(std::size_t i) {
  if (!s_.options.prior || (rules_[i] != nullptr && !rules_[i]->concept_name.empty())) return;
  const ReadRow& row = work_.rows[i];
  const auto [first, last] = s_.options.prior->by_label.equal_range(row.words.key);
  double best = -1;
  for (auto at = first; at != last; ++at) {
    const PriorConcept& c = s_.options.prior->concepts[at->second];
    ConceptId id = kNoConcept;
    PeriodType period = c.period;
    DataType type = c.type;
    if (!c.prefix.empty()) {
      const auto found = s_.dictionary->find(c.name);
      if (!found) continue;
      id = *found;
      const ConceptInfo info = s_.dictionary->info(id);
      period = info.period;
      type = info.type;
      if (info.abstract || (s_.year != 0 && !info.in_year(s_.year))) continue;
    }
    if (row.row->period != PeriodType::unknown && period != row.row->period) continue;
    if (row.row->unit != UnitClass::unknown && unit_class_of(type) != row.row->unit) continue;
    double score = 0;
    for (const Match& m : work_.matches[i])
      if (m.id == id) score = m.share;
    if (score > best) best = score, priors_[i] = &c, fixed_[i] = id;
  }
}

std::vector<Choice> Chooser::choose() {
  const std::size_t n = work_.rows.size();
  for (std::size_t i = 0; i < n; ++i) {
    if (!table_.rows[i].has_values) continue;
    ask_user(i);
    ask_prior(i);
  }
  decisions_ = decide(*s_.dictionary, work_.rows, work_.matches, fixed_);
  std::vector<Choice> choices(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (!table_.rows[i].has_values) continue;
    if (rules_[i] != nullptr && (rules_[i]->skip || !rules_[i]->concept_name.empty())) {
      choices[i] = by_rule(i);
    } else if (priors_[i] != nullptr) {
      choices[i] = by_prior(i);
    } else {
      choices[i] = learned(i);
    }
    if (rules_[i] != nullptr && rules_[i]->negated) choices[i].negated = *rules_[i]->negated;
    if (rules_[i] != nullptr) choices[i].unit = rules_[i]->unit;
  }
  return choices;
}

Choice Chooser::standard(ConceptId id) const {
  const ConceptInfo info = s_.dictionary->info(id);
  Choice c;
  c.mapped = c.is_standard = true;
  c.concept_name = info.name;
  c.prefix = info.prefix;
  c.type = info.type;
  c.period = info.period;
  c.balance = info.balance;
  c.label = info.label;
  return c;
}

Choice Chooser::by_rule(std::size_t i) {
  const UserRule& rule = *rules_[i];
  Choice c;
  if (rule.skip) {
    c.skipped = true;
    return c;
  }
  const bool own = !rule.prefix.empty() && rule.prefix != "us-gaap" && rule.prefix != "srt" && rule.prefix != "dei" && rule.prefix != "ifrs-full";
  if (fixed_[i] != kNoConcept && !own) {
    c = standard(fixed_[i]);
  } else {
    c = extension(i, "");
    c.concept_name = rule.concept_name;
  }
  if (rule.type) c.type = *rule.type;
  if (rule.period) c.period = *rule.period;
  if (rule.balance) c.balance = *rule.balance;
  weigh(i, c);
  c.origin = Origin::user;
  c.confidence = 1;
  c.reason = fmt::format("the mapping file {} says so (rule in line {})", rule.file, rule.line);
  return c;
}

Choice Chooser::by_prior(std::size_t i) {
  const PriorConcept& prior = *priors_[i];
  Choice c;
  if (fixed_[i] != kNoConcept) {
    c = standard(fixed_[i]);
  } else {
    c = extension(i, "");
    c.concept_name = prior.name;
    c.type = prior.type;
    c.period = prior.period;
    c.balance = prior.balance;
  }
  weigh(i, c);
  c.origin = Origin::prior;
  c.confidence = kPriorConfidence;
  c.reason = fmt::format("the filer's earlier taxonomy {} gave this label to it", s_.options.prior->file);
  return c;
}

void Chooser::weigh(std::size_t i, Choice& c) const {
  for (const Match& m : work_.matches[i])
    if (c.alternatives.size() < 5) c.alternatives.push_back({s_.dictionary->name(m.id), m.share});
}

/// The best candidate that is called just so: by two companies or more, or as written down. What filings call an item was counted by parts of
/// statements: a sentence's "net sales" finds itself spread over them, with too little for each.
const Match* Chooser::written(std::size_t i) const {
  const Words& words = work_.rows[i].words;
  for (const Match& m : work_.matches[i]) {
    const ConceptRecord& c = s_.dictionary->concepts()[m.id];
    for (const LabelRecord& label : s_.dictionary->labels().subspan(c.labels, c.label_count)) {
      const bool seen = label.source == 0 && label.count >= 2 && label.token_count > 1;  // "adjustments" says nothing by itself
      if (label.token_count != words.tokens.size() || !(seen || label.source == 2)) continue;
      const auto tokens = s_.dictionary->label_tokens(label);
      if (std::all_of(tokens.begin(), tokens.end(), [&](std::uint32_t t) { return words.has_token(s_.dictionary->tokens()[t].hash); })) return &m;
    }
  }
  return nullptr;
}

/// What an income statement begins with, as its only line of revenue: "Sales, net of returns", or a line of any name that stands alone under
/// "Revenues:". No such statement is without revenue, whatever the line is called.
std::optional<ConceptId> Chooser::top_line(std::size_t i) const {
  constexpr std::string_view family[] = {"Revenues", "RevenueFromContractWithCustomerExcludingAssessedTax", "RevenueFromContractWithCustomerIncludingAssessedTax", "SalesRevenueNet", "Revenue"};
  const auto is_revenue = [&](ConceptId id) { return std::find(std::begin(family), std::end(family), s_.dictionary->name(id)) != std::end(family); };
  const auto says_revenue = [](const Words& w) { return (w.has("revenue") || w.has("sale")) && !w.has("cost") && !w.has("expense") && !w.has("gain") && !w.has("deferred"); };
  const std::vector<ReadRow>& rows = work_.rows;
  if (table_.sentence || table_.kind != TableKind::income || rows[i].unit != UnitClass::monetary) return {};
  const std::string_view section = table_.rows[i].sections.empty() ? std::string_view() : table_.rows[i].sections.back();
  bool more = false;  // rows below
  for (std::size_t k = 0; k < rows.size(); ++k) {
    if (k == i || !rows[k].row->has_values) continue;
    if (k < i) return {};
    more = true;
    const bool chosen = decisions_[k].found() && decisions_[k].confidence >= s_.options.extension_below;
    if (says_revenue(rows[k].words) || (chosen && is_revenue(work_.matches[k][decisions_[k].pick].id))) return {};
    if (!section.empty() && !table_.rows[k].sections.empty() && table_.rows[k].sections.back() == section && says_revenue(rows[i].section)) return {};  // one of several
  }
  if (!more || !(says_revenue(rows[i].words) || says_revenue(rows[i].section))) return {};
  for (const Match& m : work_.matches[i])
    if (is_revenue(m.id)) return m.id;
  for (const std::string_view name : family)
    if (const auto id = s_.dictionary->find(name); id && (s_.year == 0 || s_.dictionary->info(*id).in_year(s_.year))) return id;
  return {};
}

Choice Chooser::learned(std::size_t i) {
  const Decision& d = decisions_[i];
  if (work_.rows[i].own_measure) return extension(i, "the release calls it a measure of the company's own, which no standard concept is");
  if (!d.found() || d.confidence < s_.options.extension_below) {
    if (const auto revenue = top_line(i)) {
      Choice c = standard(*revenue);
      c.confidence = s_.options.extension_below;
      c.origin = Origin::learned;
      weigh(i, c);
      c.reason = "the income statement begins with it, and has no other line of revenue";
      return c;
    }
  }
  if (!d.found()) return extension(i, "no standard concept shares its words");
  const Match& m = work_.matches[i][d.pick];
  const bool unsure = d.confidence < s_.options.extension_below;
  const Match* const called_so = unsure && table_.sentence ? written(i) : nullptr;
  if (unsure && !called_so)
    return extension(i, fmt::format("the nearest standard concept, {}, fits with a confidence of only {:.0f}%", s_.dictionary->name(m.id), 100 * d.confidence));
  Choice c = standard(called_so ? called_so->id : m.id);
  c.confidence = std::max(d.confidence, s_.options.extension_below);
  c.origin = Origin::learned;
  weigh(i, c);
  c.reason = called_so ? "companies call it by these very words" : reason(i, m);
  if (d.second_best && !called_so) c.reason += fmt::format("; its first choice belongs to \"{}\"", table_.rows[d.rival].label);
  return c;
}

std::string Chooser::reason(std::size_t i, const Match& m) const {
  const auto share = [&](Feature f) { return get(m.features, f); };
  std::string out;
  const double companies = std::expm1(share(Feature::seen_bag_any));
  if (share(Feature::label_zone) > 0) {
    out = fmt::format("{:.0f}% of companies with this label in this part of a statement ({}) chose it", 100 * share(Feature::label_zone), to_string(work_.rows[i].zone));
  } else if (share(Feature::bag_any) > 0) {
    out = fmt::format("{:.0f}% of {:.0f} uses of these words name it", 100 * share(Feature::bag_any), companies);
  } else if (share(Feature::label_likeness) > share(Feature::name_likeness)) {
    out = fmt::format("the words are like a label known for it (likeness {:.2f})", share(Feature::label_likeness));
  } else {
    out = fmt::format("the words are those of its name (likeness {:.2f})", share(Feature::name_likeness));
  }
  if (share(Feature::parent_official) > 0.5 || share(Feature::parent_share) > 0.5) out += "; it adds to the total that this row adds to";
  if (share(Feature::children_official) > 0.5 || share(Feature::children_share) > 0.5) out += "; the rows that add up to it are its items";
  if (share(Feature::chosen_elsewhere) > 0.5) out += "; another table gives it to the same label";
  return out;
}

DataType Chooser::type_of_row(std::size_t i) const {
  switch (work_.rows[i].unit) {
    case UnitClass::per_share: return DataType::per_share;
    case UnitClass::shares: return DataType::shares;
    case UnitClass::pure: return DataType::percent;
    case UnitClass::other: return DataType::decimal;
    default: return DataType::monetary;
  }
}

Balance Chooser::balance_of_extension(std::size_t i) const {
  const int p = table_.rows[i].parent;
  if (p >= 0 && static_cast<std::size_t>(p) < decisions_.size() && decisions_[static_cast<std::size_t>(p)].found()) {
    const auto& parent = work_.matches[static_cast<std::size_t>(p)][decisions_[static_cast<std::size_t>(p)].pick];
    const Balance b = s_.dictionary->info(parent.id).balance;
    if (b != Balance::none) return (table_.rows[i].weight >= 0) == (b == Balance::debit) ? Balance::debit : Balance::credit;
  }
  switch (work_.rows[i].zone) {
    case Zone::current_assets: case Zone::other_assets: case Zone::assets: case Zone::expense: case Zone::operating:
    case Zone::operating_changes: case Zone::investing: case Zone::financing: return Balance::debit;
    case Zone::current_liabilities: case Zone::other_liabilities: case Zone::liabilities: case Zone::equity: case Zone::revenue: return Balance::credit;
    default: return Balance::none;
  }
}

Choice Chooser::extension(std::size_t i, std::string why) {
  const Row& row = table_.rows[i];
  Choice c;
  c.mapped = true;
  c.prefix = s_.options.company_prefix;
  c.type = type_of_row(i);
  c.period = row.period != PeriodType::unknown ? row.period : table_.kind == TableKind::balance ? PeriodType::instant : PeriodType::duration;
  if (c.type == DataType::monetary) c.balance = balance_of_extension(i);
  c.label = clean_label(row.label);
  if (c.label.empty()) c.label = row.sections.empty() ? "Unlabelled subtotal" : "Total " + clean_label(row.sections.back());
  const std::string identity = fmt::format("{}{}|{}|{}|{}", work_.rows[i].words.key.empty() ? c.label : work_.rows[i].words.key, telling_numbers(c.label), work_.rows[i].section_bag, static_cast<int>(c.type), static_cast<int>(c.period));
  c.concept_name = s_.names.name_for(identity, c.label, row.sections, *s_.dictionary);
  c.origin = Origin::extension;
  c.confidence = decisions_.size() > i && decisions_[i].found() ? 1 - decisions_[i].confidence : 1;
  c.reason = std::move(why);
  weigh(i, c);
  for (const Match& m : work_.matches[i]) {
    const ConceptInfo info = s_.dictionary->info(m.id);
    if (info.period != c.period || unit_class_of(info.type) != unit_class_of(c.type)) continue;
    if (get(m.features, Feature::label_likeness) < 0.35 && get(m.features, Feature::name_likeness) < 0.35) continue;
    c.anchor = info.name;
    break;
  }
  return c;
}

}  // namespace factpress::mapping
