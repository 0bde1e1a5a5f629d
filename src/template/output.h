#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "template/object.h"

namespace factpress::tmpl {

/// Bytes that a source handed to Output::append_padded may be read beyond its end.
inline constexpr std::size_t text_padding = 32;

/// Appends to a string through a cursor into room made in advance: most pieces of a page are short, and a call of
/// std::string::append for each would cost more than their bytes. The string has its final size after finish().
class Output {
 public:
  Output() = default;
  /// Begins behind what `s` holds; calls machine.output_overflow() where it would hold more than `limit` bytes.
  void begin(std::string& s, std::size_t limit, Machine& machine) { begin(s, s.size(), limit, machine); }
  /// The same over what `s` holds from `at` on: its bytes serve as room.
  void begin(std::string& s, std::size_t at, std::size_t limit, Machine& machine) {
    string_ = &s;
    at_ = at;
    limit_ = limit;
    machine_ = &machine;
    room();
  }
  std::size_t limit() const { return limit_; }
  std::size_t size() const { return at_; }
  void finish() { string_->resize(at_); }
  std::string_view text() const { return {data_, at_}; }
  /// Whether nothing but blanks stands between the last line break and here.
  bool at_line_start() const {
    std::size_t i = at_;
    while (i > 0 && data_[i - 1] == ' ') --i;
    return i == 0 || data_[i - 1] == '\n';
  }

  void append(std::string_view s) {
    if (capacity_ - at_ < s.size()) [[unlikely]] grow(s.size());
    std::memcpy(data_ + at_, s.data(), s.size());
    at_ += s.size();
  }
  /// As append; 32 bytes beyond the end of the source are readable.
  void append_padded(const char* s, std::size_t n) {
    if (capacity_ - at_ < n + text_padding) [[unlikely]] return append({s, n});
    std::memcpy(data_ + at_, s, 32);
    if (n > 32) std::memcpy(data_ + at_ + 32, s + 32, n - 32);
    at_ += n;
  }
  /// With & < > " ' and control characters as references.
  void append_markup(std::string_view s);
  void append_markup_slowly(std::string_view s);
  void append_integer(std::int64_t i);
  /// In quotes, where no byte of it needs an escape; else false, and nothing is written.
  bool append_json(std::string_view s);

  void grow(std::size_t more);

 private:
  void room() {
    data_ = string_->data();
    capacity_ = string_->size();
  }

  std::string* string_ = nullptr;
  char* data_ = nullptr;
  std::size_t at_ = 0;
  std::size_t capacity_ = 0;
  std::size_t limit_ = 0;
  Machine* machine_ = nullptr;
};

}  // namespace factpress::tmpl
