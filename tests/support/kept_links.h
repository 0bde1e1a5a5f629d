#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/fs.h"
#include "taxonomy/load.h"
#include "taxonomy/snapshot/taxonomy_image.h"
#include "taxonomy/uri.h"

/// A small DTS in memory that is loaded again with any bytes as what is known of its links.
namespace kept_links {
using namespace factpress;

class Set {
 public:
  Set() {
    const std::string name = taxonomy::normal_name("/t/t.xsd");
    const std::string namespaces =
        "xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:xbrli='http://www.xbrl.org/2003/instance' xmlns:link='http://www.xbrl.org/2003/linkbase' "
        "xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:xbrldt='http://xbrl.org/2005/xbrldt' xmlns:t='http://example.com/t'";
    std::string schema = "<xs:schema " + namespaces + R"( targetNamespace='http://example.com/t'><xs:annotation><xs:appinfo>
<link:linkbaseRef xlink:type='simple' xlink:href='l.xml' xlink:arcrole='http://www.w3.org/1999/xlink/properties/linkbase'/>
<link:roleType roleURI='http://example.com/role' id='role'><link:definition>Role</link:definition><link:usedOn>link:definitionLink</link:usedOn></link:roleType></xs:appinfo></xs:annotation>
<xs:import namespace='http://www.xbrl.org/2003/instance' schemaLocation='http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd'/>
<xs:import namespace='http://xbrl.org/2005/xbrldt' schemaLocation='http://www.xbrl.org/2005/xbrldt-2005.xsd'/>)";
    const auto element = [&](const std::string& id, const std::string& type, const std::string& head) {
      schema += "<xs:element name='" + id + "' id='" + id + "' type='xbrli:" + type + "' substitutionGroup='" + head + "' xbrli:periodType='instant' abstract='true'/>";
    };
    element("Cash", "monetaryItemType", "xbrli:item"), element("Debt", "monetaryItemType", "xbrli:item"), element("North", "stringItemType", "xbrli:item");
    element("Cube", "stringItemType", "xbrldt:hypercubeItem"), element("Axis", "stringItemType", "xbrldt:dimensionItem");
    std::string links = "<link:linkbase " + namespaces + ">";
    const auto link = [&](const std::string& kind, const std::vector<std::string>& arcs, const std::string& resource = "") {
      links += "<link:" + kind + "Link xlink:type='extended' xlink:role='http://example.com/role'>";
      for (const char* id : {"Cash", "Debt", "North", "Cube", "Axis"}) links += "<link:loc xlink:type='locator' xlink:href='t.xsd#" + std::string(id) + "' xlink:label='" + id + "'/>";
      links += resource;
      for (const std::string& a : arcs) links += "<link:" + kind + "Arc xlink:type='arc' xlink:arcrole=" + a + "/>";
      links += "</link:" + kind + "Link>";
    };
    link("label", {"'http://www.xbrl.org/2003/arcrole/concept-label' xlink:from='Cash' xlink:to='l'"},
         "<link:label xlink:type='resource' xlink:label='l' xlink:role='http://www.xbrl.org/2003/role/label' xml:lang='en'>Cash at hand</link:label>");
    link("reference", {"'http://www.xbrl.org/2003/arcrole/concept-reference' xlink:from='Cash' xlink:to='r'"},
         "<link:reference xlink:type='resource' xlink:label='r' xlink:role='http://www.xbrl.org/2003/role/reference'><t:part>7</t:part></link:reference>");
    link("calculation", {"'http://www.xbrl.org/2003/arcrole/summation-item' xlink:from='Cash' xlink:to='Debt' weight='-1' order='2.5'"});
    const std::string dim = "'http://xbrl.org/int/dim/arcrole/";
    link("definition", {dim + "all' xlink:from='Cash' xlink:to='Cube' xbrldt:contextElement='segment' xbrldt:closed='true'", dim + "hypercube-dimension' xlink:from='Cube' xlink:to='Axis'",
                        dim + "dimension-domain' xlink:from='Axis' xlink:to='North'", dim + "domain-member' xlink:from='North' xlink:to='Debt' xbrldt:usable='false'"});
    auto files = std::make_shared<MemoryFileSystem>();
    (void)files->write("/t/t.xsd", schema + "</xs:schema>");
    (void)files->write("/t/l.xml", links + "</link:linkbase>");
    std::vector<std::unique_ptr<taxonomy::DocumentSource>> sources;
    sources.push_back(taxonomy::core_schema_source());
    sources.push_back(taxonomy::file_source(std::move(files)));
    store_ = std::make_unique<taxonomy::DocumentStore>(std::move(sources));
    diag::Sink sink;
    loaded_ = taxonomy::load_dts(*store_, {name}, {}, sink);
    for (const auto& d : loaded_->discovery.documents())
      documents_.push_back({d.name(), d.kind, d.in_dts, d.is_entry, d.has_base, taxonomy::is_own(d), taxonomy::is_own(d) ? d.xml().source()->bytes() : std::string_view()});
  }
  const taxonomy::LoadedDts& loaded() const { return *loaded_; }
  /// What is kept of the links.
  std::string links() const {
    taxonomy::ByteWriter out;
    taxonomy::TaxonomyImage::write(*loaded_->taxonomy, out);
    return std::move(out.bytes());
  }
  /// Loads it again with these bytes, and uses all that there is then. False where they are refused.
  bool use(const std::string& links) const {
    taxonomy::ByteReader in(links);
    const auto dts = taxonomy::reload_dts(*store_, documents_, in, nullptr);
    if (!dts) return false;
    const taxonomy::Taxonomy& t = *dts->taxonomy;
    for (taxonomy::ConceptId c = 0; c < t.concepts().size(); ++c) (void)t.label(c), (void)t.display_name(c), (void)dts->dimensions->cubes_of(c);
    for (const auto& n : t.nodes()) (void)t.place(n.document, n.offset);
    for (const auto& r : t.resources()) (void)t.strings().get(r.text), (void)t.reference_parts().subspan(r.parts_begin, r.parts_end - r.parts_begin);
    for (const auto& n : t.networks()) {
      (void)t.find_network(n.arcrole, n.role);
      for (const auto& r : t.relationships(n)) (void)t.outgoing(n, r.from), (void)t.incoming(n, r.to), (void)t.number(r.order), (void)t.uri(r.target_role);
    }
    for (const auto& r : t.roles()) (void)t.find_role(r.uri, r.is_arcrole), (void)t.strings().find(t.strings().get(r.definition));
    return true;
  }

 private:
  std::unique_ptr<taxonomy::DocumentStore> store_;
  std::unique_ptr<taxonomy::LoadedDts> loaded_;
  std::vector<taxonomy::KeptDocument> documents_;
};

}  // namespace kept_links
