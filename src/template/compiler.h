#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "template/code.h"
#include "template/name_index.h"
#include "template/token.h"

namespace factpress::tmpl {

/// From tree to bytecode, one template. Names are resolved to slots where the text tells; the others are looked up in the
/// context when the template runs.
class Compiler {
 public:
  Compiler(Template& t, const Symbols& symbols) : t_(t), symbols_(symbols) {}
  void run(const Body& body);

 private:
  struct Local {
    Name name;
    std::uint16_t slot;
    bool definite;  // set on every way that leads here
  };
  struct Scope {
    std::vector<Local> locals;
    int branch = 0;  // if-depth at which the scope began
  };
  struct Loop {
    std::size_t next;                   // where continue goes
    std::vector<std::size_t> breaks;    // jumps to patch
    int captures;                       // open captures at its start
  };
  /// One Code under construction.
  struct Unit {
    Code* code;
    Unit* outer;                // whose locals it may capture
    std::vector<Scope> scopes;  // the first holds parameters, captures and specials
    std::vector<Loop> loops;
    bool top = false;           // assignments go to the context while only one scope is open
    int branch = 0;
    int captures = 0;
    std::size_t label = 0;      // no folding across this place
  };
  struct Found {
    std::vector<std::uint16_t> maybe;  // slots to try first
    int definite = no_slot;
  };

  // emission
  std::size_t emit(OpCode op, Span span, std::uint32_t b = 0, std::uint32_t c = 0, std::size_t a = 0, std::uint8_t x = 0);
  std::size_t here();
  using Jumps = std::vector<std::size_t>;
  void patch(const Jumps& jumps) { for (const auto jump : jumps) patch(jump); }
  void patch(std::size_t jump) { unit_->code->instrs[jump].b = static_cast<std::uint32_t>(here()); }
  void emit_text(std::string_view text, Span span);
  std::uint32_t name_index(Name name);
  std::uint32_t constant_index(const Value& v);
  std::uint32_t cache(std::uint32_t name) { t_.cached_names.push_back(t_.names[name]); return static_cast<std::uint32_t>(t_.cached_names.size() - 1); }
  [[noreturn]] void fail(Span span, std::string message, std::string help = {}) const;

  // names
  Name intern(std::string_view name) const { return symbols_.intern(name); }
  std::uint16_t new_slot(Name name, Span span);
  std::uint16_t declare(Name name, bool definite, Span span);
  Found resolve(Unit& unit, Name name, Span span);
  void find_in_scopes(Unit& unit, Name name, Found& found);
  int special_slot(Unit& unit, Name name, Span span);
  bool at_context_level() const { return unit_->top && unit_->scopes.size() == 1; }
  void store(Name name, Span span);
  std::uint32_t locals_table(Span span);
  void predeclare(const Stmt& s);
  void collect_assigned(const Body& body, std::vector<Name>& names) const;
  void collect_target(const Target& t, std::vector<Name>& names) const;
  void push_scope() { unit_->scopes.push_back({{}, unit_->branch}); }
  void pop_scope() { unit_->scopes.pop_back(); }

  // statements
  void body(const Body& statements);
  void scoped_body(const Body& statements);
  void statement(const Stmt& s);
  void print(const Stmt& s);
  void print(const Expr& e, Span span);
  void if_statement(const Stmt& s);
  void print_either(const Expr& e, Span span);
  void for_statement(const Stmt& s);
  void loop(const Stmt& s);
  void loop_filter(const Stmt& s);
  void recursive_loop(const Stmt& s);
  void assign(const Target& target);
  void set(const Stmt& s);
  void captured(const Stmt& s);
  void set_block(const Stmt& s);
  void with(const Stmt& s);
  std::uint32_t macro_code(const Stmt& s, CodeKind kind);
  void macro(const Stmt& s);
  void call_block(const Stmt& s);
  void filter_block(const Stmt& s);
  void block(const Stmt& s);
  void include(const Stmt& s);
  void import(const Stmt& s);
  void from_import(const Stmt& s);
  void jump_out(const Stmt& s);
  void autoescape(const Stmt& s);
  Code* new_code(CodeKind kind, Name name, Span span);
  void finish(Span span);
  void list_context_names();

  // expressions: each leaves one value on the stack
  void expression(const Expr& e);
  void load_name(const Expr& e);
  void attribute(const Expr& e);
  void call(const Expr& e, bool with_caller = false, std::uint32_t caller_code = 0);
  void call_function(const Expr& e, OpCode op, bool with_caller = false, std::uint32_t caller_code = 0);
  std::uint32_t arguments(const Expr& e, bool with_caller, std::uint32_t caller_code);
  static bool can_bind(const Expr& e, const Builtin& b);
  void bound_arguments(const Expr& e, const Builtin& b);
  void apply(const Expr& e, std::shared_ptr<const Builtin> builtin, OpCode bound, OpCode unbound);
  /// The value of an expression made of constants alone.
  static std::optional<Value> constant_of(const Expr& e);
  void filter(const Expr& e);
  void test(const Expr& e);
  void unary(const Expr& e);
  void compare(const Expr& e);
  void logical(const Expr& e);
  void conditional(const Expr& e);
  /// Jumps where the truth of `e` is `when`, goes on else; leaves nothing on the stack.
  void jump_where(bool when, const Expr& e, Jumps& jumps);
  void jump_where_both(bool when, const Expr& e, Jumps& jumps);
  void sequence(const Expr& e);
  void remember_reference(const Expr& e);
  /// The slot of a name that is certainly a local here, or no_slot.
  int plain_local(const Expr& e);

  Template& t_;
  const Symbols& symbols_;
  Unit* unit_ = nullptr;
  Format format_ = Format::text;
  NameIndex names_, blocks_;          // of the template's lists
  std::size_t locals_listed_ = 0;     // in all tables
  struct Room {
    std::vector<Instr> instrs;
    std::vector<Span> spans;
  };
  std::vector<Room> rooms_;  // of codes that are complete, for the next ones to grow in
  bool extended_ = false;        // a top-level extends came before
  bool maybe_extended_ = false;  // one in a branch
};

}  // namespace factpress::tmpl
