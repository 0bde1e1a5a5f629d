// A page of about 150 KB, rendered by a template from C++ structs, against a hand-written function that appends the same
// bytes piece by piece. The bytes are compared before anything is measured.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "diag/render.h"
#include "template/engine.h"
#include "template/reflect.h"

using namespace factpress;
using namespace factpress::tmpl;

namespace {

struct Cell {
  std::string id, text, concept_name;
  bool negative = false;
};
struct Row {
  std::string label;
  std::vector<Cell> cells;
  bool total = false;
};
struct Statement {
  std::string title, unit;
  std::vector<std::string> columns;
  std::vector<Row> rows;
};
struct Page {
  std::string company, period;
  std::vector<Statement> statements;
};

}  // namespace

template <>
struct factpress::tmpl::Reflect<Cell> {
  static constexpr std::string_view name = "Cell", doc = "";
  static constexpr auto fields = fields_of<Cell>(field<&Cell::id>("id", ""), field<&Cell::text>("text", ""), field<&Cell::concept_name>("concept", ""),
                                                 field<&Cell::negative>("negative", ""));
};
template <>
struct factpress::tmpl::Reflect<Row> {
  static constexpr std::string_view name = "Row", doc = "";
  static constexpr auto fields = fields_of<Row>(field<&Row::label>("label", ""), field<&Row::cells>("cells", ""), field<&Row::total>("total", ""));
};
template <>
struct factpress::tmpl::Reflect<Statement> {
  static constexpr std::string_view name = "Statement", doc = "";
  static constexpr auto fields = fields_of<Statement>(field<&Statement::title>("title", ""), field<&Statement::unit>("unit", ""),
                                                      field<&Statement::columns>("columns", ""), field<&Statement::rows>("rows", ""));
};
template <>
struct factpress::tmpl::Reflect<Page> {
  static constexpr std::string_view name = "Page", doc = "";
  static constexpr auto fields = fields_of<Page>(field<&Page::company>("company", ""), field<&Page::period>("period", ""), field<&Page::statements>("statements", ""));
};

namespace {

constexpr const char* page_template = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ company }}: {{ period }}</title></head>
<body><h1>{{ company }}</h1><p>{{ period }}</p>
{% for s in statements %}<section><h2>{{ s.title }}</h2>
<table><caption>{{ s.title }} ({{ s.unit }})</caption><thead><tr><th scope="col">Item</th>{% for c in s.columns %}<th scope="col">{{ c }}</th>{% endfor %}</tr></thead><tbody>
{% for r in s.rows %}<tr{% if r.total %} class="total"{% endif %}><th scope="row">{{ r.label }}</th>{% for c in r.cells %}<td><a class="fact{% if c.negative %} negative{% endif %}" href="#{{ c.id }}" title="{{ c.concept }}">{{ c.text }}</a></td>{% endfor %}</tr>
{% endfor %}</tbody></table></section>
{% endfor %}</body></html>)";

Page make_page() {
  Page p{"Fusion Telecommunications International, Inc.", "Three months ended March 31, 2013", {}};
  for (int s = 0; s < 6; ++s) {
    Statement st{"Condensed consolidated statement " + std::to_string(s), "in thousands, except per share", {"2013", "2012", "Change", "Change %"}, {}};
    for (int r = 0; r < 55; ++r) {
      Row row{"Selling, general & administrative expenses " + std::to_string(r), {}, r % 9 == 8};
      for (int c = 0; c < 4; ++c)
        row.cells.push_back({"f" + std::to_string(s * 1000 + r * 10 + c), std::to_string(1000 + r * 37 + c), "us-gaap:SellingGeneralAndAdministrativeExpense", (r + c) % 5 == 0});
      st.rows.push_back(std::move(row));
    }
    p.statements.push_back(std::move(st));
  }
  return p;
}

// What a careful writer would do by hand; the one "&" of the labels is escaped in advance, so this does less work.
void append_page(const Page& p, const std::vector<std::string>& labels, std::string& out) {
  ((((out += "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>") += p.company) += ": ") += p.period) += "</title></head>\n<body><h1>";
  (((out += p.company) += "</h1><p>") += p.period) += "</p>\n";
  std::size_t label = 0;
  for (const Statement& s : p.statements) {
    ((((out += "<section><h2>") += s.title) += "</h2>\n<table><caption>") += s.title) += " (";
    (out += s.unit) += ")</caption><thead><tr><th scope=\"col\">Item</th>";
    for (const auto& c : s.columns) ((out += "<th scope=\"col\">") += c) += "</th>";
    out += "</tr></thead><tbody>\n";
    for (const Row& r : s.rows) {
      out += "<tr";
      if (r.total) out += " class=\"total\"";
      ((out += "><th scope=\"row\">") += labels[label++]) += "</th>";
      for (const Cell& c : r.cells) {
        out += "<td><a class=\"fact";
        if (c.negative) out += " negative";
        ((((((out += "\" href=\"#") += c.id) += "\" title=\"") += c.concept_name) += "\">") += c.text) += "</a></td>";
      }
      out += "</tr>\n";
    }
    out += "</tbody></table></section>\n";
  }
  out += "</body></html>";
}

struct Set {
  Set() : page(make_page()) {
    for (const auto& s : page.statements)
      for (const auto& r : s.rows) {
        std::string l = r.label;
        l.replace(l.find('&'), 1, "&amp;");
        labels.push_back(std::move(l));
      }
    diag::Sink sink;
    compiled = env.compile_text("page.html", page_template, sink);
    std::string a, b;
    if (!compiled || !env.render(*compiled, to_value(page), a, sink)) {
      std::fputs(diag::render_text(sink.all().back()).c_str(), stderr);
      std::exit(1);
    }
    append_page(page, labels, b);
    if (a != b) {
      std::fputs("the template and the plain appends give different bytes\n", stderr);
      std::exit(1);
    }
    size = a.size();
  }
  Page page;
  std::vector<std::string> labels;
  Environment env;
  TemplatePtr compiled;
  std::size_t size = 0;
};

const Set& set() {
  static const Set s;
  return s;
}

void plain_appends(benchmark::State& state) {
  const Set& s = set();
  for (auto _ : state) {
    std::string out;
    out.reserve(s.size);
    append_page(s.page, s.labels, out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(s.size));
  state.counters["bytes"] = static_cast<double>(s.size);
}
BENCHMARK(plain_appends)->Unit(benchmark::kMicrosecond);

void template_render(benchmark::State& state) {
  const Set& s = set();
  for (auto _ : state) {
    std::string out;
    out.reserve(s.size);
    diag::Sink sink;
    s.env.render(*s.compiled, to_value(s.page), out, sink);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(s.size));
}
BENCHMARK(template_render)->Unit(benchmark::kMicrosecond);

void template_compile(benchmark::State& state) {
  const Set& s = set();
  for (auto _ : state) {
    diag::Sink sink;
    benchmark::DoNotOptimize(s.env.compile_text("page.html", page_template, sink));
  }
}
BENCHMARK(template_compile)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
