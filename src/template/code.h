#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source.h"
#include "template/ast.h"
#include "template/engine.h"

namespace factpress::tmpl {

/// One parameter of a C++ function, filter or test.
struct SignatureParam {
  std::string name;
  bool optional = false;
  bool lenient = false;  ///< takes an undefined value
};

/// A C++ function with its signature.
struct Builtin {
  std::string name;
  std::vector<SignatureParam> params;
  bool rest = false;   ///< "*"
  bool named = false;  ///< "**"
  Function function;
};

enum class OpCode : std::uint8_t {
  emit_text,        // b: text
  emit,             // x: format; pops
  emit_local,       // a: slot, x: format
  emit_local_attr,  // a: slot, b: name, c: cache, x: format
  emit_text_attr,   // b: text, then as emit_local_attr: a: slot, c: cache, x: format
  emit_attr,        // b: name, c: cache, x: format; pops the object
  constant,         // b
  load_local,       // a
  load_context,     // b: name, c: cache
  load_self,
  undefined_value,  // an inline if without else
  store_local,      // a; pops
  store_context,    // b: name; pops
  clear,            // a: slot, b: how many
  push_if_set,      // a: slot, b: target; pushes and jumps where the slot is set
  jump_if_set,      // a: slot, b: target
  set_attribute,    // b: name; pops object (top), then value
  unpack,           // b: how many; pops, pushes the last first
  pop,
  attr, item, slice,  // attr b: name, c: cache; slice: object start stop step
  local_attr,       // a: slot, b: name, c: cache
  binary,           // x: Op
  compare,          // x: Op
  compare_constant,  // x: Op, b: constant on the right
  compare_chain,    // x: Op, b: target where false
  negate, positive, not_,
  concat,           // b: how many, x: format
  list, tuple, map,  // b: how many (pairs for map)
  jump,             // b
  jump_if,          // b, x: the truth that jumps; pops
  jump_local,       // a: slot, b, x: the truth that jumps
  jump_local_attr,  // a: slot, b, c: cache, x: the truth that jumps
  jump_compared,    // b, c: constant on the right, x: Op, a: the truth that jumps; pops
  and_jump, or_jump,  // b: keeps the value and jumps, or pops it
  call,             // c: call site
  emit_call,        // c: call site, x: format; prints what the call gives
  pad,              // b: how many; pushes arguments that are not given
  call_method,      // b: name, c: call site
  filter,           // b: builtin, c: call site
  test,             // b: builtin, c: call site, x: negated
  bound_filter,     // b: builtin; its arguments lie in the order of its signature
  bound_test,       // b: builtin, x: negated; likewise
  loop_begin,       // a: slot of the loop; pops the iterable
  loop_next,        // a, b: target at the end; c: slot + 1 to store to, or 0 to push
  loop_again,       // as loop_next at the end of the body: b: its start; falls through at the end
  loop_jump_if_ran,  // a, b
  loop_end,         // a
  collect_begin,    // a: slot
  collect,          // a: slot of the list, c: slot of the loop whose item is taken
  collect_end,      // a: pushes the list
  capture_begin,
  capture_end,      // x: format; pushes the text
  capture_drop,     // b: how many
  make_macro,       // b: function
  run_loop,         // pops the closure and the iterable (below)
  call_block,       // b: name, c: table of locals + 1
  include,          // x: flags, c: table of locals + 1
  import,           // x: with context, c: table of locals + 1
  import_name,      // b: name; pushes from the module below
  extends,
  jump_if_extended,  // b
  finish,
};

struct Instr {
  OpCode op;
  std::uint8_t x = 0;
  std::uint16_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
};

inline constexpr std::uint8_t include_ignores_missing = 1, include_with_context = 2;

/// How a call was written: positions, then *, names, **, each one value on the stack in this order.
struct CallSite {
  std::uint16_t positional = 0;
  bool star = false;
  bool double_star = false;
  std::vector<std::string_view> named;  // interned
  const Builtin* string_method = nullptr;  // of a method's call: what its name means for a string, a list, a map
  const Builtin* list_method = nullptr;
  const Builtin* map_method = nullptr;

  bool positions_only() const { return !star && !double_star && named.empty(); }
};

enum class CodeKind : std::uint8_t { main, block, macro, caller, loop };

inline constexpr int no_slot = -1;

/// A run of instructions with slots of its own: the template's top, a block, a macro, the body of a call block or of a
/// recursive loop.
struct Code {
  struct Parameter {
    Name name;
    bool optional;
  };
  struct Capture {
    std::uint16_t outer, inner;
  };
  CodeKind kind = CodeKind::main;
  Name name = nullptr;
  Span span;
  Format format = Format::text;
  std::vector<Instr> instrs;
  std::vector<Span> spans;
  std::vector<Name> slot_names;          // null for slots without a name
  std::vector<Parameter> params;         // slots 0..
  std::vector<Capture> captures;
  int caller_slot = no_slot, varargs_slot = no_slot, kwargs_slot = no_slot, super_slot = no_slot;
  bool required = false;
};

struct Block {
  Name name;
  const Code* code;
};

/// Names and slots visible at an include, import or scoped block.
using LocalTable = std::vector<std::pair<Name, std::uint16_t>>;

class Template {
 public:
  std::string name;
  std::string origin;      ///< label of the loader
  std::size_t loader = 0;  ///< its position; one past the last for text without a loader
  SourcePtr source;
  Format format = Format::text;
  std::vector<std::unique_ptr<Code>> codes;  // the first is the top
  std::string texts;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> text_spans;
  std::vector<std::string_view> text_views;  // the same, once the texts are complete
  std::vector<Value> constants;
  std::vector<Name> names;
  std::vector<CallSite> calls;
  std::vector<LocalTable> tables;
  std::vector<std::shared_ptr<const Builtin>> builtins;
  std::vector<Block> blocks;
  std::vector<std::string> references;
  std::vector<Name> context_names;
  std::vector<Name> cached_names;  // the attribute that each cache is for
  bool makes_macros = false;
};

/// What the compiler needs of the environment.
class Symbols {
 public:
  virtual ~Symbols() = default;
  virtual Name intern(std::string_view name) const = 0;
  virtual std::shared_ptr<const Builtin> filter(std::string_view name) const = 0;
  virtual std::shared_ptr<const Builtin> test(std::string_view name) const = 0;
  virtual std::string nearest_filter(std::string_view name) const = 0;
  virtual std::string nearest_test(std::string_view name) const = 0;
};

/// Fills codes and tables from the template's body, of which nothing is needed later. Throws SyntaxError.
void generate(Template& t, const Body& body, const Symbols& symbols);

/// Appends `v` as `format` wants it; safe strings as they are (but never in csv and json where they would break the row).
void append_escaped(std::string& out, const Value& v, Format format);
void append_escaped(std::string& out, std::string_view text, Format format);
class Output;
/// The same to an Output; `scratch` is room to work in.
void append_value(Output& out, const Value& v, Format format, std::string& scratch);

}  // namespace factpress::tmpl
