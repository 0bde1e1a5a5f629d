// Expressions, with Jinja's precedence.
#include <fmt/core.h>

#include <algorithm>

#include "template/parser.h"

namespace factpress::tmpl {

namespace {
constexpr int deepest = 120;          // parentheses, brackets, blocks within each other
constexpr std::uint16_t highest = 400;  // tree height: chains of operators, attributes, filters
}  // namespace

struct Parser::Level {
  explicit Level(Parser& p) : parser(p) {
    if (++p.level_ > deepest) p.fail(p.current().span, fmt::format("nested more than {} levels deep", deepest));
  }
  ~Level() { --parser.level_; }
  Parser& parser;
};

namespace {

/// A binary operator with its level of precedence: 0 + -, 1 ~, 2 * / // %, 3 **.
struct BinarySign {
  int level;
  Op op;
};

BinarySign binary_sign(std::uint16_t code) {
  switch (code) {
    case op_code("+"): return {0, Op::add};
    case op_code("-"): return {0, Op::sub};
    case op_code("~"): return {1, {}};
    case op_code("*"): return {2, Op::mul};
    case op_code("/"): return {2, Op::div};
    case op_code("//"): return {2, Op::floordiv};
    case op_code("%"): return {2, Op::mod};
    case op_code("**"): return {3, Op::pow};
    default: return {-1, {}};
  }
}

bool comparison_sign(std::uint16_t code, Op& op) {
  switch (code) {
    case op_code("=="): op = Op::eq; return true;
    case op_code("!="): op = Op::ne; return true;
    case op_code("<"): op = Op::lt; return true;
    case op_code("<="): op = Op::le; return true;
    case op_code(">"): op = Op::gt; return true;
    case op_code(">="): op = Op::ge; return true;
    default: return false;
  }
}

}  // namespace

Expr* Parser::make(ExprKind kind, Span span) {
  Expr* const e = tree_.arena.make<Expr>();
  e->kind = kind;
  e->span = span;
  return e;
}

Expr* Parser::make_constant(Value value, Span span) {
  Expr* const e = make(ExprKind::constant, span);
  e->value = &tree_.constants.emplace_back(std::move(value));
  return e;
}

Expr* Parser::make_unary(Op op, Expr* operand, Span span) {
  Expr* const e = make(ExprKind::unary, span);
  e->op = op;
  e->items = keep({operand});
  return finish(e);
}

Expr* Parser::make_pair(ExprKind kind, Op op, Expr* left, Expr* right, Span span) {
  Expr* const e = make(kind, span);
  e->op = op;
  e->items = keep({left, right});
  return finish(e);
}

Expr* Parser::finish(Expr* e) {
  int depth = 0;
  for (const Expr* item : e->items)
    if (item) depth = std::max<int>(depth, item->depth);
  for (const auto& arg : e->args) depth = std::max<int>(depth, arg.value->depth);
  if (depth + 1 > highest) fail(e->span, fmt::format("the expression is a chain of more than {} steps", highest), "split it with {% set %}");
  e->depth = static_cast<std::uint16_t>(depth + 1);
  return e;
}

Expr* Parser::parse_expression(bool conditional) {
  Level level(*this);
  const Span begin = current().span;
  Expr* e = parse_logical(0);
  while (conditional && at_name("if")) {
    next();
    Expr* const condition = parse_logical(0);
    Expr* const otherwise = skip_name("else") ? parse_expression() : nullptr;
    Expr* const whole = make(ExprKind::conditional, since(begin));
    whole->items = keep({condition, e, otherwise});
    e = finish(whole);
  }
  return e;
}

Expr* Parser::parse_logical(int level) {
  const std::string_view word = level == 0 ? "or" : "and";
  const Span begin = current().span;
  Expr* left = level == 0 ? parse_logical(1) : parse_not();
  while (skip_name(word)) {
    Expr* const right = level == 0 ? parse_logical(1) : parse_not();
    left = make_pair(ExprKind::logical, level == 0 ? Op::or_ : Op::and_, left, right, since(begin));
  }
  return left;
}

Expr* Parser::parse_not() {
  if (!at_name("not")) return parse_compare();
  Level level(*this);
  const Span begin = next().span;
  Expr* const operand = parse_not();
  return make_unary(Op::not_, operand, since(begin));
}

Expr* Parser::parse_compare() {
  const Span begin = current().span;
  Expr* const first = parse_binary(0);
  if (current().kind != Tok::op && current().kind != Tok::name) return first;
  auto items = gather<Expr*>();
  auto ops = gather<Op>();
  items.add(first);
  for (;;) {
    Op op{};
    if (comparison_sign(current().code, op)) {
    } else if (at_name("in")) {
      op = Op::in;
    } else if (at_name("not") && is_name(ahead(), "in")) {
      op = Op::not_in;
      next();
    } else {
      break;
    }
    next();
    ops.add(op);
    items.add(parse_binary(0));
  }
  if (ops.empty()) return first;
  Expr* const e = make(ExprKind::compare, since(begin));
  e->ops = keep(ops);
  e->items = keep(items);
  return finish(e);
}

// All operators of this level and above, from the left.
Expr* Parser::parse_binary(int level) {
  const Span begin = current().span;
  Expr* left = parse_unary(true);
  for (;;) {
    const BinarySign sign = binary_sign(current().code);
    if (sign.level < level) return left;
    if (sign.level == 1) {
      left = parse_concat(left, begin);
      continue;
    }
    next();
    Expr* const right = parse_binary(sign.level + 1);
    left = make_pair(ExprKind::binary, sign.op, left, right, since(begin));
  }
}

// a ~ b ~ c is one step.
Expr* Parser::parse_concat(Expr* first, Span begin) {
  auto items = gather<Expr*>();
  items.add(first);
  while (skip_op("~")) items.add(parse_binary(2));
  Expr* const e = make(ExprKind::concat, since(begin));
  e->items = keep(items);
  return finish(e);
}

Expr* Parser::parse_unary(bool with_filter) {
  const Span begin = current().span;
  Expr* e;
  if (at_op("-") || at_op("+")) {
    Level level(*this);
    const Op op = at_op("-") ? Op::neg : Op::pos;
    next();
    Expr* const operand = parse_unary(false);
    e = make_unary(op, operand, since(begin));
  } else {
    e = parse_primary();
  }
  e = parse_postfix(e);
  return with_filter ? parse_filters_and_tests(e) : e;
}

Expr* Parser::parse_name_or_literal() {
  const Token& t = next();
  if (t.text.size() == 4) {
    if (is_name(t, "true") || is_name(t, "True")) return make_constant(Value::boolean(true), t.span);
    if (is_name(t, "none") || is_name(t, "None")) return make_constant(Value::none(), t.span);
    if (is_name(t, "loop")) ++seen_loops_;
  } else if (is_name(t, "false") || is_name(t, "False")) {
    return make_constant(Value::boolean(false), t.span);
  }
  Expr* const e = make(ExprKind::name, t.span);
  e->name = intern(t.text);
  return e;
}

// Strings that follow one another are one.
Expr* Parser::parse_string() {
  const Token& first = next();
  if (current().kind != Tok::string) return make_constant(Value::string(first.text), first.span);
  std::string text(first.text);
  while (current().kind == Tok::string) text += next().text;
  return make_constant(Value::string(text), since(first.span));
}

Expr* Parser::parse_primary() {
  const Token& t = current();
  switch (t.kind) {
    case Tok::name: return parse_name_or_literal();
    case Tok::string: return parse_string();
    case Tok::integer: case Tok::decimal: {
      const auto d = Decimal::parse_scientific(t.text);
      if (!d || d->magnitude() > 400 || d->fraction_digits() > 400) fail(t.span, "the number is too long");
      return make_constant(Value::decimal(*d, t.kind == Tok::integer), next().span);
    }
    case Tok::op:
      if (at_op("(")) {
        const Span begin = next().span;
        Expr* const e = parse_tuple(true, true);
        expect_op(")");
        if (e->kind == ExprKind::tuple) e->span = since(begin);
        return e;
      }
      if (at_op("[")) return parse_list();
      if (at_op("{")) return parse_dict();
      break;
    default: break;
  }
  fail_here("an expression");
}

bool Parser::at_tuple_end(std::initializer_list<std::string_view> enders) const {
  if (current().kind == Tok::print_end || current().kind == Tok::block_end || current().kind == Tok::end || at_op(")")) return true;
  return std::any_of(enders.begin(), enders.end(), [&](auto word) { return at_name(word); });
}

Expr* Parser::parse_tuple(bool conditional, bool parenthesised, std::initializer_list<std::string_view> enders) {
  const Span begin = current().span;
  auto items = gather<Expr*>();
  bool tuple = false;
  for (;;) {
    if (!items.empty()) expect_op(",");
    if (at_tuple_end(enders)) break;
    items.add(parse_expression(conditional));
    if (!at_op(",")) break;
    tuple = true;
  }
  if (!tuple && !items.empty()) return items.back();
  if (!tuple && !parenthesised) fail_here("an expression");
  Expr* const e = make(ExprKind::tuple, since(begin));
  e->items = keep(items);
  return finish(e);
}

Expr* Parser::parse_list() {
  const Span begin = next().span;
  auto items = gather<Expr*>();
  while (!at_op("]")) {
    if (!items.empty()) expect_op(",");
    if (at_op("]")) break;
    items.add(parse_expression());
  }
  expect_op("]");
  Expr* const e = make(ExprKind::list, since(begin));
  e->items = keep(items);
  return finish(e);
}

Expr* Parser::parse_dict() {
  const Span begin = next().span;
  auto items = gather<Expr*>();
  while (!at_op("}")) {
    if (!items.empty()) expect_op(",");
    if (at_op("}")) break;
    items.add(parse_expression());
    expect_op(":");
    items.add(parse_expression());
  }
  expect_op("}");
  Expr* const e = make(ExprKind::dict, since(begin));
  e->items = keep(items);
  return finish(e);
}

Expr* Parser::parse_postfix(Expr* e) {
  for (;;) {
    if (at_op(".")) e = parse_attribute(e);
    else if (at_op("[")) e = parse_subscript(e);
    else if (at_op("(")) e = parse_call(e);
    else return e;
  }
}

Expr* Parser::parse_filters_and_tests(Expr* e) {
  for (;;) {
    if (at_op("|")) e = parse_filter(e);
    else if (at_name("is")) e = parse_test(e);
    else if (at_op("(")) e = parse_call(e);
    else return e;
  }
}

Expr* Parser::parse_attribute(Expr* object) {
  const Span begin = object->span;
  next();
  const Token& t = next();
  if (t.kind == Tok::name) {
    Expr* const e = make(ExprKind::attribute, since(begin));
    e->name = intern(t.text);
    e->items = keep({object});
    return finish(e);
  }
  if (t.kind != Tok::integer || t.text.size() >= 10) fail(t.span, "a name or a number is expected after the point");
  std::int64_t index = 0;
  for (const char digit : t.text) index = index * 10 + (digit - '0');
  return make_pair(ExprKind::item, {}, object, make_constant(Value::integer(index), t.span), since(begin));
}

Expr* Parser::parse_subscript(Expr* object) {
  const Span begin = object->span;
  next();
  Expr *start = nullptr, *stop = nullptr, *step = nullptr;
  bool slice = false;
  if (!at_op(":")) start = parse_expression();
  if (skip_op(":")) {
    slice = true;
    if (!at_op(":") && !at_op("]")) stop = parse_expression();
    if (skip_op(":") && !at_op("]")) step = parse_expression();
  }
  if (at_op(",")) fail(current().span, "one index only: tuples are no indices here");
  expect_op("]");
  if (!slice) return make_pair(ExprKind::item, {}, object, start, since(begin));
  Expr* const e = make(ExprKind::slice, since(begin));
  e->items = keep({object, start, stop, step});
  return finish(e);
}

// One argument of a call, after those before it.
Argument Parser::parse_argument(const Gathering<Argument>& before) {
  const auto seen = [&](Argument::Kind kind) {
    return std::any_of(before.items().begin(), before.items().end(), [&](const Argument& a) { return a.kind == kind; });
  };
  Argument a;
  bool ok;
  if (skip_op("*")) {
    a.kind = Argument::star;
    ok = !seen(Argument::star) && !seen(Argument::double_star);
  } else if (skip_op("**")) {
    a.kind = Argument::double_star;
    ok = !seen(Argument::double_star);
  } else if (current().kind == Tok::name && ahead().code == op_code("=")) {
    a.kind = Argument::named;
    a.name = intern(next().text);
    next();
    ok = !seen(Argument::double_star);
    const auto same = [&](const Argument& b) { return b.kind == Argument::named && b.name == a.name; };
    if (std::any_of(before.items().begin(), before.items().end(), same)) fail(current().span, fmt::format("the argument {} is given twice", *a.name));
  } else {
    ok = before.empty() || before.back().kind == Argument::positional;
  }
  if (!ok) fail(current().span, "arguments by position come first, then those by name, then * and **");
  a.value = parse_expression();
  return a;
}

std::span<Argument> Parser::parse_arguments() {
  const Span begin = current().span;
  expect_op("(");
  auto args = gather<Argument>();
  while (!at_op(")")) {
    if (!args.empty()) {
      expect_op(",");
      if (at_op(")")) break;
    }
    args.add(parse_argument(args));
    if (args.size() > 255) fail(begin, "more than 255 arguments");
  }
  expect_op(")");
  return keep(args);
}

Expr* Parser::parse_call(Expr* callee) {
  Expr* const e = make(ExprKind::call, callee->span);
  e->args = parse_arguments();
  e->span = since(callee->span);
  e->items = keep({callee});
  return finish(e);
}

Expr* Parser::parse_filter(Expr* subject) {
  const Span begin = subject->span;
  next();
  const Token& first = expect_identifier("the name of a filter");
  Expr* const e = make(ExprKind::filter, first.span);
  if (at_op(".")) {
    std::string dotted(first.text);
    while (skip_op(".")) (dotted += '.') += expect_identifier("a name").text;
    e->name = intern(dotted);
  } else {
    e->name = intern(first.text);
  }
  if (at_op("(")) e->args = parse_arguments();
  e->span = {begin.empty() ? first.span.begin : begin.begin, since(first.span).end};
  e->items = keep({subject});
  return finish(e);
}

Expr* Parser::parse_test(Expr* subject) {
  const Span begin = subject->span;
  next();
  const bool negated = skip_name("not");
  const Token& name = expect_identifier("the name of a test");
  Expr* const e = make(ExprKind::test, name.span);
  e->name = intern(name.text);
  e->negated = negated;
  if (at_op("(")) {
    e->args = parse_arguments();
  } else if (current().kind == Tok::string || current().kind == Tok::integer || current().kind == Tok::decimal || at_op("[") || at_op("{") ||
             (current().kind == Tok::name && !at_name("else") && !at_name("or") && !at_name("and"))) {
    if (at_name("is")) fail(current().span, "tests cannot be chained with is", "join them with and");
    if (!at_name("if")) {  // "a if b is defined if c": the word belongs to the expression around
      Argument a;
      a.value = parse_postfix(parse_primary());
      e->args = keep({a});
    }
  }
  e->span = since(begin);
  e->items = keep({subject});
  return finish(e);
}

}  // namespace factpress::tmpl
