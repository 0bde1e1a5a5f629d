#include "catch.h"
#include "render/render.h"
#include "sample_report.h"
#include "sink_text.h"

using namespace factpress;

TEST_CASE("render: a word of --only that names no output is said, with the nearest one") {
  diag::Sink sink;
  render::Options options;
  options.only = {"jsn"};
  const test::SampleReport sample;
  CHECK(render::render_all(sample.report(), options, sink).empty());
  CHECK(test::has_code(sink, "render.unknown-format"));
}
