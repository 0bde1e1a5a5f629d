#pragma once
#include <cstdint>
#include <string>
#include <string_view>

/// The layout of an image: a header, the tables (details of each frozen document, components, directory), the texts, what is known of whole
/// DTSs (which has checksums of its own). All places
/// are offsets; numbers are little-endian. The tables are checked as a whole when the image is opened, each text when it is read.
namespace factpress::taxonomy {

inline constexpr std::string_view image_magic{"FPSNAP\r\n", 8};
inline constexpr std::uint32_t image_version = 3;
inline constexpr std::uint32_t image_byte_order = 0x01020304;

struct ImageHeader {
  char magic[8];
  std::uint32_t version, byte_order;
  std::uint64_t program;         ///< program_key()
  std::uint64_t file_size;
  std::uint64_t tables_size;     ///< they begin behind the header
  std::uint64_t tables_hash;
  std::uint64_t directory;       ///< where the directory begins in the tables
  std::uint64_t header_hash;     ///< of everything before
};
static_assert(sizeof(ImageHeader) == 64);

/// 64-bit xxHash (XXH3): finds damage, proves no origin.
std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed = 0);
/// What an image depends on beside the packages: the layout's version, the program (another build may find other faults in the
/// same schema) and the schemas that are built into it.
std::uint64_t program_key();

/// How a text is kept.
enum class TextKind : std::uint8_t {
  absent,   ///< with the packages alone
  built_in,
  deflated,
};

}  // namespace factpress::taxonomy
