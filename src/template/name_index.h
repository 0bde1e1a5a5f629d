#pragma once
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "template/ast.h"

namespace factpress::tmpl {

/// Numbers names in the order in which they first come. A template may hold hundreds of thousands, so each takes the same time.
class NameIndex {
 public:
  /// The number of `name`, and whether it is new.
  std::pair<std::uint32_t, bool> add(Name name) {
    const auto [at, fresh] = numbers_.try_emplace(name, static_cast<std::uint32_t>(numbers_.size()));
    return {at->second, fresh};
  }

  bool has(Name name) const { return numbers_.contains(name); }

 private:
  std::unordered_map<Name, std::uint32_t> numbers_;
};

}  // namespace factpress::tmpl
