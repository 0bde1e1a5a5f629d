#pragma once
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "xml/names.h"

namespace factpress::xml {

/// The namespace declarations in scope while a document is scanned. Prefixes are views into the document's bytes.
class Bindings {
 public:
  Bindings() {
    current_["xml"] = ns::xml;
    current_["xmlns"] = ns::xmlns;
  }
  std::size_t mark() const { return undo_.size(); }
  void declare(std::string_view prefix, NsId ns) {
    NsId& current = current_[prefix];
    undo_.push_back({prefix, current});
    current = ns;
    ++epoch_;
  }
  void undo_to(std::size_t mark) {
    if (undo_.size() == mark) return;
    for (; undo_.size() > mark; undo_.pop_back()) current_[undo_.back().prefix] = undo_.back().before;
    ++epoch_;
  }
  /// Changes with every change of what a prefix stands for.
  std::uint32_t epoch() const { return epoch_; }
  /// What the prefix stands for here: ns::none for "" without a default; empty where it is undeclared.
  std::optional<NsId> find(std::string_view prefix) const {
    const auto it = current_.find(prefix);
    const NsId id = it == current_.end() ? ns::none : it->second;
    if (id == ns::none && !prefix.empty()) return {};
    return id;
  }

 private:
  struct Undo {
    std::string_view prefix;
    NsId before;
  };
  std::unordered_map<std::string_view, NsId> current_;
  std::vector<Undo> undo_;
  std::uint32_t epoch_ = 1;
};

}  // namespace factpress::xml
