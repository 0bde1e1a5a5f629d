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

ExprPtr Parser::make(ExprKind kind, Span span) {
  auto e = std::make_unique<Expr>();
  e->kind = kind;
  e->span = span;
  return e;
}

ExprPtr Parser::finish(ExprPtr e) {
  int depth = 0;
  for (const auto& item : e->items)
    if (item) depth = std::max<int>(depth, item->depth);
  for (const auto& arg : e->args) depth = std::max<int>(depth, arg.value->depth);
  if (depth + 1 > highest) {
    ExprPtr doomed = std::move(e);
    fail(doomed->span, fmt::format("the expression is a chain of more than {} steps", highest), "split it with {% set %}");
  }
  e->depth = static_cast<std::uint16_t>(depth + 1);
  return e;
}

ExprPtr Parser::parse_expression(bool conditional) {
  Level level(*this);
  const Span begin = current().span;
  ExprPtr e = parse_logical(0);
  while (conditional && at_name("if")) {
    next();
    ExprPtr condition = parse_logical(0);
    ExprPtr otherwise;
    if (skip_name("else")) otherwise = parse_expression();
    ExprPtr whole = make(ExprKind::conditional, since(begin));
    whole->items.push_back(std::move(condition));
    whole->items.push_back(std::move(e));
    whole->items.push_back(std::move(otherwise));
    e = finish(std::move(whole));
  }
  return e;
}

ExprPtr Parser::parse_logical(int level) {
  const std::string_view word = level == 0 ? "or" : "and";
  const Span begin = current().span;
  ExprPtr left = level == 0 ? parse_logical(1) : parse_not();
  while (skip_name(word)) {
    ExprPtr right = level == 0 ? parse_logical(1) : parse_not();
    ExprPtr e = make(ExprKind::logical, since(begin));
    e->op = level == 0 ? Op::or_ : Op::and_;
    e->items.push_back(std::move(left));
    e->items.push_back(std::move(right));
    left = finish(std::move(e));
  }
  return left;
}

ExprPtr Parser::parse_not() {
  if (!at_name("not")) return parse_compare();
  Level level(*this);
  const Span begin = next().span;
  ExprPtr operand = parse_not();
  ExprPtr e = make(ExprKind::unary, since(begin));
  e->op = Op::not_;
  e->items.push_back(std::move(operand));
  return finish(std::move(e));
}

ExprPtr Parser::parse_compare() {
  static constexpr std::pair<std::string_view, Op> signs[] = {{"==", Op::eq}, {"!=", Op::ne}, {"<", Op::lt},
                                                              {"<=", Op::le}, {">", Op::gt},  {">=", Op::ge}};
  const Span begin = current().span;
  ExprPtr first = parse_binary(0);
  if (current().kind != Tok::op && current().kind != Tok::name) return first;
  ExprPtr e;
  for (;;) {
    Op op{};
    if (const auto* sign = std::find_if(std::begin(signs), std::end(signs), [&](const auto& s) { return at_op(s.first); });
        sign != std::end(signs)) {
      op = sign->second;
    } else if (at_name("in")) {
      op = Op::in;
    } else if (at_name("not") && ahead().kind == Tok::name && ahead().text == "in") {
      op = Op::not_in;
      next();
    } else {
      break;
    }
    next();
    if (!e) {
      e = make(ExprKind::compare, begin);
      e->items.push_back(std::move(first));
    }
    e->ops.push_back(op);
    e->items.push_back(parse_binary(0));
  }
  if (!e) return first;
  e->span = since(begin);
  return finish(std::move(e));
}

// Levels: 0 + -, 1 ~, 2 * / // %, 3 **
ExprPtr Parser::parse_binary(int level) {
  struct Sign { std::string_view text; int level; Op op; };
  static constexpr Sign signs[] = {{"+", 0, Op::add}, {"-", 0, Op::sub}, {"*", 2, Op::mul}, {"/", 2, Op::div},
                                   {"//", 2, Op::floordiv}, {"%", 2, Op::mod}, {"**", 3, Op::pow}};
  if (level > 3) return parse_unary(true);
  const Span begin = current().span;
  ExprPtr left = parse_binary(level + 1);
  if (current().kind != Tok::op) return left;
  if (level == 1) {
    if (!at_op("~")) return left;
    ExprPtr e = make(ExprKind::concat, begin);
    e->items.push_back(std::move(left));
    while (skip_op("~")) e->items.push_back(parse_binary(2));
    e->span = since(begin);
    return finish(std::move(e));
  }
  for (;;) {
    const auto* sign = std::find_if(std::begin(signs), std::end(signs), [&](const Sign& s) { return s.level == level && at_op(s.text); });
    if (sign == std::end(signs)) return left;
    next();
    ExprPtr right = parse_binary(level + 1);
    ExprPtr e = make(ExprKind::binary, since(begin));
    e->op = sign->op;
    e->items.push_back(std::move(left));
    e->items.push_back(std::move(right));
    left = finish(std::move(e));
  }
}

ExprPtr Parser::parse_unary(bool with_filter) {
  const Span begin = current().span;
  ExprPtr e;
  if (at_op("-") || at_op("+")) {
    Level level(*this);
    const Op op = next().text == "-" ? Op::neg : Op::pos;
    ExprPtr operand = parse_unary(false);
    e = make(ExprKind::unary, since(begin));
    e->op = op;
    e->items.push_back(std::move(operand));
    e = finish(std::move(e));
  } else {
    e = parse_primary();
  }
  e = parse_postfix(std::move(e));
  return with_filter ? parse_filters_and_tests(std::move(e)) : std::move(e);
}

ExprPtr Parser::parse_name_or_literal() {
  Token& t = take();
  static constexpr std::pair<std::string_view, int> literals[] = {{"true", 1}, {"True", 1}, {"false", 0}, {"False", 0}, {"none", 2}, {"None", 2}};
  for (const auto& [word, meaning] : literals)
    if (t.text == word) {
      ExprPtr e = make(ExprKind::constant, t.span);
      e->value = meaning == 2 ? Value::none() : Value::boolean(meaning == 1);
      return e;
    }
  ExprPtr e = make(ExprKind::name, t.span);
  e->name = std::move(t.text);
  return e;
}

ExprPtr Parser::parse_primary() {
  const Token& t = current();
  switch (t.kind) {
    case Tok::name: return parse_name_or_literal();
    case Tok::string: {
      ExprPtr e = make(ExprKind::constant, t.span);
      while (current().kind == Tok::string) e->name += next().text;
      e->span = since(e->span);
      e->value = Value::string(e->name);
      return e;
    }
    case Tok::integer: case Tok::decimal: {
      const auto d = Decimal::parse_scientific(t.text);
      if (!d || d->magnitude() > 400 || d->fraction_digits() > 400) fail(t.span, "the number is too long");
      ExprPtr e = make(ExprKind::constant, next().span);
      e->value = Value::decimal(*d, t.kind == Tok::integer);
      return e;
    }
    case Tok::op:
      if (t.text == "(") {
        const Span begin = next().span;
        ExprPtr e = parse_tuple(true, true);
        expect_op(")");
        if (e->kind == ExprKind::tuple) e->span = since(begin);
        return e;
      }
      if (t.text == "[") return parse_list();
      if (t.text == "{") return parse_dict();
      break;
    default: break;
  }
  fail_here("an expression");
}

bool Parser::at_tuple_end(std::initializer_list<std::string_view> enders) const {
  if (current().kind == Tok::print_end || current().kind == Tok::block_end || current().kind == Tok::end || at_op(")")) return true;
  return std::any_of(enders.begin(), enders.end(), [&](auto word) { return at_name(word); });
}

ExprPtr Parser::parse_tuple(bool conditional, bool parenthesised, std::initializer_list<std::string_view> enders) {
  const Span begin = current().span;
  std::vector<ExprPtr> items;
  bool tuple = false;
  for (;;) {
    if (!items.empty()) expect_op(",");
    if (at_tuple_end(enders)) break;
    items.push_back(parse_expression(conditional));
    if (!at_op(",")) break;
    tuple = true;
  }
  if (!tuple && !items.empty()) return std::move(items[0]);
  if (!tuple && !parenthesised) fail_here("an expression");
  ExprPtr e = make(ExprKind::tuple, since(begin));
  e->items = std::move(items);
  return finish(std::move(e));
}

ExprPtr Parser::parse_list() {
  const Span begin = next().span;
  ExprPtr e = make(ExprKind::list, begin);
  while (!at_op("]")) {
    if (!e->items.empty()) expect_op(",");
    if (at_op("]")) break;
    e->items.push_back(parse_expression());
  }
  expect_op("]");
  e->span = since(begin);
  return finish(std::move(e));
}

ExprPtr Parser::parse_dict() {
  const Span begin = next().span;
  ExprPtr e = make(ExprKind::dict, begin);
  while (!at_op("}")) {
    if (!e->items.empty()) expect_op(",");
    if (at_op("}")) break;
    e->items.push_back(parse_expression());
    expect_op(":");
    e->items.push_back(parse_expression());
  }
  expect_op("}");
  e->span = since(begin);
  return finish(std::move(e));
}

ExprPtr Parser::parse_postfix(ExprPtr e) {
  for (;;) {
    if (at_op(".")) e = parse_attribute(std::move(e));
    else if (at_op("[")) e = parse_subscript(std::move(e));
    else if (at_op("(")) e = parse_call(std::move(e));
    else return e;
  }
}

ExprPtr Parser::parse_filters_and_tests(ExprPtr e) {
  for (;;) {
    if (at_op("|")) e = parse_filter(std::move(e));
    else if (at_name("is")) e = parse_test(std::move(e));
    else if (at_op("(")) e = parse_call(std::move(e));
    else return e;
  }
}

ExprPtr Parser::parse_attribute(ExprPtr object) {
  const Span begin = object->span;
  next();
  const Token& t = next();
  ExprPtr e;
  if (t.kind == Tok::name) {
    e = make(ExprKind::attribute, since(begin));
    e->name = t.text;
    e->items.push_back(std::move(object));
  } else if (t.kind == Tok::integer && t.text.size() < 10) {
    e = make(ExprKind::item, since(begin));
    ExprPtr index = make(ExprKind::constant, t.span);
    index->value = Value::integer(std::stoll(t.text));
    e->items.push_back(std::move(object));
    e->items.push_back(std::move(index));
  } else {
    fail(t.span, "a name or a number is expected after the point");
  }
  return finish(std::move(e));
}

ExprPtr Parser::parse_subscript(ExprPtr object) {
  const Span begin = object->span;
  next();
  std::vector<ExprPtr> parts(3);
  bool slice = false;
  if (!at_op(":")) parts[0] = parse_expression();
  if (skip_op(":")) {
    slice = true;
    if (!at_op(":") && !at_op("]")) parts[1] = parse_expression();
    if (skip_op(":") && !at_op("]")) parts[2] = parse_expression();
  }
  if (at_op(",")) fail(current().span, "one index only: tuples are no indices here");
  expect_op("]");
  ExprPtr e = make(slice ? ExprKind::slice : ExprKind::item, since(begin));
  e->items.push_back(std::move(object));
  if (!slice) e->items.push_back(std::move(parts[0]));
  else std::move(parts.begin(), parts.end(), std::back_inserter(e->items));
  return finish(std::move(e));
}

void Parser::parse_arguments(std::vector<Argument>& args) {
  const Span begin = current().span;
  expect_op("(");
  const auto seen = [&](Argument::Kind kind) {
    return std::any_of(args.begin(), args.end(), [&](const Argument& a) { return a.kind == kind; });
  };
  bool first = true;
  while (!at_op(")")) {
    if (!first) {
      expect_op(",");
      if (at_op(")")) break;
    }
    first = false;
    Argument a;
    bool ok;
    if (skip_op("*")) {
      a.kind = Argument::star;
      ok = !seen(Argument::star) && !seen(Argument::double_star);
    } else if (skip_op("**")) {
      a.kind = Argument::double_star;
      ok = !seen(Argument::double_star);
    } else if (current().kind == Tok::name && ahead().kind == Tok::op && ahead().text == "=") {
      a.kind = Argument::named;
      a.name = next().text;
      next();
      ok = !seen(Argument::double_star);
      if (std::any_of(args.begin(), args.end(), [&](const Argument& b) { return b.kind == Argument::named && b.name == a.name; }))
        fail(current().span, fmt::format("the argument {} is given twice", a.name));
    } else {
      ok = args.empty() || args.back().kind == Argument::positional;
    }
    if (!ok) fail(current().span, "arguments by position come first, then those by name, then * and **");
    a.value = parse_expression();
    args.push_back(std::move(a));
    if (args.size() > 255) fail(begin, "more than 255 arguments");
  }
  expect_op(")");
}

ExprPtr Parser::parse_call(ExprPtr callee) {
  ExprPtr e = make(ExprKind::call, callee->span);
  parse_arguments(e->args);
  e->span = since(callee->span);
  e->items.push_back(std::move(callee));
  return finish(std::move(e));
}

ExprPtr Parser::parse_filter(ExprPtr subject) {
  const Span begin = subject->span;
  next();
  const Token& name = expect_identifier("the name of a filter");
  ExprPtr e = make(ExprKind::filter, name.span);
  e->name = name.text;
  const Span named = name.span;
  while (skip_op(".")) (e->name += '.') += expect_identifier("a name").text;
  if (at_op("(")) parse_arguments(e->args);
  e->span = {begin.empty() ? named.begin : begin.begin, since(named).end};
  e->items.push_back(std::move(subject));
  return finish(std::move(e));
}

ExprPtr Parser::parse_test(ExprPtr subject) {
  const Span begin = subject->span;
  next();
  const bool negated = skip_name("not");
  const Token& name = expect_identifier("the name of a test");
  ExprPtr e = make(ExprKind::test, name.span);
  e->name = name.text;
  e->negated = negated;
  if (at_op("(")) {
    parse_arguments(e->args);
  } else if (current().kind == Tok::string || current().kind == Tok::integer || current().kind == Tok::decimal || at_op("[") || at_op("{") ||
             (current().kind == Tok::name && !at_name("else") && !at_name("or") && !at_name("and"))) {
    if (at_name("is")) fail(current().span, "tests cannot be chained with is", "join them with and");
    if (!at_name("if")) {  // "a if b is defined if c": the word belongs to the expression around
      Argument a;
      a.value = parse_postfix(parse_primary());
      e->args.push_back(std::move(a));
    }
  }
  e->span = since(begin);
  e->items.push_back(std::move(subject));
  return finish(std::move(e));
}

}  // namespace factpress::tmpl
