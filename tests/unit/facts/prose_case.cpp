#include "prose_case.h"

#include <fmt/format.h>

#include "base/text.h"

namespace factpress::test {

namespace {

std::optional<tables::Period> parse_period(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const auto start = Date::parse_iso(text.substr(0, dots)), end = Date::parse_iso(text.substr(dots + 2));
  if (!start || !end) return std::nullopt;
  return tables::Period{start, *end};
}

std::string show(const std::optional<tables::Period>& p, bool told) {
  if (!p) return "?";
  return (p->start ? p->start->iso() + ".." : std::string("@")) + p->end.iso() + (told ? "" : "?");
}

const char* show(facts::Claim::Kind k) {
  static const char* names[] = {"level", "change", "percent", "points", "ratio", "per-unit", "low", "high", "multiple", "count"};
  return names[static_cast<int>(k)];
}

std::string flags(const facts::RawFact& f, const facts::Claim& c) {
  std::string out;
  const auto add = [&](bool set, std::string_view word) {
    if (set) out += (out.empty() ? "" : " ") + std::string(word);
  };
  add(c.guidance, "guidance");
  add(c.constant_currency, "constant-currency");
  add(c.non_gaap, "non-gaap");
  add(c.cumulative, "cumulative");
  add(c.bound == facts::Claim::Bound::at_least, ">=");
  add(c.bound == facts::Claim::Bound::at_most, "<=");
  add(c.bound == facts::Claim::Bound::about, "about");
  add(!c.scope.empty(), "scope=" + c.scope);
  add(!f.filable, "doubt");
  if (!c.by_subject.empty()) add(true, "of=" + c.by_subject);
  return out;
}

}  // namespace

document::Document make_document(const std::string& text) {
  document::Document d;
  d.source = std::make_shared<Source>("case", text);
  std::size_t at = 0;
  while (at <= text.size()) {
    std::size_t end = text.find('\n', at);
    if (end == std::string::npos) end = text.size();
    std::string_view line = std::string_view(text).substr(at, end - at);
    document::Block block;
    std::size_t skip = 0;
    if (line.starts_with("## ")) block.kind = document::BlockKind::heading, block.level = 2, skip = 3;
    else if (line.starts_with("- ")) block.kind = document::BlockKind::list_item, block.level = 1, skip = 2;
    line.remove_prefix(skip);
    if (!trim(line).empty()) {
      block.text.append_verbatim(line, static_cast<std::uint32_t>(at + skip));
      block.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
      d.blocks.push_back(std::move(block));
    }
    at = end + 1;
  }
  return d;
}

ProseCase read_prose_case(const std::string& bytes) {
  ProseCase c;
  const std::size_t cut = bytes.find("\n---\n");
  c.head = cut == std::string::npos ? bytes : bytes.substr(0, cut + 1);
  c.expected = cut == std::string::npos ? std::string() : bytes.substr(cut + 5);
  std::size_t at = 0;
  while (at < c.head.size()) {
    const std::size_t end = c.head.find('\n', at);
    const std::string_view line = std::string_view(c.head).substr(at, end - at);
    at = end == std::string::npos ? c.head.size() : end + 1;
    if (line.empty()) break;
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    const std::string_view key = line.substr(0, colon), value = line.substr(colon + 2);
    if (key == "period") c.identity.fiscal_period = parse_period(value);
    if (key == "quarter") c.identity.fiscal_quarter = std::stoi(std::string(value));
    if (key == "year") c.identity.fiscal_year = std::stoi(std::string(value));
    if (key == "company") c.identity.name.value = std::string(value);
    if (key == "short") c.identity.short_name.value = std::string(value);
    if (key == "members") {
      tables::DataTable table;
      table.kind = tables::StatementKind::segment;
      for (const std::string_view member : split(value, ';')) {
        tables::TableRow row;
        row.label = std::string(trim(member));
        table.rows.push_back(row);
      }
      c.tables.push_back(std::move(table));
    }
  }
  c.document = make_document(c.head.substr(at));
  return c;
}

std::string run_prose_case(const ProseCase& c) {
  std::vector<facts::RawFact> facts;
  std::vector<facts::Claim> claims;
  diag::Sink sink;
  facts::read_prose(c.document, c.identity, c.tables, facts, claims, sink);
  std::string out;
  for (const facts::Claim& claim : claims) {
    const facts::RawFact& f = facts[static_cast<std::size_t>(claim.fact)];
    std::string dims;
    for (const auto& [axis, member] : f.dimensions) dims += (dims.empty() ? "" : ";") + axis + "=" + member;
    out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", show(claim.kind), f.value.to_string(), f.unit, f.decimals ? std::to_string(*f.decimals) : "INF", f.label, dims,
                       show(claim.period, claim.period_told), claim.base_period ? show(claim.base_period, claim.base_told) : "", flags(f, claim), f.printed);
  }
  return out;
}

}  // namespace factpress::test
