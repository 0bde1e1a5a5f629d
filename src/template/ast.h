#pragma once
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>

#include "base/source.h"
#include "template/arena.h"
#include "template/value.h"

namespace factpress::tmpl {

struct Expr;
struct Stmt;
using Body = std::span<Stmt*>;

/// Interned by the environment: equal names are the same pointer.
using Name = const std::string*;

/// What a tree stands in: its nodes and their sequences in the arena, the values of its constants beside it. Texts borrow the
/// template's source or the arena, so a tree lives no longer than either; the bytecode made of it keeps nothing of it.
struct Tree {
  Arena arena;
  std::deque<Value> constants;
};

enum class ExprKind : std::uint8_t {
  constant, name, list, tuple, dict, attribute, item, slice, call, filter, test, unary, binary, compare, logical, concat, conditional
};

enum class Op : std::uint8_t { add, sub, mul, div, floordiv, mod, pow, neg, pos, not_, and_, or_, eq, ne, lt, le, gt, ge, in, not_in };

struct Argument {
  enum Kind : std::uint8_t { positional, named, star, double_star } kind = positional;
  Name name = nullptr;
  Expr* value = nullptr;
};

/// One expression. Which members are in use depends on the kind; `items` are operands in the order of evaluation.
struct Expr {
  ExprKind kind = ExprKind::constant;
  Op op = Op::add;
  bool negated = false;          // is not
  std::uint16_t depth = 1;       // height of the tree below, bounded
  Span span;
  Name name = nullptr;           // name (null: what a filter block captured), attribute, filter, test
  const Value* value = nullptr;  // constant
  std::span<Expr*> items;        // slice: object, start, stop, step (null where left out)
  std::span<Op> ops;             // compare: one less than items
  std::span<Argument> args;      // call, filter, test
};

enum class StmtKind : std::uint8_t {
  text, print, if_, for_, set, set_block, with, macro, call_block, filter_block, include, import, from_import, extends, block,
  break_, continue_, do_, autoescape
};

/// An assignment's target: a name, an attribute of a namespace, or a tuple of targets.
struct Target {
  Span span;
  Name name = nullptr;
  Name attribute = nullptr;
  std::span<Target> parts;
  bool is_tuple = false;
};

struct Param {
  Name name = nullptr;
  Expr* fallback = nullptr;
};

struct Branch {
  Expr* condition = nullptr;  // null: else
  Body body;
};

/// One name of a from ... import.
struct Import {
  Name name = nullptr;
  Name alias = nullptr;
};

struct Stmt {
  StmtKind kind = StmtKind::text;
  bool recursive = false, scoped = false, required = false, ignore_missing = false, with_context = false;
  bool sees_loop = false;     // for: something in it can ask for `loop`
  Span span;
  std::string_view text;      // text
  Name name = nullptr;        // macro, block; import: alias
  Expr* expr = nullptr;       // print, for iterable, set value, call, include/import/extends name, do, autoescape format
  Expr* filter = nullptr;     // for ... if; filter block and block set: chain over what was captured
  std::span<Target> targets;  // for, set, with
  std::span<Expr*> values;    // with
  std::span<Branch> branches; // if
  Body body;
  Body otherwise;             // for else
  std::span<Param> params;    // macro, call
  std::span<Import> names;    // from import
};

}  // namespace factpress::tmpl
