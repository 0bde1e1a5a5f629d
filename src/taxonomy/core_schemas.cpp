#include "taxonomy/core_schemas.h"

#include <algorithm>

#include "embedded/core_schemas.h"

namespace factpress::taxonomy {

// The files stand in schemas/http/ at the place that their URL names.
std::optional<std::string_view> core_schema(std::string_view url) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (url.substr(0, scheme.size()) != scheme) continue;
    const auto path = url.substr(scheme.size());
    const auto files = embedded::core_schemas();
    const auto it = std::lower_bound(files.begin(), files.end(), path,
                                     [](const embedded::File& f, std::string_view p) { return f.path < p; });
    if (it != files.end() && it->path == path) return it->bytes;
  }
  return {};
}

std::vector<std::string> core_schema_urls() {
  std::vector<std::string> urls;
  for (const auto& f : embedded::core_schemas()) urls.push_back("http://" + std::string(f.path));
  std::sort(urls.begin(), urls.end());
  return urls;
}

}  // namespace factpress::taxonomy
