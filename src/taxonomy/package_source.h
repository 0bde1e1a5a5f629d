#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/fs.h"
#include "diag/diagnostic.h"
#include "taxonomy/document_store.h"

namespace factpress::taxonomy {

/// Documents of taxonomy packages by their catalogs, asked in the order given. A package that cannot be read is a finding.
std::unique_ptr<DocumentSource> package_source(const FileSystem& files, const std::vector<std::string>& paths, diag::Sink& sink);

}  // namespace factpress::taxonomy
