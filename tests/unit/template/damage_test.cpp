// The written cases, damaged in many ways: each ends in a result or an error with a place, soon, and never in a crash.
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "catch.h"
#include "diag/render.h"
#include "template/engine.h"

using namespace factpress;
using namespace factpress::tmpl;

namespace {

std::vector<std::string> written_templates() {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(FACTPRESS_SOURCE) / "tests/cases/template")) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    bool text = false;
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("=== ")) out.emplace_back(), text = true;
      else if (line.starts_with("--- ")) text = false;
      else if (text) out.back() += line + "\n";
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

TEST_CASE("template: damaged templates end in a result or an error") {
  const auto all = written_templates();
  REQUIRE(all.size() > 400);
  std::mt19937 random(7);
  static constexpr std::string_view bits[] = {"{{", "}}", "{%", "%}", "(", ")", "[", "]", "|", ".", "~", "'", "\"", " is ", " if ", " in ", "**", "loop", "{% endfor %}", "-", "\xC3", "{#", "99999999"};
  Options options;
  options.limits.steps = 200'000;
  options.limits.memory = 32u << 20;
  options.limits.output = 1u << 20;
  options.limits.string = 1u << 20;
  const Value root = Value::map({{Value::string("items"), Value::list({Value::integer(1), Value::integer(2)})}, {Value::string("n"), Value::integer(42)},
                                 {Value::string("name"), Value::string("World")}, {Value::string("yes"), Value::boolean(true)}});
  std::size_t errors = 0, results = 0;
  Environment env(options);
  for (int round = 0; round < 4000; ++round) {
    std::string text = all[random() % all.size()];
    if (random() % 3 == 0) text += all[random() % all.size()];
    for (unsigned k = 0, n = 1 + random() % 3; k < n && !text.empty(); ++k) {
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0: text.erase(at, 1 + random() % 4); break;
        case 1: text.insert(at, bits[random() % std::size(bits)]); break;
        case 2: text[at] = static_cast<char>(random() % 256); break;
        default: text.insert(at, text.substr(random() % text.size(), random() % 12));
      }
    }
    diag::Sink sink;
    std::string out;
    const TemplatePtr t = env.compile_text(round % 2 ? "a.html" : "a.txt", text, sink);
    if (t && env.render(*t, root, out, sink)) {
      ++results;
      continue;
    }
    ++errors;
    REQUIRE(sink.all().size() == 1);
    REQUIRE(sink.all()[0].place.source);
    REQUIRE(diag::render_text(sink.all()[0]).find(": error: ") != std::string::npos);
  }
  CHECK(errors > 500);
  CHECK(results > 200);
}
