#pragma once
#include <cstring>
#include <string>

#include "taxonomy/package_source.h"
#include "taxonomy/load.h"
#include "taxonomy/snapshot/snapshot.h"

/// What tests do to snapshots that no damage would do.
namespace image_surgery {

/// Makes the header of an image fit its bytes again, so that nothing but what is in the tables can be refused.
inline void reseal(std::string& image) {
  using namespace factpress::taxonomy;
  if (image.size() < sizeof(ImageHeader)) image.resize(sizeof(ImageHeader));
  ImageHeader h;
  std::memcpy(&h, image.data(), sizeof h);
  std::memcpy(h.magic, image_magic.data(), image_magic.size());
  h.version = image_version, h.byte_order = image_byte_order, h.program = program_key();
  h.file_size = image.size();
  h.tables_size = std::min<std::uint64_t>(h.tables_size, image.size() - sizeof h);
  h.directory = std::min<std::uint64_t>(h.directory, h.tables_size);
  h.tables_hash = hash_bytes(std::string_view(image).substr(sizeof h, h.tables_size));
  h.header_hash = hash_bytes({reinterpret_cast<const char*>(&h), offsetof(ImageHeader, header_hash)});
  std::memcpy(image.data(), &h, sizeof h);
}

inline std::uint64_t hash_of_set(std::string_view set) { return factpress::taxonomy::hash_bytes(set); }

/// Opens an image and uses all that it has: every document by itself, then all of them as one taxonomy. Returns whether it could be
/// opened.
inline bool use_everything(const std::string& image) {
  using namespace factpress;
  taxonomy::Snapshot::Refusal refusal;
  const auto snapshot = taxonomy::Snapshot::open(image, nullptr, "test.fps", refusal);
  if (!snapshot) return false;
  std::vector<std::string> names;
  for (const std::string_view set : snapshot->sets()) (void)hash_of_set(set);
  for (std::uint32_t i = 0; i < snapshot->size(); ++i) {
    if (snapshot->name(i).ends_with(".xsd") && names.size() < 50) names.emplace_back(snapshot->name(i));
    (void)static_cast<bool>(snapshot->text(i));
    const taxonomy::FrozenDocument* d = snapshot->frozen(i);
    if (!d) continue;
    for (std::uint32_t k = 0; k < d->records().size(); ++k) {
      const schema::ElementDecl& e = d->element(k);
      (void)d->find_element(e.name), (void)d->find_id(e.id);
      if (const auto place = e.source.place(); place.source) (void)place.source->bytes();
    }
  }
  diag::Sink sink(50);
  std::vector<std::unique_ptr<taxonomy::DocumentSource>> sources;
  sources.push_back(taxonomy::snapshot_source({snapshot}, nullptr));
  sources.push_back(taxonomy::core_schema_source());
  taxonomy::DocumentStore store(std::move(sources));
  const auto dts = taxonomy::load_dts(store, names, {}, sink);
  for (taxonomy::ConceptId id = 0; id < dts->taxonomy->concepts().size(); ++id)
    (void)dts->taxonomy->find_concept(dts->taxonomy->concept_at(id).ns, dts->taxonomy->local_name(dts->taxonomy->concept_at(id)));
  return true;
}

}  // namespace image_surgery
