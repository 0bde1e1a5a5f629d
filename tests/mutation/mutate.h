#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace factpress::test {

/// A small generator of its own: the same mutations on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 2654435769U + 88172645463325252U) {}
  std::uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  std::size_t below(std::size_t n) { return n ? static_cast<std::size_t>(next() % n) : 0; }

 private:
  std::uint64_t state_;
};

/// One damaged copy of a release: cells emptied, cells of a row swapped, tags unclosed, scale notes removed, bytes flipped,
/// a table doubled, a piece cut off. `what` names the damage.
std::string mutate(std::string_view release, Random& random, std::string& what);

}  // namespace factpress::test
