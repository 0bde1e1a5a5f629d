// Filters of numbers and dates.
#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/template.h"
#include "template/library/support.h"

namespace factpress::tmpl {

namespace {

int places_of(const Call& c, std::size_t i, int fallback) {
  const std::int64_t n = c.given(i) && !c[i].is_none() ? c.integer(i) : fallback;
  if (n < -400 || n > 400) c.fail_value(fmt::format("{} decimal places make no sense", n));
  return static_cast<int>(n);
}

Value do_round(Call& c) {
  const Decimal d = c.decimal(0);
  const int places = places_of(c, 1, 0);
  const std::string method = c.text(2, "common");
  Rounding mode;
  if (method == "common") mode = Rounding::half_even;
  else if (method == "ceil") mode = Rounding::ceiling;
  else if (method == "floor") mode = Rounding::floor;
  else if (method == "half_away") mode = Rounding::half_away;
  else c.fail_value(fmt::format("there is no way of rounding '{}': common, half_away, ceil or floor", method));
  return Value::decimal(d.rounded(places, mode), !c[0].is(Kind::decimal));
}

std::optional<Decimal> parse_number(std::string_view s) {
  s = trim(s);
  std::string digits;
  for (std::size_t i = 0; i < s.size(); ++i)
    if (s[i] != '_' || i == 0 || i + 1 == s.size() || !is_digit(s[i - 1]) || !is_digit(s[i + 1])) digits += s[i];
  return Decimal::parse_scientific(digits);
}

std::optional<std::int64_t> parse_radix(std::string_view s, std::int64_t base) {
  s = trim(s);
  bool negative = false;
  if (!s.empty() && (s[0] == '-' || s[0] == '+')) negative = s[0] == '-', s.remove_prefix(1);
  const char letter = base == 16 ? 'x' : base == 8 ? 'o' : base == 2 ? 'b' : '\0';
  if (letter && s.size() > 2 && s[0] == '0' && to_lower(s[1]) == letter) s.remove_prefix(2);
  std::int64_t v = 0;
  for (const char ch : s) {
    const char l = to_lower(ch);
    const int digit = is_digit(l) ? l - '0' : is_alpha(l) ? l - 'a' + 10 : 99;
    if (digit >= base || __builtin_mul_overflow(v, base, &v) || __builtin_add_overflow(v, std::int64_t{digit}, &v)) return {};
  }
  if (s.empty()) return {};
  return negative ? -v : v;
}

Value do_int(Call& c) {
  const Value fallback = c.given(1) ? c[1] : Value::integer(0);
  if (c[0].is_number()) return Value::decimal(to_decimal(c[0]).rounded(0, Rounding::toward_zero), true);
  if (!c[0].is_string()) return fallback;
  const std::int64_t base = c.integer(2, 10);
  if (base < 2 || base > 36) c.fail_value(fmt::format("there are no numbers of base {}", base));
  if (base != 10) {
    const auto v = parse_radix(c[0].as_string(), base);
    return v ? Value::integer(*v) : fallback;
  }
  const auto d = parse_number(c[0].as_string());
  if (!d) return fallback;
  check_number(c.machine(), *d);
  return Value::decimal(d->rounded(0, Rounding::toward_zero), true);
}

Value do_float(Call& c) {
  const Value fallback = c.given(1) ? c[1] : Value::integer(0);
  if (c[0].is_number()) return Value::decimal(to_decimal(c[0]));
  if (!c[0].is_string()) return fallback;
  const auto d = parse_number(c[0].as_string());
  if (!d) return fallback;
  check_number(c.machine(), *d);
  return Value::decimal(*d);
}

// value, places, separator, negative, plus, zero, point, minus
Value do_number(Call& c) {
  const Decimal d = c.decimal(0);
  check_number(c.machine(), d);
  const bool exact = !c.given(1) || c[1].is_none();
  const int places = places_of(c, 1, 0);
  std::string digits = exact ? d.abs().to_string() : d.abs().rounded(places, Rounding::half_away).to_fixed(std::max(places, 0));
  const bool shows_zero = digits.find_first_not_of("0.") == digits.npos;
  if (d.is_zero() && c.given(5) && !c[5].is_none()) return c[5];
  const std::string separator = c.text(2, ","), point = c.text(6, "."), negative = c.text(3, "minus");
  std::string out;
  append_grouped(out, digits, separator, point);
  if (d.is_negative() && !shows_zero) {
    if (negative == "parentheses") out = "(" + out + ")";
    else if (negative == "minus") out.insert(0, c.text(7, "-"));
    else c.fail_value(fmt::format("negative is 'minus' or 'parentheses', not '{}'", negative));
  } else if (c.truth(4, false) && !shows_zero) {
    out.insert(0, "+");
  }
  return text_value(c, std::move(out));
}

int power_named(const Call& c, const Value& v) {
  if (v.is(Kind::integer) && std::abs(v.as_int()) <= 100) return static_cast<int>(v.as_int());
  static constexpr std::pair<std::string_view, int> names[] = {{"units", 0},     {"hundreds", 2}, {"thousands", 3}, {"thousand", 3}, {"millions", 6},
                                                               {"million", 6},   {"billions", 9}, {"billion", 9},   {"percent", -2}, {"trillions", 12},
                                                               {"basis points", -4}};
  if (v.is_string())
    for (const auto& [name, power] : names)
      if (name == v.as_string()) return power;
  c.fail_value(fmt::format("there is no scale {}: thousands, millions, billions, trillions, percent, or a power of ten", preview(v)));
}

Value do_percent(Call& c) {
  const Decimal d = c.decimal(0).shifted(2);
  check_number(c.machine(), d);
  const bool exact = !c.given(1) || c[1].is_none();
  std::string out = exact ? d.to_string() : d.to_fixed(std::max(places_of(c, 1, 0), 0));
  if (out.find_first_not_of("-0.") == out.npos && out[0] == '-') out.erase(0, 1);
  if (c.truth(2, false) && d.sign() > 0) out.insert(0, "+");
  const std::size_t sign = out[0] == '-' || out[0] == '+' ? 1 : 0;
  std::string shown = out.substr(0, sign);
  append_grouped(shown, std::string_view(out).substr(sign));
  return text_value(c, shown + "%");
}

Date date_of(const Call& c, const Value& v) {
  if (v.is(Kind::date)) return v.as_date();
  if (v.is_string())
    if (const auto d = Date::parse_iso(v.as_string())) return *d;
  c.fail_type(fmt::format("a date is needed here, not {} {}", kind_name(v), preview(v)));
}

constexpr std::string_view weekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

void append_date_part(const Call& c, std::string& out, Date d, char letter, bool bare) {
  const auto number = [&](int n, int width) { out += bare ? std::to_string(n) : fmt::format("{:0{}}", n, width); };
  switch (letter) {
    case 'Y': number(d.year(), 4); return;
    case 'y': number(d.year() % 100, 2); return;
    case 'm': number(d.month(), 2); return;
    case 'd': number(d.day(), 2); return;
    case 'e': out += bare ? std::to_string(d.day()) : fmt::format("{:2}", d.day()); return;
    case 'j': number(d.days() - Date::of(d.year(), 1, 1)->days() + 1, 3); return;
    case 'q': out += std::to_string((d.month() + 2) / 3); return;
    case 'B': out += month_name(d.month()); return;
    case 'b': case 'h': out += month_name(d.month()).substr(0, 3); return;
    case 'A': out += weekdays[d.weekday()]; return;
    case 'a': out += weekdays[d.weekday()].substr(0, 3); return;
    case 'u': out += std::to_string(d.weekday() + 1); return;
    case 'F': out += d.iso(); return;
    case '%': out += '%'; return;
    default: c.fail_value(fmt::format("a date has no part %{}; there are %Y %y %m %d %e %j %q %B %b %A %a %u %F and %-d", std::string(1, letter)));
  }
}

Value do_date(Call& c) {
  const Date d = date_of(c, c[0]);
  std::string format = c.text(1, "long");
  if (format == "long") format = "%B %-d, %Y";
  else if (format == "short") format = "%b %-d, %Y";
  else if (format == "iso") format = "%F";
  else if (format == "month") format = "%B %Y";
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      out += format[i];
      continue;
    }
    const bool bare = i + 1 < format.size() && format[i + 1] == '-';
    i += bare ? 2 : 1;
    if (i >= format.size()) c.fail_value("the date format ends in a lone %");
    append_date_part(c, out, d, format[i], bare);
    c.machine().check_string(out.size());
  }
  return text_value(c, std::move(out));
}

}  // namespace

void add_number_filters(BuiltinMap& f) {
  add(f, "abs", "value", [](Call& c) { return Value::decimal(c.decimal(0).abs(), !c[0].is(Kind::decimal)); });
  add(f, "round", "value, precision=, method=", do_round);
  add(f, "int", "value, default=, base=", do_int);
  add(f, "float", "value, default=", do_float);
  alias(f, "decimal", "float");
  add(f, "number", "value, places=, separator=, negative=, plus=, zero=, point=, minus=", do_number);
  add(f, "fixed", "value, places=", [](Call& c) { return text_value(c, c.decimal(0).to_fixed(std::max(places_of(c, 1, 0), 0))); });
  add(f, "scale", "value, by", [](Call& c) { return Value::decimal(c.decimal(0).shifted(-power_named(c, c[1]))); });
  add(f, "percent", "value, places=, plus=", do_percent);
  add(f, "sign", "value", [](Call& c) { return Value::integer(c.decimal(0).sign()); });
}

void add_date_filters(BuiltinMap& f) {
  add(f, "date", "value, format=", do_date);
  add(f, "to_date", "value", [](Call& c) { return Value::date(date_of(c, c[0])); });
  add(f, "add_days", "value, days", [](Call& c) {
    const std::int64_t n = c.integer(1);
    if (n < -3'000'000 || n > 3'000'000) c.fail_value(fmt::format("{} days lead out of the calendar", n));
    return Value::date(date_of(c, c[0]).plus_days(static_cast<int>(n)));
  });
  add(f, "add_months", "value, months", [](Call& c) {
    const std::int64_t n = c.integer(1);
    const Date d = date_of(c, c[0]);
    if (n < -12 * (d.year() - 1) || n > 12 * (9998 - d.year())) c.fail_value(fmt::format("{} months lead out of the calendar", n));
    return Value::date(d.plus_months_keeping_end(static_cast<int>(n)));
  });
}

}  // namespace factpress::tmpl
