#pragma once
#include <string>
#include <string_view>

#include "template/value.h"

namespace factpress::tmpl {

struct JsonStyle {
  int indent = 0;         ///< blanks a level; 0: one line
  bool for_html = false;  ///< < > & ' as \u escapes, safe within HTML's script and attributes
};

/// The value as JSON: maps and structs as objects in their own order, dates as strings, decimals exactly; undefined as null.
/// Structs nested more than 32 levels deep end in null.
void append_json(std::string& out, const Value& v, const JsonStyle& style, int level = 0);
/// With quotes; malformed UTF-8 as U+FFFD.
void append_json_text(std::string& out, std::string_view s, bool for_html);

}  // namespace factpress::tmpl
