#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "template/engine.h"

namespace factpress::tmpl {

/// Ends compilation; caught at the engine's border.
struct SyntaxError {
  Span span;
  std::string message;
  std::string help;
  const diag::CodeInfo* code = nullptr;  ///< template.syntax where null
};

enum class Tok : std::uint8_t {
  data,            ///< text outside of tags; `text` is what will be written
  print_begin, print_end, block_begin, block_end,
  name, string, integer, decimal, op,
  end
};

struct Token {
  Tok kind = Tok::end;
  Span span;
  std::string text;  ///< name, operator, decoded string, digits, data
};

/// Splits a template into tokens: tags, white-space control, raw blocks and comments are dealt with here.
std::vector<Token> tokenize(std::string_view bytes, const Options& options);

}  // namespace factpress::tmpl
