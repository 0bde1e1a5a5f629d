#include <cstdint>

#include "taxonomy/package.h"

// Any bytes as an archive, and as a package.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace factpress;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  taxonomy::ZipArchive::Limits limits;
  limits.entry_bytes = 1 << 20;
  if (const auto z = taxonomy::ZipArchive::open(bytes, limits)) {
    std::size_t read = 0;
    for (const auto& e : z->entries())
      if (++read < 100) (void)static_cast<bool>(z->read(e));
  }
  auto files = std::make_shared<MemoryFileSystem>();
  if (!files->write("p.zip", bytes)) return 0;
  diag::Sink sink(50);
  taxonomy::PackageLimits package_limits;
  package_limits.zip = limits;
  if (const auto p = taxonomy::Package::open("p.zip", files, sink, package_limits)) (void)p->locate("http://example.com/t/a.xsd");
  return 0;
}
