#include "taxonomy/snapshot/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <type_traits>

#include "taxonomy/core_schemas.h"
#include "taxonomy/inflate.h"
#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/component_image.h"
#include "taxonomy/snapshot/byte_stream.h"

namespace factpress::taxonomy {

Snapshot::~Snapshot() = default;

// ---- opening

std::shared_ptr<const Snapshot> Snapshot::open(std::string_view bytes, std::shared_ptr<const void> owner, std::string path, Refusal& refusal,
                                               TextSource texts) {
  const auto refuse = [&](Trouble trouble, std::string why) -> std::shared_ptr<const Snapshot> {
    refusal = {trouble, std::move(why)};
    return nullptr;
  };
  if (bytes.substr(0, image_magic.size()) != image_magic.substr(0, bytes.size()) || bytes.empty())
    return refuse(Trouble::no_image, "it does not begin as a snapshot does");
  ImageHeader h;
  if (bytes.size() < sizeof h) return refuse(Trouble::damaged, fmt::format("it breaks off after {} bytes", bytes.size()));
  std::memcpy(&h, bytes.data(), sizeof h);
  if (h.version != image_version) return refuse(Trouble::version, fmt::format("it has the layout {}, this program reads {}", h.version, image_version));
  if (h.byte_order != image_byte_order) return refuse(Trouble::version, "it was made on a machine of the other byte order");
  if (h.header_hash != hash_bytes(bytes.substr(0, offsetof(ImageHeader, header_hash)))) return refuse(Trouble::damaged, "its header does not match its checksum");
  if (h.program != program_key()) return refuse(Trouble::version, "it was made by another build of the program");
  if (h.file_size != bytes.size()) return refuse(Trouble::damaged, fmt::format("it has {} bytes instead of {}", bytes.size(), h.file_size));
  if (h.tables_size > bytes.size() - sizeof h || h.directory > h.tables_size) return refuse(Trouble::damaged, "its tables lie outside it");
  const std::string_view tables = bytes.substr(sizeof h, h.tables_size);
  if (h.tables_hash != hash_bytes(tables)) return refuse(Trouble::damaged, "its tables do not match their checksum");
  const std::shared_ptr<Snapshot> s(new Snapshot);
  s->path_ = std::move(path);
  s->identity_ = h.header_hash;
  s->owner_ = std::move(owner);
  s->bytes_ = bytes;
  s->tables_ = tables;
  s->texts_ = std::move(texts);
  if (!s->read_directory(tables.substr(h.directory))) return refuse(Trouble::damaged, "its directory contradicts itself");
  return s;
}

bool Snapshot::read_directory(std::string_view directory) {
  ByteReader in(directory);
  const std::uint32_t packages = in.count();
  for (std::uint32_t i = 0; i < packages && !in.failed(); ++i) {
    PackageIdentity id;
    id.name = in.text();
    id.hash = in.number();
    id.path = in.text();
    id.size = in.number(), id.modified = in.number();
    packages_.push_back(std::move(id));
  }
  components_at_ = in.small(), components_size_ = in.small();
  const std::uint32_t rows = in.count();
  if (in.failed() || components_at_ > tables_.size() || components_size_ > tables_.size() - components_at_) return false;
  rows_.reserve(rows);
  const std::uint64_t texts_at = static_cast<std::uint64_t>(tables_.data() - bytes_.data()) + tables_.size();
  for (std::uint32_t i = 0; i < rows && !in.failed(); ++i) {
    Row r;
    r.name = in.text();
    r.package = in.below(packages_.size() + 1);
    r.frozen = in.flag();
    if (r.frozen) {
      r.detail = in.small(), r.detail_size = in.small(), r.elements = in.small();
      r.elements_before = element_count_;
      if (r.detail % 4 != 0 || r.detail > tables_.size() || r.detail_size > tables_.size() - r.detail) return false;
      if (r.elements > r.detail_size / sizeof(ElementRecord)) return false;
      if (r.elements > 0xFFFFFFF0u - element_count_) return false;
      if (r.elements != 0) element_rows_.push_back(i);
      element_count_ += r.elements;
      ++frozen_count_;
    }
    r.text_kind = static_cast<TextKind>(in.below(3));
    if (r.text_kind == TextKind::deflated) {
      r.text = in.number(), r.text_packed = in.number(), r.text_size = in.number(), r.text_hash = in.number();
      if (r.text > bytes_.size() - texts_at || r.text_packed > bytes_.size() - texts_at - r.text) return false;
      r.text += texts_at;
    }
    if (i > 0 && rows_.back().name >= r.name) return false;
    rows_.push_back(r);
  }
  const std::uint32_t sets = in.count();
  for (std::uint32_t i = 0; i < sets && !in.failed(); ++i) {
    const std::uint64_t at = in.number(), size = in.number();
    if (at > bytes_.size() - texts_at || size > bytes_.size() - texts_at - at || (texts_at + at) % 4 != 0) return false;
    sets_.push_back(bytes_.substr(texts_at + at, size));
  }
  if (in.failed()) return false;
  documents_.resize(rows_.size());
  for (std::uint32_t i = 0; i < rows_.size(); ++i) {
    if (!rows_[i].frozen) continue;
    documents_[i] = std::make_unique<FrozenDocument>();
    documents_[i]->snapshot_ = this;
    documents_[i]->index_ = i;
    documents_[i]->name_ = rows_[i].name;
  }
  return true;
}

std::optional<std::uint32_t> Snapshot::find(std::string_view name) const {
  const auto it = std::lower_bound(rows_.begin(), rows_.end(), name, [](const Row& r, std::string_view n) { return r.name < n; });
  if (it == rows_.end() || it->name != name) return std::nullopt;
  return static_cast<std::uint32_t>(it - rows_.begin());
}

std::optional<std::uint32_t> Snapshot::package_of(std::uint32_t document) const {
  const std::uint32_t p = rows_[document].package;
  return p == 0 ? std::nullopt : std::optional(p - 1);
}

// ---- texts

Result<Bytes> Snapshot::text(std::uint32_t document) const {
  const Row& r = rows_[document];
  if (r.text_kind == TextKind::built_in) {
    if (const auto bytes = core_schema(r.name)) return Bytes(std::string(*bytes));
    return Failure{fmt::format("the snapshot {} names it as built in, which it is not", path_)};
  }
  if (r.text_kind == TextKind::absent) {
    if (texts_)
      if (auto found = texts_(std::string(r.name))) return *std::move(found);
    return Failure{fmt::format("the snapshot {} does not hold its text, and no package does", path_)};
  }
  const auto damaged = [&](std::string_view why) { return Failure{fmt::format("the snapshot {} is damaged there ({}); make it again", path_, why)}; };
  const std::string_view packed = bytes_.substr(r.text, r.text_packed);
  constexpr std::uint64_t max_size = std::uint64_t{256} << 20, max_ratio = 1100;  // deflate cannot do better than 1032
  if (r.text_size > max_size || r.text_size / max_ratio > r.text_packed) return damaged("its size cannot be");
  if (hash_bytes(packed) != r.text_hash) return damaged("it does not match its checksum");
  auto out = inflate(packed, r.text_size);
  if (!out) return damaged("it does not inflate to its size");
  return *std::move(out);
}

// ---- frozen documents

const FrozenDocument* Snapshot::frozen(std::uint32_t document) const {
  FrozenDocument* d = documents_[document].get();
  if (!d) return nullptr;
  if (d->ready_.load(std::memory_order_acquire)) return d;
  const std::lock_guard lock(mutex_);
  if (is_faulty()) return nullptr;
  if (d->ready_.load(std::memory_order_relaxed) || prepare(document)) return d;
  faulty_ = true;
  return nullptr;
}

// A document may need elements of others (heads of substitution groups, particles), and those of others again.
bool Snapshot::prepare(std::uint32_t document) const {
  if (!components_ && !read_components()) return false;
  std::vector<FrozenDocument*> done;
  if (!allocate(*documents_[document])) return false;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    FrozenDocument* d = pending_[i];
    if (!check(*d)) return false;
    done.push_back(d);
  }
  pending_.clear();
  if (!promised_.empty()) {  // the first time, before anybody else has a document
    for (const auto& [number, promised] : promised_) {
      const std::uint32_t owner = *document_of_element(number);
      make(*documents_[owner], number - rows_[owner].elements_before);
    }
    promised_.clear();
  }
  for (FrozenDocument* d : done) d->ready_.store(true, std::memory_order_release);
  return true;
}

bool Snapshot::read_components() const {
  auto components = std::make_unique<schema::ComponentImage>();
  ByteReader in(tables_.substr(components_at_, components_size_));
  schema::ComponentImage::Host host;
  host.documents = size();
  host.elements = element_count_;
  host.document = [&](std::uint32_t i) -> const xml::DeferredDocument* { return documents_[i].get(); };
  host.element = [&](std::uint32_t number) { return promise(number); };
  if (!components->read(in, host)) return false;
  components_ = std::move(components);
  return true;
}

std::optional<std::uint32_t> Snapshot::document_of_element(std::uint32_t number) const {
  if (number >= element_count_) return std::nullopt;
  const auto it = std::upper_bound(element_rows_.begin(), element_rows_.end(), number,
                                   [&](std::uint32_t n, std::uint32_t row) { return n < rows_[row].elements_before; });
  return *(it - 1);
}

// For the components, which refer to elements before these can be made.
schema::ElementDecl* Snapshot::promise(std::uint32_t number) const {
  const auto document = document_of_element(number);
  if (!document || !allocate(*documents_[*document])) return nullptr;
  schema::ElementDecl*& promised = promised_[number];
  if (!promised) promised = &made_.emplace_back();
  return promised;
}

bool Snapshot::allocate(FrozenDocument& d) const {
  if (d.failed_) return false;
  if (d.allocated_) return true;
  d.allocated_ = true;
  if (!read_detail(d)) return d.failed_ = true, false;
  d.made_ = std::make_unique<std::atomic<const schema::ElementDecl*>[]>(d.records_.size());
  pending_.push_back(&d);
  return true;
}

bool Snapshot::read_detail(FrozenDocument& d) const {
  const Row& row = rows_[d.index_];
  ByteReader in(tables_.substr(row.detail, row.detail_size));
  d.target_ = xml::intern_namespace(in.text());
  d.has_tuples_ = in.flag();
  const auto each = [&](auto read) {
    const std::uint32_t n = in.count();
    for (std::uint32_t i = 0; i < n && !in.failed(); ++i) read();
  };
  each([&] {
    FrozenReference r;
    r.kind = static_cast<FrozenReference::Kind>(in.below(4));
    r.has_fragment = in.flag();
    r.offset = in.small();
    r.target = in.text();
    d.references_.push_back(r);
  });
  each([&] { d.closure_.push_back(in.below(rows_.size())); });
  each([&] { d.open_namespaces_.push_back(xml::intern_namespace(in.text())); });
  each([&] {
    const auto prefix = in.text();
    d.prefixes_.emplace_back(prefix, xml::intern_namespace(in.text()));
  });
  each([&] {
    FrozenRole r;
    r.uri = in.text(), r.is_arcrole = in.flag(), r.cycles = static_cast<Cycles>(in.below(3)), r.offset = in.small();
    r.has_definition = in.flag(), r.definition = in.text();
    const std::uint32_t n = in.count();
    for (std::uint32_t i = 0; i < n && !in.failed(); ++i) {
      const xml::NsId ns = xml::intern_namespace(in.text());
      r.used_on.emplace_back(ns, in.text());
    }
    d.roles_.push_back(std::move(r));
  });
  each([&] {
    const std::uint32_t element = in.below(std::max<std::uint64_t>(row.elements, 1));
    d.typed_domains_.emplace_back(element, in.text());
  });
  each([&] {
    const std::uint32_t element = in.below(std::max<std::uint64_t>(row.elements, 1));
    each([&] { d.constraint_numbers_.emplace_back(element, in.small()); });
  });
  d.records_ = in.table<ElementRecord>();
  d.name_slots_ = in.table<std::uint32_t>();
  d.id_records_ = in.table<IdRecord>();
  d.id_slots_ = in.table<std::uint32_t>();
  d.texts_ = in.rest();
  const auto fits = [](std::span<const std::uint32_t> slots) { return std::has_single_bit(slots.size()); };
  return !in.failed() && d.records_.size() == row.elements && (row.elements != 0 || (d.typed_domains_.empty() && d.constraint_numbers_.empty())) && fits(d.name_slots_) && fits(d.id_slots_);
}

// Whether all its elements can be made.
bool Snapshot::check(FrozenDocument& d) const {
  const std::size_t texts = d.texts_.size();
  const auto within = [&](std::uint32_t at, std::uint32_t size) { return std::uint64_t{at} + size <= texts; };
  const schema::Type* type = nullptr;
  std::uint32_t last_type = 0;
  std::size_t concepts = 0;
  const auto is_concept = [](const ElementRecord& r) { return r.concept_kind <= 3; };
  for (const ElementRecord& r : d.records_) {
    if (!within(r.name, r.name_size) || !within(r.id, r.id_size) || !within(r.value, r.value_size)) return false;
    if (r.value_kind > 5 || r.period > 2 || r.balance > 2) return false;
    if (!type || r.type != last_type) type = components_->type(last_type = r.type);  // most have that of the one before
    if (!type) return false;
    concepts += is_concept(r);
  }
  if (!check_heads(d)) return false;
  d.all_concepts_ = concepts == d.records_.size();
  for (std::uint32_t i = 0; i < d.records_.size() && !d.all_concepts_; ++i)
    if (is_concept(d.records_[i])) d.concepts_.push_back(i);
  std::uint32_t last = no_id;
  for (const auto& [element, number] : d.constraint_numbers_) {
    if (number >= components_->constraints.size()) return false;
    if (d.constraints_.contains(element) && element != last) return false;  // those of one element stand together
    d.constraints_[last = element].push_back(&components_->constraints[number]);
  }
  return std::all_of(d.id_records_.begin(), d.id_records_.end(), [&](const IdRecord& r) {
    return within(r.text, r.size) && (r.element == no_id || r.element < d.records_.size());
  });
}

// The heads of its elements lie above them, and their documents are to be checked, too.
bool Snapshot::check_heads(const FrozenDocument& d) const {
  std::uint32_t last_head = 0;
  std::uint16_t head_depth = 0;
  for (const ElementRecord& r : d.records_) {
    if (r.head == 0) continue;
    if (r.head != last_head) {
      const auto owner = document_of_element(r.head - 1);
      if (!owner || !allocate(*documents_[*owner])) return false;
      head_depth = documents_[*owner]->records_[r.head - 1 - rows_[*owner].elements_before].depth;
      last_head = r.head;
    }
    if (head_depth >= r.depth) return false;
  }
  return true;
}

// The element and whatever heads above it are not made yet, these first. All were checked.
const schema::ElementDecl& Snapshot::make(const FrozenDocument& document, std::uint32_t element) const {
  const std::lock_guard lock(making_);
  const schema::ElementDecl* head = nullptr;
  to_make_.assign(1, {&document, element});
  for (;;) {
    const auto [d, i] = to_make_.back();
    head = d->made_[i].load(std::memory_order_relaxed);
    if (head) to_make_.pop_back();
    const std::uint32_t next = d->records_[i].head;
    if (head || next == 0) break;
    const std::uint32_t row = *document_of_element(next - 1);
    to_make_.emplace_back(documents_[row].get(), next - 1 - rows_[row].elements_before);
  }
  for (; !to_make_.empty(); to_make_.pop_back()) {
    const auto [d, i] = to_make_.back();
    const ElementRecord& r = d->records_[i];
    const auto promised = promised_.empty() ? promised_.end() : promised_.find(rows_[d->index_].elements_before + i);
    schema::ElementDecl& e = promised == promised_.end() ? made_.emplace_back() : *promised->second;
    e.ns = d->target_;
    e.name = d->element_name(i);
    e.type = components_->type(r.type);
    e.substitutes = head;
    e.global = e.frozen = true;
    e.is_abstract = (r.flags & ElementRecord::is_abstract) != 0;
    e.nillable = (r.flags & ElementRecord::nillable) != 0;
    e.has_default = (r.flags & ElementRecord::has_default) != 0;
    e.has_fixed = (r.flags & ElementRecord::has_fixed) != 0;
    e.block = r.block, e.final = r.final;
    e.value = d->text(r.value, r.value_size);
    e.id = d->text(r.id, r.id_size);
    if (const auto own = d->constraints_.find(i); own != d->constraints_.end()) e.constraints = &own->second;
    e.source = xml::ElementRef(*d, r.offset);
    d->made_[i].store(&e, std::memory_order_release);
    head = &e;
  }
  return *head;
}

}  // namespace factpress::taxonomy
