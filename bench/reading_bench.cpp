// Reading a release, parse to facts, beside the HTML parser's own time and gumbo's on the same bytes. Set FACTPRESS_RELEASE to
// a file, or the largest sample is read.
#include <benchmark/benchmark.h>
#include <gumbo.h>

#include <cstdlib>

#include "base/fs.h"
#include "document/decode.h"
#include "document/html_tokens.h"
#include "facts/raw_fact.h"

namespace {

using namespace factpress;

SourcePtr release() {
  const char* path = std::getenv("FACTPRESS_RELEASE");
  const std::string name = path ? path : FACTPRESS_SOURCE "/samples/bramble-2021-q2.htm";
  auto bytes = real_file_system()->read(name);
  diag::Sink sink;
  return bytes ? document::decode(name, std::move(*bytes), sink) : nullptr;
}

template <class Work>
void run(benchmark::State& state, Work work) {
  const SourcePtr source = release();
  if (!source) return state.SkipWithError("no release to read");
  for (auto _ : state) work(source);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(source->bytes().size()));
}

void whole_reading(benchmark::State& state) {
  run(state, [](const SourcePtr& source) {
    diag::Sink sink;
    benchmark::DoNotOptimize(facts::read_release(source, document::detect_format(*source), sink));
  });
}
void blocks_alone(benchmark::State& state) {
  run(state, [](const SourcePtr& source) {
    diag::Sink sink;
    benchmark::DoNotOptimize(document::read(source, document::detect_format(*source), sink));
  });
}
void html_tags_alone(benchmark::State& state) {
  run(state, [](const SourcePtr& source) {
    document::HtmlTokenizer tokens(source->bytes());
    std::size_t n = 0;
    while (tokens.next().kind != document::HtmlToken::Kind::eof) ++n;
    benchmark::DoNotOptimize(n);
  });
}
void gumbo_alone(benchmark::State& state) {
  run(state, [](const SourcePtr& source) {
    GumboOutput* output = gumbo_parse_with_options(&kGumboDefaultOptions, source->bytes().data(), source->bytes().size());
    benchmark::DoNotOptimize(output);
    gumbo_destroy_output(&kGumboDefaultOptions, output);
  });
}

BENCHMARK(whole_reading)->Unit(benchmark::kMillisecond);
BENCHMARK(blocks_alone)->Unit(benchmark::kMillisecond);
BENCHMARK(html_tags_alone)->Unit(benchmark::kMillisecond);
BENCHMARK(gumbo_alone)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
