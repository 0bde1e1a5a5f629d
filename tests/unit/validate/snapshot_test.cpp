#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include "catch.h"
#include "diag/render.h"
#include "image_surgery.h"
#include "shared.h"
#include "stored_zip.h"
#include "validate/compile_taxonomy.h"
#include "validate/validate.h"

// Compiled taxonomies: the same findings with and without them, and none that is damaged is ever used.
namespace {
using namespace factpress;
namespace stdfs = std::filesystem;

using Entries = std::vector<std::pair<std::string, std::string>>;

std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void spit(const std::string& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out << bytes;
}

/// A folder of the machine's own file system: snapshots are mapped from there.
struct Folder {
  std::string path;
  Folder() {
    std::string name = stdfs::temp_directory_path().string() + "/factpress-snapshot-XXXXXX";
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() {
    std::error_code ignored;
    stdfs::permissions(path, stdfs::perms::owner_all, ignored);
    stdfs::remove_all(path, ignored);
  }
  std::string operator/(const std::string& name) const { return path + "/" + name; }
};

const std::string head = "<?xml version='1.0' encoding='UTF-8'?>\n";
const std::string namespaces =
    "xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:xbrli='http://www.xbrl.org/2003/instance' xmlns:link='http://www.xbrl.org/2003/linkbase' "
    "xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:xbrldt='http://xbrl.org/2005/xbrldt' xmlns:xbrldi='http://xbrl.org/2006/xbrldi' "
    "xmlns:t='http://example.com/t' xmlns:k='http://example.com/k' xmlns:e='http://example.com/e' xmlns:iso4217='http://www.xbrl.org/2003/iso4217' "
    "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' ";

// Types of every kind.
const std::string kinds = head + "<xs:schema " + namespaces + R"(targetNamespace='http://example.com/k' elementFormDefault='qualified'>
<xs:import namespace='http://www.xbrl.org/2003/instance' schemaLocation='http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd'/>
<xs:simpleType name='shade'><xs:restriction base='xs:token'><xs:enumeration value='dark'/><xs:enumeration value='light'/></xs:restriction></xs:simpleType>
<xs:simpleType name='code'><xs:restriction base='xs:string'><xs:pattern value='[A-Z]{2}\d+'/><xs:maxLength value='6'/></xs:restriction></xs:simpleType>
<xs:simpleType name='codes'><xs:list itemType='k:code'/></xs:simpleType>
<xs:simpleType name='either'><xs:union memberTypes='k:code xs:date'/></xs:simpleType>
<xs:simpleType name='small'><xs:restriction base='xs:decimal'><xs:minInclusive value='-1.5'/><xs:maxExclusive value='10'/><xs:fractionDigits value='2'/></xs:restriction></xs:simpleType>
<xs:attributeGroup name='marks'><xs:attribute name='shade' type='k:shade' default='dark'/><xs:attribute name='lot' type='k:code' use='required'/></xs:attributeGroup>
<xs:attribute name='stamp' type='xs:date' fixed='2024-01-01'/>
<xs:group name='parts'><xs:choice><xs:element name='part' type='k:code' maxOccurs='3'/><xs:any namespace='##other' processContents='lax'/></xs:choice></xs:group>
<xs:complexType name='shadeItemType'><xs:simpleContent><xs:restriction base='xbrli:tokenItemType'><xs:enumeration value='dark'/><xs:enumeration value='light'/></xs:restriction></xs:simpleContent></xs:complexType>
<xs:complexType name='smallItemType'><xs:simpleContent><xs:restriction base='xbrli:decimalItemType'><xs:minInclusive value='-1.5'/><xs:maxExclusive value='10'/></xs:restriction></xs:simpleContent></xs:complexType>
<xs:complexType name='box'><xs:sequence><xs:group ref='k:parts'/><xs:element ref='k:lid' minOccurs='0'/></xs:sequence><xs:attributeGroup ref='k:marks'/><xs:attribute ref='k:stamp'/></xs:complexType>
<xs:complexType name='crate'><xs:complexContent><xs:extension base='k:box'><xs:sequence><xs:element name='nail' type='k:codes' nillable='true'/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
<xs:element name='lid' type='k:small' default='1.25'/>
<xs:element name='box' type='k:box'/>
<xs:element name='crate' type='k:crate' substitutionGroup='k:box'/>
<xs:element name='shelf'><xs:complexType><xs:sequence><xs:element ref='k:box' maxOccurs='unbounded'/><xs:element name='use' type='k:code' minOccurs='0' maxOccurs='9'/></xs:sequence></xs:complexType>
<xs:key name='lots'><xs:selector xpath='k:box|k:crate'/><xs:field xpath='@lot'/></xs:key>
<xs:keyref name='uses' refer='k:lots'><xs:selector xpath='.//k:use'/><xs:field xpath='.'/></xs:keyref></xs:element>
</xs:schema>)";

// Concepts, roles, a link to labels.
const std::string terms = head + "<xs:schema " + namespaces + R"(targetNamespace='http://example.com/t' elementFormDefault='qualified'>
<xs:annotation><xs:appinfo><link:linkbaseRef xlink:type='simple' xlink:href='terms-links.xml' xlink:arcrole='http://www.w3.org/1999/xlink/properties/linkbase'/>
<link:roleType roleURI='http://example.com/role/main' id='main'><link:definition>Main &amp; first</link:definition><link:usedOn>link:presentationLink</link:usedOn><link:usedOn>link:definitionLink</link:usedOn></link:roleType>
<link:arcroleType arcroleURI='http://example.com/arcrole/near' id='near' cyclesAllowed='none'><link:usedOn>link:definitionArc</link:usedOn></link:arcroleType></xs:appinfo></xs:annotation>
<xs:import namespace='http://www.xbrl.org/2003/instance' schemaLocation='http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd'/>
<xs:import namespace='http://xbrl.org/2005/xbrldt' schemaLocation='http://www.xbrl.org/2005/xbrldt-2005.xsd'/>
<xs:import namespace='http://example.com/k' schemaLocation='kinds.xsd'/>
<xs:include schemaLocation='more%20terms.xsd'/>
<xs:element name='Cash' id='t_Cash' type='xbrli:monetaryItemType' substitutionGroup='xbrli:item' nillable='true' xbrli:periodType='instant' xbrli:balance='debit'/>
<xs:element name='Debt' id='t_Debt' type='xbrli:monetaryItemType' substitutionGroup='xbrli:item' nillable='true' xbrli:periodType='instant' xbrli:balance='credit'/>
<xs:element name='Shade' id='t_Shade' type='k:shadeItemType' substitutionGroup='xbrli:item' xbrli:periodType='duration'/>
<xs:element name='Rate' id='t_Rate' type='k:smallItemType' substitutionGroup='xbrli:item' xbrli:periodType='duration'/>
<xs:element name='Pair' id='t_Pair' substitutionGroup='xbrli:tuple'><xs:complexType><xs:complexContent><xs:restriction base='xs:anyType'><xs:sequence><xs:element ref='t:Shade'/><xs:element ref='t:Rate' minOccurs='0'/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType></xs:element>
<xs:element name='Cube' id='t_Cube' type='xbrli:stringItemType' substitutionGroup='xbrldt:hypercubeItem' abstract='true' xbrli:periodType='instant'/>
<xs:element name='PlaceAxis' id='t_PlaceAxis' type='xbrli:stringItemType' substitutionGroup='xbrldt:dimensionItem' abstract='true' xbrli:periodType='instant'/>
<xs:element name='LotAxis' id='t_LotAxis' type='xbrli:stringItemType' substitutionGroup='xbrldt:dimensionItem' abstract='true' xbrli:periodType='instant' xbrldt:typedDomainRef='kinds.xsd#lot'/>
<xs:element name='Places' id='t_Places' type='xbrli:stringItemType' substitutionGroup='xbrli:item' abstract='true' xbrli:periodType='instant'/>
</xs:schema>)";

const std::string more_terms = head + "<xs:schema " + namespaces + R"(targetNamespace='http://example.com/t' elementFormDefault='qualified'>
<xs:import namespace='http://www.xbrl.org/2003/instance' schemaLocation='http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd'/>
<xs:element name='North' id='t_North' type='xbrli:stringItemType' substitutionGroup='xbrli:item' abstract='true' xbrli:periodType='instant'/>
<xs:element name='South' id='t_South' type='xbrli:stringItemType' substitutionGroup='xbrli:item' abstract='true' xbrli:periodType='instant'/>
</xs:schema>)";

std::string loc(const std::string& id) { return "<link:loc xlink:type='locator' xlink:href='" + id + "' xlink:label='" + id.substr(id.find('#') + 1) + "'/>"; }
std::string arc(const std::string& kind, const std::string& role, const std::string& from, const std::string& to, const std::string& more = "") {
  return "<link:" + kind + " xlink:type='arc' xlink:arcrole='" + role + "' xlink:from='" + from + "' xlink:to='" + to + "' " + more + "/>";
}
const std::string dim = "http://xbrl.org/int/dim/arcrole/";

std::string links() {
  std::string refs;
  for (const char* a : {"all", "hypercube-dimension", "dimension-domain", "domain-member"})
    refs += "<link:arcroleRef arcroleURI='" + dim + a + "' xlink:type='simple' xlink:href='http://www.xbrl.org/2005/xbrldt-2005.xsd#" + a + "'/>";
  std::string out = head + "<link:linkbase " + namespaces + "><link:roleRef roleURI='http://example.com/role/main' xlink:type='simple' xlink:href='terms.xsd#main'/>" + refs;
  out += "<link:labelLink xlink:type='extended' xlink:role='http://www.xbrl.org/2003/role/link'>" + loc("terms.xsd#t_Cash") +
         "<link:label xlink:type='resource' xlink:label='l' xlink:role='http://www.xbrl.org/2003/role/label' xml:lang='en'>Cash</link:label>" +
         arc("labelArc", "http://www.xbrl.org/2003/arcrole/concept-label", "t_Cash", "l") + "</link:labelLink>";
  out += "<link:definitionLink xlink:type='extended' xlink:role='http://example.com/role/main'>";
  for (const char* id : {"t_Cash", "t_Cube", "t_PlaceAxis", "t_LotAxis", "t_Places"}) out += loc(std::string("terms.xsd#") + id);
  for (const char* id : {"t_North", "t_South"}) out += loc(std::string("more%20terms.xsd#") + id);
  out += arc("definitionArc", dim + "all", "t_Cash", "t_Cube", "xbrldt:contextElement='segment' xbrldt:closed='true'");
  out += arc("definitionArc", dim + "hypercube-dimension", "t_Cube", "t_PlaceAxis") + arc("definitionArc", dim + "hypercube-dimension", "t_Cube", "t_LotAxis");
  out += arc("definitionArc", dim + "dimension-domain", "t_PlaceAxis", "t_Places");
  out += arc("definitionArc", dim + "domain-member", "t_Places", "t_North") + arc("definitionArc", dim + "domain-member", "t_Places", "t_South", "order='2'");
  return out + "</link:definitionLink></link:linkbase>";
}

const std::string extension = head + "<xs:schema " + namespaces + R"(targetNamespace='http://example.com/e' elementFormDefault='qualified'>
<xs:import namespace='http://www.xbrl.org/2003/instance' schemaLocation='http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd'/>
<xs:import namespace='http://example.com/t' schemaLocation='http://example.com/t/terms.xsd'/>
<xs:import namespace='http://example.com/k' schemaLocation='http://example.com/t/kinds.xsd'/><!--imports-->
<xs:element name='Own' id='e_Own' type='k:smallItemType' substitutionGroup='t:Rate' xbrli:periodType='duration'/>
<xs:complexType name='trunk'><xs:complexContent><xs:extension base='k:crate'><xs:attribute name='more' type='k:either'/></xs:extension></xs:complexContent></xs:complexType>
<xs:element name='trunk' type='e:trunk' substitutionGroup='k:box'/><!--end-->
</xs:schema>)";

const std::string report = head + "<xbrli:xbrl " + namespaces + R"(><link:schemaRef xlink:type='simple' xlink:href='ext.xsd'/>
<xbrli:context id='c'><xbrli:entity><xbrli:identifier scheme='http://example.com'>E</xbrli:identifier><xbrli:segment><xbrldi:explicitMember dimension='t:PlaceAxis'>t:North</xbrldi:explicitMember><xbrldi:typedMember dimension='t:LotAxis'><k:lot>AB12</k:lot></xbrldi:typedMember></xbrli:segment></xbrli:entity><xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:context id='y'><xbrli:entity><xbrli:identifier scheme='http://example.com'>E</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period>
<xbrli:scenario><k:shelf><k:box lot='AB1'><k:part>XY1</k:part></k:box><k:crate lot='AB2' k:stamp='2024-01-01'><k:part>XY1</k:part><k:lid/><k:nail>AA1 BB2</k:nail></k:crate><e:trunk lot='AB3' more='2024-02-29'><k:part>XY1</k:part><k:nail xsi:nil='true'/></e:trunk><k:use>AB2</k:use></k:shelf></xbrli:scenario></xbrli:context>
<xbrli:unit id='eur'><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit><xbrli:unit id='pure'><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
<t:Cash contextRef='c' unitRef='eur' decimals='0'>7</t:Cash>
<t:Shade contextRef='y'>dark</t:Shade>
<t:Rate contextRef='y' unitRef='pure' decimals='2'>0.25</t:Rate>
<e:Own contextRef='y' unitRef='pure' decimals='2'>9.99</e:Own>
<t:Pair><t:Shade contextRef='y'>light</t:Shade><t:Rate contextRef='y' unitRef='pure' decimals='2'>1</t:Rate></t:Pair>
</xbrli:xbrl>)";

Entries package_files() {
  std::string with_lot = kinds;
  with_lot.insert(with_lot.find("<xs:element name='lid'"), "<xs:element name='lot' id='lot' type='k:code'/>\n");
  return {{"p/META-INF/taxonomyPackage.xml",
           "<tp:taxonomyPackage xmlns:tp='http://xbrl.org/2016/taxonomy-package' xml:lang='en'><tp:identifier>http://example.com/p</tp:identifier>"
           "<tp:name>Example</tp:name><tp:version>1</tp:version></tp:taxonomyPackage>"},
          {"p/META-INF/catalog.xml",
           "<catalog xmlns='urn:oasis:names:tc:entity:xmlns:xml:catalog'><rewriteURI uriStartString='http://example.com/t/' rewritePrefix='../t/'/></catalog>"},
          {"p/t/kinds.xsd", with_lot},
          {"p/t/terms.xsd", terms},
          {"p/t/more terms.xsd", more_terms},
          {"p/t/terms-links.xml", links()},
          {"p/t/faulty.xsd", head + "<xs:schema " + namespaces + "targetNamespace='http://example.com/f'><xs:element name='x' type='k:nowhere'/></xs:schema>"}};
}

void replace(std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  INFO(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
}

std::string all_findings(const validate::Findings& findings) {
  std::string out = findings.verdict() + "\n";
  for (const auto& f : findings.files)
    for (const diag::Diagnostic& d : f.sink.all()) out += diag::render_text(d);
  return out;
}

std::string check(const std::string& path, validate::Options options) {
  const validate::Validator validator(real_file_system(), std::move(options));
  return all_findings(validator.validate({path}));
}

void compile(const std::string& package, const std::string& to) {
  diag::Sink sink;
  const auto made = validate::compile_taxonomy(real_file_system(), {package}, sink);
  REQUIRE_FALSE(made.image.empty());
  CHECK(made.frozen > 4);
  spit(to, made.image);
}

struct Place4 {  // a package, its snapshot, a report with its schema
  Folder folder;
  std::string package = folder / "p.zip", image = folder / "p.fps", file = folder / "report.xml";
  Place4() {
    spit(package, stored_zip(package_files()));
    spit(folder / "ext.xsd", extension);
    spit(file, report);
  }
  validate::Options parsed() const { return with({package}, {}, ""); }
  static validate::Options with(std::vector<std::string> packages, std::vector<std::string> snapshots, std::string cache) {
    validate::Options o;
    o.packages = std::move(packages), o.snapshots = std::move(snapshots), o.cache_folder = std::move(cache);
    return o;
  }
  std::string cache() const { return folder / "cache"; }
  std::vector<std::string> kept() const {
    std::vector<std::string> names;
    if (!stdfs::exists(cache())) return names;
    for (const auto& e : stdfs::directory_iterator(cache()))
      if (e.path().extension() == ".fps") names.push_back(e.path().string());
    return names;
  }
};

struct Edit {
  std::string file, from, to;
};

}  // namespace

TEST_CASE("a snapshot gives the same findings as the package it was made of") {
  Place4 p;
  compile(p.package, p.image);
  const std::vector<Edit> edits = {
      {"report", "", ""},
      {"report", ">dark<", ">dim<"},
      {"report", ">9.99<", ">10<"},
      {"report", ">9.99<", ">-1.51<"},
      {"report", "<t:Pair><t:Shade contextRef='y'>light</t:Shade>", "<t:Pair>"},
      {"report", "t:North", "t:Places"},
      {"report", "t:North", "t:Cash"},
      {"report", "t:North", "t:East"},
      {"report", "<k:lot>AB12<", "<k:lot>12<"},
      {"report", "<k:lot>AB12</k:lot>", "<k:lid>1</k:lid>"},
      {"report", "lot='AB2'", "lot='AB1'"},
      {"report", "<k:use>AB2<", "<k:use>ZZ9<"},
      {"report", " lot='AB3'", ""},
      {"report", "k:stamp='2024-01-01'", "k:stamp='2024-01-02'"},
      {"report", "<k:nail>AA1 BB2<", "<k:nail>AA1 bb2<"},
      {"report", "<k:part>XY1</k:part>", "<k:part>XY1</k:part><k:part>XY1</k:part><k:part>XY1</k:part><k:part>XY1</k:part>"},
      {"report", "more='2024-02-29'", "more='2023-02-29'"},
      {"report", "<t:Cash contextRef='c'", "<t:Cash contextRef='y'"},
      {"report", "unitRef='eur'", "unitRef='pure'"},
      {"report", "<t:Shade contextRef='y'>", "<t:Nothing contextRef='y'>x</t:Nothing><t:Shade contextRef='y'>"},
      {"report", "xlink:href='ext.xsd'", "xlink:href='http://example.com/t/terms.xsd'"},
      {"report", "xlink:href='ext.xsd'", "xlink:href='http://example.com/t/terms-links.xml'"},
      {"report", "xlink:href='ext.xsd'", "xlink:href='http://example.com/t/faulty.xsd'"},
      {"report", "xlink:href='ext.xsd'", "xlink:href='http://example.com/t/missing.xsd'"},
      {"ext", "type='k:smallItemType'", "type='k:largeItemType'"},
      {"ext", "substitutionGroup='t:Rate'", "substitutionGroup='t:Shade'"},
      {"ext", "substitutionGroup='k:box'", "substitutionGroup='k:lid'"},
      {"ext", "base='k:crate'", "base='k:shelf'"},
      {"ext", "<!--imports-->", "<xs:import namespace='http://example.com/f' schemaLocation='http://example.com/t/faulty.xsd'/>"},
      {"ext", "<!--imports-->", "<xs:import namespace='http://example.com/wrong' schemaLocation='http://example.com/t/more%20terms.xsd'/>"},
      {"ext", "<!--imports-->", "<xs:include schemaLocation='http://example.com/t/kinds.xsd'/>"},
      {"ext", "<!--imports-->", "<xs:redefine schemaLocation='http://example.com/t/kinds.xsd'><xs:simpleType name='shade'><xs:restriction base='k:shade'/></xs:simpleType></xs:redefine>"},
      {"ext", "<!--imports-->", "<xs:import namespace='http://example.com/t' schemaLocation='clash.xsd'/>"},
      {"ext", "<!--end-->", "<xs:element name='other'><xs:complexType><xs:sequence><xs:element name='use' type='xs:string'/></xs:sequence></xs:complexType><xs:keyref name='r' refer='k:lots'><xs:selector xpath='e:use'/><xs:field xpath='.'/></xs:keyref></xs:element>"},
      {"ext", "<!--end-->", "<xs:element name='other' type='xs:string'><xs:keyref name='r' refer='k:uses'><xs:selector xpath='.'/><xs:field xpath='.'/></xs:keyref></xs:element>"},
      {"ext", "http://example.com/t/terms.xsd", "http://example.com/t/absent.xsd"},
  };
  spit(p.folder / "clash.xsd", head + "<xs:schema " + namespaces + "targetNamespace='http://example.com/t'><xs:element name='Cash' type='xs:string'/></xs:schema>");
  std::size_t faulty = 0;
  for (const Edit& e : edits) {
    std::string r = report, x = extension;
    if (!e.from.empty()) replace(e.file == "report" ? r : x, e.from, e.to);
    spit(p.file, r);
    spit(p.folder / "ext.xsd", x);
    const std::string expected = check(p.file, p.parsed());
    faulty += expected.find("error") != std::string::npos;
    INFO(e.file << ": " << e.from << " => " << e.to);
    CHECK(check(p.file, Place4::with({}, {p.image}, "")) == expected);
    CHECK(check(p.file, Place4::with({p.package}, {p.image}, "")) == expected);
    stdfs::remove_all(p.cache());
    for (int run = 0; run < 2; ++run) CHECK(check(p.file, Place4::with({p.package}, {}, p.cache())) == expected);
  }
  CHECK(faulty > edits.size() * 2 / 3);
}

TEST_CASE("every kind of finding is the same with its taxonomy compiled") {
  const std::string cases = std::string(FACTPRESS_SOURCE) + "/tests/cases/xbrl/";
  const std::string schema = slurp(cases + "mill.xsd"), filed = slurp(cases + "report.xml");
  std::istringstream lines(slurp(cases + "cases.txt"));
  Folder folder;
  std::string title, s = schema, r = filed;
  std::size_t compared = 0;
  const auto compare = [&] {
    if (title.empty()) return;
    // The links go to a document of their own: a schema that holds links itself is not kept ready.
    const std::size_t begin = s.find("<link:linkbase>"), end = s.find("</link:linkbase>");
    if (begin == std::string::npos || end == std::string::npos || s.find("schemaRef") != std::string::npos) return;
    std::string links = s.substr(begin, end + 16 - begin);
    links.replace(0, 15, head + "<link:linkbase xmlns:link='http://www.xbrl.org/2003/linkbase' xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:xbrldt='http://xbrl.org/2005/xbrldt'>");
    s.replace(begin, end + 16 - begin, "<link:linkbaseRef xlink:type='simple' xlink:href='mill-links.xml' xlink:arcrole='http://www.w3.org/1999/xlink/properties/linkbase'/>");
    const std::size_t to = r.find("xlink:href=\"mill.xsd\"");
    if (to == std::string::npos) return;
    r.replace(to, 21, "xlink:href=\"http://mill.example/t/mill.xsd\"");
    Entries files = package_files();
    files.resize(1);
    files.emplace_back("p/META-INF/catalog.xml",
                       "<catalog xmlns='urn:oasis:names:tc:entity:xmlns:xml:catalog'><rewriteURI uriStartString='http://mill.example/t/' rewritePrefix='../t/'/></catalog>");
    files.emplace_back("p/t/mill.xsd", s);
    files.emplace_back("p/t/mill-links.xml", links);
    spit(folder / "p.zip", stored_zip(files));
    spit(folder / "report.xml", r);
    compile(folder / "p.zip", folder / "p.fps");
    INFO(title);
    CHECK(check(folder / "report.xml", Place4::with({}, {folder / "p.fps"}, "")) == check(folder / "report.xml", Place4::with({folder / "p.zip"}, {}, "")));
    ++compared;
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("== ", 0) == 0) {
      compare();
      title = line.substr(3), s = schema, r = filed;
    } else if (line.rfind("s ", 0) == 0 || line.rfind("r ", 0) == 0) {
      const std::size_t arrow = line.find(" =>");
      std::string& text = line[0] == 's' ? s : r;
      const std::size_t at = text.find(line.substr(2, arrow - 2));
      if (at != std::string::npos) text.replace(at, arrow - 2, line.size() > arrow + 4 ? line.substr(arrow + 4) : std::string());
    }
  }
  compare();
  CHECK(compared > 50);
}

TEST_CASE("snapshot.damaged, snapshot.version, snapshot.unreadable: what is no whole image of this program is not used") {
  Place4 p;
  compile(p.package, p.image);
  const std::string expected = check(p.file, p.parsed()), good = slurp(p.image);
  const auto said = [&](const std::string& image, const std::string& code) {
    spit(p.folder / "bad.fps", image);
    const std::string found = check(p.file, Place4::with({p.package}, {p.folder / "bad.fps"}, ""));
    INFO(found);
    CHECK(found.find("[" + code + "]") != std::string::npos);
    // Beside what is said of it, everything is as without.
    const auto more = expected.find('\n') + 1;
    CHECK(found.find(expected.substr(more)) != std::string::npos);
    const validate::Validator validator(real_file_system(), Place4::with({p.package}, {p.folder / "bad.fps"}, ""));
    CHECK(validator.validate({p.file}).has_errors() == (code == "snapshot.unreadable"));
  };
  said("", "snapshot.damaged");
  said("a text", "snapshot.damaged");
  for (const std::size_t size : {std::size_t{20}, std::size_t{64}, good.size() / 2, good.size() - 1}) said(good.substr(0, size), "snapshot.damaged");
  said(good + "x", "snapshot.damaged");
  std::string version = good;
  version[8] = static_cast<char>(version[8] + 1);
  said(version, "snapshot.version");
  std::string build = good;
  build[16] = static_cast<char>(build[16] ^ 1);
  taxonomy::ImageHeader h;
  std::memcpy(&h, build.data(), sizeof h);
  h.header_hash = taxonomy::hash_bytes({build.data(), offsetof(taxonomy::ImageHeader, header_hash)});
  std::memcpy(build.data(), &h, sizeof h);
  said(build, "snapshot.version");
  const std::string found = check(p.file, Place4::with({p.package}, {p.folder / "none.fps"}, ""));
  CHECK(found.find("[snapshot.unreadable]") != std::string::npos);
  CHECK(check(p.file, Place4::with({p.package}, {p.folder.path}, "")).find("[snapshot.unreadable]") != std::string::npos);
}

TEST_CASE("one changed byte anywhere is found") {
  Place4 p;
  compile(p.package, p.image);
  const std::string good = slurp(p.image);
  taxonomy::ImageHeader h;
  std::memcpy(&h, good.data(), sizeof h);
  const std::size_t tables = sizeof h + h.tables_size;
  REQUIRE(tables < good.size());
  for (std::size_t at = 0; at < tables; at += at < sizeof h ? 1 : 211) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 4);
    taxonomy::Snapshot::Refusal refusal;
    INFO(at);
    CHECK_FALSE(taxonomy::Snapshot::open(bad, nullptr, "bad", refusal));
    CHECK_FALSE(refusal.why.empty());
  }
  // The texts are checked when they are read.
  std::string bad = good;
  for (std::size_t at = tables; at < bad.size(); at += 97) bad[at] = static_cast<char>(bad[at] ^ 4);
  taxonomy::Snapshot::Refusal refusal;
  const auto snapshot = taxonomy::Snapshot::open(bad, nullptr, "bad", refusal);
  REQUIRE(snapshot);
  const auto document = snapshot->find("http://example.com/t/terms-links.xml");
  REQUIRE(document);
  const auto text = snapshot->text(*document);
  REQUIRE_FALSE(text);
  CHECK(text.error().find("damaged") != std::string::npos);
}

TEST_CASE("an image that was made to do harm does none") {
  Place4 p;
  compile(p.package, p.image);
  const std::string good = slurp(p.image);
  CHECK(image_surgery::use_everything(good));
  taxonomy::ImageHeader h;
  std::memcpy(&h, good.data(), sizeof h);
  std::mt19937 random(20240101);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  std::size_t opened = 0;
  for (int i = 0; i < 300; ++i) {
    std::string bad = good;
    for (std::size_t n = 1 + below(4); n > 0; --n) {
      // The directory stands at the end of the tables, components before it.
      const std::size_t at = sizeof h + (below(2) ? below(h.tables_size) : h.tables_size - 1 - below(std::min<std::size_t>(h.tables_size, 20'000)));
      bad[at] = static_cast<char>(below(3) == 0 ? 0xFF : below(2) ? random() : bad[at] + 1);
    }
    image_surgery::reseal(bad);
    opened += image_surgery::use_everything(bad);
  }
  CHECK(opened > 30);
}

TEST_CASE("an image that contradicts itself is said to, and the package is read") {
  Place4 p;
  compile(p.package, p.image);
  const std::string expected = check(p.file, p.parsed()), good = slurp(p.image);
  taxonomy::ImageHeader h;
  std::memcpy(&h, good.data(), sizeof h);
  std::mt19937 random(7);
  std::size_t told = 0;
  for (int i = 0; i < 60; ++i) {
    std::string bad = good;
    bad[sizeof h + random() % h.directory] = static_cast<char>(0xFF);
    image_surgery::reseal(bad);
    spit(p.folder / "bad.fps", bad);
    const std::string found = check(p.file, Place4::with({p.package}, {p.folder / "bad.fps"}, ""));
    told += found.find("[snapshot.damaged]") != std::string::npos;
  }
  CHECK(told > 3);
}

TEST_CASE("snapshot.stale: a package that has changed has the word") {
  Place4 p;
  compile(p.package, p.image);
  Entries files = package_files();
  replace(files[2].second, "<xs:enumeration value='dark'/><xs:enumeration value='light'/></xs:restriction></xs:simpleContent>",
          "<xs:enumeration value='light'/></xs:restriction></xs:simpleContent>");
  const std::string before = check(p.file, Place4::with({}, {p.image}, ""));
  CHECK(before.find("error") == std::string::npos);
  spit(p.package, stored_zip(files));
  const std::string expected = check(p.file, p.parsed());
  CHECK(expected.find("error") != std::string::npos);
  const auto findings = [](const std::string& all) { return all.substr(all.find('\n') + 1); };
  for (const bool given : {true, false}) {
    const std::string found = check(p.file, Place4::with(given ? std::vector{p.package} : std::vector<std::string>{}, {p.image}, ""));
    INFO(found);
    CHECK(found.find("[snapshot.stale]") != std::string::npos);
    CHECK(found.find(findings(expected)) != std::string::npos);
  }
  // The package was only touched: its content is what counts. Where it is gone, the snapshot stands for it.
  spit(p.package, stored_zip(package_files()));
  CHECK(check(p.file, Place4::with({}, {p.image}, "")) == before);
  stdfs::remove(p.package);
  CHECK(check(p.file, Place4::with({}, {p.image}, "")) == before);
}

TEST_CASE("a folder as a package is read anew, whatever a snapshot says") {
  Place4 p;
  for (const auto& [name, content] : package_files()) {
    stdfs::create_directories(stdfs::path(p.folder / name).parent_path());
    spit(p.folder / name, content);
  }
  const std::string package = p.folder / "p";
  compile(package, p.image);
  CHECK(check(p.file, Place4::with({package}, {p.image}, p.cache())).find("error") == std::string::npos);
  CHECK(p.kept().empty());
  std::string changed = slurp(package + "/t/kinds.xsd");
  replace(changed, "<xs:enumeration value='dark'/><xs:enumeration value='light'/></xs:restriction></xs:simpleContent>",
          "<xs:enumeration value='light'/></xs:restriction></xs:simpleContent>");
  spit(package + "/t/kinds.xsd", changed);
  CHECK(check(p.file, Place4::with({package}, {p.image}, p.cache())).find("error") != std::string::npos);
}

TEST_CASE("the cache: made by the first run, used by the next, made again where it cannot be used") {
  Place4 p;
  const std::string expected = check(p.file, p.parsed());
  CHECK(p.kept().empty());
  const auto options = Place4::with({p.package}, {}, p.cache());
  CHECK(check(p.file, options) == expected);
  REQUIRE(p.kept().size() == 1);
  const std::string kept = p.kept()[0], good = slurp(kept);
  taxonomy::Snapshot::Refusal refusal;
  const auto snapshot = taxonomy::Snapshot::open(good, nullptr, kept, refusal);
  REQUIRE(snapshot);
  CHECK(snapshot->is_frozen(*snapshot->find("http://example.com/t/terms.xsd")));
  CHECK(check(p.file, options) == expected);
  CHECK(slurp(kept) == good);
  const auto without_info = [](const std::string& all) {
    std::istringstream in(all);
    std::string out;
    bool skip = false;
    for (std::string line; std::getline(in, line);) {
      skip = line.find(": info:") != std::string::npos || line.rfind("info:", 0) == 0 || (skip && line.rfind("  ", 0) == 0);
      if (!skip) out += line + "\n";
    }
    return out;
  };
  for (const std::string& bad : {std::string(), good.substr(0, good.size() / 3), std::string(good.size(), 'x')}) {
    spit(kept, bad);
    CHECK(without_info(check(p.file, options)) == expected);
    CHECK(slurp(kept) == good);
  }
  std::string tampered = good;
  tampered[good.size() / 2] = static_cast<char>(tampered[good.size() / 2] ^ 1);
  spit(kept, tampered);
  CHECK(without_info(check(p.file, options)) == expected);
  CHECK(slurp(kept) == good);
  // Another content of the package is another image.
  Entries files = package_files();
  files.emplace_back("p/t/new.txt", "new");
  spit(p.package, stored_zip(files));
  CHECK(check(p.file, options) == expected);
  CHECK(p.kept().size() == 2);
}

TEST_CASE("the cache: an image grows with what later runs need") {
  Place4 p;
  std::string small = report;
  replace(small, "xlink:href='ext.xsd'", "xlink:href='http://example.com/t/more%20terms.xsd'");
  spit(p.folder / "small.xml", small);
  const auto options = Place4::with({p.package}, {}, p.cache());
  check(p.folder / "small.xml", options);
  REQUIRE(p.kept().size() == 1);
  const auto has = [&](const char* name) {
    taxonomy::Snapshot::Refusal refusal;
    const std::string bytes = slurp(p.kept()[0]);
    const auto s = taxonomy::Snapshot::open(bytes, nullptr, "", refusal);
    return s && s->find(name).has_value();
  };
  CHECK(has("http://example.com/t/more%20terms.xsd"));
  CHECK_FALSE(has("http://example.com/t/kinds.xsd"));
  check(p.file, options);
  CHECK(has("http://example.com/t/kinds.xsd"));
  CHECK(has("http://example.com/t/more%20terms.xsd"));
}

TEST_CASE("the cache: a folder that cannot be written is no error") {
  Place4 p;
  const std::string expected = check(p.file, p.parsed());
  CHECK(check(p.file, Place4::with({p.package}, {}, "/proc/nowhere/factpress")) == expected);
  spit(p.cache(), "a file where the folder should be");
  CHECK(check(p.file, Place4::with({p.package}, {}, p.cache())) == expected);
}

TEST_CASE("the cache: runs side by side do not disturb each other") {
  Place4 p;
  const std::string expected = check(p.file, p.parsed());
  std::vector<std::string> found(24);
  std::vector<std::thread> pool;
  for (std::size_t t = 0; t < 4; ++t)
    pool.emplace_back([&, t] {
      for (std::size_t i = t; i < found.size(); i += 4) {
        std::error_code busy;
        if (i % 6 == 0) stdfs::remove_all(p.cache(), busy);
        found[i] = check(p.file, Place4::with({p.package}, {}, p.cache()));
      }
    });
  for (auto& t : pool) t.join();
  for (const std::string& f : found) CHECK(f == expected);
}

TEST_CASE("the same package gives the same image") {
  Place4 p;
  diag::Sink sink;
  const auto a = validate::compile_taxonomy(real_file_system(), {p.package}, sink), b = validate::compile_taxonomy(real_file_system(), {p.package}, sink);
  CHECK(a.image == b.image);
  CHECK(a.documents > a.frozen);
}

// Seeds of another version would lead the fuzzer no deeper than the header. FACTPRESS_UPDATE_SEEDS=1 writes them anew.
TEST_CASE("the images that fuzzing begins with are of this version") {
  const std::string seeds = FACTPRESS_SOURCE "/tests/fuzz/seeds/snapshot";
  if (std::getenv("FACTPRESS_UPDATE_SEEDS")) {
    Place4 p;
    compile(p.package, seeds + "/whole.fps");
    (void)check(p.file, Place4::with({p.package}, {}, p.cache()));
    REQUIRE(p.kept().size() == 1);
    spit(seeds + "/kept.fps", slurp(p.kept()[0]));
  }
  for (const char* name : {"/whole.fps", "/kept.fps"}) {
    INFO(name);
    const std::string image = slurp(seeds + name);
    taxonomy::ImageHeader header;
    REQUIRE(image.size() > sizeof header);
    std::memcpy(&header, image.data(), sizeof header);
    CHECK(header.version == taxonomy::image_version);
  }
}

TEST_CASE("several files share one snapshot across threads") {
  Place4 p;
  compile(p.package, p.image);
  std::vector<std::string> paths;
  for (int i = 0; i < 12; ++i) {
    paths.push_back(p.folder / ("r" + std::to_string(i) + ".xml"));
    std::string r = report;
    if (i % 2) replace(r, ">dark<", ">dim<");
    if (i % 3 == 0) replace(r, "xlink:href='ext.xsd'", "xlink:href='http://example.com/t/terms.xsd'");
    spit(paths.back(), r);
  }
  auto one = Place4::with({}, {p.image}, ""), many = one, parsed = p.parsed();
  many.threads = 4;
  const auto run = [&](const validate::Options& o) { return all_findings(validate::Validator(real_file_system(), o).validate(paths)); };
  const std::string expected = run(parsed);
  CHECK(run(one) == expected);
  for (int i = 0; i < 4; ++i) CHECK(run(many) == expected);
}

TEST_CASE("real filings: the same findings with a snapshot of us-gaap") {
  SKIP_WITHOUT_SHARED();
  const std::string shared = FACTPRESS_SHARED;
  Folder folder;
  const std::string package = shared + "/taxonomies/us-gaap-2009.zip", image = folder / "us-gaap.fps";
  compile(package, image);
  for (const char* name : {"/filings/nflx-10q-2010q3/nflx-20100930.xml", "/filings/aapl-10k-2010/aapl-20100925.xml"}) {
    const std::string file = shared + name, expected = check(file, Place4::with({package}, {}, ""));
    CHECK(check(file, Place4::with({}, {image}, "")) == expected);
    for (int run = 0; run < 2; ++run) CHECK(check(file, Place4::with({package}, {}, folder / "cache")) == expected);
  }
}
