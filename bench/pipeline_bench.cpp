// The main job in one process, warm: what one more release costs in a batch. Stage by stage and all told, beside the time that
// moving the written bytes takes. Set FACTPRESS_RELEASE to a file; else the release of the shared folder, else a sample.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <cstring>

#include "assemble/assemble.h"
#include "base/fs.h"
#include "batch/check_outputs.h"
#include "batch/pipeline.h"
#include "document/decode.h"
#include "facts/raw_fact.h"
#include "render/formats.h"
#include "render/render.h"
#include "template/engine.h"

namespace {

using namespace factpress;

std::string release_name() {
  if (const char* path = std::getenv("FACTPRESS_RELEASE")) return path;
  const std::string shared = std::string(FACTPRESS_SHARED) + "/seed/fusion-2013-q1.md";
  return real_file_system()->is_file(shared) ? shared : FACTPRESS_SOURCE "/samples/bramble-2021-q2.htm";
}

const std::string& bytes() {
  static const std::string text = [] {
    auto read = real_file_system()->read(release_name());
    return read ? std::move(*read) : std::string();
  }();
  return text;
}

SourcePtr source(diag::Sink& sink) { return document::decode(release_name(), bytes(), sink); }
facts::Reading reading(diag::Sink& sink) {
  const SourcePtr s = source(sink);
  return facts::read_release(s, document::detect_format(*s), sink);
}
std::shared_ptr<const model::Report> report() {
  static const auto made = [] {
    diag::Sink sink;
    return assemble::assemble(reading(sink), {}, sink);
  }();
  return made;
}

void read(benchmark::State& state) {
  for (auto _ : state) {
    diag::Sink sink;
    benchmark::DoNotOptimize(reading(sink));
  }
}

void read_and_prove(benchmark::State& state) {
  assemble::Options options;
  options.proofs_only = true;
  for (auto _ : state) {
    diag::Sink sink;
    benchmark::DoNotOptimize(assemble::assemble(reading(sink), options, sink));
  }
}

void read_prove_and_name(benchmark::State& state) {
  for (auto _ : state) {
    diag::Sink sink;
    benchmark::DoNotOptimize(assemble::assemble(reading(sink), {}, sink));
  }
}

void render_all(benchmark::State& state) {
  std::size_t size = 0;
  for (auto _ : state) {
    diag::Sink sink;
    size = 0;
    for (const render::Output& o : render::render_all(*report(), {}, sink)) size += o.bytes.size();
  }
  state.counters["bytes"] = static_cast<double>(size);
}

/// The templates alone: no view, no sums, no package.
void run_templates(benchmark::State& state, std::string_view only) {
  diag::Sink sink;
  const auto view = render::make_view(*report(), sink);
  const auto environment = render::make_environment({});
  std::string out;
  std::size_t size = 0;
  for (auto _ : state) {
    size = 0;
    for (const render::FormatRow& row : render::format_rows()) {
      if (!only.empty() && row.only != only) continue;
      out.clear();
      if (!environment->render(*environment->compile(row.template_name, sink), tmpl::to_value(view->root), out, sink)) state.SkipWithError("a template failed");
      size += out.size();
    }
  }
  state.counters["bytes"] = static_cast<double>(size);
}
void templates_alone(benchmark::State& state) { run_templates(state, {}); }
void page_alone(benchmark::State& state) { run_templates(state, "html"); }

/// Everything that `build` does but writing to the disk.
void whole_build(benchmark::State& state) {
  batch::Options options;
  options.build = true;
  const validate::Validator validator(real_file_system(), options.validate);
  std::size_t size = 0;
  for (auto _ : state) {
    MemoryFileSystem files;
    const batch::Context context{files, options, &validator};
    batch::Job job = batch::run_job({release_name(), "release"}, context, &bytes());
    size = 0;
    for (const render::Output& o : job.outputs) size += o.bytes.size();
    if (job.written.empty()) state.SkipWithError("nothing was written");
  }
  state.counters["bytes"] = static_cast<double>(size);
}

/// The limit: moving the bytes of all outputs once.
void moving_the_bytes(benchmark::State& state) {
  diag::Sink sink;
  std::string all;
  for (const render::Output& o : render::render_all(*report(), {}, sink)) all += o.bytes;
  std::string to(all.size(), '\0');
  for (auto _ : state) {
    std::memcpy(to.data(), all.data(), all.size());
    benchmark::DoNotOptimize(to.data());
    benchmark::ClobberMemory();
  }
}

BENCHMARK(read)->Unit(benchmark::kMillisecond);
BENCHMARK(read_and_prove)->Unit(benchmark::kMillisecond);
BENCHMARK(read_prove_and_name)->Unit(benchmark::kMillisecond);
BENCHMARK(render_all)->Unit(benchmark::kMillisecond);
BENCHMARK(templates_alone)->Unit(benchmark::kMillisecond);
BENCHMARK(page_alone)->Unit(benchmark::kMillisecond);
BENCHMARK(whole_build)->Unit(benchmark::kMillisecond);
BENCHMARK(moving_the_bytes)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
