#include "render/view_footnotes.h"

#include <algorithm>

#include "base/text.h"
#include "render/view_statements.h"

namespace factpress::render {
namespace {

template <class T>
void add_once(std::vector<T>& list, T item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

bool starts_with_mark(const model::Footnote& f) {
  const std::string_view text = f.text;
  const std::size_t at = text.starts_with('(') || text.starts_with('[') ? 1 : 0;
  const std::string_view rest = text.substr(at);
  return rest.starts_with(f.mark) && (at || rest.size() == f.mark.size() || !is_alnum(rest[f.mark.size()]));
}

}  // namespace

FootnoteViews::FootnoteViews(const model::Report& report, Arena& arena) {
  for (const model::Footnote& f : report.footnotes) {
    const bool filed = std::any_of(f.uses.begin(), f.uses.end(), [&](const auto& u) { return report.facts[u.fact].filable; });
    if (!filed || f.parts.empty()) continue;
    sources_.push_back(&f);
    FootnoteView v;
    v.id = f.id, v.mark = arena.clean(f.mark), v.text = arena.clean(f.text);
    v.words = starts_with_mark(f) ? v.text : arena.clean("(" + f.mark + ") " + f.text);
    notes.push_back(std::move(v));
    for (std::size_t i = 0; i < f.parts.size(); ++i) {
      const auto id_of = [&](std::size_t n) { return n == 0 ? std::string_view(f.id) : arena.keep(f.id + "_" + std::to_string(n + 1)); };
      parts_.push_back({id_of(i), i + 1 < f.parts.size() ? id_of(i + 1) : std::string_view(), i == 0});
      const model::Footnote::Part& p = f.parts[i];
      at_[{p.block, p.in_table, p.row, p.cell}] = &parts_.back();
    }
  }
}

const FootnotePartView* FootnoteViews::part(model::Index block, bool in_table, std::size_t row, std::size_t cell) const {
  if (at_.empty()) return nullptr;
  const auto it = at_.find({block, in_table, row, cell});
  return it == at_.end() ? nullptr : it->second;
}

void FootnoteViews::link(const model::Report& report, std::vector<FactView>& facts, std::vector<StatementView>& statements) {
  for (std::size_t i = 0; i < notes.size(); ++i) {
    FootnoteView& note = notes[i];
    for (const model::Footnote::Use& use : sources_[i]->uses) {
      FactView& f = facts[use.fact];
      if (!f.filable || f.prints.empty()) continue;
      const OccurrenceView& o = f.occurrences[use.occurrence];
      const auto own = std::find_if(f.prints.begin(), f.prints.end(), [&](const PrintView& p) { return p.id == o.print_id; });
      PrintView& print = own == f.prints.end() ? f.prints.front() : *own;
      add_once(note.print_ids, print.id);
      add_once(print.footnotes, note.id);
      add_once(note.tag_ids, o.tag_id.empty() ? f.prints.front().id : o.tag_id);
      add_once(note.facts, const_cast<const FactView*>(&f));
      add_once(f.footnotes, const_cast<const FootnoteView*>(&note));
      const model::Index block = report.facts[use.fact].occurrences[use.occurrence].block;
      if (block >= report.narrative.size() || report.narrative[block].statement == model::none) continue;
      StatementView& statement = statements[report.narrative[block].statement];
      add_once(statement.footnotes, const_cast<const FootnoteView*>(&note));
      if (note.home < 0 && statement.tabular) note.home = statement.index;
    }
  }
}

}  // namespace factpress::render
