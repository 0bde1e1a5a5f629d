#pragma once
#include <initializer_list>
#include <string_view>
#include <vector>

#include "template/ast.h"
#include "template/token.h"

namespace factpress::tmpl {

/// Recursive descent over the tokens of one template. Throws SyntaxError; nesting is bounded.
class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}
  Body parse_template();

 private:
  struct Level;  // counts nesting

  const Token& current() const { return tokens_[at_]; }
  const Token& ahead() const { return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_]; }
  const Token& next() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  /// As next(), for a token whose text is moved out: no token is read twice.
  Token& take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool at_op(std::string_view op) const { return current().code == op_code(op); }
  bool at_name(std::string_view word) const {
    const Token& t = current();
    return t.kind == Tok::name && t.text.size() == word.size() && t.text[0] == word[0] && t.text == word;
  }
  bool skip_op(std::string_view op) { return at_op(op) && (next(), true); }
  bool skip_name(std::string_view word) { return at_name(word) && (next(), true); }
  void expect_op(std::string_view op);
  void expect_name(std::string_view word);
  const Token& expect_identifier(std::string_view what);
  [[noreturn]] void fail(const Span& span, std::string message, std::string help = {}) const;
  [[noreturn]] void fail_here(std::string_view expected) const;
  Span since(const Span& begin) const { return {begin.begin, tokens_[at_ ? at_ - 1 : 0].span.end}; }

  // expressions
  ExprPtr make(ExprKind kind, Span span);
  ExprPtr finish(ExprPtr e);  // depth from the operands; bounded
  ExprPtr parse_expression(bool conditional = true);
  ExprPtr parse_logical(int level);
  ExprPtr parse_not();
  ExprPtr parse_compare();
  ExprPtr parse_binary(int level);
  ExprPtr parse_unary(bool with_filter);
  ExprPtr parse_primary();
  ExprPtr parse_name_or_literal();
  ExprPtr parse_postfix(ExprPtr e);
  ExprPtr parse_filters_and_tests(ExprPtr e);
  ExprPtr parse_attribute(ExprPtr object);
  ExprPtr parse_subscript(ExprPtr object);
  ExprPtr parse_call(ExprPtr callee);
  ExprPtr parse_filter(ExprPtr subject);
  ExprPtr parse_test(ExprPtr subject);
  ExprPtr parse_tuple(bool conditional, bool parenthesised, std::initializer_list<std::string_view> enders = {});
  ExprPtr parse_list();
  ExprPtr parse_dict();
  void parse_arguments(std::vector<Argument>& args);
  bool at_tuple_end(std::initializer_list<std::string_view> enders) const;

  // statements
  Body parse_body(std::initializer_list<std::string_view> enders, std::string_view opener, Span opened);
  StmtPtr parse_statement(Span tag);
  StmtPtr parse_if(Span tag);
  StmtPtr parse_for(Span tag);
  StmtPtr parse_set(Span tag);
  StmtPtr parse_with(Span tag);
  StmtPtr parse_macro(Span tag);
  StmtPtr parse_call_block(Span tag);
  StmtPtr parse_filter_block(Span tag);
  StmtPtr parse_block(Span tag);
  StmtPtr parse_include(Span tag);
  StmtPtr parse_import(Span tag);
  StmtPtr parse_from_import(Span tag);
  StmtPtr parse_autoescape(Span tag);
  void parse_required(Stmt& block);
  void parse_signature(std::vector<Param>& params);
  bool parse_context_words(bool& with_context);
  Target parse_target(bool attribute_allowed, std::string_view ender = {});
  Target parse_single_target(bool attribute_allowed);
  ExprPtr parse_filter_chain();
  void close_tag(std::string_view word);
  StmtPtr make_stmt(StmtKind kind, Span span);

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int level_ = 0;
  int loops_ = 0;
};

/// Placeholder subject of a filter chain that applies to a captured body.
inline constexpr std::string_view body_name = "<body>";

}  // namespace factpress::tmpl
