// Prints the table facts of a release as `factpress extract --format tsv` does, without prose: extract_dev extract --format tsv FILE.
// extract_dev tables FILE prints every table as it was understood.
#include <fmt/format.h>

#include "base/fs.h"
#include "base/text.h"
#include "document/decode.h"
#include "facts/table_facts.h"
#include "reading_case.h"
#include "tables/read_tables.h"

using namespace factpress;

namespace {

std::string period_text(const std::optional<tables::Period>& p) {
  if (!p) return "?";
  return p->start ? p->start->iso() + ".." + p->end.iso() : p->end.iso();
}

void print_tables(const document::Document& doc, const std::vector<tables::DataTable>& all) {
  for (const tables::DataTable& t : all) {
    fmt::print("=== [{}] {} | {} | scale {} shares {} ({}) {} | {}\n", t.blocks.front(), to_string(t.kind), t.title, t.scale,
               t.share_scale ? fmt::format("{}", *t.share_scale) : "-", t.scale_note, t.currency, t.company);
    for (const std::string& r : t.reasons) fmt::print("    because {}\n", r);
    for (const tables::Column& c : t.columns) {
      static constexpr const char* kKinds[] = {"value", "change", "pchange", "pct-of", "other"};
      std::string header;
      for (const std::string& h : c.header) header += h + " / ";
      fmt::print("    column {} {} <{}> measure {} {} {}\n", kKinds[int(c.kind)], period_text(c.period), header, c.measure,
                 c.dimensions.empty() ? "" : c.dimensions[0].second, c.doubt);
    }
    for (const tables::TableRow& r : t.rows) {
      fmt::print("  {}{}{}", std::string(static_cast<std::size_t>(r.depth) * 2, ' '), r.heading ? "# " : "", r.label);
      for (const tables::TableCell& c : r.cells) fmt::print(" | {}:{} {}", c.column, c.value.to_string(), c.unit_code);
      fmt::print("\n");
    }
  }
  (void)doc;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  auto bytes = real_file_system()->read(argv[argc - 1]);
  if (!bytes) return 2;
  if (std::string_view(argv[1]) == "case") return fmt::print("{}", test::read_case(test::split_case(*bytes))), 0;
  diag::Sink sink;
  SourcePtr source = document::decode(argv[argc - 1], std::move(*bytes), sink);
  if (!source) return 2;
  const document::Document doc = document::read(source, document::detect_format(*source), sink);
  const tables::Calendar calendar = tables::Calendar::of(doc);
  const auto all = tables::read_tables(doc, calendar, {}, sink);
  if (std::string_view(argv[1]) == "tables") {
    fmt::print("current {} months {} Q{} FY{}\n", calendar.current_end() ? calendar.current_end()->iso() : "?", calendar.current_months(), calendar.quarter(), calendar.fiscal_year());
    print_tables(doc, all);
    for (const diag::Diagnostic& d : sink.all()) fmt::print("{} line {}: {}\n", d.code->code, source->locate(d.place.span.begin).line, d.message);
    return 0;
  }
  std::vector<facts::RawFact> facts;
  facts::read_table_facts(doc, all, facts, sink);
  fmt::print("kind\tstatement\tsection\tlabel\tconcept\tperiod_start\tperiod_end\tunit\tdimensions\tvalue\tdecimals\tprinted\tline\tcolumn\n");
  for (const facts::RawFact& f : facts) {
    std::string section;
    for (const std::string& s : f.section) section += (section.empty() ? "" : " > ") + s;
    const LineColumn at = source->locate(f.span.begin);
    fmt::print("table\t{}\t{}\t{}\t\t{}\t{}\t{}\t\t{}\t{}\t{}\t{}\t{}\n", to_string(f.statement), section, f.label,
               f.period && f.period->start ? f.period->start->iso() : "", f.period ? f.period->end.iso() : "", f.unit, f.value.to_string(),
               f.decimals ? fmt::format("{}", *f.decimals) : "INF", collapse(f.printed), at.line, at.column);
  }
  return 0;
}
