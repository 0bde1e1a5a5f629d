#include "taxonomy/snapshot/freezable.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "taxonomy/schema/component_image.h"
#include "taxonomy/uri.h"

namespace factpress::taxonomy {
namespace ns = xml::ns;
namespace {

/// Offsets are those of the bytes as they stand.
bool is_utf8_as_it_stands(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return true;
  const std::string_view declaration = bytes.substr(0, bytes.find("?>"));
  const std::size_t at = declaration.find("encoding");
  return at == std::string_view::npos || icontains(declaration.substr(at), "utf-8");
}

/// Reads the references of one schema as discovery does, and refuses what a frozen document cannot have.
class References {
 public:
  References(const Discovery& discovery, std::uint32_t document, Freezable& out) : discovery_(discovery), document_(document), out_(out) {}

  bool read() {
    const xml::Element root = discovery_.documents()[document_].xml().root();
    for (const xml::Element child : root.elements()) {
      if (child.ns() != ns::xsd) continue;
      const std::string_view name = child.local_name();
      if (name == "redefine") return false;
      if (name == "annotation" && !annotation(child)) return false;
      if (name != "import" && name != "include") continue;
      if (const auto location = child.attribute("schemaLocation"))
        add(name == "import" ? FrozenReference::Kind::import : FrozenReference::Kind::include, child, location.value());
    }
    schema_locations(root);
    return true;
  }

 private:
  bool annotation(const xml::Element& annotation) {
    for (const xml::Element appinfo : annotation.elements()) {
      if (!appinfo.is(ns::xsd, "appinfo")) continue;
      for (const xml::Element e : appinfo.elements()) {
        if (e.is(ns::link, "linkbase")) return false;  // its elements are needed themselves
        if (!e.is(ns::link, "linkbaseRef")) continue;
        if (const auto href = e.attribute(ns::xlink, "href")) add(FrozenReference::Kind::linkbase_ref, e, href.value());
      }
    }
    return true;
  }
  void schema_locations(const xml::Element& root) {
    const auto a = root.attribute(ns::xsi, "schemaLocation");
    if (!a) return;
    std::string scratch;
    bool location = false;
    for (const std::string_view word : split(schema::normalise(a.value(), schema::WhiteSpace::collapse, scratch), ' ')) {
      if (location && !word.empty()) add(FrozenReference::Kind::schema_location, root, word);
      location = !location;
    }
  }
  void add(FrozenReference::Kind kind, const xml::Element& at, std::string_view href) {
    const Reference reference = split_fragment(xml::trim_xml_space(href));
    FoundReference r;
    r.kind = kind;
    r.has_fragment = href.find('#') != std::string_view::npos;
    r.offset = at.offset();
    r.target = discovery_.resolve_name(document_, at, reference.document);
    r.document = discovery_.find(r.target);
    out_.references.push_back(std::move(r));
  }

  const Discovery& discovery_;
  std::uint32_t document_;
  Freezable& out_;
};

bool is_component_reference(const FoundReference& r) {
  return r.kind == FrozenReference::Kind::import || r.kind == FrozenReference::Kind::include;
}

std::vector<std::uint32_t> closure_of(std::uint32_t document, std::span<const Freezable> all) {
  std::vector<std::uint32_t> found, todo{document};
  std::vector<bool> seen(all.size());
  seen[document] = true;
  while (!todo.empty()) {
    const std::uint32_t at = todo.back();
    todo.pop_back();
    for (const FoundReference& r : all[at].references) {
      if (!is_component_reference(r) || r.document == none || seen[r.document]) continue;
      seen[r.document] = true;
      found.push_back(r.document);
      todo.push_back(r.document);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool is_candidate(const DtsDocument& d) {
  if (d.kind != DocumentKind::schema || !has_scheme(d.name()) || d.has_base || !d.stored->findings.empty()) return false;
  const xml::Element root = d.xml().root();
  if (root.value_of("targetNamespace").empty() || d.xml().source()->bytes().size() > 0x7FFFFFFFu) return false;
  return is_utf8_as_it_stands(d.xml().source()->bytes());
}

// A document goes with what it refers to.
bool drop_broken(std::vector<Freezable>& all) {
  bool changed = false;
  for (Freezable& f : all) {
    if (!f.yes) continue;
    f.yes = std::all_of(f.references.begin(), f.references.end(), [&](const FoundReference& r) {
      return !is_component_reference(r) || (r.document != none && all[r.document].yes);
    });
    changed = changed || !f.yes;
  }
  return changed;
}

}  // namespace

std::vector<Freezable> find_freezable(const LoadedDts& dts, std::span<const diag::Diagnostic> findings) {
  const auto& documents = dts.discovery.documents();
  const schema::SchemaSet::Data& data = dts.taxonomy->schemas().data();
  std::unordered_set<const Source*> faulty;
  for (const diag::Diagnostic& d : findings) faulty.insert(d.place.source.get());
  std::vector<Freezable> all(documents.size());
  for (std::uint32_t i = 0; i < documents.size(); ++i) {
    if (documents[i].kind != DocumentKind::schema) continue;
    const bool sound = References(dts.discovery, i, all[i]).read();
    all[i].yes = sound && is_candidate(documents[i]) && !faulty.contains(documents[i].xml().source().get());
  }
  for (;;) {
    while (drop_broken(all)) {
    }
    bool changed = false;
    for (std::uint32_t i = 0; i < documents.size(); ++i) {
      if (!all[i].yes) continue;
      all[i].closure = closure_of(i, all);
      const auto allowed = [&](const xml::Document& d) {
        const std::uint32_t other = dts.discovery.index_of(d);
        return other == i || std::binary_search(all[i].closure.begin(), all[i].closure.end(), other);
      };
      if (schema::refers_within(data, documents[i].xml(), allowed)) continue;
      all[i].yes = false;
      changed = true;
    }
    if (!changed) return all;
  }
}

std::vector<xml::NsId> open_namespaces(const LoadedDts& dts, std::uint32_t document, std::span<const Freezable> all) {
  const schema::SchemaSet& schemas = dts.taxonomy->schemas();
  std::vector<xml::NsId> open;
  std::vector<std::uint32_t> known = all[document].closure;
  known.push_back(document);
  for (const char* hint : hinted_schemas()) {
    const std::uint32_t i = dts.discovery.find(hint);
    if (i == none) continue;
    known.push_back(i);
    known.insert(known.end(), all[i].closure.begin(), all[i].closure.end());
  }
  std::sort(known.begin(), known.end());
  const auto note = [&](xml::NsId space, const xml::ElementRef* declared) {
    if (declared && (!*declared || std::binary_search(known.begin(), known.end(), dts.discovery.index_of(declared->get().document())))) return;
    if (std::find(open.begin(), open.end(), space) == open.end()) open.push_back(space);
  };
  const auto attributes = [&](const xml::Element& e) {
    for (const xml::Attribute a : e.attributes()) {
      if (a.ns() == ns::none || a.ns() == ns::xml || a.ns() == ns::xsi) continue;
      const schema::AttributeDecl* decl = schemas.attribute(a.qname());
      note(a.ns(), decl ? &decl->source : nullptr);
    }
  };
  for (const xml::Element child : dts.discovery.documents()[document].xml().root().elements()) {
    if (child.is(ns::xsd, "element")) attributes(child);
    if (!child.is(ns::xsd, "annotation")) continue;
    for (const xml::Element appinfo : child.elements()) {
      if (!appinfo.is(ns::xsd, "appinfo")) continue;
      for (xml::Element at = appinfo.first_element(); at && !(at == appinfo);) {
        const schema::ElementDecl* decl = schemas.element(at.qname());
        note(at.ns(), decl ? &decl->source : nullptr);
        attributes(at);
        if (const auto type = at.attribute(ns::xsi, "type")) {
          if (const auto name = at.resolve_qname(type.value())) note(name->ns, nullptr);
        }
        if (const xml::Element below = at.first_element()) {
          at = below;
          continue;
        }
        while (!(at == appinfo) && !at.next_element()) at = at.parent();
        if (!(at == appinfo)) at = at.next_element();
      }
    }
  }
  return open;
}

}  // namespace factpress::taxonomy
