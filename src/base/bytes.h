#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace factpress {

/// Bytes that belong to one owner and are handed on without being copied: those of a string, or memory that is filled by who reads or
/// inflates them, without being set to zero before. Moved from, it is empty.
class Bytes {
 public:
  Bytes() = default;
  Bytes(std::string text) : text_(std::move(text)) {}  // NOLINT: a string is the plain case
  Bytes(const char* text) : text_(text) {}             // NOLINT
  /// `size` bytes whose values are not set.
  static Bytes unset(std::size_t size) {
    Bytes b;
    b.memory_ = std::make_unique_for_overwrite<char[]>(size);
    b.size_ = size;
    return b;
  }
  Bytes(Bytes&& o) noexcept : text_(std::move(o.text_)), memory_(std::move(o.memory_)), size_(std::exchange(o.size_, 0)) {}
  Bytes& operator=(Bytes&& o) noexcept {
    text_ = std::move(o.text_), memory_ = std::move(o.memory_), size_ = std::exchange(o.size_, 0);
    return *this;
  }

  char* data() { return memory_ ? memory_.get() : text_.data(); }
  const char* data() const { return memory_ ? memory_.get() : text_.data(); }
  std::size_t size() const { return memory_ ? size_ : text_.size(); }
  /// Valid until it is moved.
  std::string_view view() const { return {data(), size()}; }
  /// Leaves the first `size` bytes, which are no more than there are.
  void cut(std::size_t size) { memory_ ? void(size_ = size) : text_.resize(size); }
  std::string to_string() const { return std::string(view()); }

 private:
  std::string text_;
  std::unique_ptr<char[]> memory_;
  std::size_t size_ = 0;
};

}  // namespace factpress
