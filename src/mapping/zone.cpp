#include "mapping/zone.h"

#include <array>

#include "base/text.h"
#include "mapping/own_measure.h"

namespace factpress::mapping {
namespace {

bool all(const Words& w, std::initializer_list<std::string_view> tokens) {
  for (const std::string_view t : tokens)
    if (!w.has(t)) return false;
  return true;
}

bool heading(const ReadRow& r) { return !r.row->has_values; }

/// Zones of the rows before each total are known only when the total comes: they are filled in backwards.
class Filler {
 public:
  explicit Filler(std::vector<ReadRow>& rows) : rows_(rows) {}
  void upto(std::size_t last, Zone zone) {
    for (; next_ <= last; ++next_)
      if (rows_[next_].zone == Zone::none) rows_[next_].zone = zone;
  }
  std::size_t next() const { return next_; }

 private:
  std::vector<ReadRow>& rows_;
  std::size_t next_ = 0;
};

bool is_equity_heading(const ReadRow& r) {
  if (!heading(r)) return false;
  const Words& w = r.words;
  const bool equity = w.has("equity") || w.has("deficit") || w.has("capital") || all(w, {"net", "asset"});
  return equity && !w.has("liability") && !w.has("asset");
}

void balance_zones(std::vector<ReadRow>& rows) {
  Filler fill(rows);
  bool current_assets = false, current_liabilities = false, assets_done = false, liabilities_done = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Words& w = rows[i].words;
    if (is_equity_heading(rows[i]) && assets_done && !liabilities_done) {
      if (i > 0) fill.upto(i - 1, current_liabilities ? Zone::other_liabilities : Zone::liabilities);
      liabilities_done = true;
      continue;
    }
    if (heading(rows[i]) || !w.says_total) continue;
    if (all(w, {"current", "asset"}) && w.tokens.size() <= 3) {
      fill.upto(i, Zone::current_assets);
      current_assets = true;
    } else if (w.has("asset") && !w.has("liability") && w.tokens.size() == 1) {
      fill.upto(i, current_assets ? Zone::other_assets : Zone::assets);
      assets_done = true;
    } else if (all(w, {"current", "liability"}) && w.tokens.size() == 2) {
      fill.upto(i, Zone::current_liabilities);
      current_liabilities = true;
    } else if (w.has("liability") && w.tokens.size() == 1) {
      fill.upto(i, current_liabilities ? Zone::other_liabilities : Zone::liabilities);
      liabilities_done = true;
    } else if (w.has("liability") && (w.has("equity") || w.has("deficit") || w.has("capital") || w.has("asset"))) {
      fill.upto(i, Zone::equity);
    } else if (assets_done && !w.has("liability") && (w.has("equity") || w.has("deficit") || w.has("capital"))) {
      fill.upto(i, Zone::equity);
    }
  }
  if (!rows.empty()) fill.upto(rows.size() - 1, assets_done ? (liabilities_done ? Zone::after_balance : Zone::liabilities) : Zone::none);
}

bool is_activity_total(const Words& w, std::string_view activity) {
  return w.has(activity) && (w.has("net") || w.has("cash") || w.says_total) && (w.has("provided") || w.has("cash") || w.says_total);
}

void cash_zones(std::vector<ReadRow>& rows) {
  Filler fill(rows);
  bool financing_done = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Words& w = rows[i].words;
    if (heading(rows[i])) {
      const bool extra = w.has("supplemental") || w.has("noncash") || w.has("disclosure") || w.has("supplementary");
      if (extra && financing_done) {
        if (i > 0) fill.upto(i - 1, Zone::net_cash);
        fill.upto(rows.size() - 1, Zone::supplemental);
      }
      continue;
    }
    if (w.has("operating") && is_activity_total(w, "operating") && fill.next() <= i && !w.has("change")) {
      fill.upto(i, Zone::operating);
    } else if (w.has("investing") && is_activity_total(w, "investing")) {
      fill.upto(i, Zone::investing);
    } else if (w.has("financing") && is_activity_total(w, "financing")) {
      fill.upto(i, Zone::financing);
      financing_done = true;
    }
  }
  if (!rows.empty()) fill.upto(rows.size() - 1, financing_done ? Zone::net_cash : Zone::operating);
  for (ReadRow& r : rows)
    if (r.zone == Zone::operating && r.words.key.size() > 0 && (r.section.has("change") || r.section.has("working"))) r.zone = Zone::operating_changes;
}

/// "Net income", "Net loss attributable to ...": the row that ends the income statement proper.
bool is_net_income(const Words& w) {
  return w.has("net") && w.has("income") && !w.has("interest") && !w.has("before") && !w.has("other") && !w.has("beforetax") &&
         !w.has("share") && !w.has("investment") && !w.has("operating") && !w.has("revenue") && !w.has("sale") && w.tokens.size() <= 4;
}

void income_zones(std::vector<ReadRow>& rows) {
  Filler fill(rows);
  bool operating = false, pretax = false, net = false, revenue = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Words& w = rows[i].words;
    if (rows[i].unit == UnitClass::per_share) rows[i].zone = Zone::per_share;
    if (rows[i].unit == UnitClass::shares) rows[i].zone = Zone::share_count;
    if (heading(rows[i])) continue;
    if (!revenue && w.says_total && (w.has("revenue") || w.has("sale") || all(w, {"interest", "income"}))) {
      fill.upto(i, Zone::revenue);
      revenue = true;
    } else if (!operating && !pretax && w.has("income") && (w.has("operation") || w.has("operating")) && !w.has("continuing") && !w.has("other") &&
               w.tokens.size() <= 3) {
      fill.upto(i, Zone::expense);
      operating = true;
    } else if (!pretax && (w.has("before") || w.has("beforetax")) && w.has("income")) {
      fill.upto(i, operating ? Zone::nonoperating : Zone::before_totals);
      pretax = true;
    } else if (!net && is_net_income(w) && rows[i].unit != UnitClass::per_share) {
      fill.upto(i, pretax ? Zone::tax : operating ? Zone::nonoperating : Zone::before_totals);
      net = true;
    }
  }
  if (!rows.empty()) fill.upto(rows.size() - 1, net ? Zone::net_income : Zone::before_totals);
}

/// The words of the headings over a row; most rows stand under those of the row before.
void read_sections(ReadRow& r, const ReadRow* before) {
  if (before != nullptr && before->row->sections == r.row->sections) {
    r.section = before->section;
    r.section_bag = before->section_bag;
    return;
  }
  for (const std::string_view s : r.row->sections) {
    r.section = words_of_label(s);
    r.section_bag = (r.section_bag ^ r.section.bag) * 1099511628211ULL;
  }
}

UnitClass told_unit(const ReadRow& r) {
  if (r.row->unit != UnitClass::unknown) return r.row->unit;
  if (r.words.says_per_share) return UnitClass::per_share;
  if (r.words.says_shares) return UnitClass::shares;
  const Words& w = r.words;
  if (all(w, {"weighted", "average", "share"}) || (w.has("share") && (w.has("basic") || w.has("diluted")))) return UnitClass::shares;
  if (w.tokens.size() <= 4 && (w.has("basic") || w.has("diluted"))) {
    if (r.section.says_per_share || (r.section.has("income") && r.section.has("share"))) return UnitClass::per_share;
    if (r.section.has("share") || r.section.has("weighted")) return UnitClass::shares;
  }
  return UnitClass::unknown;
}

void note_neighbours(std::vector<ReadRow>& rows) {
  std::uint64_t last = 0;
  for (ReadRow& r : rows) {
    r.previous_bag = last;
    if (r.row->has_values) last = r.words.bag;
    if (r.row->parent >= 0 && static_cast<std::size_t>(r.row->parent) < rows.size()) r.parent_bag = rows[static_cast<std::size_t>(r.row->parent)].words.bag;
  }
  last = 0;
  for (std::size_t i = rows.size(); i-- > 0;) {
    rows[i].next_bag = last;
    if (rows[i].row->has_values) last = rows[i].words.bag;
  }
}

Zone kind_zone(const TableQuery& table) {
  switch (table.kind) {
    case TableKind::equity: return Zone::equity_statement;
    case TableKind::reconciliation: return Zone::reconciliation;
    case TableKind::segment: return Zone::segment;
    default: return icontains(table.title, "comprehensive") ? Zone::comprehensive : Zone::other;
  }
}

}  // namespace

std::string_view to_string(Zone zone) {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(Zone::count_)> kNames{
      "none",      "current-assets", "other-assets", "assets",     "current-liabilities", "other-liabilities", "liabilities",
      "equity",    "after-balance",  "operating",    "operating-changes", "investing",    "financing",         "net-cash",
      "supplemental", "revenue",     "expense",      "nonoperating", "tax",               "net-income",        "per-share",
      "share-count", "before-totals", "comprehensive", "equity-statement", "reconciliation", "segment",        "other"};
  return kNames[static_cast<std::size_t>(zone)];
}

TableKind kind_of(Zone zone) {
  if (zone >= Zone::current_assets && zone <= Zone::after_balance) return TableKind::balance;
  if (zone >= Zone::operating && zone <= Zone::supplemental) return TableKind::cashflow;
  if (zone >= Zone::revenue && zone <= Zone::before_totals) return TableKind::income;
  if (zone == Zone::equity_statement) return TableKind::equity;
  if (zone == Zone::reconciliation) return TableKind::reconciliation;
  if (zone == Zone::segment) return TableKind::segment;
  return TableKind::other;
}

std::vector<std::uint64_t> name_sources(const ReadRow& row) {
  std::vector<std::uint64_t> out = row.words.tokens;
  out.push_back(fnv("any row"));
  out.push_back(fnv(to_string(row.zone), fnv("zone ")));
  for (const std::uint64_t t : row.section.tokens) out.push_back(t ^ fnv("heading"));
  return out;
}

std::vector<ReadRow> read_rows(const TableQuery& table) {
  std::vector<ReadRow> rows(table.rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ReadRow& r = rows[i];
    r.row = &table.rows[i];
    r.words = words_of_label(r.row->label);
    read_sections(r, i > 0 ? &rows[i - 1] : nullptr);
    r.unit = told_unit(r);
    r.own_measure = names_own_measure(*r.row);
  }
  for (const ReadRow& r : rows)
    if (r.row->parent >= 0 && static_cast<std::size_t>(r.row->parent) < rows.size()) rows[static_cast<std::size_t>(r.row->parent)].has_children = true;
  note_neighbours(rows);
  switch (table.kind) {
    case TableKind::balance: balance_zones(rows); break;
    case TableKind::cashflow: cash_zones(rows); break;
    case TableKind::income: income_zones(rows); break;
    default:
      for (ReadRow& r : rows) r.zone = kind_zone(table);
  }
  return rows;
}

}  // namespace factpress::mapping
