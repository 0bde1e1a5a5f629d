// Any bytes as a release: read, and every fact held against its source.
// rooms: facts
#include <cstdint>
#include <cstdlib>

#include "../mutation/check_facts.cpp"  // one program, one file
#include "document/decode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static constexpr const char* kNames[] = {"a.htm", "a.txt", "a.md", "a"};
  factpress::diag::Sink sink;
  std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto source = factpress::document::decode(kNames[data[0] % 4], std::move(bytes), sink);
  if (!source) return 0;
  const auto reading = factpress::facts::read_release(source, factpress::document::detect_format(*source), sink);
  if (!factpress::test::wrong_fact(reading).empty()) std::abort();
  return 0;
}
