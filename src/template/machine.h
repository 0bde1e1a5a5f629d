#pragma once
#include <algorithm>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "template/code.h"
#include "template/environment.h"
#include "template/object.h"
#include "template/output.h"
#include "template/reflect.h"

namespace factpress::tmpl {

/// Ends a render; caught at the engine's border.
struct RenderError {
  diag::Diagnostic diagnostic;
};

/// What a name at one place of a template was, the last time that it ran.
struct Cache {
  const Type* type = nullptr;       // the struct that `reader` reads
  Reader reader;
  std::uint64_t context = 0;        // a variable: the serial of the context that it was looked for in, 0 for none,
  std::uint32_t vars = 0;           // how many variables that had,
  std::uint32_t var = 0;            // and which it was, or `vars` where it was none of them
};

struct BlockEntry {
  Name name;
  std::vector<std::pair<const Template*, const Code*>> chain;  // most derived first
};

/// The variables that one template and those it extends share.
struct Context {
  std::uint64_t serial = 0;                 // another one for every context of a render
  std::vector<std::pair<Name, Value>> vars; // never fewer than before
  Context* parent = nullptr;
  bool with_root = true;
  std::vector<BlockEntry>* blocks = nullptr;

  std::pair<Name, Value>* find(Name name) {
    for (auto& var : vars)
      if (var.first == name) return &var;
    return nullptr;
  }
  void set(Name name, Value v) {
    if (auto* at = find(name)) at->second = std::move(v);
    else vars.emplace_back(name, std::move(v));
  }
};

inline constexpr std::string_view blank_name = "the inline if without else";

class LoopObject;
class MacroObject;

struct Frame {
  Frame* caller = nullptr;
  const Template* t = nullptr;
  const Code* code = nullptr;
  const Instr* ip = nullptr;
  Cache* caches = nullptr;
  Context* context = nullptr;
  Value* slots = nullptr;
  const MacroObject* macro = nullptr;    // whose code this is
  const Template* extends = nullptr;     // set by an extends tag that ran
  Output* output = nullptr;              // where it wrote before that
  std::size_t block_level = 0;           // position in the block's chain
  bool extended = false;                 // the top of a template that another extends
};

/// Runs compiled templates over one context, once. Not shared between threads.
class Machine {
 public:
  Machine(const Environment::Impl& env, const Value& root, std::string& out, diag::Sink& sink);
  ~Machine();
  Machine(const Machine&) = delete;

  void render(const Template& t);

  // For operators, filters and functions. All of these throw RenderError.
  [[noreturn]] void fail(const diag::CodeInfo& code, std::string message, std::string help = {});
  [[noreturn]] void fail_undefined(const Value& v);
  void require(const Value& v) { if (v.is_undefined()) fail_undefined(v); }
  void charge(std::size_t bytes) {
    if (bytes > limits().memory - std::min(limits().memory, memory_)) [[unlikely]] out_of_memory();
    memory_ += bytes;
    work(bytes / 64);
  }
  void work(std::uint64_t steps) { if ((fuel_ -= static_cast<std::int64_t>(steps)) < 0) out_of_steps(); }
  void check_string(std::size_t size) { if (size > limits().string) [[unlikely]] string_too_long(); }
  [[noreturn]] void output_overflow();
  /// Counts the nodes and bytes of a container against the limits before something walks it: shared parts count each time
  /// that they are met, so a small template cannot build a tree that is endless to print.
  void check_tree(const Value& v) { if (v.is_sequence() || v.is(Kind::map)) walk_tree(v); }
  const Limits& limits() const { return env_.options.limits; }
  const Environment::Impl& environment() const { return env_; }
  Format format() const { return frame_ ? frame_->code->format : Format::text; }
  Value make_string(std::string_view s, bool safe = false);
  Value make_list(std::vector<Value> items);

  Value call_value(const Value& callee, const Arguments& args);
  Value call_method(const Value& receiver, std::string_view name, const Arguments& args);
  Value call_builtin(const Builtin& b, std::span<Value> positional, std::span<std::pair<std::string_view, Value>> named);
  Value call_macro(const MacroObject& macro, const Arguments& args);
  Value call_loop(const LoopObject& loop, const Arguments& args);
  Value call_super(const Template* t, Name block, std::size_t level, Context* context);
  bool has_block(Context& context, Name name, std::size_t level) const;
  Value get_attribute(const Value& object, std::string_view name);
  Value get_item(const Value& object, const Value& key);
  bool truth(const Value& v) { return v.is(Kind::boolean) ? v.as_bool() : truth_of(v); }
  /// Namespaces may refer to themselves: their attributes are let go at the end of the render.
  void remember(const Object* ns);
  
 private:
  friend class MacroObject;
  struct CallArguments;
  struct MacroRest;

  void run(Frame& frame);
  void run_code(const Template* t, const Code* code, Context* context, const MacroObject* macro, std::size_t level);
  void run_main(const Template* t, Context* context);
  void execute(const Template* t, Context* context);
  void register_blocks(const Template* t, Context* context);
  /// The top `given` values of the stack become the first slots.
  void enter(Frame& f, std::size_t given = 0);
  void leave(Frame& f);

  bool truth_of(const Value& v);
  /// Of a struct's field, for the usual forms without a value made.
  bool truth_of_field(const Reader& field, const void* self) {
    const char* at = static_cast<const char*>(self) + field.offset;
    switch (field.form) {
      case Form::boolean: { bool b; std::memcpy(&b, at, sizeof b); return b; }
      case Form::view: return !field.view(self).empty();
      case Form::pointer: { const void* to; std::memcpy(&to, at, sizeof to); return to != nullptr; }
      default: return truth(field.read(self));
    }
  }
  void walk_tree(const Value& v);
  void check_depth(const Value& v) { if (v.depth() > 150) too_deep(v); }
  [[noreturn]] void too_deep(const Value& v);

  /// An inline if without else whose condition is false prints nothing and is false; otherwise it is as undefined as any name.
  static bool is_blank(const Value& v) { return v.is(Kind::undefined) && v.undefined_name() == blank_name; }

  // stack
  void push(Value&& v) { if (sp_ == stack_end_) [[unlikely]] stack_overflow(); new (sp_++) Value(std::move(v)); }
  void push(const Value& v) { if (sp_ == stack_end_) [[unlikely]] stack_overflow(); new (sp_++) Value(v); }
  Value pop() { --sp_; Value v(std::move(*sp_)); sp_->~Value(); return v; }
  void drop() { (--sp_)->~Value(); }
  void drop(std::size_t n) { while (n--) drop(); }
  Value& top() { return sp_[-1]; }
  [[noreturn]] void stack_overflow();
  [[noreturn]] void out_of_steps();
  [[noreturn]] void out_of_memory();
  [[noreturn]] void string_too_long();

  // instructions
  /// What a slot that nothing was stored in yet evaluates to.
  static Value unset_local(const Frame& f, std::size_t slot) {
    return Value::undefined(f.code->slot_names[slot] ? *f.code->slot_names[slot] : std::string());
  }
  void emit_value(const Value& v, Format format);
  void emit_string(std::string_view s, Format format) {
    if (format == Format::html || format == Format::xml) [[likely]] out_->append_markup(s);
    else append_value(*out_, Value::string_ref(s), format, scratch_);
  }
  [[gnu::always_inline]] void emit_local_attribute(Frame& f, const Instr& i) {
    const Value& object = f.slots[i.a];
    Cache& cache = f.caches[i.c];
    if (object.is(Kind::structure) && cache.type == &object.type() && cache.reader.form == Form::view) [[likely]]
      emit_string(cache.reader.view(object.self()), static_cast<Format>(i.x));
    else emit_value(attribute_of(object, f.t->cached_names[i.c], cache), static_cast<Format>(i.x));
  }
  [[gnu::always_inline]] Value attribute_of(const Value& object, Name name, Cache& cache) {
    if (object.is(Kind::structure) && cache.type == &object.type()) [[likely]] return cache.reader.read(object.self());
    return find_attribute(object, name, cache);
  }
  static bool fill(Cache& cache, const Value& object, Name name);
  Value find_attribute(const Value& object, Name name, Cache& cache);
  Value lookup(Name name, Cache& cache);
  Value look_through(Name name, Cache& cache);
  void do_slice();
  void do_concat(std::uint32_t n, Format format);
  void do_unpack(std::uint32_t n);
  void do_map(std::uint32_t n);
  void do_set_attribute(Name name);
  void do_call(const Instr& i);
  void do_call_method(const Instr& i);
  void do_filter(const Instr& i);
  void do_test(const Instr& i);
  void do_bound_filter(const Builtin& b);
  void emit_call(const Instr& i);
  Value invoke(const Builtin& b, std::span<Value> args, std::span<Value> rest, std::span<std::pair<std::string_view, Value>> named);
  [[noreturn]] void refuse_argument(const Builtin& b, std::size_t i, const Value& v);
  void run_macro(const MacroObject& macro, std::size_t given, MacroRest* rest = nullptr);
  static const MacroObject* macro_over(const Value& callee, const CallSite& site);
  void begin_loop(std::uint16_t slot, bool recursive);
  void end_loop(std::uint16_t slot);
  void collect(std::uint16_t list, std::uint16_t loop);
  void collect_end(std::uint16_t slot);
  void begin_capture();
  Value end_capture(Format format);
  void make_macro(const Code* code);
  void run_loop();
  void do_call_block(const Instr& i);
  void do_include(const Instr& i);
  void do_import(const Instr& i);
  void do_extends();
  Value import_name(Name name);
  Context* new_context(Context* parent, bool with_root);
  void add_locals(Context& c, std::uint32_t table);
  TemplatePtr load(const Value& name, bool ignore_missing, bool extending = false);
  Cache* caches_of(const Template* t);
  std::vector<std::string_view> visible_names();
  std::string values_in_play(const Frame& f);
  diag::Diagnostic diagnose(const diag::CodeInfo& code, std::string message, std::string help);

  const Environment::Impl& env_;
  const Value& root_;
  Output final_;
  Output* out_ = &final_;
  diag::Sink& sink_;
  std::int64_t fuel_;
  std::size_t memory_ = 0;
  std::size_t held_ = 0;       // bytes in captures that wait for an inner one
  unsigned depth_ = 0;
  Frame* frame_ = nullptr;
  Value* stack_;
  Value* sp_;
  Value* stack_end_;
  struct Buffer {
    std::string bytes;
    Output output;
  };
  std::uint64_t contexts_made_ = 0;
  std::vector<Output*> captures_;                  // where the levels of capture go on to write
  std::vector<std::unique_ptr<Buffer>> buffers_;  // one a level of capture, used again and again
  std::size_t next_loop_depth_ = 0;
  std::vector<std::unique_ptr<Context>> contexts_;
  std::deque<std::vector<BlockEntry>> block_tables_;
  std::vector<std::pair<const Template*, std::unique_ptr<Cache[]>>> caches_;
  std::vector<TemplatePtr> loaded_;
  std::vector<LoopObject*> spare_loops_;
  std::vector<const Object*> namespaces_;
  Buffer discarded_;
  std::string scratch_;
};

}  // namespace factpress::tmpl
