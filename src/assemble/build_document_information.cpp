#include <fmt/format.h>

#include "assemble/concepts.h"
#include "assemble/draft.h"
#include "assemble/roles.h"

namespace factpress::assemble {
namespace {

/// "Q2", "H1", "FY"
std::string fiscal_focus(const model::Report& r) {
  constexpr int days_of_quarter = 120;  // at most
  if (r.fiscal_quarter == 0) return "FY";
  const bool half = r.fiscal_period && r.fiscal_period->start && r.fiscal_period->end.days() - r.fiscal_period->start->days() > days_of_quarter;
  return half ? fmt::format("H{}", r.fiscal_quarter / 2) : fmt::format("Q{}", r.fiscal_quarter);
}

class Builder {
 public:
  explicit Builder(Draft& d) : d_(d) {}

  void run() {
    const model::Report& r = d_.report;
    const auto period = fiscal_duration(r);
    if (!period) return;  // these facts need a context, and a context a period
    s_.kind = model::StatementKind::document_information;
    s_.title = std::string(default_title(s_.kind));
    assign_role(d_, s_);
    s_.root = d_.abstract_concept("DocumentAndEntityInformationAbstract", "Document and Entity Information [Abstract]", model::ConceptKind::abstract_item);
    s_.columns.push_back({"", period, {}, false});
    context_ = d_.context(*period, {});
    fact("DocumentType", "Document Type", "8-K", "normalizedStringItemType", {});
    fact("AmendmentFlag", "Amendment Flag", "false", "booleanItemType", {});
    fact("DocumentPeriodEndDate", "Document Period End Date", r.fiscal_period->end.iso(), "dateItemType", d_.bench.reading.identity.fiscal_period_span);
    if (r.fiscal_year > 0) fact("DocumentFiscalYearFocus", "Document Fiscal Year Focus", fmt::format("{:04}", r.fiscal_year), "gYearItemType", {});
    if (r.fiscal_year > 0) fact("DocumentFiscalPeriodFocus", "Document Fiscal Period Focus", fiscal_focus(r), "normalizedStringItemType", {});
    const Date end = d_.bench.reading.identity.fiscal_year_end;
    if (end.days() != 0) fact("CurrentFiscalYearEndDate", "Current Fiscal Year End Date", fmt::format("--{:02}-{:02}", end.month(), end.day()), "gMonthDayItemType", {});
    if (!r.entity.name.empty()) fact("EntityRegistrantName", "Entity Registrant Name", r.entity.name, "normalizedStringItemType", r.entity.name_span);
    if (r.entity.scheme == "http://www.sec.gov/CIK") fact("EntityCentralIndexKey", "Entity Central Index Key", r.entity.identifier, "normalizedStringItemType", {});
    if (!r.entity.ticker.empty()) fact("TradingSymbol", "Trading Symbol", r.entity.ticker, "normalizedStringItemType", {});
    d_.report.statements.push_back(std::move(s_));
  }

 private:
  void fact(const char* local, const char* label, std::string text, const char* type, Span) {
    model::Concept c;
    c.standard = d_.options.profile != model::Profile::standalone;
    c.name = c.standard ? standard_name(d_, "dei", local) : d_.own(local);
    c.prefix = c.standard ? "dei" : d_.report.own_prefix;
    if (!c.standard) c.standard_equivalent = {std::string(d_.session->release().dei_namespace), local};
    c.type = {"http://www.xbrl.org/2003/instance", type};
    c.reason = "document information";
    const Index index = d_.add_concept(std::move(c));
    d_.add_label(index, model::LabelRole::standard, label);
    model::Fact f;
    f.concept_index = index;
    f.context = context_;
    f.text = std::move(text);
    f.hidden = true;
    d_.report.facts.push_back(std::move(f));
    model::StatementRow row;
    row.label = label;
    row.concept_index = index;
    row.cells.push_back({static_cast<Index>(d_.report.facts.size() - 1), 0});
    s_.rows.push_back(std::move(row));
  }

  Draft& d_;
  model::Statement s_;
  Index context_ = model::none;
};

}  // namespace

void build_document_information(Draft& d) {
  if (d.session) Builder(d).run();
}

}  // namespace factpress::assemble
