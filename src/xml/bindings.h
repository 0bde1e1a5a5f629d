#pragma once
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "xml/name_index.h"

namespace factpress::xml {

/// The namespace declarations in scope while a document is scanned. Prefixes are views into the document's bytes.
class Bindings {
 public:
  explicit Bindings(NameIndex& names) : names_(names) {
    names_.bindings.assign(1, Binding{});
    declare("xml", ns::xml);
    declare("xmlns", ns::xmlns);
    undo_.clear();
  }
  std::size_t mark() const { return undo_.size(); }
  /// False where the document has too many different declarations.
  bool declare(std::string_view prefix, NsId ns) {
    const std::uint32_t id = row(prefix, ns);
    if (id > 0xFFFF) return false;
    auto& current = current_[prefix];
    undo_.push_back({prefix, current});
    current = id;
    cache_.fill({});
    return true;
  }
  void undo_to(std::size_t mark) {
    if (undo_.size() == mark) return;
    while (undo_.size() > mark) current_[undo_.back().prefix] = undo_.back().before, undo_.pop_back();
    cache_.fill({});
  }
  /// The row of NameIndex::bindings that the prefix stands for here; 0 for "" without a default; empty if undeclared.
  std::optional<std::uint16_t> find(std::string_view prefix) {
    Slot& slot = cache_[slot_of(prefix)];
    if (slot.known && slot.prefix == prefix) return slot.id;
    const auto it = current_.find(prefix);
    const std::uint32_t id = it == current_.end() ? 0 : it->second;
    if (!prefix.empty() && (id == 0 || names_.bindings[id].ns == ns::none)) return {};
    slot = {prefix, static_cast<std::uint16_t>(id), true};
    return slot.id;
  }

 private:
  struct Undo {
    std::string_view prefix;
    std::uint32_t before;
  };
  struct Slot {
    std::string_view prefix;
    std::uint16_t id = 0;
    bool known = false;
  };
  static std::size_t slot_of(std::string_view p) {
    return p.empty() ? 0
                     : (static_cast<unsigned char>(p.front()) * 7u + static_cast<unsigned char>(p.back()) * 3u + p.size()) & 31u;
  }
  std::uint32_t row(std::string_view prefix, NsId ns) {
    auto& ids = rows_[prefix];
    for (const auto id : ids)
      if (names_.bindings[id].ns == ns) return id;
    const auto id = static_cast<std::uint32_t>(names_.bindings.size());
    if (id <= 0xFFFF) ids.push_back(id), names_.bindings.push_back({std::string(prefix), ns});
    return id;
  }

  NameIndex& names_;
  std::unordered_map<std::string_view, std::uint32_t> current_;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> rows_;
  std::vector<Undo> undo_;
  std::array<Slot, 32> cache_{};
};

}  // namespace factpress::xml
