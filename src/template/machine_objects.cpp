#include "template/machine_objects.h"

#include <fmt/core.h>

#include "diag/codes/template.h"

namespace factpress::tmpl {

Value MacroObject::get(std::string_view name) const {
  if (name == "name") return Value::string_ref(*code_->name);
  if (name == "arguments") {
    std::vector<Value> out;
    for (const auto& p : code_->params) out.push_back(Value::string_ref(*p.name));
    return Value::tuple(std::move(out));
  }
  if (name == "caller") return Value::boolean(code_->caller_slot != no_slot);
  if (name == "catch_kwargs") return Value::boolean(code_->kwargs_slot != no_slot);
  if (name == "catch_varargs") return Value::boolean(code_->varargs_slot != no_slot);
  return Value::missing();
}

Value LoopObject::get(std::string_view name) const {
  const auto number = [](std::size_t n) { return Value::integer(static_cast<std::int64_t>(n)); };
  switch (name.size()) {
    case 4: if (name == "last") return Value::boolean(next == count); break;
    case 5:
      if (name == "index") return number(next);
      if (name == "first") return Value::boolean(next == 1);
      if (name == "depth") return number(depth + 1);
      break;
    case 6:
      if (name == "index0") return number(next - 1);
      if (name == "length") return number(count);
      if (name == "depth0") return number(depth);
      break;
    case 8:
      if (name == "revindex") return number(count - next + 1);
      if (name == "previtem") return next >= 2 ? item_at(source, next - 2) : Value::undefined("there is no previous item");
      if (name == "nextitem") return next < count ? item_at(source, next) : Value::undefined("there is no next item");
      break;
    case 9: if (name == "revindex0") return number(count - next); break;
    default: break;
  }
  return Value::missing();
}

Value LoopObject::call_method(Machine& m, std::string_view name, const Arguments& args) const {
  if (name == "cycle") {
    if (args.positional.empty() || !args.named.empty()) m.fail(diag::codes::template_arguments, "loop.cycle needs items to cycle among");
    return args.positional[(next - 1) % args.positional.size()];
  }
  if (name == "changed") {
    Value now = Value::tuple({args.positional.begin(), args.positional.end()});
    m.check_tree(now);
    for (const Value& v : args.positional) m.require(v);
    const bool same = !last_changed.is_missing() && equal(last_changed, now);
    last_changed = std::move(now);
    return Value::boolean(!same);
  }
  return Value::missing();
}

Value ModuleObject::get(std::string_view name) const {
  if (name.starts_with('_')) return Value::missing();
  for (const auto& [n, v] : context->vars)
    if (*n == name) return v;
  return Value::missing();
}

std::vector<std::string_view> ModuleObject::names() const {
  std::vector<std::string_view> out;
  for (const auto& [n, _] : context->vars)
    if (!n->starts_with('_')) out.push_back(*n);
  return out;
}

Value NamespaceObject::get(std::string_view name) const {
  for (const auto& [n, v] : attributes)
    if (n == name) return v;
  return Value::missing();
}

std::vector<std::string_view> NamespaceObject::names() const {
  std::vector<std::string_view> out;
  for (const auto& [n, _] : attributes) out.push_back(n);
  return out;
}

void NamespaceObject::set(std::string_view name, Value v) const {
  for (auto& [n, old] : attributes)
    if (n == name) {
      old = std::move(v);
      return;
    }
  attributes.emplace_back(std::string(name), std::move(v));
}

Value SuperObject::get(std::string_view name) const {
  if (name == "super") return Value::object(new SuperObject(block_, level_ + 1, context_));
  return Value::missing();
}

Value SelfObject::get(std::string_view name) const {
  for (const BlockEntry& e : *context_->blocks)
    if (*e.name == name) return Value::object(new SuperObject(e.name, 0, context_));
  return Value::missing();
}

std::vector<std::string_view> SelfObject::names() const {
  std::vector<std::string_view> out;
  for (const BlockEntry& e : *context_->blocks) out.push_back(*e.name);
  return out;
}

}  // namespace factpress::tmpl
