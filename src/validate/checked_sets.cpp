#include "validate/checked_sets.h"

#include <fmt/format.h>
#include <utime.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/fs.h"
#include "base/mapped_file.h"
#include "taxonomy/snapshot/byte_stream.h"
#include "taxonomy/snapshot/image_format.h"
#include "taxonomy/snapshot/taxonomy_image.h"
#include "validate/snapshots.h"

namespace factpress::validate {
namespace {

using taxonomy::DocumentKind;
using taxonomy::DtsDocument;
using taxonomy::KeptDocument;

constexpr std::string_view magic{"FPCLEAN\n", 8};
constexpr std::uint64_t layout = 2;

/// The file: this, the tables (what the set depends on, its documents, its links), the bytes of its own documents one behind the other.
struct Header {
  char magic[8];
  std::uint64_t tables_size;
  std::uint64_t tables_hash;
};
static_assert(sizeof(Header) == 24);

enum Flag : std::uint32_t { in_dts = 1, is_entry = 2, has_base = 4, is_own = 8, all_flags = 15 };

/// Linkbases that are not read again must be what their files' bytes say alone.
bool can_be_kept(const taxonomy::LoadedDts& dts) {
  if (dts.from_texts || dts.discovery.misses_files()) return false;
  const auto& documents = dts.discovery.documents();
  return std::all_of(documents.begin(), documents.end(), [](const DtsDocument& d) {
    return (d.kind == DocumentKind::schema || d.kind == DocumentKind::linkbase) && !d.stored->converted && !d.unread;
  });
}

void write_documents(const taxonomy::Discovery& discovery, taxonomy::ByteWriter& out, std::string& own_bytes) {
  out.number(discovery.documents().size());
  for (const DtsDocument& d : discovery.documents()) {
    const bool own = taxonomy::is_own(d);
    const std::string_view bytes = own ? d.xml().source()->bytes() : std::string_view();
    out.text(d.name());
    out.flag(d.kind == DocumentKind::schema);
    out.number(in_dts * d.in_dts + is_entry * d.is_entry + has_base * d.has_base + is_own * own);
    out.number(bytes.size());
    own_bytes += bytes;
  }
  out.align();
}

/// The documents, each with its part of `own_bytes`, which is to be used up.
std::optional<std::vector<KeptDocument>> read_documents(taxonomy::ByteReader& in, std::string_view own_bytes) {
  std::vector<KeptDocument> documents;
  for (std::uint32_t n = in.count(); n > 0; --n) {
    KeptDocument& d = documents.emplace_back();
    d.name = in.text();
    d.kind = in.flag() ? DocumentKind::schema : DocumentKind::linkbase;
    const std::uint32_t flags = in.below(all_flags + 1);
    d.in_dts = flags & in_dts, d.is_entry = flags & is_entry, d.has_base = flags & has_base, d.is_own = flags & is_own;
    const std::uint64_t size = in.number();
    if (in.failed() || size > own_bytes.size()) return std::nullopt;
    d.bytes = own_bytes.substr(0, size);
    own_bytes.remove_prefix(size);
  }
  in.align();
  if (!own_bytes.empty()) return std::nullopt;
  return documents;
}

std::string file_bytes(const std::string& tables, const std::string& own_bytes) {
  Header h;
  std::memcpy(h.magic, magic.data(), magic.size());
  h.tables_size = tables.size();
  h.tables_hash = taxonomy::hash_bytes(tables, tables.size());
  std::string all;
  all.reserve(sizeof h + tables.size() + own_bytes.size());
  return all.append(reinterpret_cast<const char*>(&h), sizeof h).append(tables).append(own_bytes);
}

std::optional<Header> header_of(std::string_view bytes) {
  Header h;
  if (bytes.size() < sizeof h) return std::nullopt;
  std::memcpy(&h, bytes.data(), sizeof h);
  return h;
}

/// The tables, whose checksum is still to be looked at.
std::optional<std::string_view> tables_of(std::string_view bytes) {
  const auto h = header_of(bytes);
  if (!h || std::string_view(h->magic, sizeof h->magic) != magic || h->tables_size > bytes.size() - sizeof *h) return std::nullopt;
  return bytes.substr(sizeof *h, h->tables_size);
}

}  // namespace

CheckedSets::CheckedSets(std::string folder, const taxonomy::PackageSet& packages, std::span<const std::shared_ptr<const taxonomy::Snapshot>> snapshots)
    : folder_(std::move(folder)) {
  const auto& all = packages.packages();
  // A snapshot's sets are of its own packages: these may be given, in their order, but nothing else may supply documents.
  const auto same = [](const auto& p, const taxonomy::PackageIdentity& id) { return p->is_zip() && p->identity() == id.hash; };
  const auto made_of = [&](const taxonomy::Snapshot& s) { return std::equal(all.begin(), all.end(), s.packages().begin(), s.packages().end(), same); };
  if (snapshots.size() == 1 && (all.empty() || made_of(*snapshots[0]))) snapshot_ = snapshots[0];
  if (all.empty() && snapshots.empty()) folder_.clear();
  if (std::any_of(all.begin(), all.end(), [](const auto& p) { return !p->is_zip(); })) folder_.clear();
  if (folder_.empty()) return;
  taxonomy::ByteWriter out;
  out.number(layout);
  out.number(taxonomy::program_key());
  out.number(all.size());
  for (const auto& p : all) out.number(p->identity());
  out.number(snapshots.size());
  for (const auto& s : snapshots) out.number(s->identity());
  head_ = std::move(out.bytes());
}

namespace {

std::string head_in_snapshot() {
  taxonomy::ByteWriter out;
  out.number(layout);
  out.number(taxonomy::program_key());
  out.text("in a snapshot");
  return std::move(out.bytes());
}

std::string depends_on(const std::string& head, const Entries& entries) {
  taxonomy::ByteWriter out;
  out.raw(head);
  for (const auto* names : {&entries.names, &entries.hints}) {
    out.number(names->size());
    for (const std::string& name : *names) out.text(name);
  }
  return std::move(out.bytes());
}

/// The set in these bytes, which `owner` keeps, where it is the one that depends on that.
std::unique_ptr<taxonomy::LoadedDts> load_from(std::string_view bytes, const std::shared_ptr<const void>& owner, std::string_view needed,
                                               taxonomy::DocumentStore& store) {
  const auto tables = tables_of(bytes);
  if (!tables) return nullptr;
  taxonomy::ByteReader in(*tables);
  if (in.text() != needed || taxonomy::hash_bytes(*tables, tables->size()) != header_of(bytes)->tables_hash) return nullptr;
  const auto documents = read_documents(in, bytes.substr(sizeof(Header) + tables->size()));
  return documents ? taxonomy::reload_dts(store, *documents, in, owner) : nullptr;
}

}  // namespace

CheckedSets::CheckedSets(ForSnapshot) : head_(head_in_snapshot()) {}

std::string CheckedSets::file_of(std::string_view depends_on) const { return fmt::format("{}/{:016x}.fpc", folder_, taxonomy::hash_bytes(depends_on)); }

std::unique_ptr<taxonomy::LoadedDts> CheckedSets::load(const Entries& entries, taxonomy::DocumentStore& store) const {
  if (snapshot_ && !snapshot_->sets().empty()) {
    const std::string needed = depends_on(head_in_snapshot(), entries);
    for (const std::string_view set : snapshot_->sets())
      if (auto dts = load_from(set, snapshot_, needed, store)) return dts;
  }
  if (folder_.empty()) return nullptr;
  const std::string needed = depends_on(head_, entries), path = file_of(needed);
  const auto file = MappedFile::open(path);
  if (!file) return nullptr;
  auto dts = load_from((*file)->bytes(), *file, needed, store);
  if (dts) (void)::utime(path.c_str(), nullptr);  // used now: goes last when room is needed
  return dts;
}

void CheckedSets::note(const Entries& entries, const taxonomy::LoadedDts& dts) {
  if (head_.empty() || !can_be_kept(dts)) return;
  std::size_t own = 0;
  for (const DtsDocument& d : dts.discovery.documents()) own += taxonomy::is_own(d) ? d.xml().source()->bytes().size() : 0;
  const std::lock_guard lock(mutex_);
  if (own > max_bytes - noted_bytes_) return;
  const std::string needed = depends_on(head_, entries);
  taxonomy::ByteWriter tables;
  std::string own_bytes;
  tables.text(needed);
  write_documents(dts.discovery, tables, own_bytes);
  taxonomy::TaxonomyImage::write(*dts.taxonomy, tables);
  std::string all = file_bytes(tables.bytes(), own_bytes);
  const std::size_t size = all.size();
  if (size <= max_bytes - noted_bytes_ && noted_.try_emplace(file_of(needed), std::move(all)).second) noted_bytes_ += size;
}

std::vector<std::string> CheckedSets::take() {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> taken;
  for (auto& [path, bytes] : noted_) taken.push_back(std::move(bytes));
  noted_.clear();
  noted_bytes_ = 0;
  return taken;
}

void CheckedSets::keep() {
  const std::lock_guard lock(mutex_);
  if (noted_.empty() || folder_.empty()) return;
  if (!open_cache_folder(folder_)) return noted_.clear();
  const auto files = real_file_system();
  make_room(*files, folder_, noted_bytes_);
  for (const auto& [path, bytes] : noted_) (void)static_cast<bool>(files->write(path, bytes));
  noted_.clear();
  noted_bytes_ = 0;
}

}  // namespace factpress::validate
