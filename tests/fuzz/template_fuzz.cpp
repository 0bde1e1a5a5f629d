// Any bytes as a template: a result or an error, soon, and never a crash. The first byte chooses the output format.
// rooms: template diag
#include <cstdint>

#include "diag/render.h"
#include "template/engine.h"

using namespace factpress;
using namespace factpress::tmpl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static constexpr const char* names[] = {"main.html", "main.txt", "main.json", "main.csv", "main.md", "main.xml"};
  Options options;
  options.limits.steps = 200'000;
  options.limits.memory = 16u << 20;
  options.limits.output = 1u << 20;
  options.limits.string = 1u << 18;
  options.limits.range = 10'000;
  options.trim_blocks = data[0] & 64;
  options.lstrip_blocks = data[0] & 128;
  Environment env(options);
  const std::string name = names[(data[0] & 63) % 6];
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  env.add_loader(map_loader("fuzz", {{name, text}, {"other.txt", "{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% block b %}x{% endblock %}"}}));
  const auto s = [](const char* t) { return Value::string(t); };
  const Value root = Value::map({{s("name"), s("<World>")}, {s("n"), Value::integer(42)}, {s("d"), Value::decimal(*Decimal::parse("2.5"))},
                                 {s("items"), Value::list({Value::integer(3), Value::integer(1)})}, {s("map"), Value::map({{s("a"), Value::integer(1)}})},
                                 {s("day"), Value::date(*Date::of(2013, 3, 31))}});
  diag::Sink sink;
  std::string out;
  if (const TemplatePtr t = env.compile(name, sink)) env.render(*t, root, out, sink);
  for (const auto& d : sink.all()) (void)diag::render_text(d);
  return 0;
}
