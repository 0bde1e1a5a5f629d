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

TEST_CASE("render: an environment that was made once renders the same, for one report after another") {
  diag::Sink sink;
  const test::SampleReport sample;
  const model::Report report = sample.report();
  render::Options shared;
  shared.environment = render::make_environment({});
  const auto expected = render::render_all(report, {}, sink);
  REQUIRE_FALSE(expected.empty());
  for (int round = 0; round < 2; ++round) {
    const auto made = render::render_all(report, shared, sink);
    REQUIRE(made.size() == expected.size());
    for (std::size_t i = 0; i < made.size(); ++i) {
      CHECK(made[i].name == expected[i].name);
      CHECK(made[i].bytes == expected[i].bytes);
    }
  }
  CHECK(sink.all().empty());
}
