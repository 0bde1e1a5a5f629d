#pragma once
#include <memory>
#include <span>
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
  bool from_texts = false;          ///< something in it changes what documents of snapshots mean
  std::shared_ptr<const Taxonomy> taxonomy;
  std::unique_ptr<const DimensionModel> dimensions;

  LoadedDts(DocumentStore& store, diag::Sink& sink, DiscoveryOptions options = {}) : discovery(store, sink, options) {}
};

struct LoadOptions {
  DiscoveryOptions discovery;
  bool hints_count = false;      ///< findings in schemas outside the DTS are told as well
};

/// Discovers, compiles and freezes the DTS of some entry points (normal names; schemas or linkbases), with `hints` as schemas
/// that help to validate documents without belonging to it. Emits taxonomy.*, xml.* and schema.* codes; findings in schemas
/// outside the DTS are not told. Documents of snapshots are used as they are; where something in the DTS changes what they mean, all
/// is loaded again from the texts, so that the result is the same with and without snapshots. Never fails: what cannot be had is missing from the taxonomy.
std::unique_ptr<LoadedDts> load_dts(DocumentStore& store, const std::vector<std::string>& entries, const std::vector<std::string>& hints,
                                    diag::Sink& sink, const LoadOptions& options = {});

/// Loads a DTS that was loaded before and had no findings, with what load_dts() made of its links then: linkbases are not read again,
/// `links` of what it gives is empty, and so are its discovery's linkbases. `links` is what TaxonomyImage::write() wrote; `owner`
/// keeps its bytes and the documents'. Null where the documents are not what they were, or all of this does not fit together; then it is for load_dts() to load it.
std::unique_ptr<LoadedDts> reload_dts(DocumentStore& store, std::span<const KeptDocument> documents, ByteReader& links,
                                      const std::shared_ptr<const void>& owner);

/// The schemas that documents are validated against even where nothing in the DTS imports them.
std::span<const char* const> hinted_schemas();

}  // namespace factpress::taxonomy
