#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "xml/names.h"

namespace factpress::schema {

/// The IDs of a document with the nodes that have them. Texts must outlive the table, or be given to keep() first.
class IdTable {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFFu;

  /// Adds an ID for a node; where it is there already, gives the node that has it and changes nothing, else `none`.
  std::uint32_t add(std::string_view id, std::uint32_t node) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    const std::uint32_t hash = xml::hash_name(xml::ns::none, id);
    Slot& slot = slots_[place(id, hash)];
    if (slot.node != none) return slot.node;
    slot = {id, hash, node};
    ++count_;
    return none;
  }
  /// The node, or `none`.
  std::uint32_t find(std::string_view id) const {
    return slots_.empty() ? none : slots_[place(id, xml::hash_name(xml::ns::none, id))].node;
  }
  /// The same text, kept as long as the table.
  std::string_view keep(std::string_view text) { return kept_.emplace_back(text); }

 private:
  struct Slot {
    std::string_view id;
    std::uint32_t hash = 0, node = none;
  };
  // Where the ID stands, or a free slot for it. There is always one: at most half are taken.
  std::size_t place(std::string_view id, std::uint32_t hash) const {
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].node != none && !(slots_[at].hash == hash && slots_[at].id == id)) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow() {
    const std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.empty() ? 16 : old.size() * 4, {});
    for (const Slot& slot : old)
      if (slot.node != none) slots_[place(slot.id, slot.hash)] = slot;
  }
  std::vector<Slot> slots_;
  std::size_t count_ = 0;
  std::deque<std::string> kept_;
};

}  // namespace factpress::schema
