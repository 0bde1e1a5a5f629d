#pragma once
#include <deque>
#include <string>
#include <string_view>

namespace factpress::render {

/// Strings that views derive (formatted dates, names with prefixes) live here as long as the views; what stands in the report
/// already is borrowed from it.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  std::string_view keep(std::string s) { return strings_.emplace_back(std::move(s)); }

  /// The text itself where every output format can carry it; else a copy in which characters that XML forbids (controls,
  /// surrogates, U+FFFE, U+FFFF), malformed UTF-8 and the controls that turn the direction of writing (U+202A to U+202E,
  /// U+2066 to U+2069) are replaced by U+FFFD, visibly. A release that holds them is hostile or broken: what a reader
  /// sees must be what the file says.
  std::string_view clean(std::string_view text);
  /// A text that was made on the way is kept first: nobody else does.
  std::string_view clean(std::string&& text) { return clean(std::string_view(strings_.emplace_back(std::move(text)))); }

 private:
  std::deque<std::string> strings_;
};

}  // namespace factpress::render
