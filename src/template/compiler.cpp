// Bytecode of statements, and the resolution of names.
#include "template/compiler.h"

#include <fmt/core.h>

#include <algorithm>

#include "diag/codes/template.h"
#include "template/output.h"
#include "template/token.h"

namespace factpress::tmpl {

namespace {
constexpr std::size_t most_locals_listed = 2'000'000;
}  // namespace

void generate(Template& t, const Body& body, const Symbols& symbols) { Compiler(t, symbols).run(body); }

void Compiler::fail(Span span, std::string message, std::string help) const {
  throw SyntaxError{span, std::move(message), std::move(help)};
}

std::size_t Compiler::emit(OpCode op, Span span, std::uint32_t b, std::uint32_t c, std::size_t a, std::uint8_t x) {
  Code& code = *unit_->code;
  code.instrs.push_back({op, x, static_cast<std::uint16_t>(a), b, c});
  code.spans.push_back(span);
  return code.instrs.size() - 1;
}

std::size_t Compiler::here() { return unit_->label = unit_->code->instrs.size(); }

void Compiler::emit_text(std::string_view text, Span span) {
  if (text.empty()) return;
  Code& code = *unit_->code;
  const bool follows = !code.instrs.empty() && code.instrs.back().op == OpCode::emit_text && unit_->label != code.instrs.size();
  if (follows) {
    auto& last = t_.text_spans[code.instrs.back().b];
    if (last.first + last.second == t_.texts.size()) {
      last.second += static_cast<std::uint32_t>(text.size());
      t_.texts += text;
      return;
    }
  }
  t_.text_spans.emplace_back(static_cast<std::uint32_t>(t_.texts.size()), static_cast<std::uint32_t>(text.size()));
  t_.texts += text;
  emit(OpCode::emit_text, span, static_cast<std::uint32_t>(t_.text_spans.size() - 1));
}

std::uint32_t Compiler::name_index(Name name) {
  const auto [index, is_new] = names_.add(name);
  if (is_new) t_.names.push_back(name);
  return index;
}

std::uint32_t Compiler::constant_index(const Value& v) {
  t_.constants.push_back(v);
  return static_cast<std::uint32_t>(t_.constants.size() - 1);
}

std::uint16_t Compiler::new_slot(Name name, Span span) {
  auto& names = unit_->code->slot_names;
  if (names.size() >= 4000) fail(span, "more than 4000 local names");
  names.push_back(name);
  return static_cast<std::uint16_t>(names.size() - 1);
}

// A name of the current scope; a second declaration gives the same slot.
std::uint16_t Compiler::declare(Name name, bool definite, Span span) {
  Scope& scope = unit_->scopes.back();
  for (Local& l : scope.locals)
    if (l.name == name) {
      l.definite = l.definite || definite;
      return l.slot;
    }
  const std::uint16_t slot = new_slot(name, span);
  scope.locals.push_back({name, slot, definite});
  return slot;
}

void Compiler::find_in_scopes(Unit& unit, Name name, Found& found) {
  for (auto scope = unit.scopes.rbegin(); scope != unit.scopes.rend(); ++scope)
    for (const Local& l : scope->locals) {
      if (l.name != name) continue;
      if (l.definite) {
        found.definite = l.slot;
        return;
      }
      found.maybe.push_back(l.slot);
    }
}

// caller, varargs and kwargs of a macro, super of a block: slots that exist only where the body asks for them.
int Compiler::special_slot(Unit& unit, Name name, Span span) {
  Code& code = *unit.code;
  int* slot = nullptr;
  if (code.kind == CodeKind::macro || code.kind == CodeKind::caller) {
    if (*name == "caller" && code.kind == CodeKind::macro) slot = &code.caller_slot;
    else if (*name == "varargs") slot = &code.varargs_slot;
    else if (*name == "kwargs") slot = &code.kwargs_slot;
  } else if (code.kind == CodeKind::block && *name == "super") {
    slot = &code.super_slot;
  }
  if (!slot) return no_slot;
  if (*slot == no_slot) {
    Unit* const current = std::exchange(unit_, &unit);
    *slot = new_slot(name, span);
    unit_ = current;
    unit.scopes.front().locals.push_back({name, static_cast<std::uint16_t>(*slot), *name != "caller"});
  }
  return *slot;
}

Compiler::Found Compiler::resolve(Unit& unit, Name name, Span span) {
  Found found;
  find_in_scopes(unit, name, found);
  if (found.definite != no_slot || !found.maybe.empty()) return found;
  if (special_slot(unit, name, span) != no_slot) {
    find_in_scopes(unit, name, found);
    return found;
  }
  if (!unit.outer) return found;
  const Found outer = resolve(*unit.outer, name, span);
  int from = outer.definite;
  if (!outer.maybe.empty()) from = outer.maybe.front();
  if (from == no_slot) return found;
  Unit* const current = std::exchange(unit_, &unit);
  const std::uint16_t slot = new_slot(name, span);
  unit_ = current;
  unit.code->captures.push_back({static_cast<std::uint16_t>(from), slot});
  unit.scopes.front().locals.push_back({name, slot, outer.maybe.empty()});
  find_in_scopes(unit, name, found);
  return found;
}

// Takes the value from the stack.
void Compiler::store(Name name, Span span) {
  if (at_context_level()) {
    emit(OpCode::store_context, span, name_index(name));
    return;
  }
  const bool definite = unit_->branch == unit_->scopes.back().branch;
  emit(OpCode::store_local, span, 0, 0, declare(name, definite, span));
}

// A name that is certainly set hides those of its kind further out.
std::uint32_t Compiler::locals_table(Span span) {
  LocalTable table;
  NameIndex hidden;
  for (auto scope = unit_->scopes.rbegin(); scope != unit_->scopes.rend(); ++scope)
    for (auto l = scope->locals.rbegin(); l != scope->locals.rend(); ++l) {
      if (hidden.has(l->name)) continue;
      if (l->definite) hidden.add(l->name);
      table.emplace_back(l->name, l->slot);
    }
  if (table.empty()) return 0;
  locals_listed_ += table.size();
  if (locals_listed_ > most_locals_listed)
    throw SyntaxError{span, fmt::format("more than {} local names are passed on, all told", most_locals_listed),
                      "include and import 'without context', or within fewer loops and assignments", &diag::codes::template_limit};
  std::reverse(table.begin(), table.end());
  t_.tables.push_back(std::move(table));
  return static_cast<std::uint32_t>(t_.tables.size());
}

void Compiler::collect_target(const Target& t, std::vector<Name>& names) const {
  if (t.is_tuple) {
    for (const auto& part : t.parts) collect_target(part, names);
  } else if (!t.attribute) {
    names.push_back(t.name);
  }
}

void Compiler::collect_assigned(const Body& statements, std::vector<Name>& names) const {
  for (const auto& s : statements) {
    switch (s->kind) {
      case StmtKind::set: case StmtKind::set_block: collect_target(s->targets[0], names); break;
      case StmtKind::macro: case StmtKind::import: names.push_back(s->name); break;
      case StmtKind::from_import:
        for (const auto& import : s->names) names.push_back(import.alias);
        break;
      case StmtKind::if_:
        for (const auto& b : s->branches) collect_assigned(b.body, names);
        break;
      default: break;
    }
  }
}

// What the branches of an if may set begins unset, in loops anew in every round.
void Compiler::predeclare(const Stmt& s) {
  if (at_context_level() || unit_->branch != unit_->scopes.back().branch) return;
  std::vector<Name> names;
  for (const auto& b : s.branches) collect_assigned(b.body, names);
  for (const Name name : names) {
    const auto& locals = unit_->scopes.back().locals;
    if (std::any_of(locals.begin(), locals.end(), [&](const Local& l) { return l.name == name; })) continue;
    emit(OpCode::clear, s.span, 1, 0, declare(name, false, s.span));
  }
}

Code* Compiler::new_code(CodeKind kind, Name name, Span span) {
  t_.codes.push_back(std::make_unique<Code>());
  Code* code = t_.codes.back().get();
  code->kind = kind;
  code->name = name;
  code->span = span;
  code->format = format_;
  if (!rooms_.empty()) {
    code->instrs = std::move(rooms_.back().instrs);
    code->spans = std::move(rooms_.back().spans);
    rooms_.pop_back();
  }
  return code;
}

// The code is complete: it keeps what it needs, and the room in which it grew is for the next.
void Compiler::finish(Span span) {
  emit(OpCode::finish, span);
  Code& code = *unit_->code;
  Room room{std::move(code.instrs), std::move(code.spans)};
  code.instrs.assign(room.instrs.begin(), room.instrs.end());
  code.spans.assign(room.spans.begin(), room.spans.end());
  room.instrs.clear();
  room.spans.clear();
  rooms_.push_back(std::move(room));
}

void Compiler::run(const Body& statements) {
  format_ = t_.format;
  t_.texts.reserve(t_.source->bytes().size() + text_padding);
  Unit unit{new_code(CodeKind::main, nullptr, {}), nullptr, {}, {}};
  unit.top = true;
  unit_ = &unit;
  push_scope();
  body(statements);
  finish({});
  t_.texts.append(text_padding, '\0');
  t_.text_views.reserve(t_.text_spans.size());
  for (const auto& [from, size] : t_.text_spans) t_.text_views.push_back(std::string_view(t_.texts).substr(from, size));
  list_context_names();
}

void Compiler::list_context_names() {
  std::vector<bool> listed(t_.names.size());
  for (const auto& code : t_.codes)
    for (const Instr& i : code->instrs) {
      if (i.op != OpCode::load_context || listed[i.b]) continue;
      listed[i.b] = true;
      t_.context_names.push_back(t_.names[i.b]);
    }
  std::sort(t_.context_names.begin(), t_.context_names.end(), [](Name a, Name b) { return *a < *b; });
}

void Compiler::body(const Body& statements) {
  for (const auto& s : statements) statement(*s);
}

void Compiler::scoped_body(const Body& statements) {
  push_scope();
  body(statements);
  pop_scope();
}

void Compiler::statement(const Stmt& s) {
  const bool silent = extended_ && unit_->top && unit_->captures == 0;
  switch (s.kind) {
    case StmtKind::text:
      if (!silent) emit_text(s.text, s.span);
      return;
    case StmtKind::print:
      if (!silent) print(s);
      return;
    case StmtKind::if_: return if_statement(s);
    case StmtKind::for_: return for_statement(s);
    case StmtKind::set: return set(s);
    case StmtKind::set_block: return set_block(s);
    case StmtKind::with: return with(s);
    case StmtKind::macro: return macro(s);
    case StmtKind::call_block: return call_block(s);
    case StmtKind::filter_block: return filter_block(s);
    case StmtKind::include: return include(s);
    case StmtKind::import: return import(s);
    case StmtKind::from_import: return from_import(s);
    case StmtKind::block: return block(s);
    case StmtKind::break_: case StmtKind::continue_: return jump_out(s);
    case StmtKind::autoescape: return autoescape(s);
    case StmtKind::do_:
      expression(*s.expr);
      emit(OpCode::pop, s.span);
      return;
    case StmtKind::extends:
      if (!unit_->top) fail(s.span, "extends stands outside of blocks and macros only");
      if (extended_) throw SyntaxError{s.span, "a template extends one other only", {}, &diag::codes::template_inheritance};
      remember_reference(*s.expr);
      expression(*s.expr);
      emit(OpCode::extends, s.span);
      if (unit_->branch == 0 && unit_->scopes.size() == 1) extended_ = true;
      else maybe_extended_ = true;
      return;
  }
}

void Compiler::print(const Stmt& s) { print(*s.expr, s.span); }

// {{ a if condition else b }} as the two ways of an if.
void Compiler::print_either(const Expr& e, Span span) {
  Jumps otherwise;
  jump_where(false, *e.items[0], otherwise);
  print(*e.items[1], span);
  if (!e.items[2]) return patch(otherwise);
  const std::size_t end = emit(OpCode::jump, e.span);
  patch(otherwise);
  print(*e.items[2], span);
  patch(end);
}

void Compiler::print(const Expr& e, Span span) {
  const auto x = static_cast<std::uint8_t>(format_);
  if (e.kind == ExprKind::constant) {
    std::string text;
    append_escaped(text, *e.value, format_);
    return emit_text(text, span);
  }
  if (e.kind == ExprKind::conditional && format_ != Format::markdown) return print_either(e, span);  // Markdown's escapes depend on what was written before
  if (e.kind == ExprKind::name) {
    if (const int slot = plain_local(e); slot != no_slot) {
      emit(OpCode::emit_local, e.span, 0, 0, static_cast<std::size_t>(slot), x);
      return;
    }
  }
  if (e.kind == ExprKind::attribute) {
    const std::uint32_t name = name_index(e.name);
    if (const int slot = plain_local(*e.items[0]); slot != no_slot) {
      Code& code = *unit_->code;
      if (!code.instrs.empty() && code.instrs.back().op == OpCode::emit_text && unit_->label != code.instrs.size()) {  // both in one step
        code.instrs.back() = {OpCode::emit_text_attr, x, static_cast<std::uint16_t>(slot), code.instrs.back().b, cache(name)};
        code.spans.back() = e.span;
      } else {
        emit(OpCode::emit_local_attr, e.span, name, cache(name), static_cast<std::size_t>(slot), x);
      }
      return;
    }
    expression(*e.items[0]);
    emit(OpCode::emit_attr, e.span, name, cache(name), 0, x);
    return;
  }
  if (e.kind == ExprKind::call && e.items[0]->kind != ExprKind::attribute) return call_function(e, OpCode::emit_call);
  expression(e);
  emit(OpCode::emit, e.span, 0, 0, 0, x);
}

void Compiler::if_statement(const Stmt& s) {
  predeclare(s);
  std::vector<std::size_t> ends;
  ++unit_->branch;
  for (std::size_t i = 0; i < s.branches.size(); ++i) {
    const Branch& b = s.branches[i];
    Jumps skip;
    if (b.condition) jump_where(false, *b.condition, skip);
    body(b.body);
    if (i + 1 < s.branches.size()) ends.push_back(emit(OpCode::jump, s.span));
    if (b.condition) patch(skip);
  }
  --unit_->branch;
  patch(ends);
}

void Compiler::assign(const Target& target) {
  if (target.is_tuple) {
    emit(OpCode::unpack, target.span, static_cast<std::uint32_t>(target.parts.size()));
    for (const auto& part : target.parts) assign(part);
    return;
  }
  if (!target.attribute) return store(target.name, target.span);
  Expr object;
  object.kind = ExprKind::name;
  object.name = target.name;
  object.span = target.span;
  load_name(object);
  emit(OpCode::set_attribute, target.span, name_index(target.attribute));
}

void Compiler::for_statement(const Stmt& s) {
  if (s.recursive) return recursive_loop(s);
  expression(*s.expr);
  loop(s);
}

// The iterable lies on the stack.
void Compiler::loop(const Stmt& s) {
  const bool as_it_goes = s.filter && !s.sees_loop;
  if (s.filter && !as_it_goes) loop_filter(s);
  const std::uint16_t state = new_slot(nullptr, s.span);
  const std::uint16_t ran = as_it_goes && !s.otherwise.empty() ? new_slot(nullptr, s.span) : state;
  if (ran != state) emit(OpCode::clear, s.span, 1, 0, ran);
  emit(OpCode::loop_begin, s.expr->span, 0, 0, state, s.recursive);
  unit_->loops.push_back({here(), {}, unit_->captures});
  push_scope();
  unit_->scopes.back().locals.push_back({intern("loop"), state, true});
  const bool simple = !s.targets[0].is_tuple;
  const std::uint32_t target = simple ? declare(s.targets[0].name, true, s.span) + 1U : 0;
  const std::size_t next = emit(OpCode::loop_next, s.expr->span, 0, target, state);
  if (!simple) assign(s.targets[0]);
  if (as_it_goes) {
    Jumps rejected;
    jump_where(false, *s.filter, rejected);
    for (const auto jump : rejected) unit_->code->instrs[jump].b = static_cast<std::uint32_t>(next);
    if (ran != state) {
      emit(OpCode::constant, s.span, constant_index(Value::boolean(true)));
      emit(OpCode::store_local, s.span, 0, 0, ran);
    }
  }
  body(s.body);
  emit(OpCode::loop_again, s.expr->span, static_cast<std::uint32_t>(next + 1), target, state);
  pop_scope();
  const Loop done = std::move(unit_->loops.back());
  unit_->loops.pop_back();
  patch(next);
  for (const auto jump : done.breaks) patch(jump);
  if (!s.otherwise.empty()) {
    const std::size_t skip = emit(ran != state ? OpCode::jump_if_set : OpCode::loop_jump_if_ran, s.span, 0, 0, ran);
    scoped_body(s.otherwise);
    patch(skip);
  }
  emit(OpCode::loop_end, s.span, 0, 0, state);
}

// for ... if where something can ask for `loop`: the items that pass are collected first, so that loop.length and loop.last are right.
// (Elsewhere each item is judged when its turn comes, with what the body has done until then.)
void Compiler::loop_filter(const Stmt& s) {
  const std::uint16_t state = new_slot(nullptr, s.span), passed = new_slot(nullptr, s.span);
  emit(OpCode::loop_begin, s.expr->span, 0, 0, state);
  emit(OpCode::collect_begin, s.span, 0, 0, passed);
  const std::size_t again = here();
  push_scope();
  const std::size_t next = emit(OpCode::loop_next, s.expr->span, 0, 0, state);
  assign(s.targets[0]);
  Jumps rejected;
  jump_where(false, *s.filter, rejected);
  for (const auto jump : rejected) unit_->code->instrs[jump].b = static_cast<std::uint32_t>(again);
  emit(OpCode::collect, s.span, 0, state, passed);
  emit(OpCode::jump, s.span, static_cast<std::uint32_t>(again));
  pop_scope();
  patch(next);
  emit(OpCode::loop_end, s.span, 0, 0, state);
  emit(OpCode::collect_end, s.span, 0, 0, passed);
}

// The loop is a function of its iterable, so that loop(...) can call it.
void Compiler::recursive_loop(const Stmt& s) {
  expression(*s.expr);
  const auto index = static_cast<std::uint32_t>(t_.codes.size());
  Unit unit{new_code(CodeKind::loop, intern("loop"), s.span), unit_, {}, {}};
  unit_ = &unit;
  push_scope();
  const std::uint16_t iterable = new_slot(nullptr, s.span);
  emit(OpCode::load_local, s.expr->span, 0, 0, iterable);
  push_scope();
  loop(s);
  pop_scope();
  finish(s.span);
  unit_ = unit.outer;
  emit(OpCode::make_macro, s.span, index);
  emit(OpCode::run_loop, s.span);
}

void Compiler::set(const Stmt& s) {
  expression(*s.expr);
  assign(s.targets[0]);
}

// The text of a body, through its filters, as a value on the stack.
void Compiler::captured(const Stmt& s) {
  emit(OpCode::capture_begin, s.span);
  ++unit_->captures;
  scoped_body(s.body);
  --unit_->captures;
  emit(OpCode::capture_end, s.span, 0, 0, 0, static_cast<std::uint8_t>(format_));
  expression(*s.filter);
}

void Compiler::set_block(const Stmt& s) {
  captured(s);
  assign(s.targets[0]);
}

void Compiler::with(const Stmt& s) {
  push_scope();  // values are evaluated before any target is assigned
  for (const auto& v : s.values) {
    Scope hidden = std::move(unit_->scopes.back());
    unit_->scopes.pop_back();
    expression(*v);
    unit_->scopes.push_back(std::move(hidden));
  }
  for (std::size_t i = s.targets.size(); i-- > 0;) assign(s.targets[i]);
  body(s.body);
  pop_scope();
}

std::uint32_t Compiler::macro_code(const Stmt& s, CodeKind kind) {
  const auto index = static_cast<std::uint32_t>(t_.codes.size());
  const bool closes_over = !(unit_->top && unit_->scopes.size() == 1);
  Unit unit{new_code(kind, kind == CodeKind::caller ? intern("caller") : s.name, s.span), closes_over ? unit_ : nullptr, {}, {}};
  Unit* const outer = std::exchange(unit_, &unit);
  push_scope();
  for (const Param& p : s.params) {
    declare(p.name, true, s.span);
    unit.code->params.push_back({p.name, p.fallback != nullptr});
  }
  for (std::size_t i = 0; i < s.params.size(); ++i) {
    if (!s.params[i].fallback) continue;
    const std::size_t given = emit(OpCode::jump_if_set, s.span, 0, 0, i);
    expression(*s.params[i].fallback);
    emit(OpCode::store_local, s.span, 0, 0, i);
    patch(given);
  }
  push_scope();
  body(s.body);
  pop_scope();
  finish(s.span);
  unit_ = outer;
  t_.makes_macros = true;
  return index;
}

void Compiler::macro(const Stmt& s) {
  emit(OpCode::make_macro, s.span, macro_code(s, CodeKind::macro));
  if (at_context_level()) emit(OpCode::store_context, s.span, name_index(s.name), 0, 0, 1);
  else store(s.name, s.span);
}

void Compiler::call_block(const Stmt& s) {
  const std::uint32_t code = macro_code(s, CodeKind::caller);
  call(*s.expr, true, code);
  emit(OpCode::emit, s.span, 0, 0, 0, static_cast<std::uint8_t>(format_));
}

void Compiler::filter_block(const Stmt& s) {
  captured(s);
  emit(OpCode::emit, s.span, 0, 0, 0, static_cast<std::uint8_t>(format_));
}

void Compiler::block(const Stmt& s) {
  const Name name = s.name;
  if (!blocks_.add(name).second) fail(s.span, fmt::format("the block '{}' stands here twice", *name));
  if (unit_->top && (!extended_ || unit_->captures)) {
    const std::size_t skip = maybe_extended_ ? emit(OpCode::jump_if_extended, s.span) : 0;
    emit(OpCode::call_block, s.span, name_index(name), s.scoped ? locals_table(s.span) : 0);
    if (maybe_extended_) patch(skip);
  } else if (!unit_->top) {
    emit(OpCode::call_block, s.span, name_index(name), s.scoped ? locals_table(s.span) : 0);
  }
  Unit unit{new_code(CodeKind::block, name, s.span), nullptr, {}, {}};
  unit.code->required = s.required;
  t_.blocks.push_back({name, unit.code});
  Unit* const outer = std::exchange(unit_, &unit);
  push_scope();
  push_scope();
  body(s.body);
  pop_scope();
  finish(s.span);
  unit_ = outer;
}

void Compiler::remember_reference(const Expr& e) {
  if (e.kind == ExprKind::constant && e.value->is_string()) t_.references.emplace_back(e.value->as_string());
}

void Compiler::include(const Stmt& s) {
  if (extended_ && unit_->top && unit_->captures == 0) return;
  remember_reference(*s.expr);
  expression(*s.expr);
  const auto flags = static_cast<std::uint8_t>((s.ignore_missing ? include_ignores_missing : 0) | (s.with_context ? include_with_context : 0));
  emit(OpCode::include, s.span, 0, s.with_context ? locals_table(s.span) : 0, 0, flags);
}

void Compiler::import(const Stmt& s) {
  remember_reference(*s.expr);
  expression(*s.expr);
  emit(OpCode::import, s.span, 0, s.with_context ? locals_table(s.span) : 0, 0, s.with_context);
  store(s.name, s.span);
}

void Compiler::from_import(const Stmt& s) {
  remember_reference(*s.expr);
  expression(*s.expr);
  emit(OpCode::import, s.span, 0, s.with_context ? locals_table(s.span) : 0, 0, s.with_context);
  for (const auto& [name, alias] : s.names) {
    emit(OpCode::import_name, s.span, name_index(name));
    store(alias, s.span);
  }
  emit(OpCode::pop, s.span);
}

void Compiler::jump_out(const Stmt& s) {
  if (unit_->loops.empty()) fail(s.span, "this stands outside of a loop");
  Loop& l = unit_->loops.back();
  if (unit_->captures > l.captures) emit(OpCode::capture_drop, s.span, static_cast<std::uint32_t>(unit_->captures - l.captures));
  if (s.kind == StmtKind::continue_) emit(OpCode::jump, s.span, static_cast<std::uint32_t>(l.next));
  else l.breaks.push_back(emit(OpCode::jump, s.span));
}

void Compiler::autoescape(const Stmt& s) {
  const Format outer = format_;
  if (s.expr->kind != ExprKind::constant) fail(s.expr->span, "autoescape takes true, false or the name of a format, as a constant");
  const Value& v = *s.expr->value;
  if (v.is(Kind::boolean)) {
    format_ = !v.as_bool() ? Format::text : t_.format == Format::text ? Format::html : t_.format;
  } else {
    bool known = false;
    for (const Format f : {Format::text, Format::html, Format::xml, Format::json, Format::csv, Format::markdown})
      if (v.is_string() && v.as_string() == to_string(f)) format_ = f, known = true;
    if (!known) fail(s.expr->span, "there is no such format", "html, xml, json, csv, markdown or text");
  }
  scoped_body(s.body);
  format_ = outer;
}

}  // namespace factpress::tmpl
