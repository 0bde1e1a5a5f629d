#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source.h"
#include "template/value.h"

namespace factpress::tmpl {

struct Expr;
struct Stmt;
using ExprPtr = std::unique_ptr<Expr>;
using StmtPtr = std::unique_ptr<Stmt>;
using Body = std::vector<StmtPtr>;

enum class ExprKind : std::uint8_t {
  constant, name, list, tuple, dict, attribute, item, slice, call, filter, test, unary, binary, compare, logical, concat, conditional
};

enum class Op : std::uint8_t { add, sub, mul, div, floordiv, mod, pow, neg, pos, not_, and_, or_, eq, ne, lt, le, gt, ge, in, not_in };

struct Argument {
  enum Kind : std::uint8_t { positional, named, star, double_star } kind = positional;
  std::string name;
  ExprPtr value;
};

/// One expression. Which members are in use depends on the kind; `items` are operands in the order of evaluation.
struct Expr {
  ExprKind kind;
  Op op = Op::add;
  bool negated = false;          // is not
  std::uint16_t depth = 1;       // height of the tree below, bounded
  Span span;
  std::string name;              // name, attribute, filter, test
  Value value;                   // constant (strings borrow `name`)
  std::vector<ExprPtr> items;    // slice: object, start, stop, step (null where left out)
  std::vector<Op> ops;           // compare: one less than items
  std::vector<Argument> args;    // call, filter, test
};

enum class StmtKind : std::uint8_t {
  text, print, if_, for_, set, set_block, with, macro, call_block, filter_block, include, import, from_import, extends, block,
  break_, continue_, do_, autoescape
};

/// An assignment's target: a name, an attribute of a namespace, or a tuple of targets.
struct Target {
  Span span;
  std::string name;
  std::string attribute;
  std::vector<Target> parts;
  bool is_tuple = false;
};

struct Param {
  std::string name;
  ExprPtr fallback;
};

struct Branch {
  ExprPtr condition;  // null: else
  Body body;
};

struct Stmt {
  StmtKind kind;
  Span span;
  std::string text;                                       // text; macro, block name; import alias; autoescape format
  ExprPtr expr;                                           // print, for iterable, set value, call, include/import/extends name, do
  ExprPtr filter;                                         // for ... if; filter block and block set: chain over a name "<body>"
  std::vector<Target> targets;                            // for, set, with
  std::vector<ExprPtr> values;                            // with
  std::vector<Branch> branches;                           // if
  Body body;
  Body otherwise;                                         // for else
  std::vector<Param> params;                              // macro, call
  std::vector<std::pair<std::string, std::string>> names;  // from import: name, alias
  bool recursive = false, scoped = false, required = false, ignore_missing = false, with_context = false;
};

}  // namespace factpress::tmpl
