#include <fmt/core.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "../../support/stored_zip.h"
#include "catch.h"
#include "diag/render.h"
#include "taxonomy/package_source.h"
#include "taxonomy/uri.h"
#include "validate/checked_sets.h"
#include "validate/compile_taxonomy.h"
#include "validate/validate.h"

// Taxonomy sets that were found in order are known again, and only these.
namespace {
using namespace factpress;
namespace stdfs = std::filesystem;

const std::string head = "<?xml version='1.0' encoding='UTF-8'?>\n";
const std::string namespaces =
    "xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:xbrli='http://www.xbrl.org/2003/instance' xmlns:link='http://www.xbrl.org/2003/linkbase' "
    "xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:t='http://example.com/t' xmlns:e='http://example.com/e' xmlns:iso4217='http://www.xbrl.org/2003/iso4217' ";

const std::string terms = head + "<xs:schema " + namespaces + R"(targetNamespace='http://example.com/t' elementFormDefault='qualified'>
<xs:import namespace='http://www.xbrl.org/2003/instance' schemaLocation='http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd'/>
<xs:element name='Cash' id='t_Cash' type='xbrli:monetaryItemType' substitutionGroup='xbrli:item' nillable='true' xbrli:periodType='instant' xbrli:balance='debit'/>
<xs:element name='Debt' id='t_Debt' type='xbrli:monetaryItemType' substitutionGroup='xbrli:item' nillable='true' xbrli:periodType='instant' xbrli:balance='credit'/>
</xs:schema>)";

const std::string extension = head + "<xs:schema " + namespaces + R"(targetNamespace='http://example.com/e' elementFormDefault='qualified'>
<xs:annotation><xs:appinfo><link:linkbaseRef xlink:type='simple' xlink:href='calc.xml' xlink:arcrole='http://www.w3.org/1999/xlink/properties/linkbase'/></xs:appinfo></xs:annotation>
<xs:import namespace='http://www.xbrl.org/2003/instance' schemaLocation='http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd'/>
<xs:import namespace='http://example.com/t' schemaLocation='http://example.com/t/terms.xsd'/>
</xs:schema>)";

const std::string links = head + "<link:linkbase " + namespaces + R"(><link:calculationLink xlink:type='extended' xlink:role='http://www.xbrl.org/2003/role/link'>
<link:loc xlink:type='locator' xlink:href='http://example.com/t/terms.xsd#t_Cash' xlink:label='a'/><link:loc xlink:type='locator' xlink:href='http://example.com/t/terms.xsd#t_Debt' xlink:label='b'/>
<link:calculationArc xlink:type='arc' xlink:arcrole='http://www.xbrl.org/2003/arcrole/summation-item' xlink:from='a' xlink:to='b' weight='-1.0'/>
</link:calculationLink></link:linkbase>)";

const std::string report = head + "<xbrli:xbrl " + namespaces + R"(><link:schemaRef xlink:type='simple' xlink:href='ext.xsd'/>
<xbrli:context id='c'><xbrli:entity><xbrli:identifier scheme='http://example.com'>E</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id='eur'><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>
<t:Cash contextRef='c' unitRef='eur' decimals='0'>7</t:Cash>
</xbrli:xbrl>)";

std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void spit(const std::string& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

struct Filing {
  std::string folder = stdfs::temp_directory_path().string() + "/factpress-checked-XXXXXX";
  Filing() {
    REQUIRE(::mkdtemp(folder.data()) != nullptr);
    write_package("1");
    spit(folder + "/ext.xsd", extension);
    spit(folder + "/calc.xml", links);
    spit(folder + "/report.xml", report);
  }
  ~Filing() {
    std::error_code ignored;
    stdfs::remove_all(folder, ignored);
  }
  void write_package(const std::string& version) const {
    spit(folder + "/p.zip", stored_zip({{"p/META-INF/taxonomyPackage.xml",
                                         "<tp:taxonomyPackage xmlns:tp='http://xbrl.org/2016/taxonomy-package' xml:lang='en'><tp:identifier>http://example.com/p</tp:identifier>"
                                         "<tp:name>Example</tp:name><tp:version>" + version + "</tp:version></tp:taxonomyPackage>"},
                                        {"p/META-INF/catalog.xml",
                                         "<catalog xmlns='urn:oasis:names:tc:entity:xmlns:xml:catalog'><rewriteURI uriStartString='http://example.com/t/' rewritePrefix='../t/'/></catalog>"},
                                        {"p/t/terms.xsd", terms}}));
  }
  /// What validating the report by these options says.
  std::string told(validate::Options o) const {
    const validate::Validator validator(real_file_system(), std::move(o));
    const auto findings = validator.validate({folder + "/report.xml"});
    std::string out = findings.verdict() + "\n";
    for (const auto& f : findings.files)
      for (const diag::Diagnostic& d : f.sink.all()) out += diag::render_text(d);
    return out;
  }
  std::string check(bool cached = true) const {
    validate::Options o;
    o.packages = {folder + "/p.zip"};
    if (cached) o.cache_folder = folder + "/cache";
    return told(std::move(o));
  }
  std::vector<std::string> kept() const {
    std::vector<std::string> names;
    if (!stdfs::exists(folder + "/cache")) return names;
    for (const auto& e : stdfs::directory_iterator(folder + "/cache"))
      if (e.path().extension() == ".fpc") names.push_back(e.path().string());
    return names;
  }
  /// A set that was loaded, with what has to live as long.
  struct Loaded {
    std::shared_ptr<const taxonomy::PackageSet> packages;
    std::unique_ptr<taxonomy::DocumentStore> store;
    diag::Sink sink;
    std::unique_ptr<taxonomy::LoadedDts> dts;
    explicit operator bool() const { return dts != nullptr; }
  };
  Loaded open() const {
    Loaded l;
    l.packages = taxonomy::open_packages(real_file_system(), {folder + "/p.zip"}, l.sink);
    std::vector<std::unique_ptr<taxonomy::DocumentSource>> sources;
    sources.push_back(taxonomy::package_source(l.packages));
    sources.push_back(taxonomy::core_schema_source());
    sources.push_back(taxonomy::file_source(real_file_system()));
    l.store = std::make_unique<taxonomy::DocumentStore>(std::move(sources));
    return l;
  }
  validate::Entries entries(const std::vector<std::string>& names) const {
    validate::Entries e;
    for (const std::string& n : names) e.names.push_back(taxonomy::normal_name(folder + "/" + n));
    return e;
  }
  Loaded fresh(const std::vector<std::string>& names = {"ext.xsd"}) const {
    Loaded l = open();
    l.dts = taxonomy::load_dts(*l.store, entries(names).names, {}, l.sink);
    return l;
  }
  std::string cache() const { return folder + "/cache"; }
  Loaded known(const std::vector<std::string>& names = {"ext.xsd"}) const {
    Loaded l = open();
    l.dts = validate::CheckedSets(cache(), *l.packages).load(entries(names), *l.store);
    return l;
  }
  bool knows(const std::vector<std::string>& names = {"ext.xsd"}) const { return static_cast<bool>(known(names)); }
  /// Notes a set as one that is in order; says whether it was kept.
  bool note(const std::vector<std::string>& names = {"ext.xsd"}) const {
    const Loaded l = fresh(names);
    validate::CheckedSets sets(cache(), *l.packages);
    CHECK_FALSE(knows(names));
    sets.note(entries(names), *l.dts);
    CHECK_FALSE(knows(names));
    sets.keep();
    return knows(names);
  }
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a set of documents is known while everything it depends on is as it was") {
  Filing f;
  CHECK_FALSE(f.knows());
  CHECK(f.note());
  REQUIRE(f.kept().size() == 1);
  spit(f.folder + "/calc.xml", replaced(links, "'-1.0'", "'-1.1'"));
  CHECK_FALSE(f.knows());
  spit(f.folder + "/calc.xml", links + "\n");
  CHECK_FALSE(f.knows());
  spit(f.folder + "/calc.xml", links);
  CHECK(f.knows());
  CHECK_FALSE(f.knows({"calc.xml"}));             // begun elsewhere
  CHECK_FALSE(f.knows({"ext.xsd", "calc.xml"}));  // the same documents, but one more of them is an entry
  f.write_package("2");
  CHECK_FALSE(f.knows());
  f.write_package("1");
  CHECK(f.knows());
}

TEST_CASE("a record that is not the very bytes is no record") {
  Filing f;
  REQUIRE(f.note());
  const std::string path = f.kept().at(0), good = slurp(path);
  for (std::size_t at = 0; at < good.size(); at += at < 300 ? 1 : 37) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    spit(path, bad);
    INFO(at);
    CHECK_FALSE(f.knows());
    spit(path, good.substr(0, at));
    CHECK_FALSE(f.knows());
  }
  for (const std::string& bad : {good + "x", good + good, std::string(), std::string(good.size(), '\0')}) {
    spit(path, bad);
    CHECK_FALSE(f.knows());
  }
  spit(path, good);
  CHECK(f.knows());
  stdfs::remove(path);
  stdfs::create_directory(path);
  CHECK_FALSE(f.knows());
  CHECK(f.check() == f.check(false));
}

TEST_CASE("what was in order once is looked at again when it changes") {
  Filing f;
  const std::string clean = f.check(false);
  REQUIRE(clean.find(": valid") != std::string::npos);
  CHECK(f.check() == clean);
  REQUIRE(f.kept().size() == 1);
  CHECK(f.check() == clean);
  // As long as before, and wrong: equal balances' sign of the weight.
  spit(f.folder + "/calc.xml", replaced(links, "'-1.0'", "'+1.0'"));
  const std::string wrong = f.check(false);
  CHECK(wrong.find("opposite balances") != std::string::npos);
  CHECK(f.check() == wrong);
  CHECK(f.check() == wrong);
  spit(f.folder + "/calc.xml", links);
  CHECK(f.check() == clean);
}

TEST_CASE("a set in which something was found is not kept") {
  Filing f;
  spit(f.folder + "/calc.xml", replaced(links, "'-1.0'", "'+1.0'"));
  const std::string wrong = f.check(false);
  for (int i = 0; i < 3; ++i) CHECK(f.check() == wrong);
  CHECK(f.kept().empty());
}

TEST_CASE("sets are kept only where a cache folder is and packages are archives") {
  Filing f;
  const auto d = f.fresh();
  validate::CheckedSets none("", *d.packages), no_packages(f.cache(), taxonomy::PackageSet());
  for (auto* sets : {&none, &no_packages}) {
    sets->note(f.entries({"ext.xsd"}), *d.dts);
    sets->keep();
    CHECK_FALSE(sets->load(f.entries({"ext.xsd"}), *d.store));
  }
  CHECK(f.kept().empty());
  validate::CheckedSets nowhere("/proc/nowhere/factpress", *d.packages);
  nowhere.note(f.entries({"ext.xsd"}), *d.dts);
  nowhere.keep();
  CHECK_FALSE(nowhere.load(f.entries({"ext.xsd"}), *d.store));
}

namespace {

/// Everything that a taxonomy and its discovery say of themselves.
std::string told(const taxonomy::LoadedDts& dts) {
  const taxonomy::Taxonomy& t = *dts.taxonomy;
  std::string out;
  const auto place = [&](std::uint32_t document, std::uint32_t offset) {
    const Place p = t.place(document, offset);
    return p.source ? fmt::format(" at {}:{}", p.source->name(), p.source->locate(p.span.begin).line) : std::string(" nowhere");
  };
  for (const auto& d : dts.discovery.documents()) {
    out += fmt::format("{} {} {} {} {}\n", d.name(), static_cast<int>(d.kind), d.in_dts, d.is_entry, d.has_base);
    out += fmt::format("  {} nodes in {}\n", d.xml().node_count(), d.xml().root().raw_name());
  }
  for (taxonomy::ConceptId c = 0; c < t.concepts().size(); ++c)
    out += fmt::format("{} node {} '{}' '{}'\n", t.display_name(c), t.concept_at(c).node, t.label(c), t.label(c, {.lang = "fr"}));
  for (const auto& n : t.nodes()) out += fmt::format("node {} {}{}\n", static_cast<int>(n.kind), n.index, place(n.document, n.offset));
  for (const auto& r : t.resources())
    out += fmt::format("{} {} {} {} {}-{}\n", xml::namespace_uri(r.ns), t.strings().get(r.local), t.uri(r.role), t.strings().get(r.lang), r.parts_begin, r.parts_end);
  for (const auto& p : t.reference_parts()) out += fmt::format("{} {} {}\n", xml::namespace_uri(p.ns), t.strings().get(p.local), t.strings().get(p.text));
  for (const auto& n : t.networks()) {
    out += fmt::format("{} {} {} {}\n", t.uri(n.arcrole), t.uri(n.role), t.strings().get(n.arc_local), t.find_network(n.arcrole, n.role) == &n);
    for (const auto& r : t.relationships(n)) {
      out += fmt::format("  {} {} {} {} {} {} {}{}{}", r.from, r.to, t.number(r.order).to_string(), r.weight == taxonomy::no_id ? "-" : t.number(r.weight).to_string(),
                         t.uri(r.preferred_label), t.uri(r.target_role), static_cast<int>(r.context_element), r.closed, r.usable);
      out += fmt::format(" of {} to {}{}\n", t.outgoing(n, r.from).size(), t.incoming(n, r.to).size(), place(r.document, r.offset));
    }
  }
  for (const auto& r : t.roles()) {
    out += fmt::format("{} {} {} {}{}\n", t.uri(r.uri), r.is_arcrole, static_cast<int>(r.cycles), t.strings().get(r.definition), place(r.document, r.offset));
    for (const auto& [ns, local] : r.used_on) out += fmt::format("  {} {}\n", xml::namespace_uri(ns), t.strings().get(local));
  }
  for (const auto& c : dts.dimensions->cubes()) out += fmt::format("cube {} {} {} {}\n", c.source, c.hypercube, c.dimensions.size(), c.primary_items.size());
  for (const auto& d : dts.dimensions->dimensions()) out += fmt::format("dimension {} {} {}\n", d.concept_id, d.typed, d.domain_element != nullptr);
  return out;
}

// Links of every kind, beside what the package declares.
const std::string rich_extension = head + "<xs:schema " + namespaces + R"(xmlns:xbrldt='http://xbrl.org/2005/xbrldt' targetNamespace='http://example.com/e' elementFormDefault='qualified'>
<xs:annotation><xs:appinfo><link:linkbaseRef xlink:type='simple' xlink:href='calc.xml' xlink:arcrole='http://www.w3.org/1999/xlink/properties/linkbase'/>
<link:linkbaseRef xlink:type='simple' xlink:href='rich.xml' xlink:arcrole='http://www.w3.org/1999/xlink/properties/linkbase'/>
<link:roleType roleURI='http://example.com/role' id='role'><link:definition>A &lt;role&gt;</link:definition><link:usedOn>link:definitionLink</link:usedOn><link:usedOn>link:presentationLink</link:usedOn></link:roleType></xs:appinfo></xs:annotation>
<xs:import namespace='http://www.xbrl.org/2003/instance' schemaLocation='http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd'/>
<xs:import namespace='http://xbrl.org/2005/xbrldt' schemaLocation='http://www.xbrl.org/2005/xbrldt-2005.xsd'/>
<xs:import namespace='http://example.com/t' schemaLocation='http://example.com/t/terms.xsd'/>
<xs:element name='Cube' id='e_Cube' type='xbrli:stringItemType' substitutionGroup='xbrldt:hypercubeItem' abstract='true' xbrli:periodType='instant'/>
<xs:element name='Axis' id='e_Axis' type='xbrli:stringItemType' substitutionGroup='xbrldt:dimensionItem' abstract='true' xbrli:periodType='instant' xbrldt:typedDomainRef='#e_lot'/>
<xs:element name='lot' id='e_lot' type='xs:string'/>
</xs:schema>)";

std::string rich_links() {
  const auto loc = [](const std::string& href, const std::string& label) { return "<link:loc xlink:type='locator' xlink:href='" + href + "' xlink:label='" + label + "'/>"; };
  const std::string cash = "http://example.com/t/terms.xsd#t_Cash", debt = "http://example.com/t/terms.xsd#t_Debt", dim = "http://xbrl.org/int/dim/arcrole/";
  std::string s = head + "<link:linkbase " + namespaces + "xmlns:xbrldt='http://xbrl.org/2005/xbrldt'>";
  s += "<link:roleRef roleURI='http://example.com/role' xlink:type='simple' xlink:href='ext.xsd#role'/>";
  for (const char* a : {"all", "hypercube-dimension"})
    s += "<link:arcroleRef arcroleURI='" + dim + a + "' xlink:type='simple' xlink:href='http://www.xbrl.org/2005/xbrldt-2005.xsd#" + a + "'/>";
  s += "\n<link:labelLink xlink:type='extended' xlink:role='http://www.xbrl.org/2003/role/link'>" + loc(cash, "c");
  s += "<link:label xlink:type='resource' xlink:label='l' xlink:role='http://www.xbrl.org/2003/role/label' xml:lang='en'>Cash &amp; more</link:label>\n";
  s += "<link:label xlink:type='resource' xlink:label='l' xlink:role='http://www.xbrl.org/2003/role/label' xml:lang='fr'>Argent</link:label>";
  s += "<link:labelArc xlink:type='arc' xlink:arcrole='http://www.xbrl.org/2003/arcrole/concept-label' xlink:from='c' xlink:to='l'/></link:labelLink>";
  s += "<link:presentationLink xlink:type='extended' xlink:role='http://example.com/role'>" + loc(cash, "c") + loc(debt, "d");
  s += "<link:presentationArc xlink:type='arc' xlink:arcrole='http://www.xbrl.org/2003/arcrole/parent-child' xlink:from='d' xlink:to='c' order='1.50' preferredLabel='http://www.xbrl.org/2003/role/label'/></link:presentationLink>";
  s += "\n<link:definitionLink xlink:type='extended' xlink:role='http://example.com/role'>" + loc(debt, "d") + loc("ext.xsd#e_Cube", "q") + loc("ext.xsd#e_Axis", "a");
  s += "<link:definitionArc xlink:type='arc' xlink:arcrole='" + dim + "all' xlink:from='d' xlink:to='q' xbrldt:contextElement='scenario' xbrldt:closed='true'/>";
  s += "<link:definitionArc xlink:type='arc' xlink:arcrole='" + dim + "hypercube-dimension' xlink:from='q' xlink:to='a' order='2'/></link:definitionLink></link:linkbase>";
  return s;
}

struct RichFiling : Filing {
  RichFiling() {
    spit(folder + "/ext.xsd", rich_extension);
    spit(folder + "/rich.xml", rich_links());
  }
};

/// Makes the checksum fit the tables again.
void reseal(std::string& record) {
  std::uint64_t size = 0;
  REQUIRE(record.size() >= 24);
  std::memcpy(&size, record.data() + 8, 8);
  size = std::min<std::uint64_t>(size, record.size() - 24);
  const std::uint64_t hash = taxonomy::hash_bytes(std::string_view(record).substr(24, size), size);
  std::memcpy(record.data() + 8, &size, 8);
  std::memcpy(record.data() + 16, &hash, 8);
}

}  // namespace

TEST_CASE("a set that is known is what it would be if it were loaded") {
  RichFiling f;
  const auto fresh = f.fresh();
  REQUIRE(fresh.sink.all().empty());
  REQUIRE(f.note());
  const auto known = f.known();
  CHECK(known.dts->links.empty());
  const std::string expected = told(*fresh.dts);
  CHECK(told(*known.dts) == expected);
  for (const char* part : {"Cash & more", "Argent", "A <role>", "rich.xml:4", " 1.5 - ", "cube", "dimension"}) CHECK(expected.find(part) != std::string::npos);
  CHECK(f.check() == f.check(false));
  CHECK(f.check() == f.check(false));
}

TEST_CASE("linkbases are not parsed where the set is known, until an element of theirs is asked for") {
  RichFiling f;
  REQUIRE(f.note());
  const auto known = f.known();
  std::size_t unread = 0;
  for (const auto& d : known.dts->discovery.documents()) {
    if (d.kind != taxonomy::DocumentKind::linkbase) continue;
    REQUIRE(d.unread);
    ++unread;
    CHECK_FALSE(d.stored->xml);
    CHECK(d.xml().root().is(xml::ns::link, "linkbase"));
    CHECK(d.xml().source()->bytes() == slurp(d.name()));
    CHECK(d.unread->element_at(7).document().source()->bytes() == "<empty/>");
  }
  CHECK(unread == 2);
}

TEST_CASE("one byte more or less in any own document makes a set unknown") {
  RichFiling f;
  REQUIRE(f.note());
  for (const char* name : {"/ext.xsd", "/calc.xml", "/rich.xml"}) {
    const std::string path = f.folder + name, good = slurp(path);
    INFO(name);
    for (const std::string& bad : {good + " ", good.substr(0, good.size() - 1), replaced(good, "'1.0'", "'1.1'")}) {
      spit(path, bad);
      CHECK_FALSE(f.knows());
    }
    stdfs::remove(path);
    CHECK_FALSE(f.knows());
    spit(path, good);
    CHECK(f.knows());
  }
}

TEST_CASE("a record whose checksum was made to fit is not believed either") {
  RichFiling f;
  REQUIRE(f.note());
  const std::string path = f.kept().at(0), good = slurp(path);
  std::uint64_t tables = 0;
  std::memcpy(&tables, good.data() + 8, 8);
  std::mt19937 random(20240301);
  std::size_t known = 0, refused = 0;
  for (int i = 0; i < 1500; ++i) {
    std::string bad = good;
    for (std::size_t n = 1 + random() % 3; n > 0; --n) {
      char& byte = bad[24 + random() % tables];
      byte = static_cast<char>(random() % 3 == 0 ? 0xFF : random() % 2 ? random() : byte + 1);
    }
    if (i % 50 == 0) bad.resize(24 + random() % tables);
    reseal(bad);
    spit(path, bad);
    const auto l = f.known();
    l ? ++known : ++refused;
    if (l) (void)told(*l.dts);
  }
  CHECK(refused > 300);
  CHECK(known > 100);  // other words in a label, say: nothing that could do harm
}

TEST_CASE("sets that their files alone do not tell are not kept") {
  RichFiling f;
  SECTION("a file that is named, and may come to be") {
    const std::string rich = rich_links();
    spit(f.folder + "/rich.xml", replaced(rich, "<link:linkbase ", "<link:linkbase xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='http://example.com/later later.xsd' "));
    CHECK_FALSE(f.note());
    spit(f.folder + "/later.xsd", head + "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='http://example.com/later'/>");
    CHECK(f.note());
  }
  SECTION("another encoding") {
    std::string wide = "\xFF\xFE";
    for (const char c : replaced(rich_links(), "encoding='UTF-8'", "encoding='UTF-16'")) wide += c, wide += '\0';
    spit(f.folder + "/rich.xml", wide);
    REQUIRE(f.fresh().sink.all().empty());
    CHECK_FALSE(f.note());
  }
  SECTION("a redefinition of what a snapshot holds") {
    auto l = f.fresh();
    l.dts->from_texts = true;
    validate::CheckedSets sets(f.cache(), *l.packages);
    sets.note(f.entries({"ext.xsd"}), *l.dts);
    sets.keep();
    CHECK(f.kept().empty());
  }
  SECTION("one that is too large") {
    spit(f.folder + "/rich.xml", replaced(rich_links(), "Argent", std::string(validate::CheckedSets::max_bytes, 'x')));
    CHECK_FALSE(f.note());
  }
}

TEST_CASE("sets are known with a snapshot too, and of that very snapshot alone") {
  RichFiling f;
  const auto check = [&](const std::string& cache) {
    validate::Options o;
    o.snapshots = {f.folder + "/p.fps"};
    o.cache_folder = cache;
    const validate::Validator validator(real_file_system(), std::move(o));
    const auto findings = validator.validate({f.folder + "/report.xml"});
    std::string out = findings.verdict() + "\n";
    for (const auto& file : findings.files)
      for (const diag::Diagnostic& d : file.sink.all()) out += diag::render_text(d);
    return out;
  };
  const auto compile = [&] {
    diag::Sink sink;
    spit(f.folder + "/p.fps", validate::compile_taxonomy(real_file_system(), {f.folder + "/p.zip"}, sink).image);
  };
  compile();
  const std::string expected = check("");
  REQUIRE(expected.find(": valid") != std::string::npos);
  for (int i = 0; i < 3; ++i) CHECK(check(f.cache()) == expected);
  CHECK(f.kept().size() == 1);
  f.write_package("2");  // the package where it was is another: the snapshot is stale
  CHECK(check(f.cache()) == check(""));
  CHECK(check("").find("snapshot.stale") != std::string::npos);
  compile();
  CHECK(check(f.cache()) == expected);
  CHECK(f.kept().size() == 3);
}

namespace {

/// A filing whose taxonomy is compiled with the package's.
struct CompiledFiling : RichFiling {
  std::string image = folder + "/all.fps";
  validate::CompiledTaxonomy compile(const std::vector<std::string>& reports) const {
    diag::Sink sink;
    auto made = validate::compile_taxonomy(real_file_system(), {folder + "/p.zip"}, sink, reports);
    spit(image, made.image);
    return made;
  }
  std::shared_ptr<const taxonomy::Snapshot> open_image() const {
    const auto bytes = std::make_shared<std::string>(slurp(image));
    taxonomy::Snapshot::Refusal refusal;
    return taxonomy::Snapshot::open(*bytes, bytes, image, refusal);
  }
  /// Whether the image tells the set, with packages given beside it.
  bool tells(const std::shared_ptr<const taxonomy::PackageSet>& packages, const std::vector<std::string>& names = {"ext.xsd"}) const {
    const auto snapshot = open_image();
    REQUIRE(snapshot);
    std::vector<std::unique_ptr<taxonomy::DocumentSource>> sources;
    if (packages) sources.push_back(taxonomy::package_source(packages));
    sources.push_back(taxonomy::snapshot_source({snapshot}, packages));
    sources.push_back(taxonomy::core_schema_source());
    sources.push_back(taxonomy::file_source(real_file_system()));
    taxonomy::DocumentStore store(std::move(sources));
    const std::vector<std::shared_ptr<const taxonomy::Snapshot>> snapshots{snapshot};
    return validate::CheckedSets("", packages ? *packages : taxonomy::PackageSet(), snapshots).load(entries(names), store) != nullptr;
  }
  std::shared_ptr<const taxonomy::PackageSet> open_packages(const std::vector<std::string>& names) const {
    diag::Sink sink;
    std::vector<std::string> paths;
    for (const std::string& n : names) paths.push_back(folder + "/" + n);
    return taxonomy::open_packages(real_file_system(), paths, sink);
  }
  std::string check_with_image() const {
    validate::Options o;
    o.snapshots = {image};
    return told(std::move(o));
  }
};

}  // namespace

TEST_CASE("a snapshot that has a report's taxonomy tells it while the report's own documents are what they were") {
  CompiledFiling f;
  const auto made = f.compile({f.folder + "/report.xml"});
  CHECK(made.sets == 1);
  CHECK(made.image == f.compile({f.folder + "/report.xml"}).image);
  CHECK(f.tells(nullptr));
  CHECK(f.tells(f.open_packages({"p.zip"})));
  CHECK(f.check_with_image() == f.check(false));
  CHECK_FALSE(f.tells(nullptr, {"calc.xml"}));
  // Another package beside it might supply other documents.
  stdfs::copy_file(f.folder + "/p.zip", f.folder + "/q.zip");
  CHECK_FALSE(f.tells(f.open_packages({"p.zip", "q.zip"})));
  f.write_package("2");
  CHECK_FALSE(f.tells(f.open_packages({"p.zip"})));
  f.write_package("1");
  // As long as before, and wrong.
  spit(f.folder + "/calc.xml", replaced(links, "'-1.0'", "'+1.0'"));
  CHECK_FALSE(f.tells(nullptr));
  CHECK(f.check_with_image() == f.check(false));
  CHECK(f.check_with_image().find("opposite balances") != std::string::npos);
  stdfs::remove(f.folder + "/rich.xml");
  CHECK_FALSE(f.tells(nullptr));
  CHECK(f.check_with_image() == f.check(false));
}

TEST_CASE("a snapshot has no taxonomies of reports in which something is wrong, nor of files that are none") {
  CompiledFiling f;
  CHECK(f.compile({}).sets == 0);
  CHECK_FALSE(f.tells(nullptr));
  spit(f.folder + "/calc.xml", replaced(links, "'-1.0'", "'+1.0'"));
  CHECK(f.compile({f.folder + "/report.xml"}).sets == 0);
  CHECK(f.check_with_image() == f.check(false));
  spit(f.folder + "/none.xml", "no XML");
  CHECK(f.compile({f.folder + "/none.xml"}).sets == 0);
  diag::Sink sink;
  CHECK(validate::compile_taxonomy(real_file_system(), {f.folder + "/p.zip"}, sink, {f.folder + "/missing.xml"}).image.empty());
  REQUIRE(sink.all().size() == 1);
  CHECK(diag::render_text(sink.all()[0]).find("missing.xml") != std::string::npos);
}

TEST_CASE("a report's taxonomy in a snapshot that was damaged is loaded from its documents") {
  CompiledFiling f;
  REQUIRE(f.compile({f.folder + "/report.xml"}).sets == 1);
  const std::string good = slurp(f.image), expected = f.check(false);
  const std::size_t at = good.find("FPCLEAN\n");
  REQUIRE(at != std::string::npos);
  CHECK(at % 4 == 0);
  for (std::size_t i = at; i < good.size(); i += 101) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 8);
    spit(f.image, bad);
    INFO(i - at);
    CHECK_FALSE(f.tells(nullptr));
    if ((i - at) % 505 == 0) CHECK(f.check_with_image() == expected);
  }
}
