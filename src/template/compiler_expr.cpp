// Bytecode of expressions.
#include <fmt/core.h>

#include "diag/codes/template.h"
#include "template/compiler.h"
#include "template/methods.h"

namespace factpress::tmpl {

void Compiler::expression(const Expr& e) {
  switch (e.kind) {
    case ExprKind::constant: emit(OpCode::constant, e.span, constant_index(*e.value)); return;
    case ExprKind::name: return load_name(e);
    case ExprKind::list: case ExprKind::tuple: case ExprKind::dict: return sequence(e);
    case ExprKind::attribute: return attribute(e);
    case ExprKind::item:
      expression(*e.items[0]);
      expression(*e.items[1]);
      emit(OpCode::item, e.span);
      return;
    case ExprKind::slice:
      for (const auto& part : e.items) {
        if (part) expression(*part);
        else emit(OpCode::constant, e.span, constant_index(Value::none()));
      }
      emit(OpCode::slice, e.span);
      return;
    case ExprKind::call: return call(e);
    case ExprKind::filter: return filter(e);
    case ExprKind::test: return test(e);
    case ExprKind::unary: return unary(e);
    case ExprKind::binary:
      expression(*e.items[0]);
      expression(*e.items[1]);
      emit(OpCode::binary, e.span, 0, 0, 0, static_cast<std::uint8_t>(e.op));
      return;
    case ExprKind::compare: return compare(e);
    case ExprKind::logical: return logical(e);
    case ExprKind::concat:
      for (const auto& item : e.items) expression(*item);
      emit(OpCode::concat, e.span, static_cast<std::uint32_t>(e.items.size()), 0, 0, static_cast<std::uint8_t>(format_));
      return;
    case ExprKind::conditional: return conditional(e);
  }
}

int Compiler::plain_local(const Expr& e) {
  if (e.kind != ExprKind::name || !e.name) return no_slot;
  const Found found = resolve(*unit_, e.name, e.span);
  return found.maybe.empty() ? found.definite : no_slot;
}

void Compiler::load_name(const Expr& e) {
  if (!e.name) return;  // the captured body lies on the stack already
  const Found found = resolve(*unit_, e.name, e.span);
  std::vector<std::size_t> jumps;
  for (const auto slot : found.maybe) jumps.push_back(emit(OpCode::push_if_set, e.span, 0, 0, slot));
  if (found.definite != no_slot) emit(OpCode::load_local, e.span, 0, 0, static_cast<std::size_t>(found.definite));
  else if (*e.name == "self") emit(OpCode::load_self, e.span);
  else {
    const std::uint32_t index = name_index(e.name);
    emit(OpCode::load_context, e.span, index, cache(index));
  }
  for (const auto jump : jumps) patch(jump);
}

void Compiler::attribute(const Expr& e) {
  const std::uint32_t name = name_index(e.name);
  if (const int slot = plain_local(*e.items[0]); slot != no_slot) {
    emit(OpCode::local_attr, e.span, name, cache(name), static_cast<std::size_t>(slot));
    return;
  }
  expression(*e.items[0]);
  emit(OpCode::attr, e.span, name, cache(name));
}

std::optional<Value> Compiler::constant_of(const Expr& e) {
  if (e.kind == ExprKind::constant) return *e.value;
  if (e.kind != ExprKind::list && e.kind != ExprKind::tuple && e.kind != ExprKind::dict) return {};
  std::vector<Value> items;
  for (const auto& item : e.items) {
    auto v = constant_of(*item);
    if (!v) return {};
    items.push_back(std::move(*v));
  }
  if (e.kind == ExprKind::list) return Value::list(std::move(items));
  if (e.kind == ExprKind::tuple) return Value::tuple(std::move(items));
  std::vector<std::pair<Value, Value>> entries;
  for (std::size_t i = 0; i < items.size(); i += 2) {
    if (items[i].depth() != 0) return {};  // only plain values are keys: the error is told when it runs
    entries.emplace_back(std::move(items[i]), std::move(items[i + 1]));
  }
  return Value::map(std::move(entries));
}

// Nothing changes a list or a map, so one of constants is made once.
void Compiler::sequence(const Expr& e) {
  if (auto v = constant_of(e)) {
    emit(OpCode::constant, e.span, constant_index(*v));
    return;
  }
  for (const auto& item : e.items) expression(*item);
  const auto n = static_cast<std::uint32_t>(e.items.size());
  if (e.kind == ExprKind::dict) emit(OpCode::map, e.span, n / 2);
  else emit(e.kind == ExprKind::list ? OpCode::list : OpCode::tuple, e.span, n);
}

std::uint32_t Compiler::arguments(const Expr& e, bool with_caller, std::uint32_t caller_code) {
  CallSite site;
  for (const auto& a : e.args) {  // the grammar keeps them in the order positional, *, named with ** last or before named
    if (a.kind == Argument::positional) expression(*a.value), ++site.positional;
    else if (a.kind == Argument::star) site.star = true;
  }
  for (const auto& a : e.args)
    if (a.kind == Argument::star) expression(*a.value);
  for (const auto& a : e.args)
    if (a.kind == Argument::named) {
      expression(*a.value);
      site.named.push_back(*a.name);
    }
  if (with_caller) {
    emit(OpCode::make_macro, e.span, caller_code);
    site.named.push_back(*intern("caller"));
  }
  for (const auto& a : e.args)
    if (a.kind == Argument::double_star) {
      expression(*a.value);
      site.double_star = true;
    }
  t_.calls.push_back(std::move(site));
  return static_cast<std::uint32_t>(t_.calls.size() - 1);
}

void Compiler::call(const Expr& e, bool with_caller, std::uint32_t caller_code) {
  const Expr& callee = *e.items[0];
  if (callee.kind == ExprKind::attribute) {
    expression(*callee.items[0]);
    const std::uint32_t name = name_index(callee.name);
    const std::uint32_t site = arguments(e, with_caller, caller_code);
    CallSite& call = t_.calls[site];
    call.string_method = find_method(Kind::string, *callee.name);
    call.list_method = find_method(Kind::list, *callee.name);
    call.map_method = find_method(Kind::map, *callee.name);
    emit(OpCode::call_method, e.span, name, site);
    return;
  }
  call_function(e, OpCode::call, with_caller, caller_code);
}

void Compiler::call_function(const Expr& e, OpCode op, bool with_caller, std::uint32_t caller_code) {
  expression(*e.items[0]);
  const std::uint32_t site = arguments(e, with_caller, caller_code);
  emit(op, e.span, 0, site, 0, static_cast<std::uint8_t>(format_));
}

// Whether the text alone tells which parameter each argument is for, and they stand in the order of the signature.
bool Compiler::can_bind(const Expr& e, const Builtin& b) {
  if (b.rest || b.named || b.params.empty()) return false;
  std::size_t next = 1;  // the subject is the first
  for (const auto& a : e.args) {
    if (a.kind == Argument::named) {
      while (next < b.params.size() && b.params[next].name != *a.name) ++next;
    } else if (a.kind != Argument::positional) {
      return false;
    }
    if (next++ >= b.params.size()) return false;
  }
  return true;
}

void Compiler::bound_arguments(const Expr& e, const Builtin& b) {
  const auto pad = [&](std::size_t n) {
    if (n != 0) emit(OpCode::pad, e.span, static_cast<std::uint32_t>(n));
  };
  std::size_t next = 1;
  for (const auto& a : e.args) {
    const std::size_t before = next;
    while (a.kind == Argument::named && b.params[next].name != *a.name) ++next;
    pad(next++ - before);
    expression(*a.value);
  }
  pad(b.params.size() - next);
}

void Compiler::apply(const Expr& e, std::shared_ptr<const Builtin> builtin, OpCode bound, OpCode unbound) {
  const bool binds = can_bind(e, *builtin);
  std::uint32_t site = 0;
  if (binds) bound_arguments(e, *builtin);
  else site = arguments(e, false, 0);
  t_.builtins.push_back(std::move(builtin));
  emit(binds ? bound : unbound, e.span, static_cast<std::uint32_t>(t_.builtins.size() - 1), site, 0, e.negated);
}

void Compiler::filter(const Expr& e) {
  expression(*e.items[0]);
  auto builtin = symbols_.filter(*e.name);
  if (!builtin) {
    const std::string near = symbols_.nearest_filter(*e.name);
    throw SyntaxError{e.span, fmt::format("there is no filter '{}'", *e.name), near.empty() ? "" : fmt::format("did you mean '{}'?", near),
                      &diag::codes::template_unknown_name};
  }
  apply(e, std::move(builtin), OpCode::bound_filter, OpCode::filter);
}

void Compiler::test(const Expr& e) {
  expression(*e.items[0]);
  auto builtin = symbols_.test(*e.name);
  if (!builtin) {
    const std::string near = symbols_.nearest_test(*e.name);
    throw SyntaxError{e.span, fmt::format("there is no test '{}'", *e.name), near.empty() ? "" : fmt::format("did you mean '{}'?", near),
                      &diag::codes::template_unknown_name};
  }
  apply(e, std::move(builtin), OpCode::bound_test, OpCode::test);
}

void Compiler::unary(const Expr& e) {
  const Expr& operand = *e.items[0];
  if (e.op == Op::neg && operand.kind == ExprKind::constant && (operand.value->is(Kind::integer) || operand.value->is(Kind::decimal))) {
    emit(OpCode::constant, e.span, constant_index(Value::decimal(-to_decimal(*operand.value), operand.value->is(Kind::integer))));
    return;
  }
  expression(operand);
  emit(e.op == Op::neg ? OpCode::negate : e.op == Op::pos ? OpCode::positive : OpCode::not_, e.span);
}

// a < b < c: b is evaluated once; the first comparison that fails ends it.
void Compiler::compare(const Expr& e) {
  expression(*e.items[0]);
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < e.ops.size(); ++i) {
    const auto op = static_cast<std::uint8_t>(e.ops[i]);
    if (const auto right = e.ops.size() == 1 ? constant_of(*e.items[1]) : std::nullopt) {
      emit(OpCode::compare_constant, e.span, constant_index(*right), 0, 0, op);
      return;
    }
    expression(*e.items[i + 1]);
    if (i + 1 < e.ops.size()) ends.push_back(emit(OpCode::compare_chain, e.span, 0, 0, 0, op));
    else emit(OpCode::compare, e.span, 0, 0, 0, op);
  }
  for (const auto jump : ends) patch(jump);
}

void Compiler::logical(const Expr& e) {
  expression(*e.items[0]);
  const std::size_t jump = emit(e.op == Op::and_ ? OpCode::and_jump : OpCode::or_jump, e.items[0]->span);
  expression(*e.items[1]);
  patch(jump);
}

void Compiler::conditional(const Expr& e) {
  Jumps otherwise;
  jump_where(false, *e.items[0], otherwise);
  expression(*e.items[1]);
  const std::size_t end = emit(OpCode::jump, e.span);
  patch(otherwise);
  if (e.items[2]) expression(*e.items[2]);
  else emit(OpCode::undefined_value, e.span);
  patch(end);
}

// Only the truth of a condition counts: and, or, not become jumps without a value between them.
void Compiler::jump_where(bool when, const Expr& e, Jumps& jumps) {
  if (e.kind == ExprKind::unary && e.op == Op::not_) return jump_where(!when, *e.items[0], jumps);
  if (e.kind == ExprKind::logical) {
    if ((e.op == Op::and_) == when) return jump_where_both(when, e, jumps);
    jump_where(when, *e.items[0], jumps);
    return jump_where(when, *e.items[1], jumps);
  }
  const std::uint8_t x = when;
  if (const int slot = plain_local(e); slot != no_slot) {
    jumps.push_back(emit(OpCode::jump_local, e.span, 0, 0, static_cast<std::size_t>(slot), x));
    return;
  }
  if (e.kind == ExprKind::attribute) {
    if (const int slot = plain_local(*e.items[0]); slot != no_slot) {
      jumps.push_back(emit(OpCode::jump_local_attr, e.span, 0, cache(name_index(e.name)), static_cast<std::size_t>(slot), x));
      return;
    }
  }
  if (e.kind == ExprKind::compare && e.ops.size() == 1) {
    if (const auto right = constant_of(*e.items[1])) {
      expression(*e.items[0]);
      jumps.push_back(emit(OpCode::jump_compared, e.span, 0, constant_index(*right), when, static_cast<std::uint8_t>(e.ops[0])));
      return;
    }
  }
  expression(e);
  jumps.push_back(emit(OpCode::jump_if, e.span, 0, 0, 0, x));
}

// The truth that jumps needs both sides: the first one can only rule it out.
void Compiler::jump_where_both(bool when, const Expr& e, Jumps& jumps) {
  Jumps ruled_out;
  jump_where(!when, *e.items[0], ruled_out);
  jump_where(when, *e.items[1], jumps);
  patch(ruled_out);
}

}  // namespace factpress::tmpl
