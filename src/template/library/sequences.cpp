// Filters of lists and maps.
#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/template.h"
#include "template/library/support.h"

namespace factpress::tmpl {

namespace {

struct Group final : Object {
  Group(Value k, std::vector<Value> l) : key(std::move(k)), members(Value::list(std::move(l))) {
    depth = members.depth() + 1;
  }
  std::string_view type_name() const override { return "group"; }
  bool is_sequence() const override { return true; }
  std::size_t size() const override { return 2; }
  Value at(std::size_t i) const override { return i == 0 ? key : members; }
  Value get(std::string_view n) const override { return n == "grouper" ? key : n == "list" ? members : Value::missing(); }
  std::vector<std::string_view> names() const override { return {"grouper", "list"}; }
  Value key, members;
};

// Items keyed once; compared as Jinja does, strings without regard to case unless asked.
struct Keyed {
  Value key, item;
};

Value sort_key(const Call& c, const Value& item, const Value& attribute) {
  if (!attribute.is_string()) return follow(c, item, attribute);
  if (attribute.as_string().find(',') == std::string_view::npos) return follow(c, item, attribute);
  std::vector<Value> keys;
  for (const auto part : split(attribute.as_string(), ',')) keys.push_back(follow(c, item, Value::string_ref(trim(part))));
  return Value::list(std::move(keys));
}

std::vector<Keyed> keyed_items(const Call& c, const Value& attribute) {
  std::vector<Keyed> out;
  for (Value& item : c.items(0)) {
    Value key = attribute.is_none() || attribute.is_missing() ? item : sort_key(c, item, attribute);
    out.push_back({std::move(key), std::move(item)});
  }
  return out;
}

void sort_keyed(const Call& c, std::vector<Keyed>& items, bool case_sensitive, bool reverse) {
  c.work(items.size() * 20);
  for (const Keyed& k : items) c.machine().require(k.key);
  std::stable_sort(items.begin(), items.end(), [&](const Keyed& a, const Keyed& b) {
    c.work(1);
    const int o = order(c.machine(), a.key, b.key, case_sensitive);
    return reverse ? o > 0 : o < 0;
  });
}

Value list_of(const Call& c, std::vector<Keyed> keyed) {
  std::vector<Value> out;
  for (auto& k : keyed) out.push_back(std::move(k.item));
  return c.machine().make_list(std::move(out));
}

Value arg_or_none(const Call& c, std::size_t i) { return c.given(i) ? c[i] : Value::none(); }

Value folded(const Value& v, bool case_sensitive) {
  return v.is_string() && !case_sensitive ? Value::string(lower(v.as_string())) : v;
}

Value do_unique(Call& c) {
  const bool sensitive = c.truth(1, false);
  Map seen;
  std::vector<Value> out;
  for (auto& [key, item] : keyed_items(c, arg_or_none(c, 2))) {
    c.machine().require(key);
    if (key.is(Kind::list) || key.is(Kind::map)) c.fail_type(fmt::format("a {} cannot be told apart from others: {}", kind_name(key), preview(key)));
    c.machine().check_tree(key);
    Value k = folded(key, sensitive);
    if (seen.find(k)) continue;
    seen.set(std::move(k), Value::none());
    out.push_back(std::move(item));
  }
  return c.machine().make_list(std::move(out));
}

Value extreme(Call& c, int sign) {
  auto items = keyed_items(c, arg_or_none(c, 2));
  if (items.empty()) return Value::undefined("the extreme of an empty list");
  const bool sensitive = c.truth(1, false);
  std::size_t best = 0;
  c.machine().require(items[0].key);
  for (std::size_t i = 1; i < items.size(); ++i)
    if (order(c.machine(), items[i].key, items[best].key, sensitive) * sign > 0) best = i;
  return items[best].item;
}

Value do_groupby(Call& c) {
  std::vector<Keyed> items;
  for (Value& item : c.items(0)) {
    Value key = follow(c, item, c[1], c.given(2) ? c[2] : Value::missing());
    items.push_back({std::move(key), std::move(item)});
  }
  const bool sensitive = c.truth(3, false);
  sort_keyed(c, items, sensitive, false);
  std::vector<Value> out;
  for (std::size_t i = 0; i < items.size();) {
    std::size_t end = i;
    std::vector<Value> members;
    while (end < items.size() && order(c.machine(), items[i].key, items[end].key, sensitive) == 0) members.push_back(items[end++].item);
    c.charge(members.size() * sizeof(Value) + 64);
    out.push_back(Value::object(new Group(items[i].key, std::move(members))));
    i = end;
  }
  return c.machine().make_list(std::move(out));
}

Value do_batch(Call& c) {
  const std::int64_t n = c.integer(1);
  if (n < 1) c.fail_value(fmt::format("a batch holds at least one item, not {}", n));
  std::vector<Value> out, row;
  for (Value& item : c.items(0)) {
    row.push_back(std::move(item));
    if (static_cast<std::int64_t>(row.size()) == n) out.push_back(c.machine().make_list(std::exchange(row, {})));
  }
  if (!row.empty()) {
    if (c.given(2) && !c[2].is_none()) {
      c.charge(static_cast<std::size_t>(n) * sizeof(Value));
      while (static_cast<std::int64_t>(row.size()) < n) row.push_back(c[2]);
    }
    out.push_back(c.machine().make_list(std::move(row)));
  }
  return c.machine().make_list(std::move(out));
}

Value do_slice(Call& c) {
  const std::int64_t n = c.integer(1);
  if (n < 1) c.fail_value(fmt::format("a list is sliced into at least one part, not {}", n));
  const auto items = c.items(0);
  const auto parts = static_cast<std::size_t>(n);
  c.charge(parts * 64);
  const std::size_t each = items.size() / parts, extra = items.size() % parts;
  std::vector<Value> out;
  std::size_t at = 0;
  for (std::size_t i = 0; i < parts; ++i) {
    const std::size_t take = each + (i < extra ? 1 : 0);
    std::vector<Value> part(items.begin() + static_cast<std::ptrdiff_t>(at), items.begin() + static_cast<std::ptrdiff_t>(at + take));
    at += take;
    if (c.given(2) && !c[2].is_none() && i >= extra) part.push_back(c[2]);
    out.push_back(c.machine().make_list(std::move(part)));
  }
  return c.machine().make_list(std::move(out));
}

Value do_join(Call& c) {
  auto items = c.items(0);
  if (c.given(2) && !c[2].is_none())
    for (Value& v : items) v = follow(c, v, c[2]);
  bool safe = c.given(1) && is_marked(c[1]);
  for (const Value& v : items) {
    c.machine().require(v);
    c.machine().check_tree(v);
    safe = safe || is_marked(v);
  }
  safe = safe && c.machine().format() != Format::text;
  const std::string d = !c.given(1) ? "" : safe ? escaped_text(c, c[1]) : c.text(1);
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i) out += d;
    if (safe) out += escaped_text(c, items[i]);
    else append_text(out, items[i]);
    c.machine().check_string(out.size());
  }
  return text_value(c, std::move(out), safe);
}

Value do_map(Call& c) {
  std::vector<Value> out;
  std::span<std::pair<std::string_view, Value>> named = c.named();
  const auto named_value = [&](std::string_view n) -> const Value* {
    for (const auto& [k, v] : named)
      if (k == n) return &v;
    return nullptr;
  };
  if (const Value* attribute = named_value("attribute"); attribute && c.rest().empty()) {
    for (const auto& [k, _] : named)
      if (k != "attribute" && k != "default") c.machine().fail(diag::codes::template_arguments, fmt::format("map has no argument '{}'", k));
    const Value* fallback = named_value("default");
    for (const Value& item : c.items(0)) out.push_back(follow(c, item, *attribute, fallback ? *fallback : Value::missing()));
    return c.machine().make_list(std::move(out));
  }
  if (c.rest().empty()) c.machine().fail(diag::codes::template_arguments, "map needs the name of a filter, or attribute=");
  const Builtin& f = filter_named(c, c.rest()[0]);
  for (const Value& item : c.items(0)) {
    std::vector<Value> args{item};
    args.insert(args.end(), c.rest().begin() + 1, c.rest().end());
    std::vector<std::pair<std::string_view, Value>> kw(named.begin(), named.end());
    out.push_back(c.machine().call_builtin(f, args, kw));
  }
  return c.machine().make_list(std::move(out));
}

// select, reject (by_attribute false); selectattr, rejectattr (true).
Value choose(Call& c, bool by_attribute, bool wanted) {
  std::span<Value> rest = c.rest();
  Value path;
  if (by_attribute) {
    if (rest.empty()) c.machine().fail(diag::codes::template_arguments, "the name of an attribute is missing");
    path = rest[0];
    rest = rest.subspan(1);
  }
  const Builtin* test = rest.empty() ? nullptr : &test_named(c, rest[0]);
  std::vector<Value> out;
  for (Value& item : c.items(0)) {
    const Value subject = by_attribute ? follow(c, item, path) : item;
    bool passes;
    if (!test) {
      passes = c.machine().truth(subject);
    } else {
      std::vector<Value> args{subject};
      args.insert(args.end(), rest.begin() + 1, rest.end());
      std::vector<std::pair<std::string_view, Value>> kw(c.named().begin(), c.named().end());
      passes = c.machine().truth(c.machine().call_builtin(*test, args, kw));
    }
    if (passes == wanted) out.push_back(std::move(item));
  }
  return c.machine().make_list(std::move(out));
}

Value do_sum(Call& c) {
  Value total = c.given(2) ? c[2] : Value::integer(0);
  for (const Value& item : c.items(0)) total = binary(c.machine(), Op::add, total, c.given(1) && !c[1].is_none() ? follow(c, item, c[1]) : item);
  return total;
}

std::vector<std::pair<Value, Value>> entries(const Call& c, const Value& v) {
  if (v.is(Kind::map)) {
    c.charge(v.as_map().items.size() * 2 * sizeof(Value));
    return v.as_map().items;
  }
  std::vector<std::pair<Value, Value>> out;
  if (v.is(Kind::structure) || (v.is(Kind::object) && v.as_object().is_mapping()))
    for (const auto name : attribute_names(v)) out.emplace_back(Value::string_ref(name), attribute(v, name));
  else c.fail_type(fmt::format("a map is needed here, not {} {}", kind_name(v), preview(v)));
  return out;
}

Value pairs(const Call& c, std::vector<std::pair<Value, Value>> all) {
  std::vector<Value> out;
  for (auto& [k, v] : all) out.push_back(Value::tuple({std::move(k), std::move(v)}));
  return c.machine().make_list(std::move(out));
}

Value do_dictsort(Call& c) {
  auto all = entries(c, c[0]);
  const std::string by = c.text(2, "key");
  if (by != "key" && by != "value") c.fail_value("dictsort sorts by 'key' or by 'value'");
  std::vector<Keyed> keyed;
  for (auto& [k, v] : all) {
    Value key = by == "key" ? k : v;
    keyed.push_back({std::move(key), Value::tuple({std::move(k), std::move(v)})});
  }
  sort_keyed(c, keyed, c.truth(1, false), c.truth(3, false));
  return list_of(c, std::move(keyed));
}

Value do_length(Call& c) {
  const Value& v = c[0];
  if (v.is_string()) return Value::integer(static_cast<std::int64_t>(count_code_points(v.as_string())));
  if (!indexable(v)) c.fail_type(fmt::format("{} {} has no length", kind_name(v), preview(v)));
  return Value::integer(static_cast<std::int64_t>(item_count(v)));
}

Value do_reverse(Call& c) {
  auto items = c.items(0);
  std::reverse(items.begin(), items.end());
  if (!c[0].is_string()) return c.machine().make_list(std::move(items));
  std::string out;
  for (const Value& v : items) out += v.as_string();
  return text_value(c, std::move(out), is_marked(c[0]));
}

}  // namespace

Value follow(const Call& c, const Value& item, const Value& path, const Value& fallback) {
  Value at = item;
  if (path.is(Kind::integer)) {
    at = c.machine().get_item(at, path);
  } else if (path.is_string() && !path.as_string().empty() && path.as_string().find_first_of(".0123456789") == std::string_view::npos) {
    at = c.machine().get_attribute(at, path.as_string());
    if (at.is_undefined() && !fallback.is_missing()) return fallback;
  } else if (path.is_string()) {
    for (const auto part : split(path.as_string(), '.')) {
      const bool index = !part.empty() && part.size() < 10 && std::all_of(part.begin(), part.end(), is_digit);
      at = index ? c.machine().get_item(at, Value::integer(std::stoll(std::string(part)))) : c.machine().get_attribute(at, part);
      if (at.is_undefined() && !fallback.is_missing()) return fallback;
    }
  } else {
    c.fail_type(fmt::format("the name of an attribute is a string or a number, not {}", preview(path)));
  }
  return at;
}

const Builtin& test_named(const Call& c, const Value& name) {
  const auto& env = c.machine().environment();
  const auto b = name.is_string() ? env.test(name.as_string()) : nullptr;
  if (!b) {
    const auto near = name.is_string() ? env.nearest_test(name.as_string()) : "";
    c.machine().fail(diag::codes::template_unknown_name, fmt::format("there is no test {}", preview(name)), near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  }
  return *b;
}

const Builtin& filter_named(const Call& c, const Value& name) {
  const auto& env = c.machine().environment();
  const auto b = name.is_string() ? env.filter(name.as_string()) : nullptr;
  if (!b) {
    const auto near = name.is_string() ? env.nearest_filter(name.as_string()) : "";
    c.machine().fail(diag::codes::template_unknown_name, fmt::format("there is no filter {}", preview(name)), near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  }
  return *b;
}

std::string escaped_text(const Call& c, const Value& v) {
  c.machine().require(v);
  if (is_marked(v)) return std::string(v.as_string());
  std::string out;
  append_escaped(out, c.machine().format() == Format::json ? std::string_view() : std::string_view(to_text(v)), markup_format(c));
  if (c.machine().format() == Format::json) append_escaped(out, v, Format::json);
  return out;
}

void add_sequence_filters(BuiltinMap& f) {
  add(f, "length", "value", do_length);
  alias(f, "count", "length");
  add(f, "first", "value", [](Call& c) {
    if (indexable(c[0])) return item_count(c[0]) ? item_at(c[0], 0) : Value::undefined("the first item of an empty list");
    const auto items = c.items(0);
    return items.empty() ? Value::undefined("the first character of an empty string") : items.front();
  });
  add(f, "last", "value", [](Call& c) {
    if (indexable(c[0])) return item_count(c[0]) ? item_at(c[0], item_count(c[0]) - 1) : Value::undefined("the last item of an empty list");
    const auto items = c.items(0);
    return items.empty() ? Value::undefined("the last character of an empty string") : items.back();
  });
  add(f, "list", "value", [](Call& c) { return Value::list(c.items(0)); });
  add(f, "reverse", "value", do_reverse);
  add(f, "sort", "value, reverse=, case_sensitive=, attribute=", [](Call& c) {
    auto items = keyed_items(c, arg_or_none(c, 3));
    sort_keyed(c, items, c.truth(2, false), c.truth(1, false));
    return list_of(c, std::move(items));
  });
  add(f, "unique", "value, case_sensitive=, attribute=", do_unique);
  add(f, "min", "value, case_sensitive=, attribute=", [](Call& c) { return extreme(c, -1); });
  add(f, "max", "value, case_sensitive=, attribute=", [](Call& c) { return extreme(c, 1); });
  add(f, "groupby", "value, attribute, default=, case_sensitive=", do_groupby);
  add(f, "batch", "value, linecount, fill_with=", do_batch);
  add(f, "slice", "value, slices, fill_with=", do_slice);
  add(f, "join", "value, d=, attribute=", do_join);
  add(f, "map", "value, *, **", do_map);
  add(f, "select", "value, *, **", [](Call& c) { return choose(c, false, true); });
  add(f, "reject", "value, *, **", [](Call& c) { return choose(c, false, false); });
  add(f, "selectattr", "value, *, **", [](Call& c) { return choose(c, true, true); });
  add(f, "rejectattr", "value, *, **", [](Call& c) { return choose(c, true, false); });
  add(f, "sum", "value, attribute=, start=", do_sum);
  add(f, "items", "?value", [](Call& c) { return c[0].is_undefined() ? Value::list({}) : pairs(c, entries(c, c[0])); });
  add(f, "dictsort", "value, case_sensitive=, by=, reverse=", do_dictsort);
  add(f, "random", "value", [](Call& c) -> Value {
    c.machine().fail(diag::codes::template_random, "'random' would make the output differ from run to run", "choose by a rule: first, last, an index");
  });
}

}  // namespace factpress::tmpl
