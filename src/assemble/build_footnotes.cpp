// Footnotes: found below the tables whose numbers carry their marks. A mark whose note cannot be told stays a mark.
#include <algorithm>
#include <map>

#include "assemble/draft.h"
#include "assemble/footnote_marks.h"
#include "base/text.h"

namespace factpress::assemble {
namespace {

using model::Footnote;
using Use = Footnote::Use;

constexpr Index kFarthest = 6;  ///< blocks between the last table that uses a mark and the first of its notes

/// A note as it stands, before it is known whether anything refers to it.
struct Note {
  std::string mark;
  std::vector<Footnote::Part> parts;
  Index block() const { return parts.front().block; }
};

/// The marks that a table's numbers carry, each with the prints that it belongs to.
struct MarkedTable {
  Index block = 0;
  std::map<std::string, std::vector<Use>> uses;
};

bool has_words(std::string_view s) {
  std::size_t words = 0, letters = 0;
  for (const char c : s) {
    letters = is_alpha(c) ? letters + 1 : 0;
    words += letters == 2;
  }
  return words >= 2;
}

bool holds_number(const model::NarrativeRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [](const auto& c) { return !c.text.marks.empty(); });
}

/// Rows below the last number of a table: where notes stand.
std::size_t tail_of(const model::NarrativeBlock& table) {
  std::size_t at = table.rows.size();
  while (at > 0 && !holds_number(table.rows[at - 1])) --at;
  return at;
}

void add_notes_of_table(const model::NarrativeBlock& table, Index block, std::vector<Note>& notes) {
  bool open = false;  // whether a note may go on
  for (std::size_t r = tail_of(table); r < table.rows.size(); ++r) {
    const auto& cells = table.rows[r].cells;
    const auto is_text = [](const model::NarrativeCell& c) { return !trim(c.text.text).empty(); };
    const auto first = std::find_if(cells.begin(), cells.end(), is_text);
    if (first == cells.end() || table.rows[r].rule) continue;
    const auto part = [&](auto cell) {
      return Footnote::Part{block, static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(cell - cells.begin()), true};
    };
    const OpeningMark opening = mark_at_start(first->text);
    if (opening.mark.empty()) {
      if (open && std::find_if(first + 1, cells.end(), is_text) == cells.end()) notes.back().parts.push_back(part(first));
      else open = false;
      continue;
    }
    auto words = first;  // the mark may have a cell of its own
    if (trim(std::string_view(first->text.text).substr(opening.words)).empty()) words = std::find_if(first + 1, cells.end(), is_text);
    open = words != cells.end() && has_words(words->text.text);
    if (open) notes.push_back({opening.mark, {part(words)}});
  }
}

std::vector<Note> find_notes(const model::Report& report) {
  std::vector<Note> notes;
  for (Index b = 0; b < report.narrative.size(); ++b) {
    const model::NarrativeBlock& block = report.narrative[b];
    if (block.kind == model::BlockKind::table) {
      add_notes_of_table(block, b, notes);
    } else if (block.kind == model::BlockKind::paragraph || block.kind == model::BlockKind::list_item) {
      const OpeningMark opening = mark_at_start(block.text);
      if (!opening.mark.empty() && has_words(std::string_view(block.text.text).substr(opening.words)))
        notes.push_back({opening.mark, {{b, 0, 0, false}}});
    }
  }
  return notes;
}

class MarkReader {
 public:
  MarkReader(const model::NarrativeBlock& block, Index index) : block_(block) { out_.block = index; }

  MarkedTable run() {
    for (const model::NarrativeRow& row : block_.rows) {
      if (holds_number(row)) numbers(row);
      else headers(row);
    }
    return std::move(out_);
  }

 private:
  struct Above {
    std::size_t begin, end;  // grid columns
    std::vector<std::string> marks;
  };

  void headers(const model::NarrativeRow& row) {
    std::size_t at = 0;
    for (const model::NarrativeCell& c : row.cells) {
      auto marks = marks_at_end(c.text);
      if (at > 0 && !marks.empty() && drop_marks_leaves_words(c)) above_.push_back({at, at + c.column_span, std::move(marks)});
      at += c.column_span;
    }
  }

  // "(1)" alone in a row without numbers belongs to no column that could be told.
  static bool drop_marks_leaves_words(const model::NarrativeCell& c) {
    return std::any_of(c.text.text.begin(), c.text.text.end(), is_alpha) && c.text.text.size() > 4;
  }

  void numbers(const model::NarrativeRow& row) {
    std::vector<std::string> of_row;
    const model::Mark* last = nullptr;
    std::size_t at = 0;
    for (const model::NarrativeCell& c : row.cells) {
      if (c.text.marks.empty()) {
        auto marks = marks_at_end(c.text);
        if (!last) of_row.insert(of_row.end(), marks.begin(), marks.end());
        else for (const std::string& m : marks) add(m, *last);
      } else {
        last = &c.text.marks.back();
        for (const std::string& m : marks_at_end(c.text, last->end)) add(m, *last);
        for (const model::Mark& number : c.text.marks) {
          for (const std::string& m : of_row) add(m, number);
          for (const Above& h : above_)
            if (at < h.end && h.begin < at + c.column_span)
              for (const std::string& m : h.marks) add(m, number);
        }
      }
      at += c.column_span;
    }
  }

  void add(const std::string& mark, const model::Mark& number) {
    auto& uses = out_.uses[mark];
    const auto same = [&](const Use& u) { return u.fact == number.fact && u.occurrence == number.occurrence; };
    if (std::none_of(uses.begin(), uses.end(), same)) uses.push_back({number.fact, number.occurrence});
  }

  const model::NarrativeBlock& block_;
  std::vector<Above> above_;
  MarkedTable out_;
};

std::vector<MarkedTable> find_marks(const model::Report& report) {
  std::vector<MarkedTable> out;
  for (Index b = 0; b < report.narrative.size(); ++b) {
    if (report.narrative[b].kind != model::BlockKind::table) continue;
    MarkedTable table = MarkReader(report.narrative[b], b).run();
    if (!table.uses.empty()) out.push_back(std::move(table));
  }
  return out;
}

std::string text_of(const model::Report& report, const Note& note) {
  std::string text;
  for (const Footnote::Part& p : note.parts) {
    const model::NarrativeBlock& b = report.narrative[p.block];
    if (!text.empty()) text += ' ';
    text += p.in_table ? b.rows[p.row].cells[p.cell].text.text : b.text.text;
  }
  return collapse(text);
}

/// Notes that follow each other without a table of numbers between them.
std::size_t end_of_run(const std::vector<Note>& notes, std::size_t begin, const std::vector<MarkedTable>& tables) {
  std::size_t end = begin + 1;
  for (; end < notes.size(); ++end) {
    const Index from = notes[end - 1].block(), to = notes[end].block();
    if (to > from + kFarthest || std::any_of(tables.begin(), tables.end(), [&](const auto& t) { return t.block > from && t.block <= to; })) break;
  }
  return end;
}

}  // namespace

void build_footnotes(Draft& d) {
  model::Report& report = d.report;
  const std::vector<MarkedTable> tables = find_marks(report);
  const std::vector<Note> notes = find_notes(report);
  std::size_t table = 0;  // the first that no run of notes has followed yet
  for (std::size_t begin = 0, end; begin < notes.size(); begin = end) {
    end = end_of_run(notes, begin, tables);
    const std::size_t first = table;
    while (table < tables.size() && tables[table].block <= notes[begin].block()) ++table;
    if (table == first || tables[table - 1].block + kFarthest < notes[begin].block()) continue;
    for (std::size_t n = begin; n < end; ++n) {
      Footnote f;
      for (std::size_t t = first; t < table; ++t)
        if (const auto at = tables[t].uses.find(notes[n].mark); at != tables[t].uses.end())
          f.uses.insert(f.uses.end(), at->second.begin(), at->second.end());
      // The same mark twice in a run: the second begins notes that nothing told apart; the first is the one.
      const bool taken = std::any_of(notes.begin() + static_cast<std::ptrdiff_t>(begin), notes.begin() + static_cast<std::ptrdiff_t>(n),
                                     [&](const Note& other) { return other.mark == notes[n].mark; });
      if (f.uses.empty() || taken) continue;
      f.id = "fn" + std::to_string(report.footnotes.size() + 1);
      f.mark = notes[n].mark;
      f.text = text_of(report, notes[n]);
      f.parts = notes[n].parts;
      report.footnotes.push_back(std::move(f));
    }
  }
}

}  // namespace factpress::assemble
