#define XXH_INLINE_ALL
#include "taxonomy/snapshot/image_format.h"

#include <xxhash.h>

#include "base/build_id.h"
#include "taxonomy/core_schemas.h"

namespace factpress::taxonomy {

std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed) { return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed); }

std::uint64_t program_key() {
  static const std::uint64_t key = [] {
    std::uint64_t k = hash_bytes(build_id(), image_version);
    if (!build_id().empty()) return k;  // which covers the schemas, too
    for (const std::string& url : core_schema_urls()) k = hash_bytes(*core_schema(url), hash_bytes(url, k));
    return k;
  }();
  return key;
}

}  // namespace factpress::taxonomy
