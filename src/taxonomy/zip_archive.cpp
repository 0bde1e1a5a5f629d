#include "taxonomy/zip_archive.h"

#include <fmt/format.h>
#include <libdeflate.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "taxonomy/inflate.h"

namespace factpress::taxonomy {
namespace {

// Little-endian numbers of a part of the file with bounds: outside it everything is zero.
struct Part {
  std::string_view all;
  std::uint64_t base = 0;  // where it begins in the file
  std::uint64_t number(std::uint64_t at, int width) const {
    if (at < base || at - base > all.size() || all.size() - (at - base) < static_cast<std::size_t>(width)) return 0;
    const char* const p = all.data() + (at - base);
    std::uint64_t v = 0;
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(&v, p, static_cast<std::size_t>(width));
    } else {
      for (int i = width; i-- > 0;) v = v << 8 | static_cast<unsigned char>(p[i]);
    }
    return v;
  }
  std::uint16_t u16(std::uint64_t at) const { return static_cast<std::uint16_t>(number(at, 2)); }
  std::uint32_t u32(std::uint64_t at) const { return static_cast<std::uint32_t>(number(at, 4)); }
  std::uint64_t u64(std::uint64_t at) const { return number(at, 8); }
};

Result<Part> part(const OpenFile& file, std::uint64_t at, std::uint64_t size, std::string& scratch) {
  const auto bytes = file.read(at, size, scratch);
  if (!bytes) return Failure{fmt::format("{} bytes at {} cannot be read: {}", size, at, bytes.error())};
  return Part{*bytes, at};
}

constexpr std::uint32_t end_signature = 0x06054B50, end64_locator = 0x07064B50, end64_signature = 0x06064B50;
constexpr std::uint32_t central_signature = 0x02014B50, local_signature = 0x04034B50;

struct Directory {
  std::uint64_t count = 0, offset = 0;
};

// The end record stands at the end, behind it at most a comment of 65,535 bytes.
Result<Directory> find_directory(const OpenFile& file) {
  constexpr std::uint64_t record = 22, locator = 20, record64 = 56;
  const std::uint64_t size = file.size();
  if (size < record) return Failure{"it is too short for a zip archive"};
  const std::uint64_t lowest = size > record + 65'535 ? size - record - 65'535 : 0;
  const std::uint64_t from = lowest > locator ? lowest - locator : 0;
  std::string scratch;
  const auto tail = part(file, from, size - from, scratch);
  if (!tail) return Failure{tail.error()};
  for (std::uint64_t at = size - record;; --at) {
    if (tail->u32(at) == end_signature && at + record + tail->u16(at + 20) <= size) {
      Directory d{tail->u16(at + 10), tail->u32(at + 16)};
      if (at >= locator && tail->u32(at - locator) == end64_locator) {
        const auto end64 = tail->u64(at - locator + 8);
        std::string more;
        const auto b = part(file, end64, end64 < size ? std::min(record64, size - end64) : record64, more);
        if (b && b->u32(end64) == end64_signature) d = {b->u64(end64 + 32), b->u64(end64 + 48)};
      }
      return d;
    }
    if (at == lowest) break;
  }
  return Failure{"it has no end-of-directory record, so it is no zip archive or cut off"};
}

// Sizes and offset of 0xFFFFFFFF stand in the Zip64 extra field, in this order.
void read_zip64(const Part& b, std::uint64_t extra, std::uint64_t extra_end, ZipArchive::Entry& e) {
  while (extra + 4 <= extra_end) {
    const auto id = b.u16(extra), length = b.u16(extra + 2);
    std::uint64_t at = extra + 4;
    if (id == 1) {
      for (std::uint64_t* field : {&e.size, &e.packed, &e.offset})
        if (*field == 0xFFFFFFFFu && at + 8 <= extra + 4 + length) *field = b.u64(at), at += 8;
      return;
    }
    extra += 4 + length;
  }
}

}  // namespace

Result<ZipArchive> ZipArchive::open(std::shared_ptr<const OpenFile> file, const Limits& limits) {
  ZipArchive z;
  z.limits_ = limits;
  z.file_ = std::move(file);
  const auto directory = find_directory(*z.file_);
  if (!directory) return Failure{directory.error()};
  if (directory->count > limits.entries)
    return Failure{fmt::format("it lists {} entries; the limit is {}", directory->count, limits.entries)};
  const std::uint64_t size = z.file_->size();
  auto kept = std::make_shared<std::string>();
  Part b;
  if (directory->count != 0 && directory->offset <= size) {
    const auto whole = part(*z.file_, directory->offset, size - directory->offset, *kept);
    if (!whole) return Failure{whole.error()};
    b = *whole;
  }
  z.directory_ = std::move(kept);
  z.entries_.reserve(std::min<std::uint64_t>(directory->count, b.all.size() / 46));
  std::uint64_t at = directory->offset;
  for (std::uint64_t i = 0; i < directory->count; ++i) {
    if (at > size || size - at < 46 || b.u32(at) != central_signature)
      return Failure{fmt::format("its directory breaks off at entry {}", i + 1)};
    Entry e;
    e.flags = b.u16(at + 8);
    e.method = b.u16(at + 10);
    e.crc = b.u32(at + 16);
    e.packed = b.u32(at + 20);
    e.size = b.u32(at + 24);
    e.offset = b.u32(at + 42);
    const std::uint64_t name = at + 46, extra = name + b.u16(at + 28), comment = extra + b.u16(at + 30);
    if (comment > size) return Failure{fmt::format("its directory breaks off at entry {}", i + 1)};
    e.name = b.all.substr(name - b.base, extra - name);
    read_zip64(b, extra, comment, e);
    z.entries_.push_back(e);
    at = comment + b.u16(at + 32);
  }
  return z;
}

Result<Bytes> ZipArchive::read(const Entry& e) const {
  const auto fail = [&](std::string why) { return Failure{fmt::format("the entry '{}' {}", e.name, why)}; };
  if (e.flags & 1) return fail("is encrypted");
  if (e.size > limits_.entry_bytes) return fail(fmt::format("would take {} bytes; the limit is {}", e.size, limits_.entry_bytes));
  if (e.size > 1'000'000 && e.size / limits_.ratio > e.packed)
    return fail(fmt::format("claims to grow from {} to {} bytes, which is a zip bomb", e.packed, e.size));
  const std::uint64_t size = file_->size();
  constexpr std::uint64_t header = 30;
  std::string scratch;
  const auto b = part(*file_, e.offset, e.offset < size ? std::min(header, size - e.offset) : header, scratch);
  if (!b || b->u32(e.offset) != local_signature) return fail("does not stand where the directory says");
  const std::uint64_t data = e.offset + header + b->u16(e.offset + 26) + b->u16(e.offset + 28);
  if (data > size || size - data < e.packed) return fail("reaches beyond the end of the archive");
  const auto packed = file_->read(data, e.packed, scratch);
  if (!packed) return fail(fmt::format("cannot be read: {}", packed.error()));
  Bytes out;
  if (e.method == 0) {
    if (e.packed != e.size) return fail("is stored with two different sizes");
    out = std::string(*packed);
  } else if (e.method == 8) {
    auto whole = inflate(*packed, e.size);
    if (!whole)
      return fail(fmt::format("is damaged: it does not inflate to the {} bytes that the directory tells", e.size));
    out = std::move(*whole);
  } else {
    return fail(fmt::format("is packed by method {}, which is not read", e.method));
  }
  if (libdeflate_crc32(0, out.data(), out.size()) != e.crc)
    return fail("is damaged: its checksum does not match");
  return out;
}

}  // namespace factpress::taxonomy
