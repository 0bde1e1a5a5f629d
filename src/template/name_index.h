#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "template/ast.h"

namespace factpress::tmpl {

/// Numbers names in the order in which they first come. A template may hold hundreds of thousands, so each takes the same time.
class NameIndex {
 public:
  /// The number of `name`, and whether it is new.
  std::pair<std::uint32_t, bool> add(Name name) {
    if (size_ * 2 >= entries_.size()) grow();
    Entry& entry = entries_[place(name)];
    if (entry.name) return {entry.number, false};
    entry = {name, size_};
    return {size_++, true};
  }

  bool has(Name name) const { return !entries_.empty() && entries_[place(name)].name; }

 private:
  struct Entry {
    Name name = nullptr;
    std::uint32_t number = 0;
  };

  // Where the name stands, or the free place that it gets: names that meet stand one after another.
  std::size_t place(Name name) const {
    const std::size_t mask = entries_.size() - 1;  // a power of two
    std::size_t at = static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(name) * 0x9E3779B97F4A7C15u >> 32) & mask;
    while (entries_[at].name && entries_[at].name != name) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    const std::vector<Entry> before = std::exchange(entries_, std::vector<Entry>(entries_.empty() ? 64 : entries_.size() * 2));
    for (const Entry& entry : before)
      if (entry.name) entries_[place(entry.name)] = entry;
  }

  std::vector<Entry> entries_;
  std::uint32_t size_ = 0;
};

}  // namespace factpress::tmpl
