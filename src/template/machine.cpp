// The dispatch loop.
#include "template/machine.h"

#include <fmt/core.h>

#include <algorithm>

#include "diag/codes/template.h"
#include "template/machine_objects.h"
#include "template/operators.h"
#include "template/reflect.h"

namespace factpress::tmpl {

namespace {
constexpr std::size_t stack_values = 16384;

// A thread's value stack is kept from render to render: its pages are touched once.
struct SpareStack {
  ~SpareStack() { ::operator delete(stack); }
  Value* take() {
    if (stack) return std::exchange(stack, nullptr);
    return static_cast<Value*>(::operator new(stack_values * sizeof(Value)));
  }
  void give(Value* s) { ::operator delete(std::exchange(stack, s)); }
  Value* stack = nullptr;
};
thread_local SpareStack spare_stack;
}

Machine::Machine(const Environment::Impl& env, const Value& root, std::string& out, diag::Sink& sink)
    : env_(env), root_(root), sink_(sink), fuel_(static_cast<std::int64_t>(env.options.limits.steps)) {
  const std::size_t limit = env.options.limits.output;
  final_.begin(out, limit > SIZE_MAX - out.size() ? SIZE_MAX : out.size() + limit, *this);
  stack_ = sp_ = spare_stack.take();
  stack_end_ = stack_ + stack_values;
}

Machine::~Machine() {
  while (sp_ != stack_) (--sp_)->~Value();
  spare_stack.give(stack_);
  for (const Object* ns : namespaces_) static_cast<const NamespaceObject*>(ns)->attributes.clear();
  for (auto& c : contexts_) c->vars.clear();
  for (const Object* ns : namespaces_)
    if (ns->refs.fetch_sub(1) == 1) delete ns;
  for (LoopObject* l : spare_loops_) delete l;
}

void Machine::enter(Frame& f, std::size_t given) {
  if (++depth_ > env_.options.limits.depth) {
    --depth_;
    fail(diag::codes::template_limit, fmt::format("macros, blocks and includes are nested more than {} levels deep", env_.options.limits.depth),
         "a macro, block, include or loop calls itself without an end");
  }
  f.caller = frame_;
  f.slots = sp_ - given;
  const std::size_t slots = f.code->slot_names.size() - given;
  if (static_cast<std::size_t>(stack_end_ - sp_) < slots + 64) --depth_, stack_overflow();
  f.ip = f.code->instrs.data();
  f.caches = frame_ && frame_->t == f.t ? frame_->caches : caches_of(f.t);
  frame_ = &f;
  for (std::size_t i = 0; i < slots; ++i) new (sp_++) Value(Value::missing());
  work(f.code->instrs.size());
}

void Machine::leave(Frame& f) {
  while (sp_ != f.slots) drop();
  frame_ = f.caller;
  --depth_;
}

void Machine::run_code(const Template* t, const Code* code, Context* context, const MacroObject* macro, std::size_t level) {
  Frame f;
  f.t = t, f.code = code, f.context = context, f.macro = macro, f.block_level = level;
  enter(f);
  if (macro)
    for (std::size_t i = 0; i < code->captures.size(); ++i) f.slots[code->captures[i].inner] = macro->captured[i];
  if (code->super_slot != no_slot)
    f.slots[code->super_slot] = has_block(*context, code->name, level + 1) ? Value::object(new SuperObject(code->name, level + 1, context))
                                                                           : Value::undefined("super");
  run(f);
  leave(f);
}

void Machine::emit_value(const Value& v, Format format) {
  switch (v.kind()) {
    case Kind::string:
      if (v.is_safe()) out_->append(v.as_string());
      else emit_string(v.as_string(), format);
      return;
    case Kind::integer:
      if (format == Format::markdown) append_value(*out_, v, format, scratch_);
      else out_->append_integer(v.as_int());
      return;
    case Kind::missing: case Kind::undefined:
      if (is_blank(v)) return;
      fail_undefined(v);
    default:
      check_tree(v);
      append_value(*out_, v, format, scratch_);
  }
}

bool Machine::fill(Cache& cache, const Value& object, Name name) {
  const Type& type = object.type();
  const int field = type.find(*name);
  if (field < 0) return false;
  cache.type = &type;
  cache.reader = type.fields[static_cast<std::size_t>(field)].reader(object.self());
  return true;
}

Value Machine::find_attribute(const Value& object, Name name, Cache& cache) {
  if (object.is(Kind::structure)) {
    if (fill(cache, object, name)) return cache.reader.read(object.self());
    return Value::undefined(*name, object);
  }
  if (object.is_undefined()) fail_undefined(object);
  Value v = attribute(object, *name);
  if (v.is_missing()) return Value::undefined(*name, object);
  return v;
}

// A variable of the template's own context is found where it was the last time; one of the report is known not to be hidden by
// another as long as no further ones came.
Value Machine::lookup(Name name, Cache& cache) {
  Context& c = *frame_->context;
  if (cache.context == c.serial) {
    if (cache.var < cache.vars) return c.vars[cache.var].second;
    if (cache.vars == c.vars.size()) return cache.reader.read(root_.self());
  }
  return look_through(name, cache);
}

Value Machine::look_through(Name name, Cache& cache) {
  Context* const own = frame_->context;
  const auto remember_place = [&](std::size_t var) {
    cache.context = own->serial, cache.vars = static_cast<std::uint32_t>(own->vars.size()), cache.var = static_cast<std::uint32_t>(var);
  };
  for (Context* c = own; c; c = c->parent) {
    if (const auto* v = c->find(name)) {
      if (c == own) remember_place(static_cast<std::size_t>(v - c->vars.data()));
      return v->second;
    }
    if (!c->parent && c->with_root) {
      if (root_.is(Kind::structure)) {
        if (cache.type == &root_.type() || fill(cache, root_, name)) {
          if (c == own) remember_place(own->vars.size());
          return cache.reader.read(root_.self());
        }
      } else if (Value v = attribute(root_, *name); !v.is_missing()) {
        return v;
      }
    }
  }
  if (const Value* v = env_.global(name)) return *v;
  return Value::undefined(*name);
}

// A switch with one short case for each instruction.
void Machine::run(Frame& f) {
  const Instr* ip = f.code->instrs.data();
  const Template& t = *f.t;
  for (;;) {
    f.ip = ip;
    const Instr& i = *ip++;
    switch (i.op) {
      case OpCode::emit_text: out_->append_padded(t.text_views[i.b].data(), t.text_views[i.b].size()); break;
      case OpCode::emit: emit_value(top(), static_cast<Format>(i.x)); drop(); break;
      case OpCode::emit_local: emit_value(f.slots[i.a], static_cast<Format>(i.x)); break;
      case OpCode::emit_local_attr: emit_local_attribute(f, i); break;
      case OpCode::emit_text_attr:
        out_->append_padded(t.text_views[i.b].data(), t.text_views[i.b].size());
        emit_local_attribute(f, i);
        break;
      case OpCode::emit_attr: {
        const Value v = attribute_of(top(), t.names[i.b], f.caches[i.c]);
        emit_value(v, static_cast<Format>(i.x));
        drop();
        break;
      }
      case OpCode::constant: push(t.constants[i.b]); break;
      case OpCode::load_local:
        if (const Value& v = f.slots[i.a]; v.is_missing()) [[unlikely]] push(unset_local(f, i.a));
        else push(v);
        break;
      case OpCode::load_context: push(lookup(t.names[i.b], f.caches[i.c])); break;
      case OpCode::load_self: push(Value::object(new SelfObject(f.context))); break;
      case OpCode::undefined_value: push(Value::undefined(blank_name)); break;
      case OpCode::store_local: check_depth(top()); f.slots[i.a] = pop(); break;
      case OpCode::store_context:
        check_depth(top());
        if (i.x && f.extended && f.context->find(t.names[i.b])) drop();  // a macro that the extending template gives itself
        else f.context->set(t.names[i.b], pop());
        break;
      case OpCode::clear:
        for (std::uint32_t k = 0; k < i.b; ++k) f.slots[i.a + k] = Value::missing();
        break;
      case OpCode::push_if_set:
        if (!f.slots[i.a].is_missing()) push(f.slots[i.a]), ip = f.code->instrs.data() + i.b;
        break;
      case OpCode::jump_if_set:
        if (!f.slots[i.a].is_missing()) ip = f.code->instrs.data() + i.b;
        break;
      case OpCode::set_attribute: do_set_attribute(t.names[i.b]); break;
      case OpCode::unpack: do_unpack(i.b); break;
      case OpCode::pop: drop(); break;
      case OpCode::attr: {
        Value v = attribute_of(top(), t.names[i.b], f.caches[i.c]);
        top() = std::move(v);
        break;
      }
      case OpCode::local_attr:
        if (sp_ == stack_end_) [[unlikely]] stack_overflow();
        new (sp_) Value(attribute_of(f.slots[i.a], t.names[i.b], f.caches[i.c]));
        ++sp_;
        break;
      case OpCode::item: {
        Value v = get_item(sp_[-2], sp_[-1]);
        drop();
        top() = std::move(v);
        break;
      }
      case OpCode::slice: do_slice(); break;
      case OpCode::binary: {
        Value v = tmpl::binary(*this, static_cast<Op>(i.x), sp_[-2], sp_[-1]);
        drop();
        top() = std::move(v);
        break;
      }
      case OpCode::compare: {
        const bool b = tmpl::compare(*this, static_cast<Op>(i.x), sp_[-2], sp_[-1]);
        drop();
        top() = Value::boolean(b);
        break;
      }
      case OpCode::compare_constant: {
        const bool b = tmpl::compare(*this, static_cast<Op>(i.x), top(), t.constants[i.b]);
        top() = Value::boolean(b);
        break;
      }
      case OpCode::compare_chain:
        if (tmpl::compare(*this, static_cast<Op>(i.x), sp_[-2], sp_[-1])) {
          sp_[-2] = std::move(sp_[-1]);
          drop();
        } else {
          drop();
          top() = Value::boolean(false);
          ip = f.code->instrs.data() + i.b;
        }
        break;
      case OpCode::negate: { Value v = negated(*this, top()); top() = std::move(v); break; }
      case OpCode::positive: { Value v = negated(*this, negated(*this, top())); top() = std::move(v); break; }
      case OpCode::not_: { const bool b = truth(top()); top() = Value::boolean(!b); break; }
      case OpCode::concat: do_concat(i.b, static_cast<Format>(i.x)); break;
      case OpCode::list: case OpCode::tuple: {
        charge(i.b * sizeof(Value));
        std::vector<Value> items(std::make_move_iterator(sp_ - i.b), std::make_move_iterator(sp_));
        drop(i.b);
        push(i.op == OpCode::list ? Value::list(std::move(items)) : Value::tuple(std::move(items)));
        break;
      }
      case OpCode::map: do_map(i.b); break;
      case OpCode::jump: ip = f.code->instrs.data() + i.b; break;
      case OpCode::jump_if: {
        const bool b = truth(top());
        drop();
        if (b == (i.x != 0)) ip = f.code->instrs.data() + i.b, work(1);
        break;
      }
      case OpCode::jump_local:
        if (f.slots[i.a].is_missing()) [[unlikely]] fail_undefined(unset_local(f, i.a));
        if (truth(f.slots[i.a]) == (i.x != 0)) ip = f.code->instrs.data() + i.b, work(1);
        break;
      case OpCode::jump_local_attr: {
        const Value& object = f.slots[i.a];
        Cache& cache = f.caches[i.c];
        const bool b = object.is(Kind::structure) && cache.type == &object.type() ? truth_of_field(cache.reader, object.self())
                                                                                  : truth(find_attribute(object, t.cached_names[i.c], cache));
        if (b == (i.x != 0)) ip = f.code->instrs.data() + i.b, work(1);
        break;
      }
      case OpCode::jump_compared: {
        const bool b = tmpl::compare(*this, static_cast<Op>(i.x), top(), t.constants[i.c]);
        drop();
        if (b == (i.a != 0)) ip = f.code->instrs.data() + i.b, work(1);
        break;
      }
      case OpCode::and_jump:
        if (!truth(top())) ip = f.code->instrs.data() + i.b;
        else drop();
        break;
      case OpCode::or_jump:
        if (truth(top())) ip = f.code->instrs.data() + i.b;
        else drop();
        break;
      case OpCode::call: do_call(i); break;
      case OpCode::emit_call: emit_call(i); break;
      case OpCode::pad:
        for (std::uint32_t k = 0; k < i.b; ++k) push(Value::missing());
        break;
      case OpCode::call_method: do_call_method(i); break;
      case OpCode::filter: do_filter(i); break;
      case OpCode::test: do_test(i); break;
      case OpCode::bound_filter: do_bound_filter(*t.builtins[i.b]); break;
      case OpCode::bound_test: {
        do_bound_filter(*t.builtins[i.b]);
        const bool b = truth(top());
        top() = Value::boolean(b != (i.x != 0));
        break;
      }
      case OpCode::loop_begin: begin_loop(i.a, i.x != 0); break;
      case OpCode::loop_next: case OpCode::loop_again: {
        auto& loop = const_cast<LoopObject&>(static_cast<const LoopObject&>(f.slots[i.a].as_object()));
        const bool again = i.op == OpCode::loop_again;
        if (loop.next >= loop.count) {
          if (!again) ip = f.code->instrs.data() + i.b;
          break;
        }
        const Value& source = loop.source;
        const std::size_t index = loop.next++;
        Value item = source.is(Kind::sequence) ? source.sequence_type().at(source.self(), index) : item_at(source, index);
        work(static_cast<std::uint64_t>(std::abs(static_cast<std::int64_t>(i.b) - (f.ip - f.code->instrs.data()))) + 1);
        if (i.c) f.slots[i.c - 1] = std::move(item);
        else push(std::move(item));
        if (again) ip = f.code->instrs.data() + i.b;
        break;
      }
      case OpCode::loop_jump_if_ran:
        if (static_cast<const LoopObject&>(f.slots[i.a].as_object()).next > 0) ip = f.code->instrs.data() + i.b;
        break;
      case OpCode::loop_end: end_loop(i.a); break;
      case OpCode::collect_begin: f.slots[i.a] = Value::list({}); break;
      case OpCode::collect: collect(i.a, static_cast<std::uint16_t>(i.c)); break;
      case OpCode::collect_end: collect_end(i.a); break;
      case OpCode::capture_begin: begin_capture(); break;
      case OpCode::capture_end: push(end_capture(static_cast<Format>(i.x))); break;
      case OpCode::capture_drop:
        for (std::uint32_t k = 0; k < i.b; ++k) end_capture(Format::text);
        break;
      case OpCode::make_macro: make_macro(t.codes[i.b].get()); break;
      case OpCode::run_loop: run_loop(); break;
      case OpCode::call_block: do_call_block(i); break;
      case OpCode::include: do_include(i); break;
      case OpCode::import: do_import(i); break;
      case OpCode::import_name: push(import_name(t.names[i.b])); break;
      case OpCode::extends: do_extends(); break;
      case OpCode::jump_if_extended:
        if (f.extends) ip = f.code->instrs.data() + i.b;
        break;
      case OpCode::finish: return;
      default: __builtin_unreachable();
    }
  }
}

void Machine::do_slice() {
  Value v = slice(*this, sp_[-4], sp_[-3], sp_[-2], sp_[-1]);
  drop(3);
  top() = std::move(v);
}

void Machine::do_concat(std::uint32_t n, Format format) {
  bool any_safe = false;
  for (Value* v = sp_ - n; v != sp_; ++v) {
    if (!is_blank(*v)) require(*v);
    check_tree(*v);
    any_safe = any_safe || (v->is_string() && v->is_safe());
  }
  any_safe = any_safe && format != Format::text;
  std::string& text = scratch_;
  text.clear();
  for (Value* v = sp_ - n; v != sp_; ++v) {
    if (v->is_undefined()) continue;
    if (any_safe && !(v->is_string() && v->is_safe())) append_escaped(text, to_text(*v), format);
    else append_text(text, *v);
    check_string(text.size());
  }
  drop(n);
  push(make_string(text, any_safe));
}

void Machine::do_unpack(std::uint32_t n) {
  const Value v = pop();
  const std::vector<Value> items = items_of(*this, v);
  if (items.size() != n)
    fail(diag::codes::template_value, fmt::format("{} names stand for {} values: {}", n, items.size(), preview(v)));
  for (std::size_t k = n; k-- > 0;) push(items[k]);
}

void Machine::do_map(std::uint32_t n) {
  charge(n * 3 * sizeof(Value));
  std::vector<std::pair<Value, Value>> items;
  for (Value* v = sp_ - 2 * n; v != sp_; v += 2) {
    require(v[0]);
    if (v[0].is(Kind::list) || v[0].is(Kind::map) || v[0].is(Kind::sequence))
      fail(diag::codes::template_type, fmt::format("a {} cannot be a key: {}", kind_name(v[0]), preview(v[0])));
    check_tree(v[0]);
    items.emplace_back(std::move(v[0]), std::move(v[1]));
  }
  drop(2 * n);
  push(Value::map(std::move(items)));
}

void Machine::do_set_attribute(Name name) {
  const Value object = pop();
  Value v = pop();
  const auto* ns = object.is(Kind::object) ? object.as_object().as_namespace() : nullptr;
  require(object);
  if (!ns)
    fail(diag::codes::template_type, fmt::format("only attributes of a namespace can be set, not of {} {}", kind_name(object), preview(object)),
         "make one with {% set ns = namespace(...) %}");
  check_depth(v);
  charge(sizeof(Value));
  ns->set(*name, std::move(v));
}

void Machine::begin_loop(std::uint16_t slot, bool recursive) {
  Value source = pop();
  require(source);
  LoopObject* l;
  if (spare_loops_.empty()) {
    l = new LoopObject;
  } else {
    l = spare_loops_.back();
    spare_loops_.pop_back();
  }
  Value holder = Value::object(l);
  if (source.is(Kind::sequence)) [[likely]] {
    l->count = source.sequence_type().size(source.self());
  } else {
    if (source.is_string()) source = Value::list(items_of(*this, source));
    if (!indexable(source))
      fail(diag::codes::template_type, fmt::format("{} {} cannot be looped over", kind_name(source), preview(source)));
    l->count = item_count(source);
  }
  l->next = 0;
  l->depth = recursive ? std::exchange(next_loop_depth_, 0) : 0;
  static_cast<Counted*>(l)->depth = source.depth() + 1;
  l->source = std::move(source);
  if (recursive && frame_->macro) {
    frame_->macro->refs.fetch_add(1, std::memory_order_relaxed);
    l->recursion = Value::object(frame_->macro);
  }
  frame_->slots[slot] = std::move(holder);
}

void Machine::end_loop(std::uint16_t slot) {
  Value& v = frame_->slots[slot];
  auto* l = const_cast<LoopObject*>(static_cast<const LoopObject*>(&v.as_object()));
  if (l->refs.load(std::memory_order_relaxed) == 1 && spare_loops_.size() < 16) {
    l->source = Value();
    l->recursion = Value::missing();
    l->last_changed = Value::missing();
    l->refs.store(2, std::memory_order_relaxed);  // nobody else sees it
    spare_loops_.push_back(l);
  }
  v = Value::missing();
}

void Machine::collect(std::uint16_t list, std::uint16_t loop) {
  const auto& l = static_cast<const LoopObject&>(frame_->slots[loop].as_object());
  charge(sizeof(Value));
  Value item = item_at(l.source, l.next - 1);
  auto& items = const_cast<std::vector<Value>&>(frame_->slots[list].items());  // not shared before collect_end
  items.push_back(std::move(item));
}

void Machine::collect_end(std::uint16_t slot) {
  Value& list = frame_->slots[slot];
  Value done = Value::list(std::move(const_cast<std::vector<Value>&>(list.items())));
  list = Value::missing();
  push(std::move(done));
}

void Machine::begin_capture() {
  if (captures_.size() == buffers_.size()) buffers_.push_back(std::make_unique<Buffer>());
  captures_.push_back(out_);
  held_ += out_->size();
  if (held_ > limits().memory + limits().output) output_overflow();
  Buffer& buffer = *buffers_[captures_.size() - 1];
  buffer.output.begin(buffer.bytes, 0, limits().string, *this);
  out_ = &buffer.output;
}

Value Machine::end_capture(Format format) {
  const std::string_view text = buffers_[captures_.size() - 1]->output.text();
  out_ = captures_.back();
  captures_.pop_back();
  held_ -= out_->size();
  check_string(text.size());
  charge(text.size());
  return Value::string(text, format != Format::text);
}

bool Machine::truth_of(const Value& v) {
  switch (v.kind()) {
    case Kind::boolean: case Kind::integer: return v.as_int() != 0;
    case Kind::none: return false;
    case Kind::string: return !v.as_string().empty();
    case Kind::decimal: return !v.as_decimal().is_zero();
    case Kind::missing: case Kind::undefined:
      if (is_blank(v)) return false;
      fail_undefined(v);
    case Kind::list: case Kind::tuple: case Kind::map: case Kind::sequence: return item_count(v) != 0;
    case Kind::object: {
      const Object& o = v.as_object();
      return !(o.is_sequence() || o.is_mapping()) || o.size() != 0;
    }
    default: return true;
  }
}

}  // namespace factpress::tmpl
