#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "xml/names.h"

/// The inside of a Document: flat arrays in document order, which refer to each other and to the bytes by index alone. Not for
/// other rooms.
namespace factpress::xml {

inline constexpr std::uint32_t no_index = 0xFFFFFFFFu;

/// A piece of the source's bytes; or of Tree::converted, where the bit `elsewhere` is set (references resolved, line ends or
/// white space normalised).
struct Piece {
  static constexpr std::uint32_t elsewhere = 0x80000000u;
  std::uint32_t begin = 0;
  std::uint32_t length = 0;
};

/// An element, or a text (then `name` is no_index).
struct NodeRecord {
  std::uint32_t offset;  ///< of an element's '<', of a text's first byte
  std::uint32_t name;    ///< into Tree::names
  std::uint32_t parent;  ///< no_index for the root
  std::uint32_t next;    ///< the next sibling; 0 for none
  /// Of an element: its first attribute (no_index for none), and 1 where it has children: the first of them is the next record.
  /// Of a text: the piece. Or, where `late_bit` is set in b, a is its number in Tree::late.
  std::uint32_t a, b;
  static constexpr std::uint32_t late_bit = 0x80000000u;

  bool is_element() const { return name != no_index; }
  bool is_late() const { return (b & late_bit) != 0; }  ///< of a text
};

/// An attribute; those of one element stand side by side.
struct AttributeRecord {
  static constexpr std::uint32_t last_bit = 0x80000000u, declaration_bit = 0x40000000u, length_bits = 0x3FFFFFFFu;
  std::uint32_t name;    ///< into Tree::names
  std::uint32_t offset;  ///< of the name
  std::uint32_t value;   ///< begin of a Piece
  std::uint32_t length;  ///< of the value; last_bit on an element's last attribute, declaration_bit on a namespace declaration

  bool is_declaration() const { return (length & declaration_bit) != 0; }
  const AttributeRecord* next() const { return (length & last_bit) != 0 ? nullptr : this + 1; }
};

/// A name as it is written, with the namespace that it is in.
struct NameRecord {
  const char* raw;           ///< in the bytes, where it stands first
  std::uint32_t raw_len;
  std::uint32_t prefix_len;  ///< bytes before the local name, with the colon; 0 without a prefix
  NsId ns;
  std::uint32_t same;        ///< the first record of the same expanded name: equal numbers are equal names

  std::string_view as_written() const { return {raw, raw_len}; }
  std::string_view local() const { return {raw + prefix_len, raw_len - prefix_len}; }
};

/// Of what is not there.
inline constexpr NameRecord no_name{"", 0, 0, ns::none, no_index};

/// A prefix and the namespace that it stands for.
struct Binding {
  std::string_view prefix;
  NsId ns = ns::none;
};

struct Tree {
  std::vector<NodeRecord> nodes;  ///< the root first
  std::vector<AttributeRecord> attributes;
  std::vector<NameRecord> names;
  std::string converted;
  /// Long texts with references, as they stand in the source: many, such as escaped HTML, are never looked at, and become their
  /// values when the first of them is.
  std::vector<Piece> late;
  std::vector<Binding> root_bindings;  ///< what the root declares
  bool only_root_declares = true;      ///< every namespace declaration stands on the root element
};

}  // namespace factpress::xml
