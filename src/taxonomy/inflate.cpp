#include "taxonomy/inflate.h"

#include <libdeflate.h>

#include <memory>
#include <new>

namespace factpress::taxonomy {
namespace {

// One for each thread: it keeps tables between streams.
libdeflate_decompressor* inflater() {
  struct Free {
    void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
  };
  static thread_local const std::unique_ptr<libdeflate_decompressor, Free> one(libdeflate_alloc_decompressor());
  if (!one) throw std::bad_alloc();
  return one.get();
}

}  // namespace

std::optional<Bytes> inflate(std::string_view packed, std::size_t size) {
  Bytes out = Bytes::unset(size);
  std::size_t written = 0;
  const auto result = libdeflate_deflate_decompress(inflater(), packed.data(), packed.size(), out.data(), out.size(), &written);
  if (result != LIBDEFLATE_SUCCESS || written != size) return std::nullopt;
  return out;
}

}  // namespace factpress::taxonomy
