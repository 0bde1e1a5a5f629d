#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "taxonomy/load.h"
#include "taxonomy/snapshot/snapshot.h"

namespace factpress::taxonomy {

/// A document that an image is to have.
struct ImageDocument {
  std::string name;                      ///< its normal name
  std::optional<std::uint32_t> package;  ///< number of the package that it comes from
};

struct ImageRequest {
  std::vector<PackageIdentity> packages;
  std::vector<ImageDocument> documents;
  bool with_texts = false;  ///< else only what is frozen is kept, and texts come from the packages
  std::vector<std::string> sets;  ///< what is known of whole DTSs: bytes for who uses the image (Snapshot::sets)
};

/// How a DTS is loaded that is to be frozen: from its texts, schemas alone, whatever is declared is compiled and checked.
LoadOptions freezing_options();

/// Writes the image of a DTS that was loaded with freezing_options(). A schema is frozen where nothing is wrong with it
/// (`findings` has everything that the compiler and the rules on documents found), it redefines nothing, and all that it
/// imports and includes is frozen with it; the other documents are kept as texts. The same input gives the same bytes.
std::string make_image(const LoadedDts& dts, std::span<const diag::Diagnostic> findings, const ImageRequest& request, const DocumentStore& store);

}  // namespace factpress::taxonomy
