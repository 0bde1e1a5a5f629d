#include "render/package.h"

namespace factpress::render {

std::string make_package(std::string_view base, const PackageParts& parts) {
  const std::string top = std::string(base) + "/";
  std::vector<ZipEntry> entries = {{top + "META-INF/reportPackage.json", parts.report_package},
                                   {top + "META-INF/taxonomyPackage.xml", parts.taxonomy_package},
                                   {top + "META-INF/catalog.xml", parts.catalog}};
  for (const ZipEntry& e : parts.reports) entries.push_back({top + "reports/" + e.name, e.bytes});
  return make_zip(entries);
}

}  // namespace factpress::render
