// Rows of a segment table that name members: "Marine Instruments" under "Revenue", above "Total revenue", is revenue of a segment.
#include <algorithm>
#include <set>

#include "assemble/passes.h"
#include "assemble/words.h"
#include "base/text.h"

namespace factpress::assemble {
namespace {

using tables::DataTable;
using tables::TableRow;

std::string heading_of(const TableRow& row) { return row.section.empty() ? std::string() : without_colon(row.section.back()); }

bool is_bare_total(std::string_view label) {
  const std::string words = lower(trim(label));
  return words.empty() || words == "total" || words == "totals" || words == "consolidated" || words == "total consolidated" || words == "consolidated total" || words == "total segments";
}

/// What is no segment whatever it stands beside: results, costs, what lies between the segments and the whole.
bool is_no_member(std::string_view label) {
  if (says_result(label) || says_cost(label) || says_loss(label) || says_total(label)) return true;
  return icontains(label, "corporate") || icontains(label, "eliminat") || icontains(label, "unallocated") || icontains(label, "intersegment") || icontains(label, "inter-segment");
}

/// The words for the axis, as columns of members have them.
const char* axis_words(const DataTable& table) {
  if (icontains(table.title, "geograph") || icontains(table.title, "region") || icontains(table.title, "countr")) return "Geography";
  if (icontains(table.title, "product") || icontains(table.title, "end market")) return "Product";
  return "Segment";
}

/// A total with the rows that make it, all under one heading that says what they are.
struct Group {
  int total = nothing;
  std::vector<int> items;
  std::string measure;
};

bool has_members_already(const DataTable& table) {
  const auto has = [](const TableRow& row) { return std::any_of(row.cells.begin(), row.cells.end(), [](const tables::TableCell& c) { return !c.dimensions.empty(); }); };
  return std::any_of(table.rows.begin(), table.rows.end(), has);
}

std::vector<Group> groups_of(const DataTable& table, const std::vector<RowSum>& sums) {
  std::vector<Group> out;
  for (const RowSum& sum : sums) {
    const TableRow& total = table.rows[static_cast<std::size_t>(sum.total)];
    if (sum.restates || !sum.whole || sum.items.size() < 2 || sum.items.front().row > sum.total) continue;
    Group group{sum.total, {}, heading_of(table.rows[static_cast<std::size_t>(sum.items.front().row)])};
    if (group.measure.empty() || (!is_bare_total(total.label) && key_of(total.label) != key_of(group.measure))) continue;
    bool together = true;
    for (const RowSum::Item& item : sum.items) {
      const TableRow& row = table.rows[static_cast<std::size_t>(item.row)];
      together = together && item.weight > 0 && !trim(row.label).empty() && heading_of(row) == group.measure;
      group.items.push_back(item.row);
    }
    if (together) out.push_back(std::move(group));
  }
  return out;
}

/// Labels that stand under two measures: such are the members, and other rows of these groups are not.
std::set<std::string> recurring(const DataTable& table, const std::vector<Group>& groups) {
  std::set<std::string> seen, out;
  for (const Group& group : groups) {
    std::set<std::string> here;
    for (const int r : group.items) here.insert(lower(trim(table.rows[static_cast<std::size_t>(r)].label)));
    for (const std::string& label : here)
      if (!seen.insert(label).second) out.insert(label);
  }
  return out;
}

}  // namespace

void name_members(facts::Reading& reading, const std::vector<std::vector<RowSum>>& sums) {
  for (std::size_t t = 0; t < reading.tables.size(); ++t) {
    DataTable& table = reading.tables[t];
    if (table.kind != tables::StatementKind::segment || has_members_already(table)) continue;
    const std::vector<Group> groups = groups_of(table, sums[t]);
    const std::set<std::string> known = recurring(table, groups);
    for (const Group& group : groups) {
      const auto is_member = [&](int r) {
        const std::string label = lower(trim(table.rows[static_cast<std::size_t>(r)].label));
        return known.contains(label) || (known.empty() && !is_no_member(label));
      };
      if (std::count_if(group.items.begin(), group.items.end(), is_member) < 2) continue;
      table.rows[static_cast<std::size_t>(group.total)].measure = group.measure;
      for (const int r : group.items) {
        if (!is_member(r)) continue;
        TableRow& row = table.rows[static_cast<std::size_t>(r)];
        row.measure = group.measure;
        for (tables::TableCell& cell : row.cells) cell.dimensions.emplace_back(axis_words(table), std::string(trim(row.label)));
      }
    }
  }
}

}  // namespace factpress::assemble
