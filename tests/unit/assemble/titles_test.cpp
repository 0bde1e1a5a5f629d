#include "assemble/assemble.h"
#include "catch.h"
#include "facts/raw_fact.h"
#include "golden_cases.h"

using namespace factpress;

TEST_CASE("golden cases of titles of statements") {
  test::check_golden_cases("titles", 16, [](const std::string& release) {
    diag::Sink sink;
    const auto source = std::make_shared<const Source>("case.htm", release);
    const auto report = assemble::assemble(facts::read_release(source, document::Format::html, sink), {}, sink);
    std::string out;
    for (const model::Statement& s : report->statements)
      if (s.kind != model::StatementKind::prose && s.kind != model::StatementKind::document_information && s.kind != model::StatementKind::text_blocks) out += s.title + "\n";
    return out;
  });
}
