#include "tables/columns.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <map>

#include "base/text.h"
#include "tables/column_series.h"
#include "tables/currency.h"
#include "tables/nature.h"
#include "tables/scale.h"

namespace factpress::tables {

namespace {

constexpr std::string_view kNoSuchDate = "its header tells no date that exists";

bool is_flow_statement(StatementKind k) {
  return k == StatementKind::income || k == StatementKind::cashflow || k == StatementKind::equity;
}

/// Header words that name neither a period nor a change: a measure or a member.
bool is_measure(std::string_view lowered) {
  static constexpr std::array<std::string_view, 18> kWords = {"gaap", "adjust", "reported", "pro forma", "amount", "per share", "per diluted", "excluding",
      "constant currency", "reconcil", "as revised", "normalized", "core", "tax effect", "pre-tax", "after-tax", "eps", "actual"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return lowered.find(w) != std::string_view::npos; });
}

/// "Prior 2024 guidance" beside "Updated 2024 guidance": outlooks that were told at different times.
bool names_an_issue(std::string_view lowered) {
  static constexpr std::array<std::string_view, 8> kWords = {"prior", "previous", "updated", "revised", "initial", "original", "current", "as of "};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) { return lowered.find(w) != std::string_view::npos; });
}

/// "Ending AUM": a balance, and no period.
bool names_the_end(const PeriodWords& w, std::string_view text) {
  return w.ended && !w.duration() && w.dates.empty() && !w.fiscal_year && istarts_with(text, "ending ");
}

/// "(in thousands)", but not "2019 (in thousands)".
bool is_scale_note(const std::string& t) {
  const bool scale = t.find("in thousands") != std::string::npos || t.find("in millions") != std::string::npos || (t.size() < 60 && read_scale(t).money);
  return scale && !read_period_words(t).any();
}

bool is_note(std::string_view text) {
  const std::string t = lower(trim(text));
  return t.empty() || t == "$" || t == "%" || t == "(unaudited)" || t == "unaudited" || t == "(audited)" || t == "audited" || t == "(note 1)" ||
         is_scale_note(t) || t == "(note)" || t == "(notes)" || t == "(see notes)" || (t[0] == '(' && t.size() <= 5);
}

/// "% Sales", "% revenue" as a part of a column's header.
bool names_share_of(std::string_view lowered) {
  const std::size_t at = lowered.find('%');
  if (at == std::string_view::npos) return false;
  const std::string_view rest = trim(lowered.substr(at + 1));
  for (std::string_view w : {"sales", "net sales", "revenue", "revenues", "net revenue", "net revenues", "total"})
    if (rest == w) return true;
  return false;
}

std::size_t full_dates(const PeriodWords& w) {
  return static_cast<std::size_t>(std::count_if(w.dates.begin(), w.dates.end(), [](const DateWords& d) { return d.full(); }));
}

/// "For the 13" over "Weeks Ended": the first half of a duration.
bool is_half_duration(std::string_view text) {
  std::string t = lower(trim(text));
  for (std::string_view lead : {"for the ", "for "})
    if (istarts_with(t, lead)) t = t.substr(lead.size());
  static constexpr std::array<std::string_view, 14> kNumerals = {"three", "six", "nine", "twelve", "thirteen", "twenty-six", "thirty-nine", "fifty-two", "13", "26", "39", "52",
      "months", "weeks"};
  return std::find(kNumerals.begin(), kNumerals.end(), t) != kNumerals.end();
}

class ColumnReader {
 public:
  ColumnReader(const ColumnContext& context) : context_(context), calendar_(*context.calendar), title_(read_period_words(context.title)) {
    if (icontains(context.title, "at the end of ") || icontains(context.title, "as of the end of ")) title_.as_of = true, title_.ended = false, title_.months = title_.weeks = 0;  // "at the end of fiscal years 2024 and 2023"
  }

  /// Looks at all headers first: years alone may head annual columns, and a title may tell the day of each year's end.
  void look_at(const std::vector<std::vector<HeaderText>>& headers) {
    std::vector<PeriodWords> words;
    std::vector<int> years;
    bool fiscal = false;
    for (const std::vector<HeaderText>& texts : headers) {
      Column ignored;
      const PeriodWords& w = words.emplace_back(read_period_words(joined_header(texts, ignored)));
      beside_quarters_ = beside_quarters_ || (w.quarter && !w.change && !w.outlook && !title_.outlook && (w.fiscal_year || !w.dates.empty()));
      if (!is_bare_year(w)) continue;
      const int year = bare_year(w);
      fiscal = fiscal || w.fiscal_year;
      if (std::find(years.begin(), years.end(), year) == years.end()) years.push_back(year);
    }
    look_at_days(headers);
    look_at_changes(headers);
    look_at_restatements(headers);
    latest_year_ = years.empty() ? 0 : *std::max_element(years.begin(), years.end());
    several_years_ = years.size() >= 3 || names_ends_of_years(words);
    annual_ = !title_.duration() && !title_.ended && (years.size() >= 3 || (fiscal && years.size() >= 2));
    std::vector<DateWords> days;
    for (const DateWords& d : title_.dates)
      if (d.full()) days.push_back(d);
    if (days.size() < 2) return;
    bool in_order = days.size() == years.size();
    for (std::size_t i = 0; i < days.size() && in_order; ++i)
      in_order = std::abs(days[i].year - years[i]) <= 1 && (i == 0 || (days[i].year * 12 + days[i].month < days[i - 1].year * 12 + days[i - 1].month) == (years[i] < years[i - 1]));
    for (std::size_t i = 0; i < days.size(); ++i) day_of_year_.emplace(in_order ? years[i] : days[i].year, days[i]);
  }

  /// "4Q14 | 4Q13 | 2014 | 2013": years beside quarters are whole ones, or that part of them which a release before their end reports.
  int months_of_years() const {
    const bool goes_on = latest_year_ == calendar_.fiscal_year() && calendar_.quarter() < 4;
    return goes_on ? 3 * calendar_.quarter() : 12;
  }

  /// "April 29, 2023 | July 30, 2022" under a sentence that speaks of a quarter: days neither a year nor a quarter apart are
  /// those of balances, half a year or three quarters apart even above rows that sound like those of a flow statement.
  void look_at_days(const std::vector<std::vector<HeaderText>>& headers) {
    if (context_.balances_alone && name_days_alone(headers)) {  // "March 31, 2022 | March 31, 2021 | Change" below a sentence that speaks of a quarter
      days_of_balances_ = true;
      return;
    }
    const bool flows = is_flow_statement(context_.kind);
    if (title_.ended || title_.weeks || (!title_.duration() && !flows) || (flows && context_.flows)) return;
    std::vector<Date> days;
    for (const std::vector<HeaderText>& texts : headers) {
      std::string joined;
      for (const HeaderText& h : texts) joined += h.text + " ";
      const PeriodWords w = read_period_words(joined);
      if (w.duration() || w.ended) return;
      if (w.change || !w.one_full_date()) continue;
      if (const auto day = calendar_.date(w.dates[0]); day && (days.empty() || days.back() != *day)) days.push_back(*day);
    }
    if (days.size() != 2) return;
    const int apart = std::abs(days[0].days() - days[1].days());
    const bool quarter = title_.months == 3 && apart > 80 && apart < 101;
    days_of_balances_ = flows ? (apart > 170 && apart < 195) || (apart > 260 && apart < 285) : !quarter && apart < 340;
  }

  static bool name_days_alone(const std::vector<std::vector<HeaderText>>& headers) {
    std::size_t days = 0;
    for (const std::vector<HeaderText>& texts : headers) {
      Column ignored;
      const PeriodWords w = read_period_words(joined_header(texts, ignored));
      if (w.change) continue;
      if (!w.one_full_date() || w.duration() || w.ended) return false;
      ++days;
    }
    return days >= 2;
  }

  /// "December 30, 2023 | December 31, 2022 | December 25, 2021" in a release of a year.
  bool names_ends_of_years(const std::vector<PeriodWords>& headers) const {
    if (calendar_.current_months() != 12) return false;
    std::vector<Date> days;
    for (const PeriodWords& w : headers) {
      if (w.change || !w.one_full_date()) continue;
      if (const auto day = calendar_.date(w.dates[0]); day && std::find(days.begin(), days.end(), *day) == days.end()) days.push_back(*day);
    }
    std::sort(days.begin(), days.end());
    for (std::size_t i = 1; i < days.size(); ++i)
      if (const int apart = days[i].days() - days[i - 1].days(); apart < 357 || apart > 372) return false;
    return days.size() >= 3;
  }

  /// "Increase/(Decrease)" below the dates of every column speaks of signs, and makes no column one of changes.
  void look_at_changes(const std::vector<std::vector<HeaderText>>& headers) {
    if (headers.size() < 2) return;
    for (const HeaderText& h : headers.front()) {
      const PeriodWords w = read_period_words(h.text);
      if (!w.change || !w.dates.empty() || w.duration() || w.percent) continue;
      const auto beside_a_date = [&](const std::vector<HeaderText>& texts) {
        const auto same = [&](const HeaderText& t) { return t.text == h.text; };
        const auto dated = [](const HeaderText& t) { return !read_period_words(t.text).dates.empty(); };
        return std::any_of(texts.begin(), texts.end(), same) && std::any_of(texts.begin(), texts.end(), dated);
      };
      if (std::all_of(headers.begin(), headers.end(), beside_a_date)) said_of_signs_ = h.text;
    }
  }

  /// "(as restated)" over last year's column is a note; beside "as reported" it tells two columns apart.
  void look_at_restatements(const std::vector<std::vector<HeaderText>>& headers) {
    for (const std::vector<HeaderText>& texts : headers)
      for (const HeaderText& h : texts)
        if (icontains(h.text, "reported") || icontains(h.text, "adjust")) return;
    restated_is_a_note_ = true;
  }

  static bool says_restated(std::string_view text) {
    const auto dress = [](char c) { return c == '(' || c == ')' || c == '*' || c == '[' || c == ']' || is_space(c) || is_digit(c); };
    while (!text.empty() && dress(text.front())) text.remove_prefix(1);
    while (!text.empty() && dress(text.back())) text.remove_suffix(1);
    for (const std::string_view note : {"restated", "as restated", "recast", "as recast", "unaudited, as restated", "as revised", "revised"})
      if (iequals(text, note)) return true;
    return false;
  }

  Column read(std::vector<HeaderText> given, bool percent_only) {
    Column column;
    if (!said_of_signs_.empty()) std::erase_if(given, [&](const HeaderText& h) { return h.text == said_of_signs_; });
    take_currency(given, column);
    const std::vector<HeaderText> texts = name_quarters(std::move(given));
    const std::string joined = joined_header(texts, column);
    PeriodWords words = read_period_words(joined);
    words.ended = words.ended && !names_the_end(words, joined);
    words.fiscal = words.fiscal || icontains(joined, "fiscal");
    if (beside_quarters_ && !words.months && is_bare_year(words)) words.months = months_of_years();
    column.kind = kind_of(words, joined, column.header.empty() ? std::string_view() : std::string_view(column.header.back()), column.header.empty(), percent_only,
                          std::any_of(texts.begin(), texts.end(), is_change_alone));
    column.in_percents = std::any_of(column.header.begin(), column.header.end(), [](const std::string& h) { return h.size() < 24 && h.find("(%)") != std::string::npos; });
    const bool percent_sign = std::any_of(column.header.begin(), column.header.end(), [](const std::string& h) { return trim(h) == "%"; });
    if (percent_sign && column.kind == Column::Kind::value) column.kind = Column::Kind::percent_of;
    name_parts(column, texts);
    const bool own_day = std::any_of(words.dates.begin(), words.dates.end(), [](const DateWords& d) { return d.month && d.year; });
    const bool currency_alone = column.header.empty() && (!column.currency.empty() || column.scale);  // "US$" beside "2024 RMB": of the same period
    if ((column.kind == Column::Kind::value && !currency_alone) || (column.kind == Column::Kind::percent_of && own_day)) column.period = period(words, column.doubt);
    // "Three Months Ended June 30," over "Increase/(Decrease)" over "2023": of that time, whatever the columns beside it tell
    const bool change = column.kind == Column::Kind::change || column.kind == Column::Kind::percent_change;
    std::string ignored;
    if (change && words.duration() && words.ended && words.dates.size() == 1) column.period = period(words, ignored);
    if (words.quarter && !words.fiscal_year && words.dates.empty() && !(title_tells_quarters() && year_of_title())) column.quarter = words.quarter;
    column.own_period = words.any() && column.period.has_value();
    column.balances_too = (words.as_of && words.duration()) || (title_.as_of && title_.duration());
    year_told_.push_back(words.fiscal_year || std::any_of(words.dates.begin(), words.dates.end(), [](const DateWords& d) { return d.year != 0; }));
    column.year_told = year_told_.back() || title_.fiscal_year || std::any_of(title_.dates.begin(), title_.dates.end(), [](const DateWords& d) { return d.year != 0; });
    return column;
  }

  /// For each column read: whether its own header named a year.
  const std::vector<bool>& year_told() const { return year_told_; }

 private:
  /// "RMB", "£'000" say nothing of periods and measures: they go from the texts to the column.
  static void take_currency(std::vector<HeaderText>& texts, Column& column) {
    const auto take = [&](std::string_view text) {
      const auto head = read_currency_head(text);
      if (!head) return false;
      if (!head->code.empty()) column.currency = head->code;
      if (head->scale) column.scale = head->scale;
      column.currency_words = trim(text);
      column.hundredths = column.hundredths || head->hundredths;
      return true;
    };
    for (HeaderText& h : texts) {  // "26 weeks ended 29 June 2024 £m" in one cell
      const std::size_t last = h.text.find_last_of(" \n");
      if (last == std::string::npos || h.text.size() - last > 8 || !read_period_words(std::string_view(h.text).substr(0, last)).any()) continue;
      if (take(std::string_view(h.text).substr(last + 1))) h.text = trim(std::string_view(h.text).substr(0, last));
    }
    std::erase_if(texts, [&](const HeaderText& h) { return take(h.text); });
  }

  /// "2002 Fiscal Quarter | First | Second | Third | Fourth"
  bool title_tells_quarters() const { return title_.months == 3 && !title_.quarter && !title_.ended; }

  /// "First | Second | Third | Fourth" under "Quarter": each names a quarter.
  std::vector<HeaderText> name_quarters(std::vector<HeaderText> texts) const {
    const auto says_quarter = [](const HeaderText& h) { return icontains(h.text, "quarter") || icontains(h.text, "three months"); };
    if (!title_tells_quarters() && (texts.size() < 2 || std::none_of(texts.begin(), texts.end(), says_quarter))) return texts;
    for (HeaderText& h : texts)
      for (std::string_view ordinal : {"first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th"})
        if (iequals(trim(h.text), ordinal)) h.text = std::string(trim(h.text)) + " quarter";
    return texts;
  }

  static std::string joined_header(const std::vector<HeaderText>& texts, Column& column) {
    std::string joined;
    for (const HeaderText& h : texts) {
      if (h.text.empty() || (!column.header.empty() && column.header.back() == h.text)) continue;
      column.header.push_back(h.text);
      column.header_spans.push_back(h.span);
      if (is_note(h.text) && trim(h.text) != "%") continue;
      joined += (joined.empty() ? "" : " ") + h.text;
    }
    return joined;
  }

  /// "Increase (Decrease)" over "Pretax | After Tax": a text of its own that says nothing but change.
  static bool is_change_alone(const HeaderText& h) {
    constexpr std::size_t longest = 24;
    const std::string_view text = trim(h.text);
    if (h.text.size() > longest || !(istarts_with(text, "increase") || istarts_with(text, "(decrease)"))) return false;
    const PeriodWords w = read_period_words(h.text);
    return w.change && !w.duration() && w.dates.empty();
  }

  static Column::Kind kind_of(const PeriodWords& words, std::string_view joined, std::string_view own, bool bare, bool percent_only, bool names_change) {
    if (bare) return percent_only ? Column::Kind::percent_of : Column::Kind::value;
    const std::string lowered = lower(joined);
    const PeriodWords last = read_period_words(own);  // "$ Variance" below "Three Months Ended June 30,"
    const bool told = (last.change && (!last.duration() || last.quarter)) || names_change || lowered.find("change") != std::string::npos;
    if (words.change && !(words.duration() && !percent_only && !told))
      return words.percent || percent_only ? Column::Kind::percent_change : Column::Kind::change;
    const std::string_view t = trim(joined);
    if (lowered.find("% of") != std::string::npos || lowered.find("percent of") != std::string::npos || (t.size() && t == "%") || names_share_of(lowered) || (percent_only && words.percent))
      return Column::Kind::percent_of;
    return Column::Kind::value;
  }

  /// Texts without a period are measures or members.
  void name_parts(Column& column, const std::vector<HeaderText>& texts) const {
    std::string name;
    for (const HeaderText& h : texts) {
      const PeriodWords w = read_period_words(h.text);
      const std::string lowered = lower(h.text);
      if (const std::string_view named = named_before_scale(h.text); !named.empty() && !w.any()) {  // "Payments volume ($B)"
        name += (name.empty() ? "" : " ") + collapse(named);
        if (!column.scale && !icontains(named, "share")) column.scale = read_scale(h.text).money;
        continue;
      }
      if (is_note(h.text) || (restated_is_a_note_ && says_restated(h.text)) || is_half_duration(h.text) || icontains(h.text, "transition period") || ((w.any() || w.at_end) && !is_measure(lowered) && !names_the_end(w, h.text) && !(w.outlook && names_an_issue(lowered))) || w.change) continue;
      if (!name.empty()) name += ' ';
      name += collapse(h.text);
    }
    if (name.empty()) return;
    const bool measure = (is_measure(lower(name)) && context_.kind != StatementKind::equity) || context_.kind == StatementKind::reconciliation || context_.kind == StatementKind::other;
    if (measure) column.measure = name;
    else if (context_.kind == StatementKind::segment) column.dimensions.push_back({"Segment", name});
    else if (context_.kind == StatementKind::equity) column.dimensions.push_back({"Equity component", name});
    else column.measure = name;
  }

  /// Month, day and year from the header, then from the title, then from the calendar.
  std::optional<Date> end_date(const PeriodWords& w, int months, std::string& doubt) const {
    DateWords date;
    for (const DateWords& d : w.dates) {
      if (d.month && !date.month) date.month = d.month, date.day = d.day, date.other_day = d.other_day;
      if (d.year) date.year = d.year;  // a year nearer to the numbers stands for the column: "March 31, 2020" over "2019 | 2020"
    }
    for (const DateWords& d : w.dates)  // of two dates the one of the year named last, "June 28, 2003" over "2003"
      if (d.month && d.day && d.year == date.year && date.month && full_dates(w) > 1) date = d;
    if (!date.year && w.fiscal_year) date.year = w.fiscal_year;
    if (!date.year && outlook_year(w)) date.year = outlook_year(w);
    const int of_title = w.months == 12 && title_.quarter ? 4 : title_.quarter;  // "Year 2023" ends with the fourth, whichever the title speaks of
    const int quarter = w.quarter ? w.quarter : !date.month && w.dates.size() <= 1 ? of_title : 0;
    if (!date.month && quarter && (date.year || year_of_title() || calendar_.fiscal_year())) {
      const int year = date.year ? date.year : year_of_title() ? year_of_title() : calendar_.fiscal_year();
      if (auto end = calendar_.quarter_end(quarter, year)) return end;
    }
    // Annual columns of an annual release: the latest is the year that it reports.
    const int off = calendar_.current_end() ? calendar_.current_end()->year() - latest_year_ : 0;  // a year is called by its end, or by its beginning
    if (!date.month && annual_ && is_bare_year(w) && date.year && !title_month() && calendar_.current_months() == 12 && calendar_.current_end() && (off == 0 || off == 1))
      return same_end(*calendar_.current_end(), calendar_.current_end()->year() + date.year - latest_year_);
    const bool own_year = w.months == 12 && title_.ended && title_.months != 12;  // "Full Year 2020" under a title that tells a quarter's end
    const bool fiscal = w.fiscal_year != 0 && is_bare_year(w) && calendar_.current_months() == 12;  // "Fiscal 2024" alone, of a year that ended in 2025
    if (!date.month && (months == 12 || fiscal) && date.year && w.dates.size() <= 1 && (!title_month() || own_year)) {
      if (auto end = calendar_.quarter_end(4, date.year)) {
        if (w.fiscal_year && !calendar_.year_end_told()) doubt = "nothing tells on which day the fiscal year ends";
        return end;
      }
    }
    if (const auto told = date.month ? day_of_year_.end() : day_of_year_.find(date.year); told != day_of_year_.end()) date = told->second;
    else if (!date.month && date.year && !day_of_year_.empty()) {  // a year beyond those: from the nearest of them
      const auto after = day_of_year_.lower_bound(date.year);
      const auto& nearest = after == day_of_year_.end() ? *std::prev(after) : *after;
      if (const auto day = calendar_.date(nearest.second)) return calendar_.years_on(*day, date.year - nearest.first);
    }
    if (!date.month) {
      for (const DateWords& d : title_.dates)
        if (d.month && !date.month) date.month = d.month, date.day = d.day, date.other_day = d.other_day, date.year = date.year ? date.year : d.year;
    }
    const bool to_date_of_fiscal = w.fiscal && !date.month && date.year && months == 3 * calendar_.quarter();  // "First Two Quarters of Fiscal" over "2025"
    if (const auto end = to_date_of_fiscal ? calendar_.quarter_end(calendar_.quarter(), date.year) : std::nullopt) return end;
    if (!date.month && calendar_.current_end() && (date.year || w.duration())) {
      const Date end = *calendar_.current_end();
      if (!date.year || date.year == end.year()) return end;
      doubt = "";
      return same_end(end, date.year);
    }
    if (date.month && !date.year && !w.dates.empty()) {
      for (const DateWords& d : title_.dates)
        if (d.year && !date.year && (!d.month || d.month == date.month)) date.year = d.year;
    }
    return calendar_.date(date);
  }
  /// "2020 Outlook" over columns without a period: that year, else 0.
  int outlook_year(const PeriodWords& w) const {
    if (w.any() || !title_.outlook) return 0;
    const bool fiscal = title_.fiscal_year && title_.months == 12 && !title_.quarter && !title_.half && title_.dates.empty();  // "FY 2007 | Low | High"
    const bool year = !title_.duration() && title_.dates.size() == 1 && !title_.dates[0].month;
    return fiscal ? title_.fiscal_year : year ? title_.dates[0].year : 0;
  }
  /// The year that the title tells of a quarter, by "fiscal 2002" or by the only year that it names; 0 for none.
  int year_of_title() const {
    const bool one_year = title_.dates.size() == 1 && !title_.dates[0].month && !title_.outlook;
    return title_.fiscal_year ? title_.fiscal_year : one_year ? title_.dates[0].year : 0;
  }
  bool title_month() const {
    return std::any_of(title_.dates.begin(), title_.dates.end(), [](const DateWords& d) { return d.month != 0; });
  }

  /// The same period's end in another year.
  Date same_end(Date end, int year) const {
    return calendar_.years_on(end, year - end.year());
  }

  /// "2022" alone beside "2023" over balances: the day that the balance sheet compares with, and not the same day a year ago.
  Date balance_day(const PeriodWords& w, Date end) const {
    const std::optional<Date> before = calendar_.balance_before();
    return before && is_bare_year(w) && !title_month() && before->year() == end.year() && calendar_.current_end() && end.year() < calendar_.current_end()->year() ? *before : end;
  }

  /// No outlook is given of a year that has ended: "2022 Outlook" beside the year ended January 29, 2022 is of the next.
  std::optional<Date> end_of_year_to_come(int year) const {
    const std::optional<Date> end = calendar_.quarter_end(4, year);
    return end && calendar_.current_end() && *end <= *calendar_.current_end() ? calendar_.quarter_end(4, year + 1) : end;
  }

  std::optional<Period> period(const PeriodWords& w, std::string& doubt) const {
    int months = w.months, weeks = w.weeks;
    if (!months && !weeks) months = title_.months, weeks = title_.weeks;
    if (w.quarter && !w.months) months = 3;
    const bool year_to_come = w.outlook && !w.duration() && !w.ended && (w.dates.empty() ? w.fiscal_year != 0 : w.dates.size() == 1 && !w.dates[0].month && w.dates[0].year);  // "Updated 2024 Guidance", "Fiscal 2024 Outlook"
    const bool year_of_title = !w.any() && title_.fiscal_year && is_bare_year(title_) && !title_.outlook && calendar_.current_months() == 12;  // "Fiscal 2024" above names
    if (outlook_year(w) || year_to_come || (year_of_title && context_.flows)) months = 12;
    if (annual_ && !months && !weeks && is_bare_year(w)) months = 12;
    const bool told = w.any() || title_.any();
    if (!told) {
      doubt = "neither its header nor the title tells a period";
      return std::nullopt;
    }
    if (w.year_to_date || (title_.year_to_date && !w.months)) months = calendar_.quarter() ? 3 * calendar_.quarter() : calendar_.current_months();
    if (w.range && context_.kind != StatementKind::balance) {
      const std::optional<Date> first = calendar_.date(w.dates[0]), last = calendar_.date(w.dates[1]);
      if (first && last) return Period{*first, *last};
    }
    std::optional<Date> end;
    if (year_to_come) end = end_of_year_to_come(w.dates.empty() ? w.fiscal_year : w.dates[0].year);
    if (year_of_title) end = calendar_.quarter_end(4, title_.fiscal_year);
    if (!end) end = end_date(w, months, doubt);
    if (!end) {
      doubt = kNoSuchDate;
      return std::nullopt;
    }
    if (context_.kind == StatementKind::balance) return Period{std::nullopt, balance_day(w, *end)};
    // Years alone over sales or expenses: what happened in them.
    const bool flow = (is_flow_statement(context_.kind) && !days_of_balances_) || outlook_year(w) != 0 || year_to_come || (year_of_title && context_.flows) || ((context_.flows || several_years_) && (is_bare_year(w) || several_years_) && !title_.as_of && !title_month());
    const bool as_of = (w.as_of && !w.duration()) || (w.at_end && w.quarter && !flow);  // "As of and for the three months ended", "As of/Year Ended": flows, and balances by their rows
    // "Estimated annual amortization as of May 31, 2022 was as follows:" over rows of years to come
    const bool title_day = !w.any() && title_.as_of && !title_.ended && !title_.weeks && title_month();
    const bool instant_words = as_of || days_of_balances_ || title_day || (!w.duration() && !w.ended && !title_.duration() && !title_.ended);
    if (!months && !weeks && flow) {
      months = calendar_.current_months() ? calendar_.current_months() : 3;
    } else if ((!months && !weeks) || (instant_words && !flow) || as_of) {
      return Period{std::nullopt, balance_day(w, *end)};
    }
    if (!months && !weeks) months = 3;
    return Period{calendar_.start_of(*end, months, weeks), *end};
  }

  const ColumnContext& context_;
  const Calendar& calendar_;
  PeriodWords title_;
  bool days_of_balances_ = false;          ///< its header's days are those of balances, whatever the title says
  bool restated_is_a_note_ = false;
  std::string said_of_signs_;              ///< "Increase/(Decrease)" in every column's header
  bool annual_ = false;                    ///< years alone head the columns
  bool beside_quarters_ = false;           ///< a column names a quarter and its year
  bool several_years_ = false;             ///< three of them or more: balances are told of two
  int latest_year_ = 0;                    ///< of those
  std::map<int, DateWords> day_of_year_;   ///< the day that the title tells for a column's year
  std::vector<bool> year_told_;
};

/// The year that the innermost text of a column's header tells; 0 for none.
int year_of(const Column& column) {
  if (column.header.empty()) return 0;
  const PeriodWords w = read_period_words(column.header.back());
  return w.dates.size() == 1 ? w.dates[0].year : 0;
}

/// 2023 of "2023 vs. 2022"; 0 where a header does not tell two years.
int later_of_two_years(const Column& column) {
  if (column.header.empty()) return 0;
  const PeriodWords w = read_period_words(column.header.back());
  return w.dates.size() == 2 && w.dates[0].year && w.dates[1].year && !w.dates[0].month ? std::max(w.dates[0].year, w.dates[1].year) : 0;
}

}  // namespace

std::string header_text(const Column& column) {
  std::string out;
  for (const std::string& h : column.header) out += (out.empty() ? "" : " ") + h;
  return out;
}

std::vector<Column> read_columns(const std::vector<std::vector<HeaderText>>& headers, const std::vector<bool>& percent_only, const ColumnContext& context) {
  std::vector<Column> columns;
  ColumnReader reader(context);
  reader.look_at(headers);
  for (std::size_t i = 0; i < headers.size(); ++i) columns.push_back(reader.read(headers[i], percent_only[i]));
  // "2014 GAAP | Adj. | 2014 Non-GAAP | 2013 GAAP | Adj. | ...": a column without a year stands with its left neighbour.
  const std::vector<bool>& year = reader.year_told();
  const bool some_years = std::count(year.begin(), year.end(), true) > 0;
  for (std::size_t i = 1; i < columns.size() && some_years; ++i) {
    Column& c = columns[i];
    const Column& left = columns[i - 1];
    if (year[i] || c.kind != Column::Kind::value || !c.period || !left.period || c.measure.empty() || left.kind != Column::Kind::value) continue;
    const bool same_length = c.period->instant() == left.period->instant() && (c.period->instant() || std::abs((c.period->end.days() - c.period->start->days()) - (left.period->end.days() - left.period->start->days())) < 10);
    if (same_length) c.period = left.period;
  }
  const bool any_own = std::any_of(columns.begin(), columns.end(), [](const Column& c) { return c.own_period; });
  for (Column& c : columns) {  // the steps between two periods ("price", "volume", "currency") belong to the later one
    if (!any_own || c.kind != Column::Kind::value || c.own_period || c.header.empty() || c.doubt == kNoSuchDate) continue;
    c.kind = Column::Kind::other;
    c.period.reset();
    for (const Column& v : columns)
      if (v.own_period && v.period && (!c.period || v.period->end > c.period->end)) c.period = v.period;
    if (c.doubt.empty()) c.doubt = "its header names no period, unlike its neighbours'";
  }
  for (std::size_t i = 0; i + 1 < columns.size(); ++i) {
    const std::string measure = lower(trim(columns[i].measure));
    const auto in_next = [&](std::size_t k) { return k < columns.size() && columns[i].period == columns[k].period ? lower(columns[k].measure) : std::string(); };
    columns[i].beside_per_share = (measure.empty() || measure == "amount" || measure == "amounts") && columns[i].kind == Column::Kind::value && names_per_share(in_next(i + 1));
    const bool of_income = measure.find("income") != std::string::npos || measure.find("earnings") != std::string::npos || measure.find("loss") != std::string::npos || measure.find("numerator") != std::string::npos;
    if (of_income && !names_per_share(measure) && names_per_share(in_next(i + 2)) && in_next(i + 1).find("share") != std::string::npos) columns[i].beside_per_share = true;  // "Net income | Shares | Per share"
  }
  for (std::size_t i = 1; i < columns.size(); ++i)  // "2024" over an amount and its share of the total
    if (percent_only[i] && !percent_only[i - 1] && columns[i].kind == Column::Kind::value && columns[i].own_period && columns[i - 1].kind == Column::Kind::value && columns[i].header == columns[i - 1].header)
      columns[i].kind = Column::Kind::percent_of;
  settle_series(columns, context);
  // A column without a header of its own shares its left neighbour's period; a change is told at the latest one.
  for (std::size_t i = 0; i < columns.size(); ++i) {
    Column& c = columns[i];
    if (c.kind == Column::Kind::percent_of || (c.kind == Column::Kind::value && c.header.empty() && i > 0)) {
      const int year = c.kind == Column::Kind::percent_of ? year_of(c) : 0;  // "% of sales" over "2023 | 2022": each of its own year
      for (std::size_t j = i; j-- > 0 && !c.period && year;)
        if (columns[j].kind == Column::Kind::value && columns[j].period && year_of(columns[j]) == year) c.period = columns[j].period, c.doubt.clear();
      for (std::size_t j = i; j-- > 0 && !c.period;)
        if (columns[j].kind == Column::Kind::value && columns[j].period) c.period = columns[j].period, c.doubt.clear();
    }
    if ((c.kind != Column::Kind::change && c.kind != Column::Kind::percent_change) || c.own_period) continue;
    if (const int year = c.period ? 0 : later_of_two_years(c)) {  // "'23 vs. '22" beside "'24 vs. '23"
      for (const Column& v : columns)
        if (v.kind == Column::Kind::value && v.period && year_of(v) == year) c.period = v.period;
      if (c.period) continue;
    }
    for (const Column& v : columns)
      if (v.kind == Column::Kind::value && v.period && (!c.period || v.period->end > c.period->end)) c.period = v.period;
    // Quarter and year to date side by side: a change belongs to the block of columns left of it.
    for (std::size_t j = i; j-- > 0;) {
      if (columns[j].kind != Column::Kind::value || !columns[j].period) continue;
      const Column* first = &columns[j];
      for (std::size_t k = j; k-- > 0 && columns[k].period && (columns[k].kind == Column::Kind::value || columns[k].kind == Column::Kind::percent_of);)
        if (columns[k].kind == Column::Kind::value) first = &columns[k];
      const bool blocks = first->period->end >= columns[j].period->end && c.period && first->period->end == c.period->end;
      if (blocks) c.period = first->period;
      break;
    }
  }
  return columns;
}

}  // namespace factpress::tables
