#include "taxonomy/strings.h"

#include <algorithm>
#include <bit>

#include "taxonomy/snapshot/byte_stream.h"
#include "xml/names.h"

namespace factpress::taxonomy {
namespace {
std::uint32_t hash(std::string_view text) { return xml::hash_name(xml::NsId{0}, text); }
}  // namespace

std::uint32_t StringTable::append(std::string_view text) {
  if (owner_) bytes_ = read_, owner_.reset();
  const auto id = static_cast<std::uint32_t>(ends_.size() - 1);
  bytes_.append(text);
  ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  return id;
}

std::uint32_t StringTable::find(std::string_view text) const { return find(text, hash(text)); }

std::uint32_t StringTable::find(std::string_view text, std::uint32_t hash) const {
  if (slots_.empty()) return 0xFFFFFFFFu;
  for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at] == 0) return 0xFFFFFFFFu;
    if (get(slots_[at] - 1) == text) return slots_[at] - 1;
  }
}

void StringTable::grow() {
  std::vector<std::uint32_t> old = std::move(slots_);
  slots_.assign(old.empty() ? 64 : old.size() * 8, 0);  // seldom: every string is hashed anew
  for (const std::uint32_t slot : old) {
    if (slot == 0) continue;
    std::size_t at = hash(get(slot - 1)) & (slots_.size() - 1);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

void StringTable::write(ByteWriter& out) const {
  out.text(all());
  out.table(std::span<const std::uint32_t>(ends_));
  out.table(std::span<const std::uint32_t>(slots_));
}

bool StringTable::read(ByteReader& in, std::shared_ptr<const void> owner) {
  read_ = in.text();
  if (!(owner_ = std::move(owner))) bytes_ = read_;
  const auto ends = in.table<std::uint32_t>(), slots = in.table<std::uint32_t>();
  if (in.failed() || ends.empty() || ends.front() != 0 || ends.back() != read_.size() || !std::is_sorted(ends.begin(), ends.end())) return false;
  interned_ = static_cast<std::size_t>(std::count_if(slots.begin(), slots.end(), [](std::uint32_t s) { return s != 0; }));
  // A search ends at a free slot.
  if (!slots.empty() && (!std::has_single_bit(slots.size()) || interned_ == slots.size())) return false;
  if (std::any_of(slots.begin(), slots.end(), [&](std::uint32_t s) { return s >= ends.size(); })) return false;
  ends_.assign(ends.begin(), ends.end());
  slots_.assign(slots.begin(), slots.end());
  return true;
}

std::uint32_t StringTable::intern(std::string_view text) {
  const std::uint32_t h = hash(text);
  const std::uint32_t known = find(text, h);
  if (known != 0xFFFFFFFFu) return known;
  if (interned_ * 2 >= slots_.size()) grow();
  const std::uint32_t id = append(text);
  std::size_t at = h & (slots_.size() - 1);
  while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = id + 1;
  ++interned_;
  return id;
}

}  // namespace factpress::taxonomy
