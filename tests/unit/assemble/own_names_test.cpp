#include "assemble/assemble.h"
#include "catch.h"
#include "facts/raw_fact.h"

using namespace factpress;

namespace {

std::string table(const std::string& title, const std::string& rows) {
  return "<p>" + title + "</p><table><tr><td></td><td colspan=2>Three Months Ended March 31,</td></tr><tr><td></td><td>2019</td><td>2018</td></tr>" + rows + "</table>";
}

std::string row(const char* label, const char* now = "", const char* before = "") {
  return std::string("<tr><td>") + label + "</td><td>" + now + "</td><td>" + before + "</td></tr>";
}

}  // namespace

TEST_CASE("a name of the company's own never stands for amounts and for amounts a share") {
  const std::string text =
      "<p>Example Corp. (NYSE: EXC) reported results for the first quarter of 2019.</p>" +
      table("Statements of Income (in thousands)", row("Revenue", "300", "260") + row("Amortization of intangibles", "42", "40") + row("Other operating expenses", "208", "180") +
                                                       row("Operating income", "50", "40")) +
      table("Reconciliation of GAAP to Non-GAAP Measures (in thousands, except per share amounts)",
            row("Operating income:") + row("GAAP operating income", "50", "40") + row("Amortization of intangibles", "95", "91") + row("Non-GAAP operating income", "145", "131") +
                row("Diluted net income per share:") + row("GAAP diluted net income per share", "$ 0.50", "$ 0.40") + row("Amortization of intangibles", "0.21", "0.20") +
                row("Non-GAAP diluted net income per share", "$ 0.71", "$ 0.60"));
  diag::Sink sink;
  const auto r = assemble::assemble(facts::read_release(std::make_shared<const Source>("case.htm", text), document::Format::html, sink), {}, sink);
  std::size_t per_share = 0;
  for (const model::Fact& f : r->facts) {
    const model::Concept& c = r->concepts[f.concept_index];
    const bool monetary = c.type.local == "monetaryItemType";
    INFO(c.name.local << " " << f.value.to_string());
    CHECK(monetary != (f.value < Decimal(1)));
    per_share += c.name.local.find("AmortizationOfIntangibles") != std::string::npos && !monetary;
  }
  CHECK(per_share > 0);
}

TEST_CASE("a subtotal without a label is the total of the heading that all its rows stand under, and of no other") {
  const std::string text =
      "<p>Example Capital Corp. (NYSE: EXC) reported results for the quarter ended March 31, 2019.</p>" +
      table("Statements of Operations (in thousands)",
            row("Interest income:") + row("Mortgage investments", "690", "830") + row("Other", "4", "5") + row("", "694", "835") + row("Interest expense:") + row("Secured borrowings", "450", "640") +
                row("Unsecured borrowings", "19", "19") + row("", "469", "659") + row("", "225", "176") + row("Compensation", "100", "90") + row("Net income", "125", "86"));
  diag::Sink sink;
  const auto r = assemble::assemble(facts::read_release(std::make_shared<const Source>("case.htm", text), document::Format::html, sink), {}, sink);
  const auto name_of = [&](int thousands) {
    for (const model::Fact& f : r->facts)
      if (f.value == Decimal(thousands) * Decimal(1000)) return r->concepts[f.concept_index].name.local;
    return std::string("no such fact");
  };
  CHECK(name_of(694) == "InterestAndDividendIncomeOperating");
  CHECK(name_of(469) == "InterestExpense");
  CHECK(name_of(225) != "InterestExpense");
  CHECK(name_of(225).find("Total") == std::string::npos);
}
