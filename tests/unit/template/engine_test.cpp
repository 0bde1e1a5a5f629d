#include <fmt/core.h>

#include "catch.h"
#include "diag/codes/template.h"
#include "diag/render.h"
#include "template/engine.h"
#include "template/reflect.h"

using namespace factpress;
using namespace factpress::tmpl;

namespace {

struct Cell {
  std::string text;
  Decimal value;
  std::optional<Decimal> prior;
};
struct Row {
  std::string label;
  std::vector<Cell> cells;
  const Row* parent = nullptr;
  Date end = *Date::of(2013, 3, 31);
  bool total() const { return cells.size() > 1; }
};
std::string shout(const Row& r) { return r.label + "!"; }
struct Model {
  std::string title;
  std::vector<Row> rows;
  std::map<std::string, std::string> links;
};

}  // namespace

template <>
struct factpress::tmpl::Reflect<Cell> {
  static constexpr std::string_view name = "Cell", doc = "One figure.";
  static constexpr auto fields = fields_of<Cell>(field<&Cell::text>("text", "As printed."), field<&Cell::value>("value", "Unscaled."),
                                                 field<&Cell::prior>("prior", "A year before."));
};
template <>
struct factpress::tmpl::Reflect<Row> {
  static constexpr std::string_view name = "Row", doc = "One line.";
  static constexpr auto fields = fields_of<Row>(field<&Row::label>("label", "The caption."), field<&Row::cells>("cells", "The figures."),
                                                field<&Row::parent>("parent", "The total it feeds."), field<&Row::end>("end", "Last day."),
                                                field<&Row::total>("total", "Whether it sums."), field<&shout>("shout", "Loud."));
};
template <>
struct factpress::tmpl::Reflect<Model> {
  static constexpr std::string_view name = "Model", doc = "All of it.";
  static constexpr auto fields = fields_of<Model>(field<&Model::title>("title", "The title."), field<&Model::rows>("rows", "The lines."),
                                                  field<&Model::links>("links", "By name."));
};

namespace {

Model model() {
  Model m{"Fusion <Q1>", {{"Revenue", {{"1,000", Decimal(1000), Decimal(900)}, {"2", Decimal(2), {}}}}, {"Loss & costs", {{"(5)", Decimal(-5), {}}}}}, {{"home", "https://x/?a&b"}}};
  m.rows[1].parent = &m.rows[0];
  return m;
}

struct Rendered {
  bool ok;
  std::string out;
  diag::Sink sink;
};

Rendered render(Environment& env, std::string name, std::string text, const Value& root) {
  Rendered r{false, "", diag::Sink()};
  const TemplatePtr t = env.compile_text(std::move(name), std::move(text), r.sink);
  r.ok = t && env.render(*t, root, r.out, r.sink);
  return r;
}

std::string out(std::string text, std::string name = "t.html") {
  Environment env;
  Model m = model();
  m.rows[1].parent = &m.rows[0];
  Rendered r = render(env, std::move(name), std::move(text), to_value(m));
  return r.ok ? r.out : "error: " + diag::render_text(r.sink.all().back());
}

}  // namespace

TEST_CASE("template: C++ structs are read in place") {
  CHECK(out("{{ title }}") == "Fusion &lt;Q1&gt;");
  CHECK(out("{% for r in rows %}{{ r.label }}:{% for c in r.cells %}{{ c.text }},{{ c.value + 1 }};{% endfor %}{{ r.total }}|{% endfor %}") ==
        "Revenue:1,000,1001;2,3;True|Loss &amp; costs:(5),-4;False|");
  CHECK(out("{{ rows[1].parent.label }} {{ rows[0].parent is none }} {{ rows[0].cells[1].prior is none }}") == "Revenue True True");
  CHECK(out("{{ rows[0].shout }} {{ rows[0].end|date }} {{ rows[0].end }}") == "Revenue! March 31, 2013 2013-03-31");
  CHECK(out("{{ links.home }} {{ links['home'] }} {% for k in links %}{{ k }}{% endfor %}") == "https://x/?a&amp;b https://x/?a&amp;b home");
  CHECK(out("{{ rows|sum(attribute='cells.0.value') }} {{ rows|map(attribute='label')|join(', ') }}") == "995 Revenue, Loss &amp; costs");
}

TEST_CASE("template: the view model describes itself") {
  const auto types = reachable_types(type_of<Model>());
  REQUIRE(types.size() == 3);
  const std::string text = describe_markdown(type_of<Model>());
  CHECK(text.find("| `rows` | list of Row | The lines. |") != text.npos);
  CHECK(text.find("| `prior` | decimal or none | A year before. |") != text.npos);
  CHECK(text.find("| `parent` | Row or none | The total it feeds. |") != text.npos);
}

TEST_CASE("template: an undefined name is an error with place, nearest name and values") {
  const std::string e = out("a\n{% for row in rows %}{{ row.lable }}{% endfor %}");
  CHECK(e.find("t.html:2:25: error: Row <Row> has no attribute 'lable' [template.undefined]") != e.npos);
  CHECK(e.find("did you mean 'label'?") != e.npos);
  CHECK(e.find("row = <Row>") != e.npos);
  CHECK(e.find("^^^^^^^^^") != e.npos);
}

TEST_CASE("template: escaping follows the name and cannot be forgotten") {
  const auto as = [](const char* name, const char* value) {
    Environment env;
    const Value root = Value::map({{Value::string("x"), Value::string(value)}});
    return render(env, name, "{{ x }}", root).out;
  };
  CHECK(as("a.html", "<a href=\"'&") == "&lt;a href=&#34;&#39;&amp;");
  CHECK(as("a.xml.j2", "\x01<\r") == "\xEF\xBF\xBD&lt;&#13;");
  CHECK(as("a.json", "a\"\n\\") == "\"a\\\"\\n\\\\\"");
  CHECK(as("a.csv", "a,\"b\"") == "\"a,\"\"b\"\"\"");
  CHECK(as("a.csv", "plain") == "plain");
  CHECK(as("a.md", "# *a* [x](y) a_b _c_ 1 < 2 |") == "\\# \\*a\\* \\[x\\](y) a_b \\_c\\_ 1 \\< 2 \\|");
  CHECK(as("a.md", "1. one") == "1\\. one");
  CHECK(as("a.txt", "<&>") == "<&>");
  Environment env;
  Rendered r = render(env, "a.unknown", "x", Value::map({}));
  CHECK_FALSE(r.ok);
  CHECK(r.sink.has(diag::codes::template_format));
}

TEST_CASE("template: a failed render leaves the output as it was") {
  Environment env;
  diag::Sink sink;
  const TemplatePtr t = env.compile_text("a.txt", "text {{ 1 // 0 }}", sink);
  REQUIRE(t);
  std::string text = "before";
  CHECK_FALSE(env.render(*t, Value::map({}), text, sink));
  CHECK(text == "before");
  CHECK(sink.has(diag::codes::template_value));
}

TEST_CASE("template: hostile templates end soon") {
  Options options;
  options.limits.steps = 2'000'000;
  options.limits.output = 1 << 20;
  options.limits.memory = 64 << 20;
  const auto fails = [&](std::string text) {
    Environment env(options);
    env.add_loader(map_loader("m", {{"self.txt", "{% include 'self.txt' %}"}, {"loop.txt", "{% extends 'loop2.txt' %}"}, {"loop2.txt", "{% extends 'loop.txt' %}"}}));
    Rendered r = render(env, "a.txt", text, Value::map({}));
    INFO(text.substr(0, 80));
    CHECK_FALSE(r.ok);
    return !r.sink.all().empty() && (r.sink.has(diag::codes::template_limit) || r.sink.has(diag::codes::template_syntax));
  };
  CHECK(fails("{{ 'a' * 10**9 }}"));
  CHECK(fails("{{ [0] * 10**9 }}"));
  CHECK(fails("{{ range(10**9) }}"));
  CHECK(fails("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}"));
  CHECK(fails("{% for a in range(100000) %}{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' }}{% endfor %}"));
  CHECK(fails("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"));
  CHECK(fails("{% include 'self.txt' %}"));
  CHECK(fails("{{ 9 ** 99999 }}"));
  CHECK(fails("{% set ns = namespace(a=[1]) %}{% for i in range(100000) %}{% set ns.a = [ns.a] %}{% endfor %}"));
  CHECK(fails("{% set ns = namespace(a=[1, 1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% endfor %}{{ ns.a }}"));
  CHECK(fails("{% set ns = namespace(a='x') %}{% for i in range(60) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}"));
  CHECK(fails("{{ " + std::string(100000, '(') + " }}"));
  CHECK(fails("{{ " + std::string(100000, '-') + "1 }}"));
  std::string nested;
  for (int i = 0; i < 50000; ++i) nested += "{% if 1 %}";
  CHECK(fails(nested));
  std::string chain = "{{ 1";
  for (int i = 0; i < 50000; ++i) chain += "+1";
  CHECK(fails(chain + " }}"));
  std::string locals = "{% with a=1", includes;
  for (int i = 0; i < 3000; ++i) locals += fmt::format(", a{}=1", i);
  for (int i = 0; i < 1000; ++i) includes += "{% include 'x.txt' ignore missing %}";
  CHECK(fails(locals + " %}" + includes + "{% endwith %}"));
  Environment env(options);
  env.add_loader(map_loader("m", {{"loop.txt", "{% extends 'loop2.txt' %}"}, {"loop2.txt", "{% extends 'loop.txt' %}"}}));
  Rendered r = render(env, "a.txt", "{% extends 'loop.txt' %}", Value::map({}));
  CHECK(r.sink.has(diag::codes::template_inheritance));
}

TEST_CASE("template: a namespace that holds itself is let go") {
  CHECK(out("{% set ns = namespace() %}{% set ns.a = ns %}{% set ns.b = [ns] %}ok") == "ok");
}

TEST_CASE("template: a user's folder overrides blocks and macros of the shipped set") {
  Environment env;
  auto fs = std::make_shared<MemoryFileSystem>();
  REQUIRE(fs->write("mine/index.html", "{% extends 'index.html' %}{% block b %}<{{ super() }}>{% endblock %}"));
  REQUIRE(fs->write("mine/macros.html", "{% extends 'shipped:macros.html' %}{% macro one() %}my one{% endmacro %}"));
  env.add_loader(folder_loader("user", fs, "mine"));
  env.add_loader(map_loader("shipped", {{"index.html", "{% import 'macros.html' as m %}A{% block b %}b{% endblock %}{{ m.one() }} {{ m.two() }}"},
                                        {"macros.html", "{% macro one() %}one{% endmacro %}{% macro two() %}two {{ one() }}{% endmacro %}"}}));
  diag::Sink sink;
  const TemplatePtr t = env.compile("index.html", sink);
  REQUIRE(t);
  std::string text;
  REQUIRE(env.render(*t, Value::map({}), text, sink));
  CHECK(text == "A<b>my one two my one");
  CHECK_FALSE(env.compile("../index.html", sink));
  CHECK_FALSE(env.compile("user:/etc/passwd.txt", sink));
  CHECK(sink.has(diag::codes::template_not_found));
}

TEST_CASE("template: names stay within their folder") {
  for (const char* good : {"a", "a/b.html", "a.b/c-d_e.txt"}) CHECK(is_plain_name(good));
  for (const char* bad : {"", "/a", "a/", "a//b", "..", "../a", "a/../b", "./a", "a\\b", "c:a", "a\nb"}) CHECK_FALSE(is_plain_name(bad));
}

TEST_CASE("template: errors name the stack of templates and macros") {
  Environment env;
  env.add_loader(map_loader("m", {{"inc.txt", "{% macro m(x) %}\n{{ x + 'a' }}{% endmacro %}{{ m(1) }}"}}));
  Rendered r = render(env, "a.txt", "\n{% include 'inc.txt' %}", Value::map({}));
  REQUIRE_FALSE(r.ok);
  const auto& d = r.sink.all().back();
  CHECK(d.code == &diag::codes::template_type);
  REQUIRE(d.labels.size() == 2);
  CHECK(d.labels[0].text == "the macro 'm' was called here");
  CHECK(d.labels[1].text == "'inc.txt' was asked for here");
  CHECK(d.help.find("x = 1") != std::string::npos);
}

TEST_CASE("template: unknown filters, bad arguments, randomness are told apart") {
  const auto code = [](const char* text) {
    Environment env;
    Rendered r = render(env, "a.txt", text, Value::map({}));
    return r.sink.all().empty() ? std::string() : std::string(r.sink.all().back().code->code);
  };
  CHECK(code("{{ 1|uper }}") == "template.unknown-name");
  CHECK(code("{{ 1 is evn }}") == "template.unknown-name");
  CHECK(code("{{ 'a'|replace('b') }}") == "template.arguments");
  CHECK(code("{{ 'a'|indent(widht=3) }}") == "template.arguments");
  CHECK(code("{{ [1]|random }}") == "template.not-deterministic");
  CHECK(code("{% include 'x.txt' %}") == "template.not-found");
  CHECK(code("{{ 1 + 'a' }}") == "template.wrong-type");
  CHECK(code("{{ 1 / 0 }}") == "template.wrong-value");
  CHECK(code("{% block b required %}{% endblock %}") == "template.inheritance");
  CHECK(code("{% if %}") == "template.syntax");
}

TEST_CASE("template: exact decimals and number filters") {
  CHECK(out("{{ 0.1 + 0.2 }} {{ 1 / 3 }} {{ 10 / 4 }} {{ 6 / 3 }} {{ 1.10 * 3 }}") == "0.3 0.3333333333333333333333333333 2.5 2 3.3");
  CHECK(out("{{ 1234567.891|number }} {{ -1234.5|number(2) }} {{ -1234|number(negative='parentheses') }} {{ 5|number(plus=true) }} {{ 0|number(zero='-') }}") ==
        "1,234,567.891 -1,234.50 (1,234) +5 -");
  CHECK(out("{{ 16200000|scale('millions') }} {{ 0.402|percent }} {{ 0.4025|percent(1) }} {{ -0.5|percent }} {{ -3|sign }} {{ 2.345|fixed(2) }}") == "16.2 40.2% 40.3% -50% -1 2.35");
  CHECK(out("{{ '2013-03-31'|date('%b %e, %Y') }} {{ '2013-03-05'|date('short') }} {{ '2013-03-31'|add_months(-1)|date('iso') }}") == "Mar 31, 2013 Mar 5, 2013 2013-02-28");
  CHECK(out("{{ 9223372036854775807 + 1 }} {{ -9223372036854775807 - 10 }} {{ 12345678901234567890 // 10 }}") == "9223372036854775808 -9223372036854775817 1234567890123456789");
}

TEST_CASE("template: the parts of a template can be asked for") {
  Environment env;
  diag::Sink sink;
  const TemplatePtr t = env.compile_text("a.html", "{% extends 'base.html' %}{% block a %}{{ x.y }}{% include 'c.html' %}{% endblock %}{% block b %}{{ z }}{% endblock %}", sink);
  REQUIRE(t);
  CHECK(blocks_of(*t) == std::vector<std::string_view>{"a", "b"});
  CHECK(variables_of(*t) == std::vector<std::string>{"x", "z"});
  CHECK(references_of(*t) == std::vector<std::string>{"base.html", "c.html"});
}

TEST_CASE("template: functions of the host") {
  Environment env;
  env.add_filter("twice", "value, by=", [](Call& c) { return Value::integer(c.integer(0) * c.integer(1, 2)); });
  env.add_function("link", "name, *, **", [](Call& c) { return Value::string("<a>" + c.text(0) + "</a>", true); });
  env.add_test("big", "value", [](Call& c) { return Value::boolean(c.integer(0) > 100); });
  env.add_global("year", Value::integer(2013));
  Rendered r = render(env, "a.html", "{{ 4|twice }} {{ 4|twice(by=3) }} {{ link('x') }} {{ 101 is big }} {{ year }}", Value::map({}));
  CHECK(r.out == "8 12 <a>x</a> True 2013");
}
