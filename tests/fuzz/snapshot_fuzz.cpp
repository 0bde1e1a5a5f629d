#include <cstdint>

#include "../support/image_surgery.h"

// Any bytes as a compiled taxonomy, with the header made to fit them: what a checksum would stop is to get through here.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string image(reinterpret_cast<const char*>(data), size);
  image_surgery::reseal(image);
  (void)image_surgery::use_everything(image);
  return 0;
}
