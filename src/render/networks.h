#pragma once
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "render/view_taxonomy.h"

namespace factpress::render {

/// Builds one extended link: gives each concept its locator, keeps arcs unique and acyclic, numbers them.
class LinkBuilder {
 public:
  LinkBuilder(std::string_view role, std::vector<ConceptView>& concepts, Arena& arena) : concepts_(concepts), arena_(arena) {
    link_.role = role;
  }

  /// False, and nothing happens, where the arc would close a directed cycle of its arcrole. A second arc of the same pair and
  /// arcrole is left out too, unless `again` (presentation: opening and closing balance): it gets a locator of its own.
  bool arc(std::string_view arcrole, model::Index from, model::Index to, bool again = false);
  /// Of the arc added last.
  ArcView& last() { return link_.arcs.back(); }
  bool empty() const { return link_.arcs.empty(); }
  LinkView take() { return std::move(link_); }

 private:
  std::string_view locator(model::Index concept_index, unsigned serial);
  bool reaches(std::string_view arcrole, model::Index from, model::Index to) const;

  std::vector<ConceptView>& concepts_;
  Arena& arena_;
  LinkView link_;
  std::map<std::pair<model::Index, unsigned>, std::string_view> locators_;
  std::map<std::pair<std::string_view, model::Index>, std::vector<model::Index>> children_;
  std::map<std::pair<model::Index, model::Index>, unsigned> pairs_;
  std::map<std::pair<std::string_view, model::Index>, int> orders_;
};

/// The networks of one statement; a link without arcs where it has none.
LinkView presentation_link(const model::Statement& s, std::vector<ConceptView>& concepts, Arena& arena);
LinkView calculation_link(const model::Statement& s, std::vector<ConceptView>& concepts, Arena& arena);
LinkView definition_link(const model::Statement& s, std::vector<ConceptView>& concepts, Arena& arena);

}  // namespace factpress::render
