#include "taxonomy/snapshot/freeze.h"

#include <libdeflate.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "taxonomy/core_schemas.h"
#include "taxonomy/schema/component_image.h"
#include "taxonomy/snapshot/byte_stream.h"
#include "taxonomy/snapshot/freezable.h"

namespace factpress::taxonomy {
namespace ns = xml::ns;
namespace {

/// Texts side by side.
class TextPool {
 public:
  std::uint32_t add(std::string_view text) {
    const auto at = static_cast<std::uint32_t>(bytes_.size());
    bytes_ += text;
    return at;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// A table for open addressing: numbers + 1, at most half full.
template <class Name>
std::vector<std::uint32_t> slots_of(std::size_t rows, Name name) {
  std::vector<std::uint32_t> slots(std::bit_ceil(std::max<std::size_t>(rows * 2, 2)));
  for (std::uint32_t i = 0; i < rows; ++i) {
    std::size_t at = hash_text(name(i)) & (slots.size() - 1);
    while (slots[at] != 0) at = (at + 1) & (slots.size() - 1);
    slots[at] = i + 1;
  }
  return slots;
}

std::string deflated(std::string_view text) {
  const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> packer(libdeflate_alloc_compressor(6), libdeflate_free_compressor);
  if (!packer) throw std::bad_alloc();
  std::string out(libdeflate_deflate_compress_bound(packer.get(), text.size()), '\0');
  out.resize(libdeflate_deflate_compress(packer.get(), text.data(), text.size(), out.data(), out.size()));
  return out;
}

class ImageWriter {
 public:
  ImageWriter(const LoadedDts& dts, std::span<const diag::Diagnostic> findings, const ImageRequest& request, const DocumentStore& store)
      : dts_(dts), request_(request), store_(store), freezable_(find_freezable(dts, findings)) {}
  std::string run();

 private:
  struct Row {
    const ImageDocument* document = nullptr;
    std::uint32_t met = none;  // in the discovery
    bool frozen = false;
    std::uint32_t elements_before = 0;
    std::vector<const schema::ElementDecl*> elements;
    std::uint32_t detail = 0, detail_size = 0;
  };
  void number_rows();
  void write_detail(Row& row, schema::ComponentWriter& components);
  void write_references(ByteWriter& out, const Row& row);
  void write_roles(ByteWriter& out, const Row& row);
  void write_elements(ByteWriter& out, const Row& row, schema::ComponentWriter& components);
  ElementRecord record(const schema::ElementDecl& e, schema::ComponentWriter& components, TextPool& texts);
  void write_ids(ByteWriter& out, const Row& row, TextPool& texts);
  std::uint32_t row_of(const xml::ElementRef& e) const;
  void align();

  const LoadedDts& dts_;
  const ImageRequest& request_;
  const DocumentStore& store_;
  std::vector<Freezable> freezable_;
  std::vector<Row> rows_;
  std::vector<std::uint32_t> row_of_met_;
  std::unordered_map<const schema::ElementDecl*, std::uint32_t> element_numbers_;
  std::unordered_map<const schema::ElementDecl*, const Concept*> concepts_;
  std::string tables_;
};

void ImageWriter::align() {
  while (tables_.size() % 4 != 0) tables_ += '\0';
}

void ImageWriter::number_rows() {
  for (const ImageDocument& d : request_.documents) {
    Row row;
    row.document = &d;
    row.met = dts_.discovery.find(d.name);
    row.frozen = row.met != none && freezable_[row.met].yes;
    rows_.push_back(row);
  }
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.document->name < b.document->name; });
  rows_.erase(std::unique(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.document->name == b.document->name; }), rows_.end());
  row_of_met_.assign(dts_.discovery.documents().size(), schema::not_frozen);
  // What a frozen document needs must be in the image too.
  for (bool changed = true; changed;) {
    changed = false;
    row_of_met_.assign(row_of_met_.size(), schema::not_frozen);
    for (std::uint32_t i = 0; i < rows_.size(); ++i)
      if (rows_[i].frozen) row_of_met_[rows_[i].met] = i;
    for (Row& row : rows_) {
      if (!row.frozen) continue;
      const auto& closure = freezable_[row.met].closure;
      row.frozen = std::all_of(closure.begin(), closure.end(), [&](std::uint32_t d) { return row_of_met_[d] != schema::not_frozen; });
      changed = changed || !row.frozen;
    }
  }
  const auto& schemas = dts_.taxonomy->schemas();
  for (std::uint32_t i = 0; i < schemas.elements().size(); ++i) {
    const schema::ElementDecl* const e = schemas.elements()[i];
    const std::uint32_t row = row_of(e->source);
    if (row != schema::not_frozen) rows_[row].elements.push_back(e);
  }
  element_numbers_.reserve(schemas.elements().size());
  concepts_.reserve(dts_.taxonomy->concepts().size());
  std::uint32_t number = 0;
  for (Row& row : rows_) {
    row.elements_before = number;
    for (const schema::ElementDecl* e : row.elements) element_numbers_.emplace(e, number++);
  }
  for (const Concept& c : dts_.taxonomy->concepts()) concepts_.emplace(schemas.elements()[c.declaration], &c);
}

std::uint32_t ImageWriter::row_of(const xml::ElementRef& e) const {
  if (!e) return schema::not_frozen;
  const std::uint32_t met = dts_.discovery.index_of(e.get().document());
  return met == none ? schema::not_frozen : row_of_met_[met];
}

void ImageWriter::write_references(ByteWriter& out, const Row& row) {
  const Freezable& f = freezable_[row.met];
  out.number(f.references.size());
  for (const FoundReference& r : f.references) {
    out.number(static_cast<std::uint64_t>(r.kind));
    out.flag(r.has_fragment);
    out.number(r.offset);
    out.text(r.target);
  }
  std::vector<std::uint32_t> closure;
  for (const std::uint32_t d : f.closure) closure.push_back(row_of_met_[d]);
  std::sort(closure.begin(), closure.end());
  out.number(closure.size());
  for (const std::uint32_t d : closure) out.number(d);
  const auto open = open_namespaces(dts_, row.met, freezable_);
  out.number(open.size());
  for (const xml::NsId n : open) out.text(xml::namespace_uri(n));
}

void ImageWriter::write_roles(ByteWriter& out, const Row& row) {
  const Taxonomy& t = *dts_.taxonomy;
  std::vector<const RoleDeclaration*> roles;
  for (const RoleDeclaration& r : t.roles())
    if (r.document == row.met) roles.push_back(&r);
  out.number(roles.size());
  for (const RoleDeclaration* r : roles) {
    out.text(t.uri(r->uri));
    out.flag(r->is_arcrole);
    out.number(static_cast<std::uint64_t>(r->cycles));
    out.number(r->offset);
    out.flag(r->definition != no_id);
    out.text(t.strings().get(r->definition));
    out.number(r->used_on.size());
    for (const auto& [space, local] : r->used_on) out.text(xml::namespace_uri(space)), out.text(t.strings().get(local));
  }
}

ElementRecord ImageWriter::record(const schema::ElementDecl& e, schema::ComponentWriter& components, TextPool& texts) {
  ElementRecord r{};
  // "us-gaap_Assets" ends in "Assets": one text for both.
  if (e.id.ends_with(e.name)) {
    r.id = texts.add(e.id);
    r.name = r.id + static_cast<std::uint32_t>(e.id.size() - e.name.size());
  } else {
    r.id = texts.add(e.id);
    r.name = texts.add(e.name);
  }
  r.value = e.value.empty() ? 0 : texts.add(e.value);
  r.name_size = static_cast<std::uint16_t>(e.name.size());
  r.id_size = static_cast<std::uint16_t>(e.id.size());
  r.value_size = static_cast<std::uint32_t>(e.value.size());
  r.type = components.type_ref(e.type);
  r.offset = e.source.offset();
  for (const schema::ElementDecl* head = e.substitutes; head; head = head->substitutes) ++r.depth;
  if (e.substitutes) r.head = element_numbers_.at(e.substitutes) + 1;
  r.flags = static_cast<std::uint8_t>((e.is_abstract ? ElementRecord::is_abstract : 0) | (e.nillable ? ElementRecord::nillable : 0) |
                                      (e.has_default ? ElementRecord::has_default : 0) | (e.has_fixed ? ElementRecord::has_fixed : 0));
  r.block = e.block, r.final = e.final;
  r.concept_kind = 0xFF;
  if (const auto it = concepts_.find(&e); it != concepts_.end()) {
    const Concept& c = *it->second;
    r.concept_kind = static_cast<std::uint8_t>(c.kind);
    r.value_kind = static_cast<std::uint8_t>(c.value);
    r.period = static_cast<std::uint8_t>(c.period);
    r.balance = static_cast<std::uint8_t>(c.balance);
  }
  return r;
}

// As IdIndex: the first of two equal IDs counts.
void ImageWriter::write_ids(ByteWriter& out, const Row& row, TextPool& texts) {
  // Both the elements and the nodes are met in the order of their offsets.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> element_at;
  for (std::uint32_t i = 0; i < row.elements.size(); ++i) element_at.emplace_back(row.elements[i]->source.offset(), i);
  std::sort(element_at.begin(), element_at.end());
  auto next = element_at.begin();
  std::vector<IdRecord> ids;
  std::vector<std::string_view> names;
  schema::TextSet seen;
  const xml::Document& document = dts_.discovery.documents()[row.met].xml();
  for (std::uint32_t node = 0; node < document.node_count(); ++node) {
    const xml::Element at = document.node(node).as_element();
    if (!at) continue;
    auto id = at.attribute("id");
    if (!id) id = at.attribute(ns::xml, "id");
    const std::string_view name = id ? xml::trim_xml_space(id.value()) : std::string_view();
    if (name.data() == nullptr || !seen.insert(name)) continue;
    while (next != element_at.end() && next->first < at.offset()) ++next;
    const bool global = next != element_at.end() && next->first == at.offset();
    ids.push_back({0, static_cast<std::uint32_t>(name.size()), at.offset(), global ? next->second : no_id});
    names.push_back(name);
  }
  // Elements have their ids in the pool already, in their order.
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i].text = texts.add(names[i]);
  out.table<IdRecord>(ids);
  out.table<std::uint32_t>(slots_of(ids.size(), [&](std::uint32_t i) { return names[i]; }));
}

void ImageWriter::write_elements(ByteWriter& out, const Row& row, schema::ComponentWriter& components) {
  std::vector<std::pair<std::uint32_t, std::string_view>> typed;
  for (std::uint32_t i = 0; i < row.elements.size(); ++i) {
    if (const auto ref = row.elements[i]->source.attribute(ns::xbrldt, "typedDomainRef")) typed.emplace_back(i, ref.value());
  }
  out.number(typed.size());
  for (const auto& [element, ref] : typed) out.number(element), out.text(ref);
  const auto constrained = static_cast<std::size_t>(std::count_if(row.elements.begin(), row.elements.end(), [](const auto* e) { return e->constraints; }));
  out.number(constrained);
  for (std::uint32_t i = 0; i < row.elements.size() && constrained != 0; ++i)
    if (row.elements[i]->constraints) out.number(i), components.write_constraint_list(out, *row.elements[i]);
  TextPool texts;
  std::vector<ElementRecord> records;
  for (const schema::ElementDecl* e : row.elements) records.push_back(record(*e, components, texts));
  out.table<ElementRecord>(records);
  out.table<std::uint32_t>(slots_of(records.size(), [&](std::uint32_t i) { return row.elements[i]->name; }));
  write_ids(out, row, texts);
  out.raw(texts.bytes());
}

void ImageWriter::write_detail(Row& row, schema::ComponentWriter& components) {
  ByteWriter out;
  const xml::Element root = dts_.discovery.documents()[row.met].xml().root();
  out.text(xml::trim_xml_space(root.value_of("targetNamespace")));
  out.flag(std::any_of(row.elements.begin(), row.elements.end(), [&](const schema::ElementDecl* e) {
    const auto it = concepts_.find(e);
    return it != concepts_.end() && it->second->kind == ConceptKind::tuple;
  }));
  write_references(out, row);
  std::vector<std::pair<std::string_view, std::string_view>> prefixes;
  root.for_each_declaration([&](std::string_view prefix, std::string_view uri) { prefixes.emplace_back(prefix, uri); });
  out.number(prefixes.size());
  for (const auto& [prefix, uri] : prefixes) out.text(prefix), out.text(uri);
  write_roles(out, row);
  write_elements(out, row, components);
  align();
  row.detail = static_cast<std::uint32_t>(tables_.size());
  row.detail_size = static_cast<std::uint32_t>(out.bytes().size());
  tables_ += out.bytes();
}

std::string ImageWriter::run() {
  number_rows();
  schema::ComponentWriter components(
      dts_.taxonomy->schemas().data(), [&](const xml::ElementRef& e) { return row_of(e); },
      [&](const schema::ElementDecl* e) { return element_numbers_.at(e); });
  for (Row& row : rows_)
    if (row.frozen) write_detail(row, components);
  ByteWriter parts;
  components.write(parts);
  align();
  const auto components_at = tables_.size();
  tables_ += parts.bytes();

  // The texts come behind the tables, whose size depends on the directory, which has the places of the texts: these are told
  // from the end of the tables.
  std::string texts;
  ByteWriter directory;
  directory.number(request_.packages.size());
  for (const PackageIdentity& p : request_.packages) {
    directory.text(p.name), directory.number(p.hash);
    directory.text(p.path), directory.number(p.size), directory.number(p.modified);
  }
  directory.number(components_at), directory.number(parts.bytes().size());
  directory.number(rows_.size());
  for (const Row& row : rows_) {
    directory.text(row.document->name);
    directory.number(row.document->package ? *row.document->package + 1 : 0);
    directory.flag(row.frozen);
    if (row.frozen) directory.number(row.detail), directory.number(row.detail_size), directory.number(row.elements.size());
    TextKind kind = core_schema(row.document->name) && !row.document->package ? TextKind::built_in : TextKind::absent;
    Bytes bytes;
    if (kind == TextKind::absent && request_.with_texts) {
      if (auto read = store_.read(row.document->name)) bytes = *std::move(read), kind = TextKind::deflated;
    }
    directory.number(static_cast<std::uint64_t>(kind));
    if (kind != TextKind::deflated) continue;
    const std::string packed = deflated(bytes.view());
    directory.number(texts.size()), directory.number(packed.size()), directory.number(bytes.size()), directory.number(hash_bytes(packed));
    texts += packed;
  }
  directory.number(request_.sets.size());
  for (const std::string& set : request_.sets) {
    texts.resize((texts.size() + 3) / 4 * 4);
    directory.number(texts.size()), directory.number(set.size());
    texts += set;
  }
  align();
  ImageHeader h{};
  std::memcpy(h.magic, image_magic.data(), image_magic.size());
  h.version = image_version;
  h.byte_order = image_byte_order;
  h.program = program_key();
  h.directory = tables_.size();
  tables_ += directory.bytes();
  align();
  h.tables_size = tables_.size();
  h.tables_hash = hash_bytes(tables_);
  h.file_size = sizeof h + tables_.size() + texts.size();
  h.header_hash = hash_bytes({reinterpret_cast<const char*>(&h), offsetof(ImageHeader, header_hash)});
  std::string image(reinterpret_cast<const char*>(&h), sizeof h);
  return image.append(tables_).append(texts);
}

}  // namespace

LoadOptions freezing_options() {
  LoadOptions options;
  options.discovery = {.frozen = false, .linkbases = false};
  options.hints_count = true;
  return options;
}

std::string make_image(const LoadedDts& dts, std::span<const diag::Diagnostic> findings, const ImageRequest& request, const DocumentStore& store) {
  return ImageWriter(dts, findings, request, store).run();
}

}  // namespace factpress::taxonomy
