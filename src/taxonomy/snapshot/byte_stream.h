#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace factpress::taxonomy {

/// Writes the parts of an image: numbers of variable length, texts, and tables of fixed rows that are used where they lie.
class ByteWriter {
 public:
  void number(std::uint64_t v) {
    for (; v >= 0x80; v >>= 7) bytes_ += static_cast<char>(v | 0x80);
    bytes_ += static_cast<char>(v);
  }
  void text(std::string_view t) { number(t.size()), bytes_ += t; }
  void flag(bool b) { bytes_ += b ? '\1' : '\0'; }
  template <class Row>
  void table(std::span<const Row> rows) {
    static_assert(std::is_trivially_copyable_v<Row> && alignof(Row) <= 4);
    number(rows.size());
    align();
    bytes_.append(reinterpret_cast<const char*>(rows.data()), rows.size_bytes());
  }
  void raw(std::string_view t) { bytes_ += t; }
  /// Goes on at a multiple of four.
  void align() { bytes_.resize((bytes_.size() + 3) / 4 * 4); }
  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads them back. Nothing is believed: what reaches beyond the bytes gives zeros and empty texts, and `failed` stays set.
/// Texts and tables are views of the bytes, which must begin at an address that is a multiple of four.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  bool failed() const { return failed_; }
  void fail() { failed_ = true, at_ = bytes_.size(); }

  std::uint64_t number() {
    std::uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at_ >= bytes_.size()) return fail(), 0;
      const auto b = static_cast<unsigned char>(bytes_[at_++]);
      v |= std::uint64_t{b & 0x7Fu} << shift;
      if ((b & 0x80) == 0) return v;
    }
    return fail(), 0;
  }
  std::uint32_t small() {
    const std::uint64_t v = number();
    if (v > 0xFFFFFFFFu) return fail(), 0;
    return static_cast<std::uint32_t>(v);
  }
  /// A number below `limit`.
  std::uint32_t below(std::uint64_t limit) {
    const std::uint64_t v = number();
    if (v >= limit || v > 0xFFFFFFFFu) return fail(), 0;
    return static_cast<std::uint32_t>(v);
  }
  /// How many rows follow, each of at least one byte.
  std::uint32_t count() { return below(bytes_.size() - at_ + 1); }
  bool flag() { return below(2) != 0; }
  std::string_view text() {
    const std::uint64_t size = number();
    if (size > bytes_.size() - at_) return fail(), std::string_view();
    const auto t = bytes_.substr(at_, size);
    at_ += size;
    return t;
  }
  template <class Row>
  std::span<const Row> table() {
    const std::uint64_t rows = number();
    align();
    if (rows > (bytes_.size() - at_) / sizeof(Row)) return fail(), std::span<const Row>();
    const std::span<const Row> found(reinterpret_cast<const Row*>(bytes_.data() + at_), rows);
    at_ += found.size_bytes();
    return found;
  }
  void align() { at_ = std::min((at_ + 3) / 4 * 4, bytes_.size()); }
  std::string_view rest() const { return bytes_.substr(at_); }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace factpress::taxonomy
