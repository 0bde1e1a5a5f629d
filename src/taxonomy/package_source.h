#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/fs.h"
#include "diag/diagnostic.h"
#include "taxonomy/document_store.h"

namespace factpress::taxonomy {

/// Documents of taxonomy packages by their catalogs, asked in the order given. Emits tpe:* and package.* codes for what is
/// wrong with a package; one that cannot be used is left out.
std::unique_ptr<DocumentSource> package_source(const std::shared_ptr<FileSystem>& files, const std::vector<std::string>& paths,
                                               diag::Sink& sink);

}  // namespace factpress::taxonomy
