// Global functions: range, dict, namespace, cycler, joiner.
#include <fmt/core.h>

#include "diag/codes/template.h"
#include "template/library/support.h"
#include "template/machine_objects.h"

namespace factpress::tmpl {

namespace {

Value do_range(Call& c) {
  const std::int64_t start = c.given(1) ? c.integer(0) : 0, stop = c.given(1) ? c.integer(1) : c.integer(0), step = c.integer(2, 1);
  if (step == 0) c.fail_value("range cannot step by zero");
  const bool empty = step > 0 ? start >= stop : start <= stop;
  const auto span = empty ? 0 : step > 0 ? static_cast<std::uint64_t>(stop) - static_cast<std::uint64_t>(start)
                                         : static_cast<std::uint64_t>(start) - static_cast<std::uint64_t>(stop);
  const std::uint64_t by = step > 0 ? static_cast<std::uint64_t>(step) : ~static_cast<std::uint64_t>(step) + 1;
  const std::uint64_t n = span / by + (span % by ? 1 : 0);
  if (n > c.machine().limits().range)
    c.machine().fail(diag::codes::template_limit, fmt::format("a range of {} items is longer than {}", n, c.machine().limits().range));
  std::vector<Value> out;
  c.charge(n * sizeof(Value));
  out.reserve(n);
  for (std::uint64_t i = 0; i < n; ++i) out.push_back(Value::integer(static_cast<std::int64_t>(static_cast<std::uint64_t>(start) + i * static_cast<std::uint64_t>(step))));
  return Value::list(std::move(out));
}

std::vector<std::pair<Value, Value>> entries(const Call& c) {
  std::vector<std::pair<Value, Value>> out;
  if (c.given(0)) {
    if (c[0].is(Kind::map)) out = c[0].as_map().items;
    else
      for (const Value& item : c.items(0)) {
        const auto two = items_of(c.machine(), item);
        if (two.size() != 2) c.fail_value("dict takes a map or pairs of keys and values");
        out.emplace_back(two[0], two[1]);
      }
  }
  for (const auto& [k, v] : c.named()) out.emplace_back(Value::string(k), v);
  c.charge(out.size() * 3 * sizeof(Value));
  return out;
}

class Cycler final : public Object {
 public:
  explicit Cycler(std::vector<Value> items) : items_(std::move(items)) {
    for (const Value& v : items_) depth = std::max(depth, v.depth() + 1);
  }
  std::string_view type_name() const override { return "cycler"; }
  Value get(std::string_view name) const override { return name == "current" ? items_[at_] : Value::missing(); }
  std::vector<std::string_view> names() const override { return {"current", "next", "reset"}; }
  Value call_method(Machine&, std::string_view name, const Arguments&) const override {
    if (name == "reset") return at_ = 0, Value::none();
    if (name != "next") return Value::missing();
    const std::size_t now = std::exchange(at_, (at_ + 1) % items_.size());
    return items_[now];
  }

 private:
  std::vector<Value> items_;
  mutable std::size_t at_ = 0;
};

class Joiner final : public Object {
 public:
  explicit Joiner(Value separator) : separator_(std::move(separator)) {}
  std::string_view type_name() const override { return "joiner"; }
  bool is_callable() const override { return true; }
  Value call(Machine&, const Arguments&) const override { return std::exchange(used_, true) ? separator_ : Value::string(""); }

 private:
  Value separator_;
  mutable bool used_ = false;
};

Value do_namespace(Call& c) {
  auto* ns = new NamespaceObject;
  Value v = Value::object(ns);
  c.machine().remember(ns);
  ns->attributes.reserve(c.named().size());
  if (c.given(0)) {
    for (auto& [k, e] : entries(c)) {
      if (!k.is_string()) c.fail_type("the attributes of a namespace have names");
      ns->set(k.as_string(), std::move(e));
    }
    return v;
  }
  c.charge(c.named().size() * 3 * sizeof(Value));
  for (auto& [k, e] : c.named()) ns->set(k, std::move(e));
  return v;
}

}  // namespace

void add_standard_functions(BuiltinMap& f) {
  add(f, "range", "start, stop=, step=", do_range);
  add(f, "dict", "value=, **", [](Call& c) { return Value::map(entries(c)); });
  add(f, "namespace", "value=, **", do_namespace);
  add(f, "cycler", "*", [](Call& c) {
    if (c.rest().empty()) c.machine().fail(diag::codes::template_arguments, "cycler needs items to cycle among");
    c.charge(c.rest().size() * sizeof(Value));
    return Value::object(new Cycler({c.rest().begin(), c.rest().end()}));
  });
  add(f, "joiner", "sep=", [](Call& c) { return Value::object(new Joiner(c.given(0) ? c[0] : Value::string(", "))); });
}

}  // namespace factpress::tmpl
