#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "taxonomy/load.h"
#include "taxonomy/snapshot/frozen.h"

namespace factpress::taxonomy {

/// A reference as it is found in a schema; `document` is where it leads in the discovery, or none.
struct FoundReference {
  FrozenReference::Kind kind = FrozenReference::Kind::import;
  bool has_fragment = false;
  std::uint32_t offset = 0, document = none;
  std::string target;
};

/// What was found out of one document of a DTS.
struct Freezable {
  bool yes = false;
  std::vector<FoundReference> references;
  std::vector<std::uint32_t> closure;  ///< in the discovery, sorted, itself excluded
};

/// Which documents of a DTS can be frozen, by their numbers in the discovery (see make_image).
std::vector<Freezable> find_freezable(const LoadedDts& dts, std::span<const diag::Diagnostic> findings);

/// Namespaces of foreign attributes and of what stands in annotations that neither the closure nor the schemas that every DTS has
/// declare.
std::vector<xml::NsId> open_namespaces(const LoadedDts& dts, std::uint32_t document, std::span<const Freezable> all);

}  // namespace factpress::taxonomy
