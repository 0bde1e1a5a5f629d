#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "template/arena.h"
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

/// The one or two characters of an operator as a number, so that a comparison is one instruction.
constexpr std::uint16_t op_code(std::string_view op) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(op[0]) | (op.size() > 1 ? static_cast<unsigned char>(op[1]) << 8 : 0));
}

struct Token {
  Tok kind = Tok::end;
  std::uint16_t code = 0;  ///< op_code() of an operator, else 0
  Span span;
  std::string_view text;  ///< name, decoded string, digits, data
};

/// Splits a template into tokens: tags, white-space control, raw blocks and comments are dealt with here. The tokens borrow
/// `bytes`, or `arena` where what they say is not what is written (escapes, line breaks, digits in groups).
std::vector<Token> tokenize(std::string_view bytes, const Options& options, Arena& arena);

}  // namespace factpress::tmpl
