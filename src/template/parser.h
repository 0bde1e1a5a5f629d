#pragma once
#include <array>
#include <initializer_list>
#include <string_view>
#include <tuple>
#include <vector>

#include "template/ast.h"
#include "template/code.h"
#include "template/token.h"

namespace factpress::tmpl {

/// Recursive descent over the tokens of one template. Throws SyntaxError; nesting is bounded. Nodes stand in `tree`.
class Parser {
 public:
  Parser(std::vector<Token> tokens, Tree& tree, const Symbols& symbols) : tokens_(std::move(tokens)), tree_(tree), symbols_(symbols) {}
  Body parse_template();

 private:
  struct Level;  // counts nesting

  const Token& current() const { return tokens_[at_]; }
  const Token& ahead() const { return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_]; }
  const Token& next() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool at_op(std::string_view op) const { return current().code == op_code(op); }
  bool at_name(std::string_view word) const { return is_name(current(), word); }
  static bool is_name(const Token& t, std::string_view word) {
    return t.kind == Tok::name && t.text.size() == word.size() && t.text[0] == word[0] && t.text == word;
  }
  bool skip_op(std::string_view op) { return at_op(op) && (next(), true); }
  bool skip_name(std::string_view word) { return at_name(word) && (next(), true); }
  void expect_op(std::string_view op);
  void expect_name(std::string_view word);
  const Token& expect_identifier(std::string_view what);
  Name intern(std::string_view text);
  Name expect_symbol(std::string_view what) { return intern(expect_identifier(what).text); }
  [[noreturn]] void fail(const Span& span, std::string message, std::string help = {}) const;
  [[noreturn]] void fail_here(std::string_view expected) const;
  Span since(const Span& begin) const { return {begin.begin, tokens_[at_ ? at_ - 1 : 0].span.end}; }

  template <class T>
  Gathering<T> gather() { return Gathering<T>(std::get<std::vector<T>>(stacks_)); }
  template <class T>
  std::span<T> keep(std::initializer_list<T> items) { return tree_.arena.keep(items); }
  template <class T>
  std::span<T> keep(const Gathering<T>& items) { return items.keep(tree_.arena); }

  // expressions
  Expr* make(ExprKind kind, Span span);
  Expr* make_constant(Value value, Span span);
  Expr* make_unary(Op op, Expr* operand, Span span);
  Expr* make_pair(ExprKind kind, Op op, Expr* left, Expr* right, Span span);
  Expr* finish(Expr* e);  // depth from the operands; bounded
  Expr* parse_expression(bool conditional = true);
  Expr* parse_logical(int level);
  Expr* parse_not();
  Expr* parse_compare();
  Expr* parse_binary(int level);
  Expr* parse_concat(Expr* first, Span begin);
  Expr* parse_unary(bool with_filter);
  Expr* parse_primary();
  Expr* parse_name_or_literal();
  Expr* parse_string();
  Expr* parse_postfix(Expr* e);
  Expr* parse_filters_and_tests(Expr* e);
  Expr* parse_attribute(Expr* object);
  Expr* parse_subscript(Expr* object);
  Expr* parse_call(Expr* callee);
  Expr* parse_filter(Expr* subject);
  Expr* parse_test(Expr* subject);
  Expr* parse_tuple(bool conditional, bool parenthesised, std::initializer_list<std::string_view> enders = {});
  Expr* parse_list();
  Expr* parse_dict();
  std::span<Argument> parse_arguments();
  Argument parse_argument(const Gathering<Argument>& before);
  bool at_tuple_end(std::initializer_list<std::string_view> enders) const;

  // statements
  Body parse_body(std::initializer_list<std::string_view> enders, std::string_view opener, Span opened);
  Stmt* parse_statement(Span tag);
  Stmt* parse_if(Span tag);
  Stmt* parse_for(Span tag);
  Stmt* parse_set(Span tag);
  Stmt* parse_with(Span tag);
  Stmt* parse_macro(Span tag);
  Stmt* parse_call_block(Span tag);
  Stmt* parse_filter_block(Span tag);
  Stmt* parse_block(Span tag);
  Stmt* parse_include(Span tag);
  Stmt* parse_import(Span tag);
  Stmt* parse_from_import(Span tag);
  Stmt* parse_autoescape(Span tag);
  void check_required(const Stmt& block) const;
  std::span<Param> parse_signature();
  bool parse_context_words(bool& with_context);
  Target parse_target(bool attribute_allowed, std::string_view ender = {});
  Target parse_single_target(bool attribute_allowed);
  Expr* parse_filter_chain();
  void close_tag(std::string_view word);
  Stmt* make_stmt(StmtKind kind, Span span);

  std::vector<Token> tokens_;
  Tree& tree_;
  const Symbols& symbols_;
  std::array<Name, 128> recent_{};  // interned of late, by a hash: most names of a template come again soon
  std::tuple<std::vector<Expr*>, std::vector<Stmt*>, std::vector<Op>, std::vector<Argument>, std::vector<Target>, std::vector<Param>,
             std::vector<Branch>, std::vector<Import>>
      stacks_;
  std::size_t at_ = 0;
  std::size_t seen_loops_ = 0;  // places so far that can ask for `loop`: its name, and includes
  int level_ = 0;
  int loops_ = 0;
};

}  // namespace factpress::tmpl
