// Calls: of macros, C++ functions, methods, filters and tests; binding of arguments.
#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/template.h"
#include "template/machine_objects.h"
#include "template/methods.h"
#include "template/operators.h"
#include "template/reflect.h"

namespace factpress::tmpl {

/// The arguments of a call on top of the stack, with * and ** spread out. The subject lies below them.
struct Machine::CallArguments {
  CallArguments(Machine& m, const CallSite& site) : machine(m) {
    count = site.positional + site.star + site.named.size() + site.double_star;
    Value* at = m.sp_ - count;
    if (!site.star && !site.double_star) {
      positional = {at, site.positional};
      if (!site.named.empty()) {
        named_storage.reserve(site.named.size());
        for (std::size_t i = 0; i < site.named.size(); ++i) named_storage.emplace_back(site.named[i], std::move(at[site.positional + i]));
      }
      return;
    }
    positional_storage.assign(at, at + site.positional);
    at += site.positional;
    if (site.star) {
      const std::vector<Value> more = items_of(m, *at++);
      if (more.size() > 1000) m.fail(diag::codes::template_limit, "more than 1000 arguments");
      positional_storage.insert(positional_storage.end(), more.begin(), more.end());
    }
    positional = positional_storage;
    for (const auto name : site.named) named_storage.emplace_back(name, std::move(*at++));
    if (site.double_star) spread_names(*at);
  }

  void spread_names(const Value& v) {
    machine.require(v);
    if (!v.is(Kind::map)) machine.fail(diag::codes::template_type, fmt::format("** needs a map, not {} {}", kind_name(v), preview(v)));
    keep_map = v;
    for (const auto& [k, e] : keep_map.as_map().items) {
      if (!k.is_string()) machine.fail(diag::codes::template_type, fmt::format("** needs names as keys, not {}", preview(k)));
      for (const auto& [n, _] : named_storage)
        if (n == k.as_string()) machine.fail(diag::codes::template_arguments, fmt::format("the argument '{}' is given twice", n));
      named_storage.emplace_back(k.as_string(), e);
    }
  }

  Machine& machine;
  std::size_t count = 0;
  std::span<Value> positional;
  std::vector<Value> positional_storage;
  std::vector<std::pair<std::string_view, Value>> named_storage;
  Value keep_map;
};

// A macro that is called with plain positions only: it can run over the arguments where they lie.
const MacroObject* Machine::macro_over(const Value& callee, const CallSite& site) {
  if (!callee.is(Kind::object) || !site.positions_only()) return nullptr;
  const MacroObject* macro = callee.as_object().as_macro();
  return macro && site.positional <= macro->code_->params.size() ? macro : nullptr;
}

void Machine::do_call(const Instr& i) {
  const CallSite& site = frame_->t->calls[i.c];
  if (const MacroObject* macro = macro_over(sp_[-site.positional - 1], site)) {
    begin_capture();
    run_macro(*macro, site.positional);
    top() = end_capture(macro->code_->format);
    return;
  }
  CallArguments args(*this, site);
  Value result = call_value(sp_[-static_cast<std::ptrdiff_t>(args.count) - 1], {args.positional, args.named_storage});
  drop(args.count);
  top() = std::move(result);
}

// What a macro writes as markup is printed as it is: it may write to where it will be printed.
void Machine::emit_call(const Instr& i) {
  const auto format = static_cast<Format>(i.x);
  const auto is_markup = [](Format f) { return f == Format::html || f == Format::xml; };
  const CallSite& site = frame_->t->calls[i.c];
  const MacroObject* macro = macro_over(sp_[-site.positional - 1], site);
  if (macro && is_markup(format) && is_markup(macro->code_->format)) {
    const std::size_t before = out_->size();
    run_macro(*macro, site.positional);
    check_string(out_->size() - before);
    charge(out_->size() - before);
  } else {
    do_call(i);
    emit_value(top(), format);
  }
  drop();
}

namespace {

const Builtin* method_at(const CallSite& site, const Value& receiver) {
  if (receiver.is_string()) return site.string_method;
  if (receiver.is_sequence()) return site.list_method;
  return receiver.is(Kind::map) ? site.map_method : nullptr;
}

}  // namespace

void Machine::do_call_method(const Instr& i) {
  const CallSite& site = frame_->t->calls[i.c];
  const Name name = frame_->t->names[i.b];
  if (site.positions_only()) {
    const std::size_t count = site.positional + 1U;
    const Value& receiver = *(sp_ - count);
    if (const Builtin* method = method_at(site, receiver)) {  // receiver and arguments are used where they lie
      Value result = call_builtin(*method, {sp_ - count, count}, {});
      drop(site.positional);
      top() = std::move(result);
      return;
    }
  }
  CallArguments args(*this, site);
  Value result = call_method(sp_[-static_cast<std::ptrdiff_t>(args.count) - 1], *name, {args.positional, args.named_storage});
  drop(args.count);
  top() = std::move(result);
}

void Machine::do_bound_filter(const Builtin& b) {
  const std::size_t n = b.params.size();
  Value result = invoke(b, {sp_ - n, n}, {}, {});
  drop(n - 1);
  top() = std::move(result);
}

void Machine::do_filter(const Instr& i) {
  const CallSite& site = frame_->t->calls[i.c];
  const Builtin& b = *frame_->t->builtins[i.b];
  if (site.positions_only()) {  // arguments are used where they lie
    Value result = call_builtin(b, {sp_ - site.positional - 1, site.positional + 1U}, {});
    drop(site.positional);
    top() = std::move(result);
    return;
  }
  CallArguments args(*this, site);
  std::vector<Value> positional{sp_[-static_cast<std::ptrdiff_t>(args.count) - 1]};
  positional.insert(positional.end(), args.positional.begin(), args.positional.end());
  Value result = call_builtin(b, positional, args.named_storage);
  drop(args.count);
  top() = std::move(result);
}

void Machine::do_test(const Instr& i) {
  do_filter(i);
  const bool b = truth(top());
  top() = Value::boolean(b != (i.x != 0));
}

void Machine::refuse_argument(const Builtin& b, std::size_t i, const Value& v) {
  if (v.is_missing()) fail(diag::codes::template_arguments, fmt::format("{}: the argument '{}' is missing", b.name, b.params[i].name));
  fail_undefined(v);
}

// The arguments are those of the signature, in its order.
Value Machine::invoke(const Builtin& b, std::span<Value> args, std::span<Value> rest, std::span<std::pair<std::string_view, Value>> named) {
  for (std::size_t i = 0; i < args.size(); ++i)
    if (args[i].is_undefined() && !(args[i].is_missing() ? b.params[i].optional : b.params[i].lenient)) [[unlikely]] refuse_argument(b, i, args[i]);
  for (const Value& v : rest) require(v);
  work(4);
  Call call(*this, args, rest, named);
  return b.function(call);
}

Value Machine::call_builtin(const Builtin& b, std::span<Value> positional, std::span<std::pair<std::string_view, Value>> named) {
  const std::size_t n = b.params.size();
  if (positional.size() == n && named.empty()) return invoke(b, positional, {}, {});
  if (positional.size() > n && !b.rest)
    fail(diag::codes::template_arguments, fmt::format("{} takes {} argument{}, not {}", b.name, n, n == 1 ? "" : "s", positional.size()));
  std::vector<Value> bound(n, Value::missing());
  std::copy_n(positional.begin(), std::min(n, positional.size()), bound.begin());
  std::vector<std::pair<std::string_view, Value>> others;
  for (auto& [key, v] : named) {
    const std::string_view name = key;  // clang 14 lets no lambda see a structured binding
    const auto it = std::find_if(b.params.begin(), b.params.end(), [&](const auto& p) { return p.name == name; });
    if (it != b.params.end()) {
      Value& slot = bound[static_cast<std::size_t>(it - b.params.begin())];
      if (!slot.is_missing()) fail(diag::codes::template_arguments, fmt::format("{}: the argument '{}' is given twice", b.name, name));
      slot = v;
    } else if (b.named) {
      others.emplace_back(name, v);
    } else {
      std::vector<std::string_view> known;
      for (const auto& p : b.params) known.push_back(p.name);
      const auto near = nearest_name(name, known);
      fail(diag::codes::template_arguments, fmt::format("{} has no argument '{}'", b.name, name), near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    }
  }
  return invoke(b, bound, positional.size() > n ? positional.subspan(n) : std::span<Value>{}, others);
}

Value Machine::call_value(const Value& callee, const Arguments& args) {
  require(callee);
  if (callee.is(Kind::object) && callee.as_object().is_callable()) {
    const Value keep = callee;  // the call may replace the variable that holds it
    return keep.as_object().call(*this, args);
  }
  fail(diag::codes::template_type, fmt::format("{} {} cannot be called", kind_name(callee), preview(callee)));
}

Value Machine::call_method(const Value& receiver, std::string_view name, const Arguments& args) {
  require(receiver);
  if (receiver.is(Kind::object)) {
    const Value keep = receiver;
    Value result = keep.as_object().call_method(*this, name, args);
    if (!result.is_missing()) return result;
  }
  if (const Builtin* method = find_method(receiver.kind(), name)) {
    std::vector<Value> positional{receiver};
    positional.insert(positional.end(), args.positional.begin(), args.positional.end());
    return call_builtin(*method, positional, args.named);
  }
  const Value callee = get_attribute(receiver, name);
  if (callee.is_undefined()) {
    std::vector<std::string_view> known = method_names(receiver);
    for (const auto n : attribute_names(receiver)) known.push_back(n);
    const auto near = nearest_name(name, known);
    fail(diag::codes::template_undefined, fmt::format("{} {} has no method '{}'", kind_name(receiver), preview(receiver), name),
         near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  }
  return call_value(callee, args);
}

/// What a macro is given beyond its parameters.
struct Machine::MacroRest {
  std::vector<Value> varargs;
  std::vector<std::pair<Value, Value>> kwargs;
  Value caller = Value::missing();
};

Value Machine::call_macro(const MacroObject& macro, const Arguments& args) {
  const Code& code = *macro.code_;
  const std::size_t n = code.params.size();
  MacroRest rest;
  std::vector<Value> bound(n, Value::missing());
  for (std::size_t i = 0; i < args.positional.size(); ++i) {
    if (i < n) bound[i] = args.positional[i];
    else rest.varargs.push_back(args.positional[i]);
  }
  if (!rest.varargs.empty() && code.varargs_slot == no_slot)
    fail(diag::codes::template_arguments, fmt::format("the macro '{}' takes {} argument{}, not {}", *code.name, n, n == 1 ? "" : "s", args.positional.size()));
  for (auto& [name, v] : args.named) {
    const auto it = std::find_if(code.params.begin(), code.params.end(), [&, &wanted = name](const auto& p) { return *p.name == wanted; });
    if (it != code.params.end()) {
      Value& slot = bound[static_cast<std::size_t>(it - code.params.begin())];
      if (!slot.is_missing()) fail(diag::codes::template_arguments, fmt::format("the macro '{}' gets the argument '{}' twice", *code.name, name));
      slot = v;
    } else if (name == "caller" && code.caller_slot != no_slot) {
      rest.caller = v;
    } else if (code.kwargs_slot != no_slot) {
      rest.kwargs.emplace_back(Value::string(name), v);
    } else {
      std::vector<std::string_view> known;
      for (const auto& p : code.params) known.push_back(*p.name);
      const auto near = nearest_name(name, known);
      fail(diag::codes::template_arguments,
           name == "caller" ? fmt::format("the macro '{}' is called with a body, but does not use caller()", *code.name)
                            : fmt::format("the macro '{}' has no argument '{}'", *code.name, name),
           near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    }
  }
  begin_capture();
  for (Value& v : bound) push(std::move(v));
  run_macro(macro, n, &rest);
  return end_capture(code.format);
}

// The arguments, `given` of them, lie on the stack, those that a name or nothing was given for as missing ones; they are gone after.
void Machine::run_macro(const MacroObject& macro, std::size_t given, MacroRest* rest) {
  const Code& code = *macro.code_;
  Frame f;
  f.t = macro.t_, f.code = &code, f.context = macro.context_, f.macro = &macro;
  enter(f, given);
  for (std::size_t i = 0; i < code.params.size(); ++i) {
    check_depth(f.slots[i]);
    if (f.slots[i].is_missing() && !code.params[i].optional) f.slots[i] = Value::undefined(*code.params[i].name);
  }
  if (code.caller_slot != no_slot && rest) f.slots[code.caller_slot] = std::move(rest->caller);
  if (code.varargs_slot != no_slot) f.slots[code.varargs_slot] = Value::tuple(rest ? std::move(rest->varargs) : std::vector<Value>());
  if (code.kwargs_slot != no_slot) f.slots[code.kwargs_slot] = Value::map(rest ? std::move(rest->kwargs) : std::vector<std::pair<Value, Value>>());
  for (const Code::Capture& capture : code.captures) {
    Value& slot = f.slots[capture.inner];
    slot = macro.captured[static_cast<std::size_t>(&capture - code.captures.data())];
    if (slot.is_missing() && code.slot_names[capture.inner] == code.name && code.kind == CodeKind::macro) {
      macro.refs.fetch_add(1, std::memory_order_relaxed);
      slot = Value::object(&macro);  // a local macro that calls itself
    }
  }
  run(f);
  leave(f);
}

void Machine::make_macro(const Code* code) {
  auto* macro = new MacroObject(frame_->t, code, frame_->context);
  Value v = Value::object(macro);
  for (const auto& c : code->captures) {
    macro->captured.push_back(frame_->slots[c.outer]);
    static_cast<Counted*>(macro)->depth = std::max(static_cast<Counted*>(macro)->depth, frame_->slots[c.outer].depth() + 1);
  }
  charge(64);
  check_depth(v);
  push(std::move(v));
}

// The stack has the iterable and, above it, the loop's code as a macro. It writes where the loop stands.
void Machine::run_loop() {
  const Value macro = pop();
  Value iterable = pop();
  const auto& m = static_cast<const MacroObject&>(macro.as_object());
  Frame f;
  f.t = m.t_, f.code = m.code_, f.context = m.context_, f.macro = &m;
  enter(f);
  f.slots[0] = std::move(iterable);
  for (std::size_t i = 0; i < m.code_->captures.size(); ++i) f.slots[m.code_->captures[i].inner] = m.captured[i];
  run(f);
  leave(f);
}

Value Machine::call_loop(const LoopObject& loop, const Arguments& args) {
  if (args.positional.size() != 1 || !args.named.empty())
    fail(diag::codes::template_arguments, "loop() takes one argument: what to loop over");
  if (loop.recursion.is_missing())
    fail(diag::codes::template_type, "this loop cannot be called", "write recursive at the end of its for tag");
  const Value keep = loop.recursion;
  const std::size_t depth = loop.depth + 1;
  begin_capture();
  push(args.positional[0]);
  push(keep);
  next_loop_depth_ = depth;
  const Format format = static_cast<const MacroObject&>(keep.as_object()).code_->format;
  run_loop();
  return end_capture(format);
}

Value Machine::get_attribute(const Value& object, std::string_view name) {
  require(object);
  Value v = attribute(object, name);
  return v.is_missing() ? Value::undefined(name, object) : v;
}

Value Machine::get_item(const Value& object, const Value& key) {
  if (key.is(Kind::integer) && (object.is(Kind::list) || object.is(Kind::tuple))) {
    const auto& items = object.items();
    const std::size_t i = key.as_int() < 0 ? static_cast<std::size_t>(key.as_int()) + items.size() : static_cast<std::size_t>(key.as_int());
    return i < items.size() ? items[i] : Value::undefined(preview(key), object);
  }
  require(object);
  require(key);
  if (key.is(Kind::integer) || key.is(Kind::boolean)) {
    if (object.is(Kind::map)) {
      const Value* v = object.as_map().find(key);
      return v ? *v : Value::undefined(preview(key), object);
    }
    if (object.is_string()) {
      const std::vector<Value> items = items_of(*this, object);
      const std::int64_t i = key.as_int() < 0 ? key.as_int() + static_cast<std::int64_t>(items.size()) : key.as_int();
      return i >= 0 && i < static_cast<std::int64_t>(items.size()) ? items[static_cast<std::size_t>(i)] : Value::undefined(preview(key), object);
    }
    if (object.is_sequence() || (object.is(Kind::object) && object.as_object().is_sequence())) {
      const auto n = static_cast<std::int64_t>(item_count(object));
      const std::int64_t i = key.as_int() < 0 ? key.as_int() + n : key.as_int();
      return i >= 0 && i < n ? item_at(object, static_cast<std::size_t>(i)) : Value::undefined(preview(key), object);
    }
    return Value::undefined(preview(key), object);
  }
  if (object.is(Kind::map)) {
    check_tree(key);
    const Value* v = object.as_map().find(key);
    return v ? *v : Value::undefined(preview(key), object);
  }
  if (!key.is_string()) return Value::undefined(preview(key), object);
  return get_attribute(object, key.as_string());
}

}  // namespace factpress::tmpl
