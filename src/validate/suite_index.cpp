#include "validate/suite_index.h"

#include <fmt/core.h>

#include "base/text.h"
#include "taxonomy/uri.h"

namespace factpress::validate {
namespace {

Result<std::shared_ptr<const xml::Document>> parse(const FileSystem& files, const std::string& path) {
  auto bytes = files.read(path);
  if (!bytes) return Failure{bytes.error()};
  diag::Sink sink;
  auto document = xml::Document::parse(std::make_shared<Source>(path, *std::move(bytes)), sink);
  if (!document) return Failure{sink.all().empty() ? "it is no well-formed XML" : sink.all()[0].message};
  return document;
}

/// A testcase's data with its place in the tree of files.
class TestcaseReader {
 public:
  TestcaseReader(std::string path, std::string uri) : path_(std::move(path)), uri_(std::move(uri)) {}

  void read(const xml::Element& root, std::vector<Variation>& into) {
    out_path_ = std::string(root.value_of("outpath"));
    for (const xml::Element e : root.elements()) {
      if (e.local_name() == "variation") into.push_back(variation(e));
    }
  }

 private:
  std::string whole(std::string_view relative) const { return taxonomy::resolve(path_, trim(relative)); }

  Variation variation(const xml::Element& e) const {
    Variation v;
    v.testcase = uri_;
    v.id = std::string(e.value_of("id"));
    v.name = std::string(e.value_of("name"));
    for (const xml::Element child : e.elements()) {
      if (child.local_name() == "data") data(child, v);
      if (child.local_name() == "result") result(child, v);
    }
    return v;
  }

  void data(const xml::Element& e, Variation& v) const {
    for (const xml::Element file : e.elements()) {
      const std::string_view first = trim(file.value_of("readMeFirst"));
      if (first == "true" || first == "1") v.read_first.push_back(whole(file.text()));
    }
  }

  void result(const xml::Element& e, Variation& v) const {
    const std::string_view expected = trim(e.value_of("expected"));
    if (expected == "invalid") v.expected = Variation::Expected::invalid;
    std::string file;
    for (const xml::Element child : e.elements()) {
      if (child.local_name() == "error" || child.local_name() == "inconsistency") {
        v.codes.emplace_back(trim(child.text()));
        v.expected = Variation::Expected::codes;
      } else if (child.local_name() == "file") {
        file = child.text();
      }
    }
    if (file.empty() && !e.has_elements()) file = e.text();
    if (trim(file).empty()) return;
    v.result_file = whole(out_path_.empty() ? std::string(trim(file)) : fmt::format("{}/{}", out_path_, trim(file)));
  }

  std::string path_, uri_, out_path_;
};

}  // namespace

Result<std::vector<Variation>> read_suite(const FileSystem& files, const std::string& index) {
  const std::string base = taxonomy::normal_name(index);
  auto document = parse(files, base);
  if (!document) return Failure{fmt::format("{}: {}", index, document.error())};
  std::vector<Variation> all;
  const xml::Element root = (*document)->root();
  if (root.local_name() == "testcase") {
    TestcaseReader(base, index).read(root, all);
    return all;
  }
  const std::string folder(root.value_of("root"));
  for (const xml::Element e : root.elements()) {
    if (e.local_name() != "testcase") continue;
    const std::string uri(trim(e.value_of("uri")));
    const std::string path = taxonomy::resolve(base, folder.empty() ? uri : folder + "/" + uri);
    auto testcase = parse(files, path);
    if (testcase) {
      TestcaseReader(path, uri).read((*testcase)->root(), all);
    } else {
      all.push_back({uri, {}, fmt::format("{}: {}", path, testcase.error()), {}, Variation::Expected::valid, {}, {}});
    }
  }
  return all;
}

}  // namespace factpress::validate
