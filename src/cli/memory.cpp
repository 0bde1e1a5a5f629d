#include "cli/memory.h"

#include <cstdint>
#include <cstdlib>

#if defined(__GLIBC__)
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace factpress::cli {

void prepare_memory() {
#if defined(__GLIBC__)
  constexpr std::uintptr_t kPiece = 32U << 20, kHuge = 2U << 20;
  mallopt(M_TOP_PAD, static_cast<int>(kPiece));
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  // The heap grows by one piece now. Two blocks of it are kept and never used, so that it goes on where a large page begins: what lies
  // before would be made of hundreds of small ones. A large page is one only where nothing of it was touched before it was asked for.
  constexpr std::uintptr_t kBlock = 256U << 10, kSlack = 4096;
  static void* volatile kept[2];
  kept[0] = std::malloc(kBlock);
  const std::uintptr_t top = reinterpret_cast<std::uintptr_t>(kept[0]) + kBlock, begin = (top + 2 * kSlack + kHuge - 1) / kHuge * kHuge;
  kept[1] = std::malloc(begin - top - kSlack);
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0)) / kHuge * kHuge;
  const bool is_heap = kept[0] && kept[1] && begin < end && end - begin <= 2 * kPiece;  // not where another allocator stands in
  if (is_heap) (void)madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);  // declined: small pages as ever
#endif
}

}  // namespace factpress::cli
