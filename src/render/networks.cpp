#include "render/networks.h"

#include <algorithm>

#include "xbrl/names.h"

namespace factpress::render {

using model::Index;

bool LinkBuilder::reaches(std::string_view arcrole, Index from, Index to) const {
  std::vector<Index> open{from};
  std::set<Index> seen;
  while (!open.empty()) {
    const Index at = open.back();
    open.pop_back();
    if (at == to) return true;
    if (!seen.insert(at).second) continue;
    const auto it = children_.find({arcrole, at});
    if (it != children_.end()) open.insert(open.end(), it->second.begin(), it->second.end());
  }
  return false;
}

std::string_view LinkBuilder::locator(Index concept_index, unsigned serial) {
  std::string_view& label = locators_[{concept_index, serial}];
  if (!label.empty()) return label;
  ConceptView& c = concepts_[concept_index];
  c.used = true;
  label = arena_.keep("loc_" + std::string(c.id) + (serial == 0 ? "" : "_" + std::to_string(serial + 1)));
  link_.locators.push_back({label, c.href});
  return label;
}

bool LinkBuilder::arc(std::string_view arcrole, Index from, Index to, bool again) {
  const auto listed = children_.find({arcrole, from});
  const bool known = listed != children_.end() && std::find(listed->second.begin(), listed->second.end(), to) != listed->second.end();
  if (known ? !again : reaches(arcrole, to, from)) return false;
  if (!known) children_[{arcrole, from}].push_back(to);
  ArcView a;
  a.arcrole = arcrole;
  a.from = locator(from, 0);
  a.to = locator(to, pairs_[{from, to}]++);
  a.order = ++orders_[{arcrole, from}];
  link_.arcs.push_back(a);
  return true;
}

namespace {

/// Walks a statement's rows and hands each item to its parent: the heading above it of lesser depth.
class RowTree {
 public:
  RowTree(const model::Statement& s, Index top) : statement_(s) { headings_.push_back({-1, top}); }

  template <class Visit>
  void walk(Visit visit) {
    for (const model::StatementRow& row : statement_.rows) {
      if (row.concept_index == model::none) continue;
      while (headings_.size() > 1 && headings_.back().depth >= row.depth) headings_.pop_back();
      const Index parent = headings_.back().index;
      if (row.concept_index == parent) continue;
      if (visit(parent, row) && row.abstract_row) headings_.push_back({row.depth, row.concept_index});
    }
  }

 private:
  struct Heading {
    int depth;
    Index index;
  };
  const model::Statement& statement_;
  std::vector<Heading> headings_;
};

/// The statement's root, or its first heading where it has none.
Index root_of(const model::Statement& s) {
  if (s.root != model::none) return s.root;
  for (const model::StatementRow& row : s.rows)
    if (row.abstract_row && row.concept_index != model::none) return row.concept_index;
  return model::none;
}

bool has_table(const model::Statement& s) { return s.table != model::none && s.line_items != model::none && !s.axes.empty(); }

void present_table(const model::Statement& s, Index root, LinkBuilder& link) {
  const std::string_view arcrole = xbrl::arcrole::parent_child;
  link.arc(arcrole, root, s.table);
  for (const model::Statement::Axis& axis : s.axes) {
    link.arc(arcrole, s.table, axis.dimension);
    if (axis.domain == model::none) continue;
    link.arc(arcrole, axis.dimension, axis.domain);
    for (const Index member : axis.members)
      if (member != axis.domain) link.arc(arcrole, axis.domain, member);
  }
  link.arc(arcrole, s.table, s.line_items);
}

}  // namespace

LinkView presentation_link(const model::Statement& s, std::vector<ConceptView>& concepts, Arena& arena) {
  LinkBuilder link(s.role_uri, concepts, arena);
  const Index root = root_of(s);
  if (root == model::none) return {};
  const bool table = has_table(s);
  if (table) present_table(s, root, link);
  std::map<std::pair<Index, Index>, std::set<model::LabelRole>> shown;
  RowTree(s, table ? s.line_items : root).walk([&](Index parent, const model::StatementRow& row) {
    const auto [at, fresh] = shown[{parent, row.concept_index}].insert(row.preferred_label);
    if (!fresh) return true;
    if (!link.arc(xbrl::arcrole::parent_child, parent, row.concept_index, true)) return false;
    if (row.preferred_label != model::LabelRole::standard) link.last().preferred_label = role_uri(row.preferred_label);
    else if (concepts[row.concept_index].renamed) link.last().preferred_label = xbrl::role::terse;
    return true;
  });
  return link.take();
}

LinkView calculation_link(const model::Statement& s, std::vector<ConceptView>& concepts, Arena& arena) {
  LinkBuilder link(s.role_uri, concepts, arena);
  for (const model::CalculationArc& arc : s.calculations) {
    if (arc.parent == arc.child || !concepts[arc.parent].numeric || !concepts[arc.child].numeric) continue;
    if (link.arc(xbrl::arcrole::summation_item, arc.parent, arc.child)) link.last().weight = arc.weight < 0 ? -1 : 1;
  }
  return link.take();
}

LinkView definition_link(const model::Statement& s, std::vector<ConceptView>& concepts, Arena& arena) {
  if (!has_table(s)) return {};
  LinkBuilder link(s.role_uri, concepts, arena);
  link.arc(xbrl::arcrole::all, s.line_items, s.table);
  link.last().is_hypercube = true;
  for (const model::Statement::Axis& axis : s.axes) {
    link.arc(xbrl::arcrole::hypercube_dimension, s.table, axis.dimension);
    if (axis.domain == model::none) continue;  // a typed axis has no domain
    link.arc(xbrl::arcrole::dimension_domain, axis.dimension, axis.domain);
    link.arc(xbrl::arcrole::dimension_default, axis.dimension, axis.domain);
    for (const Index member : axis.members)
      if (member != axis.domain) link.arc(xbrl::arcrole::domain_member, axis.domain, member);
  }
  RowTree(s, s.line_items).walk([&](Index parent, const model::StatementRow& row) {
    link.arc(xbrl::arcrole::domain_member, parent, row.concept_index);
    return true;
  });
  return link.take();
}

}  // namespace factpress::render
