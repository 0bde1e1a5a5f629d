#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "xml/names.h"

namespace factpress::taxonomy {

/// Numbers by text: the nodes that have the IDs of a document, the ends of an extended link by their label. Texts must outlive the
/// table, or be given to keep() first.
class TextTable {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFFu;

  /// Adds a text with its number; where it is there already, gives the number it has and changes nothing, else `none`.
  std::uint32_t add(std::string_view text, std::uint32_t number) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    const std::uint32_t hash = xml::hash_name(xml::ns::none, text);
    Slot& slot = slots_[place(text, hash)];
    if (taken(slot)) return slot.number;
    slot = {text, hash, number, round_};
    ++count_;
    return none;
  }
  /// The number, or `none`.
  std::uint32_t find(std::string_view text) const {
    if (slots_.empty()) return none;
    const Slot& slot = slots_[place(text, xml::hash_name(xml::ns::none, text))];
    return taken(slot) ? slot.number : none;
  }
  /// Forgets all texts but those kept; its memory serves the next. Takes the same time however many there were.
  void clear() { ++round_, count_ = 0; }
  /// The same text, kept as long as the table.
  std::string_view keep(std::string_view text) { return kept_.emplace_back(text); }

 private:
  struct Slot {
    std::string_view text;
    std::uint32_t hash = 0, number = none;
    std::uint32_t round = 0;  // in which it was added: one of an earlier round is free
  };
  bool taken(const Slot& slot) const { return slot.round == round_; }
  // Where the text stands, or a free slot for it. There is always one: at most half are taken.
  std::size_t place(std::string_view text, std::uint32_t hash) const {
    std::size_t at = hash & (slots_.size() - 1);
    while (taken(slots_[at]) && !(slots_[at].hash == hash && slots_[at].text == text)) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow() {
    const std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.empty() ? 64 : old.size() * 4, {});
    for (const Slot& slot : old)
      if (taken(slot)) slots_[place(slot.text, slot.hash)] = slot;
  }
  std::vector<Slot> slots_;
  std::size_t count_ = 0;
  std::uint32_t round_ = 1;
  std::deque<std::string> kept_;
};

}  // namespace factpress::taxonomy
