// Tests: what follows "is".
#include <fmt/core.h>

#include "template/case_map.h"
#include "template/library/support.h"
#include "template/machine_objects.h"

namespace factpress::tmpl {

namespace {

template <class F>
Function predicate(F f) {
  return [f](Call& c) { return Value::boolean(f(c[0])); };
}

Function comparison(Op op) {
  return [op](Call& c) { return Value::boolean(compare(c.machine(), op, c[0], c[1])); };
}

std::int64_t whole(const Call& c, std::size_t i) {
  if (!c[i].is_number()) c.fail_type(fmt::format("an integer is needed here, not {} {}", kind_name(c[i]), preview(c[i])));
  return c.integer(i);
}

bool loopable(const Value& v) { return v.is_string() || indexable(v); }

bool same(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::list: case Kind::tuple: case Kind::map: case Kind::structure: case Kind::sequence: case Kind::object: return a.self() == b.self();
    default: return equal(a, b);
  }
}

}  // namespace

void add_standard_tests(BuiltinMap& t) {
  add(t, "defined", "?value", predicate([](const Value& v) { return !v.is_undefined(); }));
  add(t, "undefined", "?value", predicate([](const Value& v) { return v.is_undefined(); }));
  add(t, "none", "?value", predicate([](const Value& v) { return v.is_none(); }));
  add(t, "boolean", "?value", predicate([](const Value& v) { return v.is(Kind::boolean); }));
  add(t, "true", "?value", predicate([](const Value& v) { return v.is(Kind::boolean) && v.as_bool(); }));
  add(t, "false", "?value", predicate([](const Value& v) { return v.is(Kind::boolean) && !v.as_bool(); }));
  add(t, "integer", "?value", predicate([](const Value& v) { return v.is(Kind::integer); }));
  add(t, "float", "?value", predicate([](const Value& v) { return v.is(Kind::decimal); }));
  alias(t, "decimal", "float");
  add(t, "number", "?value", predicate([](const Value& v) { return v.is_number(); }));
  add(t, "date", "?value", predicate([](const Value& v) { return v.is(Kind::date); }));
  add(t, "string", "?value", predicate([](const Value& v) { return v.is_string(); }));
  add(t, "mapping", "?value", predicate([](const Value& v) {
        return v.is(Kind::map) || v.is(Kind::structure) || (v.is(Kind::object) && v.as_object().is_mapping());
      }));
  add(t, "sequence", "value", predicate(loopable));
  add(t, "iterable", "value", predicate(loopable));
  add(t, "callable", "?value", predicate([](const Value& v) { return v.is(Kind::object) && v.as_object().is_callable(); }));
  add(t, "odd", "value", [](Call& c) { return Value::boolean(whole(c, 0) % 2 != 0); });
  add(t, "even", "value", [](Call& c) { return Value::boolean(whole(c, 0) % 2 == 0); });
  add(t, "divisibleby", "value, num", [](Call& c) {
    return Value::boolean(c.machine().truth(Value::boolean(equal(binary(c.machine(), Op::mod, c[0], c[1]), Value::integer(0)))));
  });
  add(t, "sameas", "?value, ?other", [](Call& c) { return Value::boolean(same(c[0], c[1])); });
  add(t, "lower", "value", [](Call& c) { const std::string s = c.text(0); return Value::boolean(lower_text(s) == s && upper_text(s) != s); });
  add(t, "upper", "value", [](Call& c) { const std::string s = c.text(0); return Value::boolean(upper_text(s) == s && lower_text(s) != s); });
  add(t, "escaped", "?value", predicate([](const Value& v) { return v.is_string() && v.is_safe(); }));
  add(t, "in", "value, seq", comparison(Op::in));
  add(t, "eq", "value, other", comparison(Op::eq));
  for (const auto name : {"equalto", "=="}) alias(t, name, "eq");
  add(t, "ne", "value, other", comparison(Op::ne));
  alias(t, "!=", "ne");
  add(t, "lt", "value, other", comparison(Op::lt));
  for (const auto name : {"lessthan", "<"}) alias(t, name, "lt");
  add(t, "le", "value, other", comparison(Op::le));
  alias(t, "<=", "le");
  add(t, "gt", "value, other", comparison(Op::gt));
  for (const auto name : {"greaterthan", ">"}) alias(t, name, "gt");
  add(t, "ge", "value, other", comparison(Op::ge));
  alias(t, ">=", "ge");
  add(t, "filter", "value", [](Call& c) { return Value::boolean(c.machine().environment().filter(c.text(0)) != nullptr); });
  add(t, "test", "value", [](Call& c) { return Value::boolean(c.machine().environment().test(c.text(0)) != nullptr); });
}

}  // namespace factpress::tmpl
