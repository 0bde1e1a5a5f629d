// Limits, and errors with their place, the stack and the values in play.
#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/template.h"
#include "template/machine_objects.h"
#include "template/operators.h"

namespace factpress::tmpl {

void Machine::out_of_memory() { fail(diag::codes::template_limit, fmt::format("the template builds more than {} bytes of values", limits().memory)); }
void Machine::string_too_long() { fail(diag::codes::template_limit, fmt::format("a string is longer than {} bytes", limits().string)); }

void Machine::walk_tree(const Value& v) {
  work(1);
  if (v.is_string()) return work(v.as_string().size() / 16);
  if (v.is_sequence()) {
    const std::size_t n = item_count(v);
    work(n);
    for (std::size_t i = 0; i < n; ++i) check_tree(item_at(v, i));
  } else if (v.is(Kind::map)) {
    for (const auto& [k, e] : v.as_map().items) {
      walk_tree(k);
      walk_tree(e);
    }
  }
}

void Machine::too_deep(const Value& v) {
  fail(diag::codes::template_limit, fmt::format("a {} is nested more than 150 levels deep", kind_name(v)));
}

void Machine::stack_overflow() { fail(diag::codes::template_limit, "an expression or recursion holds more than 16384 values at once"); }
void Machine::out_of_steps() {
  fuel_ = INT64_MAX / 2;  // the error itself may take some
  fail(diag::codes::template_limit, fmt::format("the template takes more than {} steps", limits().steps), "look for a loop without an end, or loops within loops");
}
void Machine::output_overflow() {
  fail(diag::codes::template_limit, fmt::format("the output, or a part of it that is kept for later, is longer than {} bytes", out_->limit()));
}

Value Machine::make_string(std::string_view s, bool safe) {
  check_string(s.size());
  charge(s.size());
  return Value::string(s, safe);
}

Value Machine::make_list(std::vector<Value> items) {
  charge(items.size() * sizeof(Value));
  return Value::list(std::move(items));
}

void Machine::remember(const Object* ns) {
  charge(128);
  ns->refs.fetch_add(1, std::memory_order_relaxed);
  namespaces_.push_back(ns);
}

// Names of locals and of the context that a template could have meant at this place.
std::vector<std::string_view> Machine::visible_names() {
  std::vector<std::string_view> out;
  for (const Name n : frame_->code->slot_names)
    if (n) out.push_back(*n);
  bool root = true;
  for (Context* c = frame_->context; c; c = c->parent) {
    for (const auto& [n, _] : c->vars) out.push_back(*n);
    root = root && c->with_root;
  }
  if (root)
    for (const auto n : attribute_names(root_)) out.push_back(n);
  for (const auto& [n, _] : env_.globals) out.push_back(*n);
  return out;
}

// "here x = 3, row = <Row>": the variables that the failing line reads.
std::string Machine::values_in_play(const Frame& f) {
  const Source& source = *f.t->source;
  const auto at = static_cast<std::size_t>(f.ip - f.code->instrs.data());
  const auto line = source.locate(f.code->spans[at].begin).line;
  std::vector<std::string> shown;
  for (std::size_t k = 0; k <= at + 4 && k < f.code->instrs.size() && shown.size() < 6; ++k) {
    const Instr& i = f.code->instrs[k];
    Value v = Value::missing();
    Name name = nullptr;
    switch (i.op) {
      case OpCode::load_local: case OpCode::push_if_set: case OpCode::emit_local: case OpCode::local_attr: case OpCode::emit_local_attr: case OpCode::emit_text_attr: case OpCode::jump_local: case OpCode::jump_local_attr:
        name = f.code->slot_names[i.a];
        v = f.slots[i.a];
        break;
      case OpCode::load_context: {
        name = f.t->names[i.b];
        Cache none;
        v = lookup(name, none);
        break;
      }
      default: break;
    }
    if (!name || v.is_undefined() || source.locate(f.code->spans[k].begin).line != line) continue;
    if (v.is(Kind::object) && v.as_object().is_callable()) continue;
    std::string text = fmt::format("{} = {}", *name, preview(v, 60));
    if (std::find(shown.begin(), shown.end(), text) == shown.end()) shown.push_back(std::move(text));
  }
  std::string out;
  for (const auto& s : shown) out += (out.empty() ? "here " : ", ") + s;
  return out;
}

diag::Diagnostic Machine::diagnose(const diag::CodeInfo& code, std::string message, std::string help) {
  if (!frame_) return diag::Diagnostic(code, {}, std::move(message)).helped(std::move(help));
  const auto place = [](const Frame& f) {
    return Place{f.t->source, f.code->spans[static_cast<std::size_t>(f.ip - f.code->instrs.data())]};
  };
  diag::Diagnostic d(code, place(*frame_), std::move(message));
  std::string values = values_in_play(*frame_);
  d.help = std::move(help);
  if (!values.empty()) d.help += (d.help.empty() ? "" : "; ") + values;
  const Frame* inner = frame_;
  for (const Frame* f = frame_->caller; f && d.labels.size() < 10; inner = f, f = f->caller) {
    std::string what;
    switch (inner->code->kind) {
      case CodeKind::main: what = fmt::format("'{}' was asked for here", inner->t->name); break;
      case CodeKind::block: what = fmt::format("the block '{}' stands here", *inner->code->name); break;
      case CodeKind::macro: what = fmt::format("the macro '{}' was called here", *inner->code->name); break;
      case CodeKind::caller: what = "the body of the call was asked for here"; break;
      case CodeKind::loop: what = "the recursive loop stands here"; break;
    }
    d.with(place(*f), std::move(what));
  }
  return d;
}

void Machine::fail(const diag::CodeInfo& code, std::string message, std::string help) {
  throw RenderError{diagnose(code, std::move(message), std::move(help))};
}

void Machine::fail_undefined(const Value& v) {
  if (v.is_missing()) fail(diag::codes::template_undefined, "the value is not defined");
  const std::string& name = v.undefined_name();
  const Value& owner = v.undefined_owner();
  std::string message;
  std::vector<std::string_view> known;
  if (owner.is_missing()) {
    message = fmt::format("'{}' is not defined", name);
    known = visible_names();
  } else if (owner.is_sequence() || owner.is_string()) {
    message = fmt::format("{} {} has no element {}", kind_name(owner), preview(owner), name);
  } else {
    message = fmt::format("{} {} has no attribute '{}'", kind_name(owner), preview(owner), name);
    known = attribute_names(owner);
  }
  known.erase(std::remove(known.begin(), known.end(), std::string_view(name)), known.end());
  const auto near = nearest_name(name, known);
  std::string help;
  if (!near.empty()) {
    help = fmt::format("did you mean '{}'?", near);
  } else if (!owner.is_missing() && !known.empty()) {
    help = "it has ";
    for (std::size_t i = 0; i < known.size() && i < 12; ++i) help += fmt::format("{}{}", i ? ", " : "", known[i]);
    if (known.size() > 12) help += ", ...";
  }
  fail(diag::codes::template_undefined, std::move(message), std::move(help));
}

// What C++ functions call.

void Call::fail_type(std::string message) const { machine_.fail(diag::codes::template_type, std::move(message)); }
void Call::fail_value(std::string message) const { machine_.fail(diag::codes::template_value, std::move(message)); }
void Call::charge(std::size_t bytes) const { machine_.charge(bytes); }
void Call::work(std::size_t steps) const { machine_.work(steps); }

std::int64_t Call::integer(std::size_t i) const {
  const Value& v = args_[i];
  if (v.is(Kind::integer) || v.is(Kind::boolean)) return v.as_int();
  if (v.is(Kind::decimal))
    if (const auto whole = v.as_decimal().to_int64()) return *whole;
  fail_type(fmt::format("an integer is needed here, not {} {}", kind_name(v), preview(v)));
}

bool Call::truth(std::size_t i, bool fallback) const { return given(i) ? machine_.truth(args_[i]) : fallback; }

std::string Call::text(std::size_t i) const {
  machine_.require(args_[i]);
  machine_.check_tree(args_[i]);
  if (args_[i].is_string()) machine_.work(args_[i].as_string().size() / 64);
  return to_text(args_[i]);
}

std::string_view Call::view(std::size_t i, std::string& room) const {
  const Value& v = args_[i];
  if (!v.is_string()) return room = text(i);
  machine_.work(v.as_string().size() / 64);
  return v.as_string();
}

Decimal Call::decimal(std::size_t i) const {
  const Value& v = args_[i];
  machine_.require(v);
  if (v.is_number()) return to_decimal(v);
  fail_type(fmt::format("a number is needed here, not {} {}", kind_name(v), preview(v)));
}

std::vector<Value> Call::items(std::size_t i) const { return items_of(machine_, args_[i]); }

}  // namespace factpress::tmpl
