#include "taxonomy/package.h"

#include <stdlib.h>
#include <zlib.h>

#include <filesystem>

#include "catch.h"
#include "shared.h"

using namespace factpress;
using taxonomy::Package;

namespace {

struct File {
  std::string name, content;
  bool deflate = true;
  std::uint32_t claimed_size = 0;  // instead of the true one
};

void number(std::string& out, std::uint64_t v, int width) {
  for (int i = 0; i < width; ++i) out += static_cast<char>(v >> (8 * i));
}

std::string deflated(const std::string& text) {
  std::string out(text.size() + 1000, '\0');
  z_stream s{};
  deflateInit2(&s, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  s.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  s.avail_in = static_cast<uInt>(text.size());
  s.next_out = reinterpret_cast<Bytef*>(out.data());
  s.avail_out = static_cast<uInt>(out.size());
  deflate(&s, Z_FINISH);
  out.resize(s.total_out);
  deflateEnd(&s);
  return out;
}

std::string make_zip(const std::vector<File>& files) {
  std::string out, directory;
  for (const auto& f : files) {
    const std::string packed = f.deflate ? deflated(f.content) : f.content;
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(f.content.data()), static_cast<uInt>(f.content.size()));
    const std::uint32_t size = f.claimed_size ? f.claimed_size : static_cast<std::uint32_t>(f.content.size());
    const auto offset = out.size();
    const auto common = [&](std::string& to) {
      number(to, 20, 2), number(to, 0, 2), number(to, f.deflate ? 8 : 0, 2), number(to, 0, 4), number(to, crc, 4);
      number(to, packed.size(), 4), number(to, size, 4), number(to, f.name.size(), 2), number(to, 0, 2);
    };
    number(out, 0x04034B50, 4), common(out), out += f.name, out += packed;
    number(directory, 0x02014B50, 4), number(directory, 20, 2), common(directory);
    number(directory, 0, 2), number(directory, 0, 2), number(directory, 0, 2), number(directory, 0, 4),
        number(directory, offset, 4);
    directory += f.name;
  }
  const auto at = out.size();
  out += directory;
  number(out, 0x06054B50, 4), number(out, 0, 4), number(out, files.size(), 2), number(out, files.size(), 2);
  number(out, directory.size(), 4), number(out, at, 4), number(out, 0, 2);
  return out;
}

const std::string metadata =
    "<tp:taxonomyPackage xmlns:tp='http://xbrl.org/2016/taxonomy-package' "
    "xml:lang='en'><tp:identifier>http://example.com/p</tp:identifier>"
    "<tp:name>Example</tp:name><tp:name "
    "xml:lang='de'>Beispiel</tp:name><tp:version>1</tp:version><tp:entryPoints><tp:entryPoint><tp:name>All</tp:name>"
    "<tp:entryPointDocument href='http://example.com/t/all.xsd'/></tp:entryPoint></tp:entryPoints></tp:taxonomyPackage>";
std::string catalog(const std::string& rules = "<rewriteURI uriStartString='http://example.com/t/' rewritePrefix='../t/'/>") {
  return "<catalog xmlns='urn:oasis:names:tc:entity:xmlns:xml:catalog'>" + rules + "</catalog>";
}
std::vector<File> good() {
  return {{"p/META-INF/taxonomyPackage.xml", metadata},
          {"p/META-INF/catalog.xml", catalog()},
          {"p/t/all.xsd", "<all/>", false},
          {"p/t/a b.xsd", "<ab/>"}};
}

std::shared_ptr<const Package> open(const std::string& bytes, diag::Sink& sink) {
  auto files = std::make_shared<MemoryFileSystem>();
  REQUIRE(files->write("p.zip", bytes));
  return Package::open("p.zip", files, sink);
}
std::string codes(const diag::Sink& sink) {
  std::string out;
  for (const auto& d : sink.all()) out += std::string(d.code->code) + " ";
  return out;
}

}  // namespace

TEST_CASE("a package is opened, remapped and read", "[package]") {
  diag::Sink sink;
  const auto p = open(make_zip(good()), sink);
  CHECK(codes(sink) == "");
  REQUIRE(p);
  CHECK(p->metadata().identifier == "http://example.com/p");
  CHECK(p->metadata().names.size() == 2);
  REQUIRE(p->metadata().entry_points.size() == 1);
  CHECK(p->metadata().entry_points[0].documents == std::vector<std::string>{"http://example.com/t/all.xsd"});
  CHECK(p->locate("http://example.com/t/all.xsd#id") == std::optional<std::string>("p/t/all.xsd"));
  CHECK(p->locate("http://example.com/t/a%20b.xsd") == std::optional<std::string>("p/t/a b.xsd"));
  CHECK_FALSE(p->locate("http://example.com/other.xsd"));
  CHECK_FALSE(p->locate("http://example.com/t/../../../../etc/passwd"));
  CHECK(p->read("p/t/all.xsd")->view() == "<all/>");
  CHECK(p->read("p/t/a b.xsd")->view() == "<ab/>");
  CHECK_FALSE(p->read("p/t/none.xsd"));
  CHECK(p->list().size() == 4);
  taxonomy::PackageSet set;
  set.add(p);
  REQUIRE(set.find("http://example.com/t/all.xsd"));
  CHECK_FALSE(set.find("http://example.com/t/none.xsd"));
}

TEST_CASE("the longest rule wins", "[package]") {
  auto files = good();
  files[1].content = catalog(
      "<rewriteURI uriStartString='http://example.com/' rewritePrefix='../x/'/><rewriteURI "
      "uriStartString='http://example.com/t/' rewritePrefix='../t/'/>");
  diag::Sink sink;
  const auto p = open(make_zip(files), sink);
  REQUIRE(p);
  CHECK(p->locate("http://example.com/t/all.xsd") == std::optional<std::string>("p/t/all.xsd"));
  CHECK(p->locate("http://example.com/u.xsd") == std::optional<std::string>("p/x/u.xsd"));
}

TEST_CASE("a folder serves as a package", "[package]") {
  auto files = std::make_shared<MemoryFileSystem>();
  for (const auto& f : good()) REQUIRE(files->write("dir/" + f.name, f.content));
  diag::Sink sink;
  const auto outer = Package::open("dir", files, sink);
  const auto inner = Package::open("dir/p/", files, sink);
  CHECK(codes(sink) == "");
  REQUIRE(outer);
  REQUIRE(inner);
  CHECK(outer->read(*outer->locate("http://example.com/t/all.xsd"))->view() == "<all/>");
  CHECK(inner->read(*inner->locate("http://example.com/t/all.xsd"))->view() == "<all/>");
  CHECK_FALSE(inner->read("../../secret"));
}

TEST_CASE("each fault of a package has its code", "[package]") {
  struct Case {
    std::vector<File> files;
    std::string code;
  };
  const auto with = [](std::size_t i, std::string content) {
    auto f = good();
    f[i].content = std::move(content);
    return f;
  };
  const auto and_file = [](File file) {
    auto f = good();
    f.push_back(std::move(file));
    return f;
  };
  const std::string tp = "<tp:taxonomyPackage xmlns:tp='http://xbrl.org/2016/taxonomy-package'";
  const Case cases[] = {
      {{{"p/t/all.xsd", "<a/>"}}, "tpe:metadataDirectoryNotFound"},
      {{{"p/META-INF/catalog.xml", catalog()}}, "tpe:metadataFileNotFound"},
      {and_file({"beside.txt", "x"}), "tpe:invalidDirectoryStructure"},
      {and_file({"q/other.txt", "x"}), "tpe:invalidDirectoryStructure"},
      {and_file({"p/../../evil", "x"}), "package.escape"},
      {and_file({"/evil", "x"}), "package.escape"},
      {and_file({"p\\evil", "x"}), "package.escape"},
      {and_file({"p/t/all.xsd", "<twice/>"}), "tpe:invalidArchiveFormat"},
      {with(0, "<nope/>"), "tpe:invalidMetaDataFile"},
      {with(0, "<broken"), "tpe:invalidMetaDataFile"},
      {with(0, tp + " xml:lang='en'><tp:name>N</tp:name></tp:taxonomyPackage>"), "tpe:invalidMetaDataFile"},
      {with(0, tp + "><tp:identifier>i</tp:identifier><tp:name>N</tp:name></tp:taxonomyPackage>"),
       "tpe:missingLanguageAttribute"},
      {with(0,
            tp + " xml:lang='en'><tp:identifier>i</tp:identifier><tp:name>N</tp:name><tp:name>M</tp:name></tp:taxonomyPackage>"),
       "tpe:duplicateLanguagesForElement"},
      {with(1, "<nope/>"), "tpe:invalidCatalogFile"},
      {with(1, catalog("<rewriteURI uriStartString='http://e/'/>")), "tpe:invalidCatalogFile"},
      {with(1,
            catalog(
                "<rewriteURI uriStartString='a' rewritePrefix='../t/'/><rewriteURI uriStartString='a' rewritePrefix='../u/'/>")),
       "tpe:multipleRewriteURIsForStartString"},
      {with(1, catalog("<rewriteURI uriStartString='a' rewritePrefix='../../../etc/'/>")), "package.escape"},
  };
  for (const auto& c : cases) {
    diag::Sink sink;
    open(make_zip(c.files), sink);
    INFO(c.code << " in " << codes(sink));
    CHECK(codes(sink).find(c.code + " ") != std::string::npos);
  }
  diag::Sink sink;
  CHECK_FALSE(open("no zip at all, but long enough to hold an end record", sink));
  CHECK(codes(sink) == "tpe:invalidArchiveFormat ");
}

TEST_CASE("bombs, lies and damage are refused", "[package]") {
  const auto fails = [](File f, const std::string& why) {
    auto zip = taxonomy::ZipArchive::open(make_zip({f}), {});
    REQUIRE(zip);
    const auto r = zip->read(zip->entries()[0]);
    REQUIRE_FALSE(r);
    INFO(r.error());
    CHECK(r.error().find(why) != std::string::npos);
  };
  fails({"bomb", std::string(20'000'000, ' ')}, "bomb");
  fails({"huge", "x", true, 0xFFFFFFF0u}, "limit");
  fails({"more", std::string(1000, 'x'), true, 10}, "damaged");
  fails({"less", "short", true, 1000}, "damaged");
  fails({"two", "stored", false, 7}, "two different sizes");
  auto bytes = make_zip({{"a", "some text that is stored", false}});
  bytes[35] ^= 1;
  auto zip = taxonomy::ZipArchive::open(bytes, {});
  REQUIRE(zip);
  CHECK_FALSE(zip->read(zip->entries()[0]));
  // Cut anywhere, or with any byte changed, an archive is read or refused, never more.
  const std::string whole = make_zip(good());
  for (std::size_t i = 0; i < whole.size(); i += 3) {
    for (const bool cut : {true, false}) {
      std::string b = cut ? whole.substr(0, i) : whole;
      if (!cut) b[i] = static_cast<char>(b[i] ^ 0xFF);
      if (const auto z = taxonomy::ZipArchive::open(b, {}))
        for (const auto& e : z->entries()) (void)static_cast<bool>(z->read(e));
    }
  }
}

TEST_CASE("an archive on a disk is read in parts and may be cut off behind our back", "[package]") {
  const std::string bytes = make_zip({{"a", std::string(100'000, 'x')}, {"b", "stored", false}, {"c", "last of them"}});
  std::string folder = (std::filesystem::temp_directory_path() / "factpress-zip-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()));
  const std::string path = folder + "/p.zip";
  REQUIRE(real_file_system()->write(path, bytes));
  auto file = real_file_system()->open(path);
  REQUIRE(file);
  auto zip = taxonomy::ZipArchive::open(*file, {}), memory = taxonomy::ZipArchive::open(bytes, {});
  REQUIRE(zip);
  REQUIRE(zip->entries().size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(zip->entries()[i].name == memory->entries()[i].name);
    CHECK(zip->read(zip->entries()[i])->view() == memory->read(memory->entries()[i])->view());
  }
  std::filesystem::resize_file(path, zip->entries()[1].offset + 3);
  CHECK(zip->read(zip->entries()[0]));
  CHECK_FALSE(zip->read(zip->entries()[1]));
  CHECK_FALSE(zip->read(zip->entries()[2]));
  CHECK(zip->entries()[2].name == "c");
  std::filesystem::remove_all(folder);
}

TEST_CASE("the real package opens and remaps", "[package][shared]") {
  SKIP_WITHOUT_SHARED();
  diag::Sink sink;
  const auto p = Package::open((test::shared_folder() / "taxonomies/us-gaap-2009.zip").string(), real_file_system(), sink);
  CHECK(codes(sink) == "");
  REQUIRE(p);
  const auto path = p->locate("http://taxonomies.xbrl.us/us-gaap/2009/elts/us-gaap-2009-01-31.xsd");
  REQUIRE(path);
  const auto bytes = p->read(*path);
  REQUIRE(bytes);
  CHECK(bytes->size() > 1'000'000);
}
