#include "taxonomy/schema/temporal.h"

#include "base/date.h"
#include "base/text.h"

namespace factpress::schema {
namespace {

constexpr std::int64_t day_seconds = 86'400;

// Days since 1970-01-01 of the proleptic Gregorian calendar, for any year (year 0 is 1 BC).
std::int64_t days_from_civil(std::int64_t y, int m, int d) {
  y -= m <= 2;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const auto yoe = y - era * 400;
  const auto doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  return era * 146'097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719'468;
}

bool is_leap(std::int64_t y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }
int days_in(std::int64_t y, int m) {
  static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return m == 2 && is_leap(y) ? 29 : days[m - 1];
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  bool done() const { return rest_.empty(); }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take(std::string_view s) {
    if (rest_.substr(0, s.size()) != s) return false;
    rest_.remove_prefix(s.size());
    return true;
  }
  std::string_view digits() {
    std::size_t n = 0;
    while (n < rest_.size() && is_digit(rest_[n])) ++n;
    const auto d = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return d;
  }
  // Two digits within bounds.
  bool two(int low, int high, int& out) {
    if (rest_.size() < 2 || !is_digit(rest_[0]) || !is_digit(rest_[1])) return false;
    out = (rest_[0] - '0') * 10 + (rest_[1] - '0');
    rest_.remove_prefix(2);
    return out >= low && out <= high;
  }
  // -?CCYY, no year 0; astronomical numbering inside.
  bool year(std::int64_t& out) {
    const bool minus = take('-');
    const auto d = digits();
    if (d.size() < 4 || d.size() > 12 || (d.size() > 4 && d[0] == '0')) return false;
    out = 0;
    for (const char c : d) out = out * 10 + (c - '0');
    if (out == 0) return false;
    if (minus) out = 1 - out;
    return true;
  }
  // hh:mm:ss(.s+)?; 24:00:00 is midnight of the next day.
  bool time(std::int64_t& seconds, std::string& fraction) {
    int h = 0, m = 0, s = 0;
    if (!two(0, 24, h) || !take(':') || !two(0, 59, m) || !take(':') || !two(0, 59, s)) return false;
    if (take('.')) {
      std::string_view f = digits();
      if (f.empty()) return false;
      while (!f.empty() && f.back() == '0') f.remove_suffix(1);
      fraction = f;
    }
    if (h == 24 && (m != 0 || s != 0 || !fraction.empty())) return false;
    seconds = h * 3600 + m * 60 + s;
    return true;
  }
  // (Z | (+|-)hh:mm)? and nothing behind it.
  bool zone(Moment& m) {
    if (done()) return true;
    m.zoned = true;
    if (take('Z')) return done();
    const bool minus = !rest_.empty() && rest_.front() == '-';
    int h = 0, minutes = 0;
    if (!(take('+') || take('-')) || !two(0, 14, h) || !take(':') || !two(0, 59, minutes) || (h == 14 && minutes != 0))
      return false;
    const std::int64_t shift = h * 3600 + minutes * 60;
    m.seconds += minus ? shift : -shift;
    return done();
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::optional<Moment> read_moment(Primitive primitive, std::string_view text) {
  Reader in(text);
  Moment m;
  std::int64_t year = 1972, seconds = 0;
  int month = 12, day = 31;
  const auto month_of = [&] { return in.two(1, 12, month); };
  const auto day_of = [&] { return in.two(1, 31, day); };
  bool good = false;
  switch (primitive) {
    case Primitive::date_time:
      good =
          in.year(year) && in.take('-') && month_of() && in.take('-') && day_of() && in.take('T') && in.time(seconds, m.fraction);
      break;
    case Primitive::date: good = in.year(year) && in.take('-') && month_of() && in.take('-') && day_of(); break;
    case Primitive::time: good = in.time(seconds, m.fraction); break;
    case Primitive::g_year_month: day = 1, good = in.year(year) && in.take('-') && month_of(); break;
    case Primitive::g_year: month = day = 1, good = in.year(year); break;
    case Primitive::g_month_day: good = in.take("--") && month_of() && in.take('-') && day_of(); break;
    case Primitive::g_day: good = in.take("---") && day_of(); break;
    case Primitive::g_month:
      day = 1, good = in.take("--") && month_of();
      if (good) in.take("--");  // the form of the first edition
      break;
    default: break;
  }
  if (!good || day > days_in(year, month)) return {};
  if (primitive == Primitive::time) seconds %= day_seconds;
  m.seconds = days_from_civil(year, month, day) * day_seconds + seconds;
  if (!in.zone(m)) return {};
  return m;
}

bool read_duration(std::string_view text, Value& out) {
  Reader in(text);
  const bool minus = in.take('-');
  if (!in.take('P') || in.done()) return false;
  std::int64_t months = 0;
  Decimal seconds;
  bool in_time = false;
  int last = -1;
  while (!in.done()) {
    if (!in_time && in.take('T')) {
      in_time = true;
      last = 2;
      if (in.done()) return false;
    }
    const auto whole = in.digits();
    if (whole.empty() || whole.size() > 15) return false;
    std::string number(whole);
    const bool point = in.take('.');
    if (point) {
      const auto f = in.digits();
      if (f.empty()) return false;
      number.append(".").append(f);
    }
    const int unit = !in_time && in.take('Y')   ? 0
                     : !in_time && in.take('M') ? 1
                     : !in_time && in.take('D') ? 2
                     : in_time && in.take('H')  ? 3
                     : in_time && in.take('M')  ? 4
                     : in_time && in.take('S')  ? 5
                                                : -1;
    if (unit <= last || (point && unit != 5)) return false;
    last = unit;
    const auto value = Decimal::parse(number);
    if (!value) return false;
    if (unit <= 1)
      months += *value->to_int64() * (unit == 0 ? 12 : 1);
    else
      seconds += *value * Decimal(unit == 2 ? day_seconds : unit == 3 ? 3600 : unit == 4 ? 60 : 1);
  }
  out.months = minus ? -months : months;
  out.number = minus ? -seconds : seconds;
  return true;
}

std::partial_ordering compare_moments(const Moment& a, const Moment& b) {
  const auto order = [](std::int64_t x, const Moment& p, std::int64_t y, const Moment& q) {
    if (x != y) return x <=> y;
    return p.fraction.compare(q.fraction) <=> 0;
  };
  if (a.zoned == b.zoned) return order(a.seconds, a, b.seconds, b);
  constexpr std::int64_t shift = 14 * 3600;
  if (a.zoned) {
    if (order(a.seconds, a, b.seconds - shift, b) < 0) return std::partial_ordering::less;
    if (order(a.seconds, a, b.seconds + shift, b) > 0) return std::partial_ordering::greater;
    return std::partial_ordering::unordered;
  }
  if (order(a.seconds + shift, a, b.seconds, b) < 0) return std::partial_ordering::less;
  if (order(a.seconds - shift, a, b.seconds, b) > 0) return std::partial_ordering::greater;
  return std::partial_ordering::unordered;
}

std::partial_ordering compare_durations(const Value& a, const Value& b) {
  static constexpr struct { int year, month; } references[] = {{1696, 9}, {1697, 2}, {1903, 3}, {1903, 7}};
  const auto end = [](const Value& v, int year, int month) {
    std::int64_t months = year * std::int64_t{12} + month - 1 + v.months;
    const std::int64_t y = months >= 0 ? months / 12 : (months - 11) / 12;
    const int m = static_cast<int>(months - y * 12) + 1;
    return Decimal(days_from_civil(y, m, 1)) * Decimal(day_seconds) + v.number;
  };
  std::optional<std::partial_ordering> all;
  for (const auto& r : references) {
    const std::partial_ordering o = end(a, r.year, r.month) <=> end(b, r.year, r.month);
    if (all && *all != o) return std::partial_ordering::unordered;
    all = o;
  }
  return *all;
}

}  // namespace factpress::schema
