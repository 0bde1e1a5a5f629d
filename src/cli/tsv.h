#pragma once
#include <string>
#include <string_view>

namespace factpress::cli {

/// Appends a field of a tab-separated line; tabs, line breaks and other control characters become spaces.
inline void append_tsv(std::string& out, std::string_view field, bool last = false) {
  for (const char c : field) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  out += last ? '\n' : '\t';
}

}  // namespace factpress::cli
