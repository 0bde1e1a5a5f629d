#include "base/build_id.h"

#include <link.h>

#include <cstring>

namespace factpress {
namespace {

constexpr std::size_t align4(std::size_t n) { return (n + 3) & ~std::size_t{3}; }

std::string_view id_in_notes(const char* at, std::size_t size) {
  while (size >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) note;
    std::memcpy(&note, at, sizeof note);
    const std::size_t name = sizeof note, id = name + align4(note.n_namesz), end = id + align4(note.n_descsz);
    if (end > size) break;
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && std::memcmp(at + name, "GNU", 4) == 0) return {at + id, note.n_descsz};
    at += end, size -= end;
  }
  return {};
}

// The first object is the program itself.
int visit(dl_phdr_info* info, std::size_t, void* out) {
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& part = info->dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    const auto id = id_in_notes(reinterpret_cast<const char*>(info->dlpi_addr + part.p_vaddr), part.p_memsz);
    if (!id.empty()) *static_cast<std::string_view*>(out) = id;
  }
  return 1;
}

}  // namespace

std::string_view build_id() {
  std::string_view id;
  dl_iterate_phdr(visit, &id);
  return id;
}

}  // namespace factpress
