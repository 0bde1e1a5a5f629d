#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace factpress::taxonomy {

class ByteReader;
class ByteWriter;

/// Strings interned to 32-bit ids: equal ids are equal strings. One growing block of bytes and a table of offsets, so that it
/// can be written and mapped as it stands.
class StringTable {
 public:
  std::uint32_t intern(std::string_view text);
  /// Kept without looking whether it is there already (long texts that hardly repeat).
  std::uint32_t append(std::string_view text);
  /// no id (0xFFFFFFFF) where it was never interned.
  std::uint32_t find(std::string_view text) const;
  std::string_view get(std::uint32_t id) const {
    return id == 0xFFFFFFFFu ? std::string_view() : all().substr(ends_[id], ends_[id + 1] - ends_[id]);
  }
  std::size_t size() const { return ends_.size() - 1; }

  void write(ByteWriter& out) const;
  /// Fills an empty table, whose strings stay where they are read from as long as `owner` lives. False where what is read contradicts
  /// itself.
  bool read(ByteReader& in, std::shared_ptr<const void> owner);

 private:
  std::uint32_t find(std::string_view text, std::uint32_t hash) const;
  void grow();
  std::string_view all() const { return owner_ ? read_ : std::string_view(bytes_); }
  std::string bytes_;
  std::string_view read_;                // in their place, while nothing is added
  std::shared_ptr<const void> owner_;
  std::vector<std::uint32_t> ends_{0};
  std::vector<std::uint32_t> slots_;  // id + 1; 0 is free
  std::size_t interned_ = 0;
};

}  // namespace factpress::taxonomy
