#pragma once
#include <cstddef>
#include <optional>
#include <span>

#include "taxonomy/taxonomy.h"

namespace factpress::validate {

/// The relationship that closes a directed cycle, by index, or none. `relationships` are sorted by source. Linear, no recursion.
std::optional<std::size_t> find_directed_cycle(std::span<const taxonomy::Relationship> relationships);

/// The relationship that closes a cycle when directions are ignored. Several relationships between the same two nodes in the
/// same direction are one edge, not a cycle.
std::optional<std::size_t> find_undirected_cycle(std::span<const taxonomy::Relationship> relationships);

}  // namespace factpress::validate
