#include <algorithm>

#include "assemble/draft.h"
#include "assemble/text_layout.h"
#include "base/text.h"
#include "document/lines.h"

namespace factpress::assemble {
namespace {

model::TextRun run_of(const document::MappedText& text, const std::vector<document::Emphasis>& emphasis) {
  model::TextRun run;
  run.text = text.text();
  for (const document::Emphasis& e : emphasis) {
    if (e.begin < e.end && e.end <= run.text.size()) run.emphasis.push_back({static_cast<model::Emphasis::Kind>(e.kind), e.begin, e.end, e.target});
  }
  return run;
}

model::BlockKind kind_of(document::BlockKind kind) {
  switch (kind) {
    case document::BlockKind::heading: return model::BlockKind::heading;
    case document::BlockKind::paragraph: return model::BlockKind::paragraph;
    case document::BlockKind::list_item: return model::BlockKind::list_item;
    case document::BlockKind::table: return model::BlockKind::table;
    case document::BlockKind::preformatted: return model::BlockKind::preformatted;
    case document::BlockKind::rule: return model::BlockKind::rule;
  }
  return model::BlockKind::paragraph;
}

/// A dash where a number would stand: zero.
bool is_dash(std::string_view text) {
  bool dash = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212) dash = true;
    else if (c != U' ' && c != 0xA0 && c != U'$' && c != U'(' && c != U')') return false;
  }
  return dash;
}

bool looks_numeric(std::string_view text) {
  if (is_dash(text)) return true;
  std::size_t digits = 0, letters = 0;
  for (char c : text) {
    digits += c >= '0' && c <= '9';
    letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
  return digits > 0 && letters <= 3;
}

model::NarrativeBlock block_of(const document::Block& b) {
  model::NarrativeBlock out;
  out.kind = kind_of(b.kind);
  out.level = b.level;
  out.strong = b.strong, out.italic = b.italic, out.centered = b.centered;
  out.text = run_of(b.text, b.emphasis);
  out.span = b.span;
  out.folio = b.kind == document::BlockKind::paragraph && document::is_folio_text(b.text.view());
  if (!b.table) return out;
  for (const document::Row& row : b.table->rows) {
    model::NarrativeRow to;
    to.rule = row.rule;
    for (const document::Cell& cell : row.cells) {
      model::NarrativeCell c;
      c.text = run_of(cell.text, cell.emphasis);
      c.column_span = cell.column_span, c.row_span = cell.row_span;
      c.header = cell.header, c.strong = cell.strong;
      c.numeric = looks_numeric(c.text.text);
      c.align = cell.align, c.indent = cell.indent;
      to.cells.push_back(std::move(c));
    }
    out.rows.push_back(std::move(to));
  }
  lay_out_text(*b.table, out);
  return out;
}

model::TextRun* run_for(model::Report& report, const model::Occurrence& o) {
  if (o.block >= report.narrative.size()) return nullptr;
  model::NarrativeBlock& b = report.narrative[o.block];
  if (!o.in_table) return &b.text;
  if (o.row >= b.rows.size() || o.cell >= b.rows[o.row].cells.size()) return nullptr;
  return &b.rows[o.row].cells[o.cell].text;
}

/// Sorted, and where two overlap the first one stays: a mark must not cut another.
void tidy(model::TextRun& run) {
  std::stable_sort(run.marks.begin(), run.marks.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::uint32_t end = 0;
  std::erase_if(run.marks, [&](const model::Mark& m) {
    if (m.begin < end) return true;
    end = m.end;
    return false;
  });
}

}  // namespace

void build_narrative(Draft& d) {
  model::Report& r = d.report;
  for (const document::Block& b : d.bench.reading.document.blocks) r.narrative.push_back(block_of(b));
  const std::size_t first = r.statements.size() > d.bench.reading.tables.size() ? 1 : 0;
  for (std::size_t t = 0; t < d.bench.reading.tables.size() && first + t < r.statements.size(); ++t) {
    for (std::size_t b : d.bench.reading.tables[t].blocks) {
      if (b < r.narrative.size() && r.narrative[b].statement == model::none) r.narrative[b].statement = static_cast<Index>(first + t);
    }
  }
  for (Index f = 0; f < r.facts.size(); ++f) {
    for (Index o = 0; o < r.facts[f].occurrences.size(); ++o) {
      const model::Occurrence& at = r.facts[f].occurrences[o];
      model::TextRun* run = run_for(r, at);
      if (run == nullptr || at.text_begin >= at.text_end || at.text_end > run->text.size()) continue;
      run->marks.push_back({at.text_begin, at.text_end, f, o});
    }
  }
  for (model::NarrativeBlock& b : r.narrative) {
    tidy(b.text);
    for (model::NarrativeRow& row : b.rows) {
      for (model::NarrativeCell& c : row.cells) tidy(c.text);
    }
  }
}

}  // namespace factpress::assemble
