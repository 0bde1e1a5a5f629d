// Statements: what stands in {% %}.
#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/template.h"
#include "template/parser.h"

namespace factpress::tmpl {

namespace {

constexpr std::string_view statement_names[] = {
    "if", "for", "set", "with", "macro", "call", "filter", "block", "extends", "include", "import", "from", "do", "break",
    "continue", "autoescape", "raw", "else", "elif", "endif", "endfor", "endset", "endwith", "endmacro", "endcall", "endfilter",
    "endblock", "endautoescape", "endraw"};

std::string describe(const Token& t) {
  switch (t.kind) {
    case Tok::data: return "text";
    case Tok::print_begin: return "{{";
    case Tok::print_end: return "}}";
    case Tok::block_begin: return "{%";
    case Tok::block_end: return "the end of the tag";
    case Tok::string: return "a string";
    case Tok::end: return "the end of the template";
    default: return fmt::format("'{}'", t.text.substr(0, 40));
  }
}

}  // namespace

void Parser::fail(const Span& span, std::string message, std::string help) const {
  throw SyntaxError{span, std::move(message), std::move(help)};
}

void Parser::fail_here(std::string_view expected) const {
  fail(current().span, fmt::format("{} is expected here, not {}", expected, describe(current())));
}

void Parser::expect_op(std::string_view op) {
  if (!skip_op(op)) fail_here(fmt::format("'{}'", op));
}

void Parser::expect_name(std::string_view word) {
  if (!skip_name(word)) fail_here(fmt::format("'{}'", word));
}

const Token& Parser::expect_identifier(std::string_view what) {
  if (current().kind != Tok::name) fail_here(what);
  return next();
}

// Equal names come again within a few lines: those found last are compared before the environment is asked.
Name Parser::intern(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(text[i])); };
  Name& recent = recent_[(text.size() * 5 + byte(0) * 3 + byte(text.size() / 2) * 17 + byte(text.size() - 1)) % recent_.size()];
  if (!recent || *recent != text) recent = symbols_.intern(text);
  return recent;
}

Stmt* Parser::make_stmt(StmtKind kind, Span span) {
  Stmt* const s = tree_.arena.make<Stmt>();
  s->kind = kind;
  s->span = span;
  return s;
}

Body Parser::parse_template() { return parse_body({}, {}, {}); }

// Up to a tag with one of `enders`, which is left as the current token (behind its {%).
Body Parser::parse_body(std::initializer_list<std::string_view> enders, std::string_view opener, Span opened) {
  if (++level_ > 120) fail(opened, "blocks are nested more than 120 levels deep");
  auto body = gather<Stmt*>();
  for (;;) {
    const Token& t = next();
    if (t.kind == Tok::data) {
      Stmt* const s = make_stmt(StmtKind::text, t.span);
      s->text = t.text;
      body.add(s);
    } else if (t.kind == Tok::print_begin) {
      const Span begin = current().span;
      Stmt* const s = make_stmt(StmtKind::print, begin);
      s->expr = parse_tuple(true, false);
      s->span = since(begin);
      if (current().kind != Tok::print_end) fail_here("an operator or }}");
      next();
      body.add(s);
    } else if (t.kind == Tok::block_begin) {
      if (std::any_of(enders.begin(), enders.end(), [&](auto word) { return at_name(word); })) break;
      body.add(parse_statement(current().span));
      if (current().kind != Tok::block_end) fail_here("the end of the tag");
      next();
    } else {  // the end
      if (enders.size() == 0) break;
      fail(opened, fmt::format("the block '{}' is not closed", opener), fmt::format("write {{% {} %}} where it ends", *(enders.end() - 1)));
    }
  }
  --level_;
  return keep(body);
}

void Parser::close_tag(std::string_view word) { expect_name(word); }

Stmt* Parser::parse_statement(Span tag) {
  const std::string_view word = expect_identifier("the name of a statement").text;
  if (word == "if") return parse_if(tag);
  if (word == "for") return parse_for(tag);
  if (word == "set") return parse_set(tag);
  if (word == "with") return parse_with(tag);
  if (word == "macro") return parse_macro(tag);
  if (word == "call") return parse_call_block(tag);
  if (word == "filter") return parse_filter_block(tag);
  if (word == "block") return parse_block(tag);
  if (word == "include") return parse_include(tag);
  if (word == "import") return parse_import(tag);
  if (word == "from") return parse_from_import(tag);
  if (word == "autoescape") return parse_autoescape(tag);
  if (word == "break" || word == "continue") {
    if (loops_ == 0) fail(tag, fmt::format("'{}' stands outside of a loop", word));
    return make_stmt(word == "break" ? StmtKind::break_ : StmtKind::continue_, tag);
  }
  if (word == "extends" || word == "do") {
    Stmt* const s = make_stmt(word == "do" ? StmtKind::do_ : StmtKind::extends, tag);
    s->expr = word == "do" ? parse_tuple(true, false) : parse_expression();
    s->span = since(tag);
    return s;
  }
  const bool ender = word.starts_with("end") || word == "else" || word == "elif";
  const std::string_view near = nearest_name(word, {std::begin(statement_names), std::end(statement_names)});
  if (ender && near == word) fail(tag, fmt::format("'{}' closes nothing that is open here", word), "look for a block that was closed too early, or in the wrong order");
  fail(tag, fmt::format("there is no statement '{}'", word), near.empty() ? "" : fmt::format("did you mean '{}'?", near));
}

Stmt* Parser::parse_if(Span tag) {
  Stmt* const s = make_stmt(StmtKind::if_, tag);
  auto branches = gather<Branch>();
  for (;;) {
    Branch b;
    b.condition = parse_tuple(false, false);
    if (branches.empty()) s->span = since(tag);
    next_block_end:
    if (current().kind != Tok::block_end) fail_here("the end of the tag");
    next();
    b.body = b.condition ? parse_body({"elif", "else", "endif"}, "if", tag) : parse_body({"endif"}, "if", tag);
    const bool last = !b.condition;
    branches.add(b);
    if (last || at_name("endif")) break;
    if (skip_name("elif")) continue;
    expect_name("else");
    b = Branch{};
    goto next_block_end;
  }
  s->branches = keep(branches);
  close_tag("endif");
  return s;
}

Stmt* Parser::parse_for(Span tag) {
  Stmt* const s = make_stmt(StmtKind::for_, tag);
  s->targets = keep({parse_target(false, "in")});
  expect_name("in");
  s->expr = parse_tuple(false, false, {"recursive"});
  const std::size_t seen_before = seen_loops_;
  if (skip_name("if")) s->filter = parse_expression();
  s->recursive = skip_name("recursive");
  s->span = since(tag);
  if (current().kind != Tok::block_end) fail_here("the end of the tag");
  next();
  ++loops_;
  s->body = parse_body({"else", "endfor"}, "for", tag);
  --loops_;
  if (skip_name("else")) {
    if (current().kind != Tok::block_end) fail_here("the end of the tag");
    next();
    s->otherwise = parse_body({"endfor"}, "for", tag);
  }
  s->sees_loop = s->recursive || seen_loops_ != seen_before;
  close_tag("endfor");
  return s;
}

Target Parser::parse_single_target(bool attribute_allowed) {
  if (at_op("(") || at_op("[")) {
    const bool round = at_op("(");
    if (++level_ > 120) fail(current().span, "nested more than 120 levels deep");
    const Span begin = next().span;
    Target t = parse_target(false, "");
    expect_op(round ? ")" : "]");
    if (!t.is_tuple) fail(since(begin), "a list of names is expected here");
    --level_;
    return t;
  }
  static constexpr std::string_view reserved[] = {"true", "True", "false", "False", "none", "None"};
  const Token& name = expect_identifier("a name to assign to");
  if (std::find(std::begin(reserved), std::end(reserved), name.text) != std::end(reserved))
    fail(name.span, fmt::format("'{}' cannot be assigned to", name.text));
  Target t;
  t.span = name.span;
  t.name = intern(name.text);
  if (attribute_allowed && skip_op(".")) t.attribute = expect_symbol("the name of an attribute");
  t.span = since(t.span);
  return t;
}

Target Parser::parse_target(bool attribute_allowed, std::string_view ender) {
  const Span begin = current().span;
  const Target first = parse_single_target(attribute_allowed);
  if (!at_op(",")) return first;
  auto parts = gather<Target>();
  parts.add(first);
  while (skip_op(",")) {
    if ((!ender.empty() && at_name(ender)) || at_op("=") || at_op(")") || at_op("]")) break;
    parts.add(parse_single_target(false));
    if (parts.size() > 255) fail(begin, "more than 255 names to assign to");
  }
  Target tuple;
  tuple.is_tuple = true;
  tuple.parts = keep(parts);
  tuple.span = since(begin);
  return tuple;
}

Expr* Parser::parse_filter_chain() {
  Expr* e = make(ExprKind::name, {current().span.begin, current().span.begin});
  while (at_op("|")) e = parse_filter(e);
  return e;
}

Stmt* Parser::parse_set(Span tag) {
  Stmt* const s = make_stmt(StmtKind::set, tag);
  s->targets = keep({parse_target(true)});
  if (skip_op("=")) {
    s->expr = parse_tuple(true, false);
    s->span = since(tag);
    return s;
  }
  if (s->targets[0].is_tuple) fail_here("'='");
  s->kind = StmtKind::set_block;
  s->filter = parse_filter_chain();
  s->span = since(tag);
  if (current().kind != Tok::block_end) fail_here("'=' or the end of the tag");
  next();
  s->body = parse_body({"endset"}, "set", tag);
  close_tag("endset");
  return s;
}

Stmt* Parser::parse_with(Span tag) {
  Stmt* const s = make_stmt(StmtKind::with, tag);
  auto targets = gather<Target>();
  auto values = gather<Expr*>();
  while (current().kind != Tok::block_end) {
    if (!targets.empty()) expect_op(",");
    targets.add(parse_single_target(false));
    expect_op("=");
    values.add(parse_expression());
  }
  s->targets = keep(targets);
  s->values = keep(values);
  s->span = since(tag);
  next();
  s->body = parse_body({"endwith"}, "with", tag);
  close_tag("endwith");
  return s;
}

std::span<Param> Parser::parse_signature() {
  expect_op("(");
  auto params = gather<Param>();
  while (!at_op(")")) {
    if (!params.empty()) expect_op(",");
    const Token& name = expect_identifier("the name of a parameter");
    Param p;
    p.name = intern(name.text);
    if (std::any_of(params.items().begin(), params.items().end(), [&](const Param& q) { return q.name == p.name; }))
      fail(name.span, fmt::format("the parameter '{}' is named twice", name.text));
    if (skip_op("=")) p.fallback = parse_expression();
    else if (!params.empty() && params.back().fallback) fail(name.span, "a parameter without a default follows one with a default");
    params.add(p);
    if (params.size() > 200) fail(name.span, "more than 200 parameters");
  }
  expect_op(")");
  return keep(params);
}

Stmt* Parser::parse_macro(Span tag) {
  Stmt* const s = make_stmt(StmtKind::macro, tag);
  s->name = expect_symbol("the name of the macro");
  s->params = parse_signature();
  s->span = since(tag);
  if (current().kind != Tok::block_end) fail_here("the end of the tag");
  next();
  const int outer = std::exchange(loops_, 0);
  s->body = parse_body({"endmacro"}, "macro", tag);
  loops_ = outer;
  close_tag("endmacro");
  return s;
}

Stmt* Parser::parse_call_block(Span tag) {
  Stmt* const s = make_stmt(StmtKind::call_block, tag);
  if (at_op("(")) s->params = parse_signature();
  s->expr = parse_expression();
  s->span = since(tag);
  if (s->expr->kind != ExprKind::call) fail(s->expr->span, "a call of a macro is expected here");
  if (current().kind != Tok::block_end) fail_here("the end of the tag");
  next();
  const int outer = std::exchange(loops_, 0);
  s->body = parse_body({"endcall"}, "call", tag);
  loops_ = outer;
  close_tag("endcall");
  return s;
}

Stmt* Parser::parse_filter_block(Span tag) {
  Stmt* const s = make_stmt(StmtKind::filter_block, tag);
  --at_;  // parse_filter expects to stand on the sign before the name
  Expr* e = make(ExprKind::name, {current().span.end, current().span.end});
  e = parse_filter(e);
  while (at_op("|")) e = parse_filter(e);
  s->filter = e;
  s->span = since(tag);
  if (current().kind != Tok::block_end) fail_here("the end of the tag");
  next();
  s->body = parse_body({"endfilter"}, "filter", tag);
  close_tag("endfilter");
  return s;
}

void Parser::check_required(const Stmt& block) const {
  if (!block.required) return;
  for (const Stmt* s : block.body)
    if (s->kind != StmtKind::text || !std::all_of(s->text.begin(), s->text.end(), is_space))
      fail(s->span, "a required block holds nothing but blanks and comments");
}

Stmt* Parser::parse_block(Span tag) {
  Stmt* const s = make_stmt(StmtKind::block, tag);
  s->name = expect_symbol("the name of the block");
  s->scoped = skip_name("scoped");
  s->required = skip_name("required");
  s->span = since(tag);
  if (at_op("-")) fail(current().span, "a block's name holds no hyphen", "use an underscore");
  if (current().kind != Tok::block_end) fail_here("the end of the tag");
  next();
  const int outer = std::exchange(loops_, 0);
  s->body = parse_body({"endblock"}, "block", tag);
  loops_ = outer;
  check_required(*s);
  close_tag("endblock");
  if (current().kind == Tok::name) {
    if (current().text != *s->name)
      fail(current().span, fmt::format("this closes the block '{}', but '{}' is open", current().text, *s->name));
    next();
  }
  return s;
}

bool Parser::parse_context_words(bool& with_context) {
  if ((at_name("with") || at_name("without")) && ahead().kind == Tok::name && ahead().text == "context") {
    with_context = next().text == "with";
    next();
    return true;
  }
  return false;
}

Stmt* Parser::parse_include(Span tag) {
  Stmt* const s = make_stmt(StmtKind::include, tag);
  ++seen_loops_;  // what is included sees the names of this place
  s->expr = parse_expression();
  if (at_name("ignore") && ahead().text == "missing") {
    next();
    next();
    s->ignore_missing = true;
  }
  s->with_context = true;
  parse_context_words(s->with_context);
  s->span = since(tag);
  return s;
}

Stmt* Parser::parse_import(Span tag) {
  Stmt* const s = make_stmt(StmtKind::import, tag);
  s->expr = parse_expression();
  expect_name("as");
  s->name = expect_symbol("the name to import as");
  parse_context_words(s->with_context);
  s->span = since(tag);
  return s;
}

Stmt* Parser::parse_from_import(Span tag) {
  Stmt* const s = make_stmt(StmtKind::from_import, tag);
  s->expr = parse_expression();
  expect_name("import");
  auto names = gather<Import>();
  for (;;) {
    if (!names.empty()) expect_op(",");
    if (parse_context_words(s->with_context)) break;
    const Token& name = expect_identifier("a name to import");
    if (name.text[0] == '_') fail(name.span, "names that begin with an underscore are private and cannot be imported");
    const Name from = intern(name.text);
    names.add({from, skip_name("as") ? expect_symbol("the name to import as") : from});
    if (parse_context_words(s->with_context) || !at_op(",")) break;
  }
  s->names = keep(names);
  s->span = since(tag);
  return s;
}

Stmt* Parser::parse_autoescape(Span tag) {
  Stmt* const s = make_stmt(StmtKind::autoescape, tag);
  s->expr = parse_expression();
  s->span = since(tag);
  if (current().kind != Tok::block_end) fail_here("the end of the tag");
  next();
  s->body = parse_body({"endautoescape"}, "autoescape", tag);
  close_tag("endautoescape");
  return s;
}

}  // namespace factpress::tmpl
