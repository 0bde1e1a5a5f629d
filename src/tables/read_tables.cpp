#include "tables/read_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "diag/codes/tables.h"
#include "tables/build.h"
#include "tables/judge.h"
#include "tables/outlook.h"
#include "tables/scale_judge.h"

namespace factpress::tables {

namespace {

constexpr std::size_t kLeadBlocks = 8;       // blocks before a table that may hold its title
constexpr std::size_t kLongestLead = 240;    // characters of a title block

/// "(1) Deferred taxes were ...": a note to what stands above it.
bool is_note_to_above(std::string_view text) {
  if (text.size() < 24 || text.back() == ':' || (text[0] != '(' && text[0] != '*')) return false;
  if (text[0] == '*') return true;
  const std::size_t close = text.find(')');
  return close != std::string_view::npos && close >= 2 && close <= 3;
}

/// The lines of text right above a table: its title, company, scale note. A table, a list, a note to the table before or a
/// paragraph of prose ends them.
void gather_lead(const document::Document& document, std::size_t block, Draft& draft) {
  std::vector<std::pair<std::string, Span>> lines;
  for (std::size_t i = block; i-- > 0 && block - i <= kLeadBlocks;) {
    const document::Block& b = document.blocks[i];
    if (b.kind == document::BlockKind::rule) continue;
    if (b.kind == document::BlockKind::table || b.kind == document::BlockKind::list_item) break;
    const std::string_view text = b.text.view();
    if (is_note_to_above(text)) break;
    const bool prose = text.size() > kLongestLead || (text.size() > 120 && (text.back() == '.' || text.back() == ':') && !b.strong && !b.centered);
    if (prose) {
      draft.intro = std::string(text);
      draft.intro_span = b.span;
      break;
    }
    std::size_t end = text.size();
    while (end > 0) {  // lines of the block, last first
      const std::size_t begin = text.rfind('\n', end - 1);
      const std::size_t from = begin == std::string_view::npos ? 0 : begin + 1;
      const std::string_view line = trim(text.substr(from, end - from));
      if (!line.empty()) lines.emplace_back(std::string(line), b.text.source_span(static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(end)));
      if (begin == std::string_view::npos) break;
      end = begin;
    }
    if (b.kind == document::BlockKind::heading && b.level > 0) break;
  }
  for (auto it = lines.rbegin(); it != lines.rend(); ++it) draft.lead.push_back(it->first), draft.lead_spans.push_back(it->second);
}


/// A table of header rows alone, and the rows that they point into.
struct HeaderTable {
  Grid grid;
  std::vector<RowParts> rows;
  std::vector<Draft> drafts;
};

bool is_header_alone(const std::vector<Draft>& drafts) { return drafts.size() == 1 && drafts[0].data_rows() == 0 && !drafts[0].headers.empty(); }

/// Headers in a table of their own, the numbers in the next: one table.
void take_headers(const Draft& headers, Draft& draft) {
  draft.headers = headers.headers;
  draft.titles.insert(draft.titles.begin(), headers.titles.begin(), headers.titles.end());
  draft.lead.insert(draft.lead.begin(), headers.lead.begin(), headers.lead.end());
  draft.lead_spans.insert(draft.lead_spans.begin(), headers.lead_spans.begin(), headers.lead_spans.end());
  if (draft.intro.empty()) draft.intro = headers.intro, draft.intro_span = headers.intro_span;
}

}  // namespace

std::vector<DataTable> read_tables(const document::Document& document, const Calendar& calendar, std::optional<int> given_scale, diag::Sink& sink) {
  std::vector<DataTable> out;
  TableBuilder builder(document, calendar, sink);
  std::unique_ptr<HeaderTable> pending;  // stood right before
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    if (document.blocks[i].kind != document::BlockKind::table) {
      if (pending) builder.add(pending->drafts[0], out);
      pending.reset();
      continue;
    }
    auto here = std::make_unique<HeaderTable>();
    here->grid = make_grid(*document.blocks[i].table, i, tells_outlook(document, i));
    here->rows = sort_rows(here->grid);
    here->drafts = split_tables(here->rows, i, here->grid.aligned);
    for (Draft& draft : here->drafts) draft.last_of_block = &draft == &here->drafts.back();
    for (Draft& draft : here->drafts)
      if (draft.first_of_block) gather_lead(document, i, draft);
    if (pending && !here->drafts.empty() && here->drafts[0].headers.empty() && here->drafts[0].data_rows() > 1) take_headers(pending->drafts[0], here->drafts[0]);
    else if (pending) builder.add(pending->drafts[0], out);
    const bool alone = is_header_alone(here->drafts);
    for (Draft& draft : here->drafts)
      if (!alone) builder.add(draft, out);
    pending = alone ? std::move(here) : nullptr;
  }
  if (pending) builder.add(pending->drafts[0], out);
  judge_scales(document, out, given_scale, sink);
  judge_shares(out);
  return out;
}

}  // namespace factpress::tables
