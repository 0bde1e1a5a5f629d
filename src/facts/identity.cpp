#include "facts/identity.h"

#include <algorithm>

#include "base/text.h"
#include "facts/identity_parts.h"

namespace factpress::facts {

namespace identity {

std::vector<Opening> read_opening(const document::Document& document, const std::vector<tables::DataTable>& tables, std::size_t limit) {
  std::vector<bool> data(document.blocks.size(), false);
  for (const tables::DataTable& table : tables)
    for (const std::size_t b : table.blocks)
      if (b < data.size()) data[b] = true;
  std::vector<Opening> out;
  std::size_t bytes = 0;
  for (std::size_t b = 0; b < document.blocks.size() && out.size() < limit && bytes < 60000; ++b) {
    const document::Block& block = document.blocks[b];
    if (block.text.empty() || data[b]) continue;
    const std::string_view view = block.text.view().substr(0, 4000);
    bytes += view.size();
    out.push_back({b, prose::cut(view), block.kind == document::BlockKind::heading || block.strong || block.centered});
  }
  return out;
}

namespace {

/// What the header of a submission tells: the key always, the rest where the release itself does not.
void read_filing(const document::Document& document, Identity& id) {
  const document::Filing& filing = document.filing;
  const auto text = [&](Span span) { return std::string(document.source->text(span)); };
  if (const std::string cik = central_index_key(text(filing.cik)); !cik.empty()) id.cik = {cik, filing.cik};
  if (id.name.value.empty() && !filing.company.empty()) id.name = {text(filing.company), filing.company};
  const std::string filed = text(filing.filed);
  if (!id.release_date && filed.size() == 8) {
    id.release_date = Date::parse_iso(filed.substr(0, 4) + "-" + filed.substr(4, 2) + "-" + filed.substr(6));
    if (id.release_date) id.release_date_span = filing.filed;
  }
}

/// What the user gives stands nowhere in the release: without places.
void take_given(const GivenIdentity& given, Identity& id) {
  if (!given.name.empty()) id.name = {given.name, {}};
  if (!given.ticker.empty()) id.ticker = {given.ticker, {}};
  if (!given.exchange.empty()) id.exchange = {given.exchange, {}};
  if (const std::string cik = central_index_key(given.cik); !cik.empty()) id.cik = {cik, {}};
  if (given.release_date) id.release_date = given.release_date, id.release_date_span = {};
}

}  // namespace
}  // namespace identity

std::string central_index_key(std::string_view digits) {
  if (digits.empty() || digits.size() > 10 || !std::all_of(digits.begin(), digits.end(), is_digit)) return {};
  return std::string(10 - digits.size(), '0') + std::string(digits);
}

void GivenIdentity::take(const GivenIdentity& later) {
  const auto over = [](auto& mine, const auto& its) {
    if (its != std::remove_cvref_t<decltype(its)>{}) mine = its;
  };
  over(name, later.name), over(ticker, later.ticker), over(exchange, later.exchange), over(cik, later.cik);
  over(release_date, later.release_date), over(period_end, later.period_end), over(annual, later.annual);
  over(fiscal_year, later.fiscal_year), over(fiscal_quarter, later.fiscal_quarter), over(scale, later.scale);
}

Identity read_identity(const document::Document& document, const std::vector<tables::DataTable>& tables, diag::Sink& sink, const GivenIdentity& given) {
  Identity out;
  const auto opening = identity::read_opening(document, tables, 120);
  identity::read_company(document, opening, tables, out);
  identity::read_headline(document, opening, out);
  identity::read_filing(document, out);
  identity::take_given(given, out);
  identity::read_fiscal(document, opening, tables, given, out, sink);
  return out;
}

}  // namespace factpress::facts
