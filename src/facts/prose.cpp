#include "facts/prose.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/facts.h"
#include "facts/prose_emit.h"
#include "facts/prose_frame.h"
#include "facts/prose_section.h"
#include "tables/reporting_currency.h"

namespace factpress::facts {

using namespace prose;

namespace {

/// Words of a segment or place in a table that may stand in prose: column members and the rows of segment tables.
void add_member(std::vector<std::string>& out, std::string_view words) {
  std::string w = lower(collapse(words));
  while (!w.empty() && (w.back() == ':' || w.back() == '*')) w.pop_back();
  if (w.size() < 3 || w.size() > 60) return;
  const Text t = cut(w);
  bool plain = true;  // "total revenue" is no member
  for (std::size_t i = 0; i < t.tokens.size(); ++i) {
    if (t.tokens[i].kind == Token::Kind::number) return;
    if (t.is(i, measure | instant_measure | profit_measure | be_verb | period_noun)) return;
    plain = plain && (t.is(i, determiner | conjunction | preposition) || t.is_word(i, "total") || t.is_word(i, "net") || t.is_word(i, "gross") || t.is_word(i, "other") || t.is_word(i, "consolidated") ||
                      t.is_word(i, "basic") || t.is_word(i, "diluted") || t.is_word(i, "adjusted") || t.is_word(i, "gaap") || t.is_word(i, "non-gaap"));
  }
  if (!plain) out.push_back(std::move(w));
}

Names collect_names(const Identity& identity, const std::vector<tables::DataTable>& tables) {
  Names n;
  const auto add = [&](std::string_view name) {
    std::string w = lower(collapse(name));
    for (char& c : w)
      if (c == ',' || c == '.') c = ' ';
    w = collapse(w);
    if (!w.empty() && w.size() < 120) n.company.push_back(w);
  };
  add(identity.name.value);
  add(identity.short_name.value);
  // The name without its legal form.
  std::string core = identity.name.value;
  for (const std::string_view tail : {", Inc.", " Inc.", ", Inc", " Inc", " Corporation", " Corp.", " Corp", " plc", " Ltd.", " Limited", " LLC", " Co.", " Company", " N.V.", " S.A."})
    if (core.size() > tail.size() && core.ends_with(tail)) {
      core.resize(core.size() - tail.size());
      break;
    }
  add(core);
  const std::string_view first = std::string_view(core).substr(0, core.find(' '));
  if (first.size() >= 4 && classify(lower(first)) == 0) add(first);
  for (const std::string_view w : {"company", "corporation", "registrant", "group's", "bank's"}) n.company.emplace_back(w);
  std::sort(n.company.begin(), n.company.end(), [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
  n.company.erase(std::unique(n.company.begin(), n.company.end()), n.company.end());
  for (const tables::DataTable& table : tables) {
    for (const tables::Column& column : table.columns)
      for (const auto& [axis, member] : column.dimensions) add_member(n.members, member);
    if (table.kind == tables::StatementKind::segment)
      for (const tables::TableRow& row : table.rows) {
        add_member(n.members, row.label);
        for (const std::string& section : row.section) add_member(n.members, section);
      }
  }
  std::sort(n.members.begin(), n.members.end());
  n.members.erase(std::unique(n.members.begin(), n.members.end()), n.members.end());
  return n;
}

class ProseReader {
 public:
  ProseReader(const document::Document& document, const Identity& identity, const std::vector<tables::DataTable>& tables, Emitter& emitter)
      : document_(document), calendar_(identity, tables), names_(collect_names(identity, tables)), emitter_(emitter) {
    in_table_.assign(document.blocks.size(), false);
    after_outlook_.assign(document.blocks.size(), false);
    for (const tables::DataTable& table : tables) {
      const bool past = std::any_of(table.columns.begin(), table.columns.end(), [&](const tables::Column& c) {
        return c.period && calendar_.known() && c.period->end <= calendar_.current().end;
      });
      for (const std::size_t b : table.blocks)
        if (b < in_table_.size()) in_table_[b] = true, after_outlook_[b] = after_outlook_[b] || past;
    }
  }

  void run() {
    for (std::size_t b = 0; b < document_.blocks.size(); ++b) {
      const document::Block& block = document_.blocks[b];
      // The statements of past periods end a section about the future: notes below them are about the past again.
      if (after_outlook_[b]) section_.guidance = false, section_.guidance_period.reset();
      if (block.table && !in_table_[b]) read_heading_row(*block.table);
      if (in_table_[b] || block.text.empty()) continue;
      if (block.kind == document::BlockKind::table || block.kind == document::BlockKind::rule || block.kind == document::BlockKind::preformatted) continue;
      read_block(b, block);
    }
  }

 private:
  static constexpr std::size_t longest = 400;  ///< tokens of a slice

  static bool heading_like(const document::Block& block, const Text& text) {
    if (block.kind == document::BlockKind::heading) return true;
    if (block.kind != document::BlockKind::paragraph || text.tokens.empty() || text.tokens.size() > 24) return false;
    const Token& last = text.tokens.back();
    const bool stop = last.kind == Token::Kind::mark && (last.mark == '.' || last.mark == ';' || last.mark == ',');
    if (stop) return false;
    if (block.strong) return true;
    // "Nine Months Ended April 29, 2023 Compared with Nine Months Ended April 30, 2022"
    bool ended = false;
    for (std::size_t i = 0; i < text.tokens.size(); ++i) ended = ended || text.is_word(i, "ended");
    if (ended && is_title_case(text, {0, text.tokens.size()})) return true;
    return text.tokens.size() <= 10 && is_title_case(text, {0, text.tokens.size()}) && !gives_a_figure(text);
  }

  /// "Operating Loss Per Share – $1.06": a line of its own that states a number stands below a heading; it is none.
  static bool gives_a_figure(const Text& text) {
    for (std::size_t i = 0; i + 1 < text.tokens.size(); ++i) {
      if (!text.is_mark(i, ':') && !text.is_mark(i, '_')) continue;
      if (text.is_mark(i + 1, '$') || text.is_mark(i + 1, '(') || text.is_number(i + 1)) return true;
    }
    return false;
  }

  /// The text with raised footnote marks blanked out; offsets stay as they are.
  static std::string without_marks(const document::Block& block) {
    std::string text = block.text.text();
    for (const document::Emphasis& e : block.emphasis) {
      if (e.kind != document::Emphasis::Kind::superscript || e.end > text.size() || e.end - e.begin > 12) continue;
      bool mark = true;
      for (std::uint32_t i = e.begin; i < e.end; ++i) mark = mark && !is_alpha(text[i]);
      if (e.end - e.begin == 1 || (e.end - e.begin == 3 && text[e.begin] == '(')) mark = true;
      for (std::uint32_t i = e.begin; mark && i < e.end; ++i) text[i] = ' ';
    }
    for (std::size_t i = 1; i < text.size(); ++i)  // "Adjusted earnings* were": the same, not raised
      if (text[i] == '*' && !is_space(text[i - 1])) text[i] = ' ';
    drop_legal_forms(text);
    return text;
  }

  /// "Net income attributable to Acme Holdings, Inc. totaled ...": the legal form and its comma part no clauses where the sentence goes on.
  static void drop_legal_forms(std::string& text) {
    for (std::size_t at = text.find(", "); at != std::string::npos; at = text.find(", ", at + 2)) {
      if (at + 2 >= text.size() || std::string_view("ILCNp").find(text[at + 2]) == std::string_view::npos) continue;
      for (const std::string_view form : {"Inc.", "Inc", "LLC", "L.P.", "LP", "Ltd.", "Corp.", "N.V.", "plc"}) {
        const std::size_t end = at + 2 + form.size();
        if (std::string_view(text).substr(at + 2, form.size()) != form || end + 1 >= text.size()) continue;
        const std::string_view rest = std::string_view(text).substr(end);
        const std::size_t owner = rest.starts_with("'s ") ? 2 : rest.starts_with("\u2019s ") ? 4 : 0;
        if (!owner && !(rest[0] == ' ' && rest[1] >= 'a' && rest[1] <= 'z')) continue;
        std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(at), end + owner - at, ' ');
        break;
      }
    }
  }

  void read_block(std::size_t index, const document::Block& block) {
    const Text text = cut(without_marks(block));
    if (text.tokens.empty()) return;
    const bool heading = heading_like(block, text);
    const bool listed = block.kind == document::BlockKind::list_item;
    if (!listed) lead_in_ = {};
    Thread thread;
    if (!heading) {
      const Section& above = listed && lead_in_.period ? lead_in_ : section_;
      thread.heading_period = above.period;
      thread.heading_base = above.base;
      thread.scope = section_.dimensions;
      thread.guidance = section_.guidance;
      thread.guidance_period = section_.guidance_period;
    }
    if (text.tokens.size() < 60 || section_.guidance) read_guidance_lead(text);
    for (const Range& range : sentences(text)) read_sentence(index, block, text, range, heading, thread);
    if (!heading && !listed) read_list_lead(text);
    if (!heading && text.tokens.size() > 25) body_ = true;
    if (heading) read_heading(text, block.kind == document::BlockKind::heading ? block.level : 0, names_, calendar_, section_);
    if (!body_) section_.scope.clear();  // lines of the title narrow nothing
  }

  /// "For the first nine months of fiscal 2010, the company reported:" holds for the items of the list below.
  void read_list_lead(const Text& text) {
    if (!text.is_mark(text.tokens.size() - 1, ':')) return;
    const std::vector<Range> all = sentences(text);
    if (!all.empty()) read_lead_in(text, all.back(), calendar_, lead_in_);
  }

  /// "Fourth quarter 2021 | vs. | third quarter 2021": a heading that was set as a table of one row.
  void read_heading_row(const document::Table& table) {
    constexpr std::size_t most_cells = 4, longest_heading = 90;
    std::string words;
    std::size_t cells = 0, rows = 0;
    for (const document::Row& row : table.rows) {
      const std::size_t before = cells;
      for (const document::Cell& cell : row.cells) {
        const std::string_view text = trim(cell.text.view());
        if (text.empty()) continue;
        words += (words.empty() ? "" : " ") + std::string(text);
        if (++cells > most_cells || words.size() > longest_heading) return;
      }
      if (cells > before && ++rows > 1) return;
    }
    if (words.empty()) return;
    const Text text = cut(words);
    if (!read_periods(text, {0, text.tokens.size()}, calendar_).empty()) read_heading(text, 0, names_, calendar_, section_);
  }

  /// "The outlook for the second quarter is as follows:", "For fiscal 2023, we expect:" hold for what follows.
  void read_guidance_lead(const Text& text) {
    bool ahead = false;
    for (std::size_t i = 0; i < text.tokens.size(); ++i) ahead = ahead || (text.is(i, future) && !text.is_word(i, "may"));
    if (!ahead && !section_.guidance) return;
    for (const PeriodRef& p : read_periods(text, {0, text.tokens.size()}, calendar_))
      if (p.relation == PeriodRef::Relation::absolute && p.period && p.period->start && calendar_.known() && p.period->end > calendar_.current().end && p.lead != PeriodRef::Lead::event) {
        const bool leads = text.is_mark(text.tokens.size() - 1, ':') || text.tokens.size() <= 14;
        if (leads) section_.guidance_period = p.period;
        return;
      }
  }

  void read_sentence(std::size_t index, const document::Block& block, const Text& text, Range range, bool heading, Thread& thread) {
    // A piece of thousands of tokens without a full stop is no sentence; it is read in slices, so that time stays linear.
    if (rows_of_figures(text, range)) return emitter_.leave(block, text, range);
    while (range.end - range.begin > longest) {
      read_slice(index, block, text, {range.begin, range.begin + longest}, heading, thread);
      range.begin += longest;
    }
    read_slice(index, block, text, range, heading, thread);
  }

  /// A table whose layout was lost is no sentence: which number is of which item and period cannot be told, and a claim for each would
  /// only fill the memory. Dates do not count: a sentence may well hold a dozen.
  bool rows_of_figures(const Text& text, Range range) const {
    constexpr std::size_t many = 12;
    std::size_t words = 0, numbers = 0;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      words += text.tokens[i].kind == Token::Kind::word;
      numbers += text.tokens[i].kind == Token::Kind::number;
    }
    if (numbers <= many || words >= 4 * numbers) return false;
    for (std::size_t at = range.begin; at < range.end; at += longest)
      for (const PeriodRef& p : read_periods(text, {at, std::min(range.end, at + longest)}, calendar_))
        for (std::size_t i = p.tokens.begin; i < p.tokens.end; ++i) numbers -= text.tokens[i].kind == Token::Kind::number;
    return numbers > many && words < 4 * numbers;
  }

  void read_slice(std::size_t index, const document::Block& block, const Text& text, Range range, bool heading, Thread& thread) {
    Sentence s{text, range, names_, {}, {}, {}, {}, false};
    s.periods = read_periods(text, range, calendar_);
    s.numbers = read_numbers(text, range);
    drop_period_numbers(s);
    if (s.numbers.empty() && s.periods.empty()) return;
    if (s.numbers.size() > 100) return;
    s.title_case = heading || is_title_case(text, range);
    s.number_at.assign(range.end - range.begin, -1);
    s.period_at.assign(range.end - range.begin, -1);
    for (std::size_t k = 0; k < s.periods.size(); ++k)
      for (std::size_t i = s.periods[k].tokens.begin; i < s.periods[k].tokens.end; ++i) s.period_at[i - range.begin] = static_cast<int>(k);
    for (std::size_t k = 0; k < s.numbers.size(); ++k)
      for (std::size_t i = s.numbers[k].tokens.begin; i < s.numbers[k].after && i < range.end; ++i) {
        s.number_at[i - range.begin] = static_cast<int>(k);
        s.period_at[i - range.begin] = -1;
      }
    std::vector<Statement> statements = read_statements(s, calendar_, thread);
    emitter_.add(index, block, s, statements, section_, calendar_);
  }

  /// Numbers inside the words of a period ("the 13 weeks ended", "March 31") state nothing of their own.
  static void drop_period_numbers(Sentence& s) {
    std::vector<int> moved(s.numbers.size(), -1);
    std::vector<Number> kept;
    std::size_t p = 0;
    for (std::size_t k = 0; k < s.numbers.size(); ++k) {
      const Number& n = s.numbers[k];
      while (p < s.periods.size() && s.periods[p].tokens.end <= n.tokens.begin) ++p;
      const bool inside = p < s.periods.size() && s.periods[p].tokens.begin < n.tokens.end && n.kind != Number::Kind::money && n.kind != Number::Kind::percent;
      if (inside) continue;
      moved[k] = static_cast<int>(kept.size());
      kept.push_back(n);
    }
    for (Number& n : kept)
      if (n.range_with >= 0) n.range_with = moved[static_cast<std::size_t>(n.range_with)];
    s.numbers = std::move(kept);
  }

  const document::Document& document_;
  Calendar calendar_;
  Names names_;
  Emitter& emitter_;
  Section section_;
  Section lead_in_;    ///< of the list that is being read: its periods alone
  bool body_ = false;  ///< the first paragraph was reached
  std::vector<bool> in_table_;
  std::vector<bool> after_outlook_;  // [block]: a table of periods that are over
};

}  // namespace

void read_prose(const document::Document& document, const Identity& identity, const std::vector<tables::DataTable>& tables, std::vector<RawFact>& facts,
                std::vector<Claim>& claims, diag::Sink& sink) {
  const auto calls_a_dollar = [](std::string_view code) { return code == "CAD" || code == "AUD" || code == "SGD" || code == "HKD" || code == "NZD"; };
  const auto in_another = std::find_if(tables.begin(), tables.end(), [&](const tables::DataTable& table) { return calls_a_dollar(table.currency); });
  // "$" alone is the reporting currency's own
  std::string currency = in_another != tables.end() ? in_another->currency : tables::reporting_currency(document);
  if (!calls_a_dollar(currency)) currency = "USD";
  Emitter emitter(document, currency, facts, claims, sink);
  ProseReader(document, identity, tables, emitter).run();
}

void order_by_place(std::vector<RawFact>& facts, std::vector<Claim>& claims) {
  std::vector<int> order(facts.size());
  for (std::size_t k = 0; k < order.size(); ++k) order[k] = static_cast<int>(k);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return facts[static_cast<std::size_t>(a)].span.begin < facts[static_cast<std::size_t>(b)].span.begin; });
  std::vector<int> moved(facts.size());
  std::vector<RawFact> sorted;
  sorted.reserve(facts.size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    moved[static_cast<std::size_t>(order[k])] = static_cast<int>(k);
    sorted.push_back(std::move(facts[static_cast<std::size_t>(order[k])]));
  }
  facts = std::move(sorted);
  const auto turn = [&](int& link) {
    if (link >= 0 && static_cast<std::size_t>(link) < moved.size()) link = moved[static_cast<std::size_t>(link)];
  };
  for (Claim& c : claims) turn(c.fact), turn(c.of_fact), turn(c.base_fact), turn(c.pair);
  std::stable_sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) { return a.fact < b.fact; });
}

}  // namespace factpress::facts
