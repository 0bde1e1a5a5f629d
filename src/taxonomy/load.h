#pragma once
#include <memory>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "taxonomy/builder.h"
#include "taxonomy/dimensions.h"
#include "taxonomy/discovery.h"
#include "taxonomy/taxonomy.h"

namespace factpress::taxonomy {

/// What a load leaves behind: the documents that were met, the links of the linkbases, and the frozen taxonomy.
struct LoadedDts {
  Discovery discovery;
  std::vector<ExtendedLink> links;  ///< for the rules; may be cleared after they have run
  std::shared_ptr<const Taxonomy> taxonomy;
  std::unique_ptr<const DimensionModel> dimensions;

  LoadedDts(DocumentStore& store, diag::Sink& sink) : discovery(store, sink) {}
};

/// Discovers, compiles and freezes the DTS of some entry points (normal names; schemas or linkbases), with `hints` as schemas
/// that help to validate documents without belonging to it. Emits taxonomy.*, xml.* and schema.* codes; findings in schemas
/// outside the DTS are not told. Never fails: what cannot be had is missing from the taxonomy.
std::unique_ptr<LoadedDts> load_dts(DocumentStore& store, const std::vector<std::string>& entries, const std::vector<std::string>& hints,
                                    diag::Sink& sink);

}  // namespace factpress::taxonomy
