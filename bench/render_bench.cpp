// Rendering every output of a report against plain string appends of the same bytes. The appends are of the pieces between
// markup delimiters (about what the literals and values of a template are), known beforehand: no look-up, no escaping, no
// formatting. The report is the tests' invented one, its facts and tables multiplied to the size of a real release.
#include <benchmark/benchmark.h>

#include <map>

#include "../tests/support/sample_report.h"
#include "render/formats.h"
#include "render/render.h"
#include "template/engine.h"

using namespace factpress;
using namespace factpress::render;

namespace {

/// The sample report with its tables and statements `times` over.
model::Report grown(int times) {
  test::SampleReport sample;
  model::Report r = sample.report();
  const auto blocks = r.narrative;
  const auto statements = r.statements;
  for (int i = 1; i < times; ++i) {
    r.narrative.insert(r.narrative.end(), blocks.begin(), blocks.end());
    for (model::Statement s : statements) {
      s.role_id += "X" + std::to_string(i), s.role_uri += "X" + std::to_string(i);
      r.statements.push_back(std::move(s));
    }
  }
  return r;
}

const model::Report& report() {
  static const model::Report r = grown(4);
  return r;
}

std::vector<std::string_view> pieces_of(std::string_view bytes) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find_first_of("\"<>\n|,", at + 1), bytes.size());
    out.push_back(bytes.substr(at, end - at));
    at = end;
  }
  return out;
}

void everything(benchmark::State& state) {
  std::size_t bytes = 0;
  for (auto _ : state) {
    diag::Sink sink;
    bytes = 0;
    for (const Output& o : render_all(report(), {}, sink)) bytes += o.bytes.size();
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(everything)->Unit(benchmark::kMicrosecond);

void view_alone(benchmark::State& state) {
  for (auto _ : state) {
    diag::Sink sink;
    benchmark::DoNotOptimize(make_view(report(), sink));
  }
}
BENCHMARK(view_alone)->Unit(benchmark::kMicrosecond);

void one_format(benchmark::State& state, const FormatRow& row) {
  diag::Sink sink;
  const auto view = make_view(report(), sink);
  const auto environment = make_environment({});
  const auto compiled = environment->compile(row.template_name, sink);
  std::string out;
  for (auto _ : state) {
    out.clear();
    if (!compiled || !environment->render(*compiled, tmpl::to_value(view->root), out, sink)) state.SkipWithError("the template failed");
  }
  state.counters["bytes"] = static_cast<double>(out.size());
}

void plain_appends(benchmark::State& state, const FormatRow& row) {
  diag::Sink sink;
  const auto view = make_view(report(), sink);
  const auto environment = make_environment({});
  std::string bytes;
  environment->render(*environment->compile(row.template_name, sink), tmpl::to_value(view->root), bytes, sink);
  const auto pieces = pieces_of(bytes);
  std::string out;
  for (auto _ : state) {
    out.clear();
    for (const std::string_view p : pieces) out.append(p);
    benchmark::DoNotOptimize(out.data());
  }
  state.counters["bytes"] = static_cast<double>(out.size());
  state.counters["pieces"] = static_cast<double>(pieces.size());
}

}  // namespace

int main(int argc, char** argv) {
  for (const FormatRow& row : format_rows()) {
    const std::string name(row.template_name);
    benchmark::RegisterBenchmark(("template/" + name).c_str(), [&row](benchmark::State& s) { one_format(s, row); })->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark(("appends/" + name).c_str(), [&row](benchmark::State& s) { plain_appends(s, row); })->Unit(benchmark::kMicrosecond);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
