#include "template/operators.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/template.h"
#include "template/reflect.h"

namespace factpress::tmpl {

namespace {

constexpr int most_digits = 1000;
constexpr int quotient_digits = 28;

std::string_view sign_of(Op op) {
  switch (op) {
    case Op::add: return "+";
    case Op::sub: return "-";
    case Op::mul: return "*";
    case Op::div: return "/";
    case Op::floordiv: return "//";
    case Op::mod: return "%";
    case Op::pow: return "**";
    case Op::lt: return "<";
    case Op::le: return "<=";
    case Op::gt: return ">";
    case Op::ge: return ">=";
    case Op::in: return "in";
    case Op::not_in: return "not in";
    default: return "?";
  }
}

[[noreturn]] void fail_operands(Machine& m, std::string_view sign, const Value& a, const Value& b) {
  m.fail(diag::codes::template_type,
         fmt::format("'{}' cannot be applied to {} {} and {} {}", sign, kind_name(a), preview(a), kind_name(b), preview(b)));
}

Value number(Machine& m, Decimal d, bool whole) {
  check_number(m, d);
  m.charge(48);
  return Value::decimal(std::move(d), whole);
}

Decimal floor_quotient(Machine& m, const Decimal& a, const Decimal& b) {
  if (b.is_zero()) m.fail(diag::codes::template_value, fmt::format("division of {} by zero", a.to_string()));
  const auto q = Decimal::divide(a, b, 0, Rounding::floor);
  if (!q) m.fail(diag::codes::template_limit, "the quotient has too many digits");
  return *q;
}

Decimal power(Machine& m, const Decimal& base, const Decimal& exponent) {
  const auto n = exponent.to_int64();
  if (!n) m.fail(diag::codes::template_value, fmt::format("{} to the power of {}: only whole exponents have an exact result",
                                                          base.to_string(), exponent.to_string()));
  const std::int64_t count = *n < 0 ? -*n : *n;
  if (count > 100'000) m.fail(diag::codes::template_limit, fmt::format("the exponent {} is too large", *n));
  Decimal result(1), square = base;
  for (std::int64_t k = count; k; k >>= 1) {
    if (k & 1) check_number(m, result = result * square);
    if (k > 1) check_number(m, square = square * square);
    m.work(100);
  }
  return *n < 0 ? quotient(m, Decimal(1), result) : result;
}

Value integers(Machine& m, Op op, std::int64_t a, std::int64_t b) {
  std::int64_t r;
  switch (op) {
    case Op::add: if (!__builtin_add_overflow(a, b, &r)) return Value::integer(r); break;
    case Op::sub: if (!__builtin_sub_overflow(a, b, &r)) return Value::integer(r); break;
    case Op::mul: if (!__builtin_mul_overflow(a, b, &r)) return Value::integer(r); break;
    case Op::floordiv: case Op::mod: {
      if (b == 0) m.fail(diag::codes::template_value, fmt::format("division of {} by zero", a));
      if (b == -1) break;  // the one quotient that may not fit
      std::int64_t q = a / b;
      if (a % b != 0 && (a < 0) != (b < 0)) --q;
      return Value::integer(op == Op::floordiv ? q : a - q * b);
    }
    default: break;
  }
  return Value::missing();
}

Value numbers(Machine& m, Op op, const Value& a, const Value& b) {
  const bool whole = !a.is(Kind::decimal) && !b.is(Kind::decimal);
  if (whole) {
    Value r = integers(m, op, a.as_int(), b.as_int());
    if (!r.is_missing()) return r;
  }
  Decimal room_a, room_b;
  const Decimal &x = decimal_of(a, room_a), &y = decimal_of(b, room_b);
  switch (op) {
    case Op::add: return number(m, x + y, whole);
    case Op::sub: return number(m, x - y, whole);
    case Op::mul: return number(m, x * y, whole);
    case Op::div: return number(m, quotient(m, x, y), false);
    case Op::floordiv: return number(m, floor_quotient(m, x, y), whole);
    case Op::mod: return number(m, x - floor_quotient(m, x, y) * y, whole);
    default: return number(m, power(m, x, y), whole);
  }
}

Value joined(Machine& m, const Value& a, const Value& b) {
  const std::string_view x = a.as_string(), y = b.as_string();
  m.check_string(x.size() + y.size());
  std::string out;
  out.reserve(x.size() + y.size());
  const bool safe = a.is_safe() || b.is_safe();
  const Format format = m.format();
  if (safe && !a.is_safe()) append_escaped(out, x, format);
  else out += x;
  if (safe && !b.is_safe()) append_escaped(out, y, format);
  else out += y;
  return m.make_string(std::move(out), safe);
}

Value repeated(Machine& m, const Value& v, std::int64_t times) {
  const auto n = static_cast<std::size_t>(std::max<std::int64_t>(times, 0));
  if (v.is_string()) {
    const std::string_view s = v.as_string();
    std::size_t size;
    if (__builtin_mul_overflow(n, s.size(), &size)) size = SIZE_MAX;
    m.check_string(size);
    std::string out;
    out.reserve(size);
    for (std::size_t i = 0; i < n && !s.empty(); ++i) out += s;
    return m.make_string(std::move(out), v.is_safe());
  }
  std::size_t count;
  if (__builtin_mul_overflow(n, item_count(v), &count) || count > (std::size_t{1} << 40)) count = std::size_t{1} << 40;
  m.charge(count * sizeof(Value));
  std::vector<Value> items;
  items.reserve(count);
  for (std::size_t i = 0; i < n && item_count(v); ++i)
    for (std::size_t k = 0; k < item_count(v); ++k) items.push_back(item_at(v, k));
  return v.is(Kind::tuple) ? Value::tuple(std::move(items)) : Value::list(std::move(items));
}

Value appended(Machine& m, const Value& a, const Value& b) {
  m.charge((item_count(a) + item_count(b)) * sizeof(Value));
  std::vector<Value> items;
  items.reserve(item_count(a) + item_count(b));
  for (const Value* v : {&a, &b})
    for (std::size_t i = 0; i < item_count(*v); ++i) items.push_back(item_at(*v, i));
  return a.is(Kind::tuple) ? Value::tuple(std::move(items)) : Value::list(std::move(items));
}

}  // namespace

void check_number(Machine& m, const Decimal& d) {
  if (d.magnitude() > most_digits || d.fraction_digits() > most_digits)
    m.fail(diag::codes::template_limit, fmt::format("a number has more than {} digits before or after its point", most_digits));
}

Decimal quotient(Machine& m, const Decimal& a, const Decimal& b) {
  if (b.is_zero()) m.fail(diag::codes::template_value, fmt::format("division of {} by zero", a.to_string()));
  const int places = std::clamp(quotient_digits - (a.magnitude() - b.magnitude()), 0, most_digits);
  const auto rounded = Decimal::divide(a, b, places, Rounding::half_even);
  if (!rounded) m.fail(diag::codes::template_limit, "the quotient has too many digits");
  return *rounded;
}

Value binary(Machine& m, Op op, const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return numbers(m, op, a, b);
  m.require(a);
  m.require(b);
  if (op == Op::add) {
    if (a.is_string() && b.is_string()) return joined(m, a, b);
    if (a.is_sequence() && b.is_sequence() && a.is(Kind::tuple) == b.is(Kind::tuple)) return appended(m, a, b);
  }
  if (op == Op::mul) {
    const auto repeats = [](const Value& v) { return v.is_string() || v.is_sequence(); };
    if (repeats(a) && (b.is(Kind::integer) || b.is(Kind::boolean))) return repeated(m, a, b.as_int());
    if (repeats(b) && (a.is(Kind::integer) || a.is(Kind::boolean))) return repeated(m, b, a.as_int());
  }
  if (op == Op::mod && a.is_string()) {
    std::vector<Value> args{a};
    if (b.is(Kind::tuple)) args.insert(args.end(), b.items().begin(), b.items().end());
    else args.push_back(b);
    return m.call_builtin(*m.environment().filter("format"), args, {});
  }
  if (op == Op::sub && a.is(Kind::date)) {
    if (b.is(Kind::date)) return Value::integer(a.as_int() - b.as_int());
    if (b.is(Kind::integer) && std::abs(b.as_int()) < 4'000'000) return Value::date(a.as_date().plus_days(static_cast<int>(-b.as_int())));
  }
  if (op == Op::add && a.is(Kind::date) && b.is(Kind::integer) && std::abs(b.as_int()) < 4'000'000)
    return Value::date(a.as_date().plus_days(static_cast<int>(b.as_int())));
  fail_operands(m, sign_of(op), a, b);
}

Value negated(Machine& m, const Value& v) {
  m.require(v);
  if (!v.is_number()) m.fail(diag::codes::template_type, fmt::format("'-' cannot be applied to {} {}", kind_name(v), preview(v)));
  return Value::decimal(-to_decimal(v), !v.is(Kind::decimal));
}

int order(Machine& m, const Value& a, const Value& b, bool case_sensitive) {
  if (a.is_number() && b.is_number()) {
    if (!a.is(Kind::decimal) && !b.is(Kind::decimal)) return a.as_int() < b.as_int() ? -1 : a.as_int() > b.as_int();
    if (b.is(Kind::integer) && b.as_int() == 0) return a.as_decimal().sign();
    Decimal x, y;
    const auto c = decimal_of(a, x) <=> decimal_of(b, y);
    return c < 0 ? -1 : c > 0;
  }
  m.require(a);
  m.require(b);
  if (a.is_string() && b.is_string()) {
    const int c = case_sensitive ? a.as_string().compare(b.as_string()) : lower(a.as_string()).compare(lower(b.as_string()));
    return c < 0 ? -1 : c > 0;
  }
  if (a.is(Kind::date) && b.is(Kind::date)) return a.as_int() < b.as_int() ? -1 : a.as_int() > b.as_int();
  if (a.is_sequence() && b.is_sequence() && a.is(Kind::tuple) == b.is(Kind::tuple)) {
    const std::size_t n = std::min(item_count(a), item_count(b));
    m.check_tree(a);
    for (std::size_t i = 0; i < n; ++i) {
      const Value x = item_at(a, i), y = item_at(b, i);
      if (equal(x, y)) continue;
      return order(m, x, y, case_sensitive);
    }
    return item_count(a) < item_count(b) ? -1 : item_count(a) > item_count(b);
  }
  fail_operands(m, "<", a, b);
}

bool contains(Machine& m, const Value& container, const Value& item) {
  m.require(container);
  m.require(item);
  if (container.is_string()) {
    if (!item.is_string()) fail_operands(m, "in", item, container);
    return container.as_string().find(item.as_string()) != std::string_view::npos;
  }
  if (container.is(Kind::map)) return container.as_map().find(item) != nullptr;
  if (container.is(Kind::structure)) return item.is_string() && container.type().find(item.as_string()) >= 0;
  if (container.is(Kind::object) && container.as_object().is_mapping())
    return item.is_string() && !container.as_object().get(item.as_string()).is_missing();
  if (!indexable(container)) fail_operands(m, "in", item, container);
  const std::size_t n = item_count(container);
  m.check_tree(container);
  if (container.is(Kind::list) || container.is(Kind::tuple))
    return std::any_of(container.items().begin(), container.items().end(), [&](const Value& v) { return equal(v, item); });
  for (std::size_t i = 0; i < n; ++i)
    if (equal(item_at(container, i), item)) return true;
  return false;
}

namespace {

bool compare_integers(Op op, std::int64_t a, std::int64_t b) {
  switch (op) {
    case Op::eq: return a == b;
    case Op::ne: return a != b;
    case Op::lt: return a < b;
    case Op::le: return a <= b;
    case Op::gt: return a > b;
    default: return a >= b;
  }
}

}  // namespace

bool compare(Machine& m, Op op, const Value& a, const Value& b) {
  if (a.is_string() && b.is_string() && (op == Op::eq || op == Op::ne)) return (a.as_string() == b.as_string()) == (op == Op::eq);
  if (a.is(Kind::integer) && b.is(Kind::integer) && op != Op::in && op != Op::not_in) return compare_integers(op, a.as_int(), b.as_int());
  switch (op) {
    case Op::in: return contains(m, b, a);
    case Op::not_in: return !contains(m, b, a);
    case Op::eq: case Op::ne: {
      m.require(a);
      m.require(b);
      m.check_tree(a);
      return equal(a, b) == (op == Op::eq);
    }
    case Op::lt: return order(m, a, b) < 0;
    case Op::le: return order(m, a, b) <= 0;
    case Op::gt: return order(m, a, b) > 0;
    default: return order(m, a, b) >= 0;
  }
}

std::vector<Value> items_of(Machine& m, const Value& v) {
  m.require(v);
  std::vector<Value> out;
  if (v.is_string()) {
    const std::string_view s = v.as_string();
    m.charge(s.size() * sizeof(Value));
    for (std::size_t at = 0; at < s.size();) {
      const std::size_t begin = at;
      next_code_point(s, at);
      out.push_back(Value::string(s.substr(begin, at - begin), v.is_safe()));
    }
    return out;
  }
  if (!indexable(v)) m.fail(diag::codes::template_type, fmt::format("{} {} cannot be looped over", kind_name(v), preview(v)));
  const std::size_t n = item_count(v);
  m.charge(n * sizeof(Value));
  out.reserve(n);
  for (std::size_t i = 0; i < n; ++i) out.push_back(item_at(v, i));
  return out;
}

namespace {

std::int64_t slice_bound(Machine& m, const Value& v, std::int64_t fallback, std::int64_t low, std::int64_t high, std::int64_t size) {
  m.require(v);
  if (v.is_none()) return fallback;
  if (!v.is(Kind::integer) && !v.is(Kind::boolean))
    m.fail(diag::codes::template_type, fmt::format("a slice is bounded by integers, not {} {}", kind_name(v), preview(v)));
  std::int64_t i = v.as_int();
  if (i < 0) i = i < -size ? low : i + size;
  return std::clamp(i, low, high);
}

}  // namespace

Value slice(Machine& m, const Value& v, const Value& start, const Value& stop, const Value& step) {
  m.require(v);
  if (!v.is_string() && !v.is_sequence() && !(v.is(Kind::object) && v.as_object().is_sequence()))
    m.fail(diag::codes::template_type, fmt::format("{} {} cannot be sliced", kind_name(v), preview(v)));
  const std::vector<Value> items = items_of(m, v);
  const auto size = static_cast<std::int64_t>(items.size());
  m.require(step);
  if (!step.is_none() && !step.is(Kind::integer)) m.fail(diag::codes::template_type, "a slice steps by an integer");
  const std::int64_t by = step.is_none() ? 1 : step.as_int();
  if (by == 0) m.fail(diag::codes::template_value, "a slice cannot step by zero");
  const std::int64_t low = by > 0 ? 0 : -1, high = by > 0 ? size : size - 1;
  const std::int64_t from = slice_bound(m, start, by > 0 ? low : high, low, high, size);
  const std::int64_t to = slice_bound(m, stop, by > 0 ? high : low, low, high, size);
  std::vector<Value> out;
  for (std::int64_t i = from; by > 0 ? i < to : i > to;) {
    out.push_back(items[static_cast<std::size_t>(i)]);
    if (__builtin_add_overflow(i, by, &i)) break;
  }
  if (!v.is_string()) return v.is(Kind::tuple) ? Value::tuple(std::move(out)) : Value::list(std::move(out));
  std::string text;
  for (const Value& c : out) text += c.as_string();
  return m.make_string(std::move(text), v.is_safe());
}

}  // namespace factpress::tmpl
