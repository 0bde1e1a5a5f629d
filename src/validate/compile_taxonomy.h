#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/fs.h"
#include "diag/diagnostic.h"
#include "taxonomy/package.h"
#include "taxonomy/snapshot/freeze.h"

namespace factpress::validate {

/// What `factpress taxonomy compile` made.
struct CompiledTaxonomy {
  std::string image;  ///< empty where no package could be used
  std::size_t documents = 0;
  std::size_t frozen = 0;  ///< of these, schemas that are used without being parsed
  std::size_t sets = 0;    ///< of the reports' taxonomies, those that were found in order
};

/// Compiles taxonomy packages with everything in them that has a URL, and the built-in schemas, into one snapshot. Emits tpe:* and
/// package.* codes; what is wrong within the documents is told when they are used. With `reports` (paths), it has what loading makes of
/// their taxonomies, too, where nothing is wrong with these: it is used where the report's own schemas and linkbases have the same names
/// and bytes (CheckedSets).
CompiledTaxonomy compile_taxonomy(const std::shared_ptr<FileSystem>& files, const std::vector<std::string>& packages, diag::Sink& sink,
                                  const std::vector<std::string>& reports = {});

/// The image of some documents (normal names) of packages: the schemas among them that can be frozen, with all that these need.
/// `store` has documents of these packages and of the built-in schemas.
std::string compile_documents(taxonomy::DocumentStore& store, const taxonomy::PackageSet& packages, const std::vector<std::string>& names,
                              bool with_texts, std::vector<std::string> sets = {});

}  // namespace factpress::validate
