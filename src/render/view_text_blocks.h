#pragma once
#include <deque>
#include <string_view>
#include <vector>

#include "render/view_facts.h"

/// Sections of the release that are facts in words, as the inline document tags them and every filing output writes them: escaped
/// XHTML (Inline XBRL 1.1 §11.1.2, escape="true"; data type registry, textBlockItemType).
namespace factpress::render {

struct BlockView;

/// A stretch of blocks that is such a section, or goes on with one.
struct TextBlockPartView {
  std::string_view id;
  std::string_view name, context_ref;       ///< of the fact
  std::string_view continued_at;            ///< id of the stretch that goes on with it, or empty
  bool first = true;                        ///< ix:nonNumeric; else ix:continuation
  int begin = 0, end = 0;                   ///< indexes of its first and last block
  const FactView* fact = nullptr;
};

class TextBlockViews {
 public:
  TextBlockViews(const model::Report& report, const std::vector<FactView>& facts, Arena& arena);
  /// The stretch that a block is in, or null.
  const TextBlockPartView* part(std::size_t block) const { return block < at_.size() ? at_[block] : nullptr; }
  /// Gives the facts their markup: the elements of templates/inline/document.htm for these blocks, character by character.
  void write(const model::Report& report, const std::vector<BlockView>& blocks, std::vector<FactView>& facts, Arena& arena) const;

 private:
  std::deque<TextBlockPartView> parts_;
  std::vector<const TextBlockPartView*> at_;
};

}  // namespace factpress::render

template <>
struct factpress::tmpl::Reflect<factpress::render::TextBlockPartView> {
  using V = factpress::render::TextBlockPartView;
  static constexpr std::string_view name = "TextBlockPart", doc = "A stretch of blocks that is a fact in words, or goes on with one.";
  static constexpr auto fields = fields_of<V>(
      field<&V::id>("id", "Of its element in the inline document."), field<&V::name>("name", "Its concept's qname."),
      field<&V::context_ref>("context_ref", "Its context's id."),
      field<&V::continued_at>("continued_at", "Id of the stretch that goes on with it, or empty."),
      field<&V::first>("first", "The fact itself; else a continuation."), field<&V::begin>("begin", "Index of its first block."),
      field<&V::end>("end", "Index of its last block."), field<&V::fact>("fact", "The fact."));
};
