#include "taxonomy/snapshot/frozen.h"

#include <algorithm>

#include "taxonomy/snapshot/snapshot.h"

namespace factpress::taxonomy {

std::string_view words(FrozenReference::Kind kind) {
  switch (kind) {
    case FrozenReference::Kind::import: return "import";
    case FrozenReference::Kind::include: return "include";
    case FrozenReference::Kind::linkbase_ref: return "linkbaseRef";
    case FrozenReference::Kind::schema_location: break;
  }
  return "schemaLocation";
}

namespace {

/// Open addressing: slots hold numbers + 1; the table may be full where the image is hostile.
template <class Equal>
std::uint32_t probe(std::span<const std::uint32_t> slots, std::uint32_t hash, std::size_t rows, Equal equal) {
  const std::size_t mask = slots.size() - 1;
  for (std::size_t i = 0, at = hash & mask; i < slots.size(); ++i, at = (at + 1) & mask) {
    const std::uint32_t n = slots[at];
    if (n == 0 || n > rows) return no_id;
    if (equal(n - 1)) return n - 1;
  }
  return no_id;
}

}  // namespace

std::uint32_t FrozenDocument::find_index(std::string_view local) const {
  return probe(name_slots_, hash_text(local), records_.size(), [&](std::uint32_t i) { return element_name(i) == local; });
}

const schema::ElementDecl* FrozenDocument::find_element(std::string_view local) const {
  const std::uint32_t i = find_index(local);
  return i == no_id ? nullptr : &element(i);
}

const schema::ElementDecl& FrozenDocument::element(std::uint32_t index) const {
  const schema::ElementDecl* const made = made_[index].load(std::memory_order_acquire);
  return made ? *made : snapshot_->make(*this, index);
}

const IdRecord* FrozenDocument::find_id(std::string_view id) const {
  const std::uint32_t i = probe(id_slots_, hash_text(id), id_records_.size(),
                                [&](std::uint32_t n) { return text(id_records_[n].text, id_records_[n].size) == id; });
  return i == no_id ? nullptr : &id_records_[i];
}

std::uint32_t FrozenDocument::concept_rank(std::uint32_t element) const {
  if (all_concepts_) return element;
  const auto it = std::lower_bound(concepts_.begin(), concepts_.end(), element);
  return it == concepts_.end() || *it != element ? no_id : static_cast<std::uint32_t>(it - concepts_.begin());
}

void FrozenDocument::parse() const {
  std::call_once(parsed_, [this] {
    auto bytes = snapshot_->text(index_);
    if (!bytes) return;
    diag::Sink sink;
    document_ = xml::Document::parse(std::make_shared<Source>(name_, *std::move(bytes)), sink);
    if (!document_) return;
    ids_ = std::make_unique<IdIndex>(*document_);
  });
}

const std::shared_ptr<const xml::Document>& FrozenDocument::document() const {
  parse();
  return document_;
}

const IdIndex& FrozenDocument::ids() const {
  parse();
  static const IdIndex none(xml::empty_document());
  return ids_ ? *ids_ : none;
}

xml::Element FrozenDocument::element_at(std::uint32_t offset) const {
  parse();
  const xml::Element found = document_ ? document_->element_at(offset) : xml::Element();
  return found ? found : xml::empty_document().root();
}

}  // namespace factpress::taxonomy
