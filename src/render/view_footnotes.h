#pragma once
#include <deque>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

#include "render/view_facts.h"

/// Notes that the release prints and marks numbers with, as the outputs link them (XBRL 2.1 §4.11; Inline XBRL 1.1 §7, §13; OIM
/// links).
namespace factpress::render {

struct StatementView;

/// A paragraph or cell that is a footnote in the inline document, or goes on with one.
struct FootnotePartView {
  std::string_view id;
  std::string_view continued_at;            ///< id of the part that goes on with it, or empty
  bool first = true;                        ///< ix:footnote; else ix:continuation
};

/// The footnotes whose marks a filed fact carries, and where their words stand. Notes of facts that are all in doubt are left out.
class FootnoteViews {
 public:
  FootnoteViews(const model::Report& report, Arena& arena);
  /// The part that a paragraph (row and cell 0) or a cell is, or null.
  const FootnotePartView* part(model::Index block, bool in_table, std::size_t row, std::size_t cell) const;
  /// Ids of prints and tags, once the narrative has given the facts theirs; notes at their facts and statements.
  void link(const model::Report& report, std::vector<FactView>& facts, std::vector<StatementView>& statements);
  std::vector<FootnoteView> notes;

 private:
  std::vector<const model::Footnote*> sources_;
  std::deque<FootnotePartView> parts_;
  std::map<std::tuple<model::Index, bool, std::size_t, std::size_t>, const FootnotePartView*> at_;
};

}  // namespace factpress::render

template <>
struct factpress::tmpl::Reflect<factpress::render::FootnotePartView> {
  using V = factpress::render::FootnotePartView;
  static constexpr std::string_view name = "FootnotePart", doc = "A paragraph or cell that is a footnote, or goes on with one.";
  static constexpr auto fields = fields_of<V>(field<&V::id>("id", "Of its element in the inline document."),
                                              field<&V::continued_at>("continued_at", "Id of the part that goes on with it, or empty."),
                                              field<&V::first>("first", "The footnote itself; else a continuation."));
};
