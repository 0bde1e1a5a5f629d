// Renders the cases of tests/cases/template/*.txt and prints the results for oracle.py, which compares them with Jinja2's.
// A case:  === name, the template, then any of  --- file NAME (a further template), --- options WORD..., --- error,
// --- deviates KEY, --- output (what we print instead). Lines of results: @ name ok BYTES / @ name error LINE COLUMN CODE BYTES.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "diag/render.h"
#include "template/engine.h"

using namespace factpress;
using namespace factpress::tmpl;

namespace {

struct Case {
  std::string name, text, main = "main.txt";
  std::map<std::string, std::string, std::less<>> files;
  Options options;
};

Value row(const char* label, std::int64_t value, const char* segment) {
  return Value::map({{Value::string("label"), Value::string(label)}, {Value::string("value"), Value::integer(value)}, {Value::string("segment"), Value::string(segment)}});
}

// The same as CONTEXT of oracle.py.
Value context() {
  const auto s = [](const char* t) { return Value::string(t); };
  const auto i = [](std::int64_t n) { return Value::integer(n); };
  Value tree = Value::list({Value::map({{s("name"), s("a")}, {s("children"), Value::list({Value::map({{s("name"), s("b")}, {s("children"), Value::list({})}}),
                                                                                         Value::map({{s("name"), s("c")}, {s("children"), Value::list({})}})})}}),
                            Value::map({{s("name"), s("d")}, {s("children"), Value::list({})}})});
  return Value::map({
      {s("name"), s("World")},
      {s("html"), s("<b>\"x\" & 'y'</b>")},
      {s("n"), i(42)},
      {s("zero"), i(0)},
      {s("neg"), i(-7)},
      {s("half"), Value::decimal(*Decimal::parse("2.5"))},
      {s("yes"), Value::boolean(true)},
      {s("no"), Value::boolean(false)},
      {s("nothing"), Value::none()},
      {s("empty"), s("")},
      {s("text"), s("The quick brown fox jumps over the lazy dog")},
      {s("uni"), s("\xC3\x89t\xC3\xA9 \xE2\x82\xAC\xC3\xBC")},
      {s("items"), Value::list({i(3), i(1), i(2)})},
      {s("words"), Value::list({s("pear"), s("Apple"), s("fig"), s("apple")})},
      {s("none_list"), Value::list({})},
      {s("pair"), Value::tuple({i(1), s("two")})},
      {s("map"), Value::map({{s("b"), i(2)}, {s("a"), i(1)}, {s("C"), i(3)}})},
      {s("rows"), Value::list({row("Revenue", 100, "us"), row("Cost", -60, "us"), row("Other", 5, "eu")})},
      {s("tree"), tree},
      {s("nested"), Value::map({{s("a"), Value::map({{s("b"), Value::list({i(10), i(20), i(30)})}})}})},
  });
}

void finish(Case& c, std::string section, std::string argument, std::string body) {
  if (!body.empty()) body.pop_back();  // the line break before the next mark
  if (section == "main") c.text = std::move(body);
  else if (section == "file") c.files[argument] = std::move(body);
  else if (section == "options") {
    std::istringstream words(argument);
    for (std::string w; words >> w;) {
      if (w == "trim_blocks") c.options.trim_blocks = true;
      else if (w == "lstrip_blocks") c.options.lstrip_blocks = true;
      else if (w == "keep_trailing_newline") c.options.keep_trailing_newline = true;
      else c.main = "main." + w;
    }
  }
}

std::vector<Case> read_cases(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<Case> out;
  std::string line, section, argument, body;
  const auto flush = [&] { if (!out.empty()) finish(out.back(), section, argument, body); };
  while (std::getline(in, line)) {
    if (line.starts_with("=== ")) {
      flush();
      out.emplace_back().name = line.substr(4);
      section = "main", argument.clear(), body.clear();
    } else if (line.starts_with("--- ")) {
      flush();
      std::istringstream words(line.substr(4));
      words >> section;
      std::getline(words >> std::ws, argument);
      body.clear();
    } else {
      body += line + "\n";
    }
  }
  flush();
  return out;
}

void run(Case& c, bool show) {
  Environment env(c.options);
  c.files[c.main] = c.text;
  env.add_loader(map_loader("cases", c.files));
  diag::Sink sink;
  std::string out;
  const Value root = context();
  const TemplatePtr t = env.compile(c.main, sink);
  if (t && env.render(*t, root, out, sink)) {
    std::printf("@ %s ok %zu\n", c.name.c_str(), out.size());
  } else {
    const auto& d = sink.all().back();
    const LineColumn at = d.place.source ? d.place.source->locate(d.place.span.begin) : LineColumn{0, 0};
    out = show ? diag::render_text(d) : d.message;
    std::printf("@ %s error %u %u %s %zu\n", c.name.c_str(), at.line, at.column, std::string(d.code->code).c_str(), out.size());
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
  std::puts("");
}

}  // namespace

int main(int argc, char** argv) {
  bool show = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--show") {
      show = true;
      continue;
    }
    for (Case& c : read_cases(argv[i])) run(c, show);
  }
}
