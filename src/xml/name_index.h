#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "xml/names.h"

namespace factpress::xml {

/// What the scanner found out about one element or attribute name. Kept beside the tree and found by the name's offset.
struct NameRecord {
  std::uint16_t binding;     ///< index into NameIndex::bindings
  std::uint16_t prefix_len;  ///< bytes before the local name, with the colon; 0 without a prefix
  std::uint16_t local_len;
};

/// A prefix and the namespace that it stood for somewhere in the document.
struct Binding {
  std::string prefix;
  NsId ns = ns::none;
};

/// Set bits of a word, without the machine instruction that old processors lack and without a call.
inline std::uint32_t count_bits(std::uint64_t v) {
  v -= v >> 1 & 0x5555555555555555u;
  v = (v & 0x3333333333333333u) + (v >> 2 & 0x3333333333333333u);
  v = (v + (v >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
  return static_cast<std::uint32_t>(v * 0x0101010101010101u >> 56);
}

/// The records of a document's names, in document order, and a rank over one bit a byte that leads from an offset to its
/// record in two loads: about a fifth of a byte for each byte of the document.
struct NameIndex {
  struct Block {
    std::uint64_t bits = 0;
    std::uint32_t before = 0;
  };
  std::vector<Block> blocks;
  std::vector<NameRecord> records;
  std::vector<Binding> bindings;   ///< 0 is "no prefix, no namespace"
  bool only_root_declares = true;  ///< every namespace declaration stands on the root element

  /// Offsets come in ascending order.
  void add(std::uint32_t offset, NameRecord record) {
    blocks[offset >> 6].bits |= std::uint64_t{1} << (offset & 63);
    records.push_back(record);
  }
  void finish() {
    std::uint32_t n = 0;
    for (auto& b : blocks) {
      b.before = n;
      n += count_bits(b.bits);
    }
  }
  std::uint32_t index_of(std::uint32_t offset) const {
    const Block& b = blocks[offset >> 6];
    const auto below = b.bits & ((std::uint64_t{1} << (offset & 63)) - 1);
    return b.before + count_bits(below);
  }
  const NameRecord& at(std::uint32_t offset) const { return records[index_of(offset)]; }
};

}  // namespace factpress::xml
