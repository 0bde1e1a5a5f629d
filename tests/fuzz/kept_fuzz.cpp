#include <cstdint>

#include "../support/kept_links.h"

// Any bytes as what an earlier run kept of the links of a set, behind the checksum that would stop them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const kept_links::Set set;
  (void)set.use(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
