#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "render/zip.h"

namespace factpress::render {

/// What a report package (Report Packages 1.0) is made of. The taxonomy stands beside the inline document, as it does on disk, so that
/// the document's bytes are the same in both; the catalog leads the taxonomy's public addresses there.
struct PackageParts {
  std::string report_package, taxonomy_package, catalog;
  std::vector<ZipEntry> reports;  ///< the inline document and its taxonomy; borrowed bytes
};

/// The bytes of BASE.xbri: BASE/META-INF/{reportPackage.json,taxonomyPackage.xml,catalog.xml}, BASE/reports/...
std::string make_package(std::string_view base, const PackageParts& parts);

}  // namespace factpress::render
