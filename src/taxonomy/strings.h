#pragma once
#include <cstdint>
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
    return id == 0xFFFFFFFFu ? std::string_view() : std::string_view(bytes_).substr(ends_[id], ends_[id + 1] - ends_[id]);
  }
  std::size_t size() const { return ends_.size() - 1; }

  void write(ByteWriter& out) const;
  /// Fills an empty table. False where what is read contradicts itself.
  bool read(ByteReader& in);

 private:
  std::uint32_t find(std::string_view text, std::uint32_t hash) const;
  void grow();
  std::string bytes_;
  std::vector<std::uint32_t> ends_{0};
  std::vector<std::uint32_t> slots_;  // id + 1; 0 is free
  std::size_t interned_ = 0;
};

}  // namespace factpress::taxonomy
