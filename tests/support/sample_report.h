#pragma once
#include <memory>
#include <string>
#include <vector>

#include "model/report.h"

/// A hand-built Report of an invented company, small but complete: income statement, balance sheet, segments with a dimension,
/// reconciliation to a measure of its own, prose facts, claims, checks. For tests of everything behind the model.
namespace factpress::test {

class SampleReport {
 public:
  explicit SampleReport(std::string company = "Quillmark Instruments, Inc.") {
    report_.entity = {"http://www.sec.gov/CIK", "0001999999", company, "Quillmark", "QMRK", "NASDAQ", {}};
    report_.source_name = "quillmark-2013-q1.md";
    report_.base = "qmrk-20130331";
    report_.title = "Quillmark Reports First Quarter Results";
    report_.release_date = Date::of(2013, 5, 9);
    report_.fiscal_period = quarter(2013);
    report_.fiscal_period_words = "First quarter 2013";
    report_.fiscal_year = 2013, report_.fiscal_quarter = 1;
    report_.own_namespace = "http://www.quillmark.example/20130331";
    report_.own_prefix = "qmrk";
    report_.namespaces = {{"dei", dei_uri, "http://xbrl.sec.gov/dei/2013/dei-2013-01-31.xsd"},
                          {"iso4217", "http://www.xbrl.org/2003/iso4217", ""},
                          {"nonnum", nonnum_uri, "http://www.xbrl.org/dtr/type/nonNumeric-2009-12-16.xsd"},
                          {"num", num_uri, "http://www.xbrl.org/dtr/type/numeric-2009-12-16.xsd"},
                          {"qmrk", "http://www.quillmark.example/20130331", ""},
                          {"us-gaap", gaap_uri, "http://xbrl.fasb.org/us-gaap/2013/elts/us-gaap-2013-01-31.xsd"},
                          {"xbrli", xbrli_uri, "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"}};
    report_.units = {{"usd", "USD", {{{iso_uri, "USD"}}}, {}},
                     {"shares", "shares", {{{xbrli_uri, "shares"}}}, {}},
                     {"usdPerShare", "USD/shares", {{{iso_uri, "USD"}}}, {{{xbrli_uri, "shares"}}}},
                     {"pure", "pure", {{{xbrli_uri, "pure"}}}, {}},
                     {"customers", "customers", {{{"http://www.quillmark.example/20130331", "customers"}}}, {}}};
    declare_concepts();
    declare_contexts();
    write_release(company);
    document_information();
    prove();
    report_.source = std::make_shared<Source>("samples/quillmark-2013-q1.md", source_);
  }

  model::Report& mutable_report() { return report_; }
  const model::Report& report() const { return report_; }
  model::Index concept_named(const std::string& local) const {
    for (model::Index i = 0; i < report_.concepts.size(); ++i)
      if (report_.concepts[i].name.local == local) return i;
    return model::none;
  }
  model::Index fact_of(const std::string& local, model::Index context) const {
    for (model::Index i = 0; i < report_.facts.size(); ++i)
      if (report_.facts[i].concept_index == concept_named(local) && report_.facts[i].context == context) return i;
    return model::none;
  }
  /// Contexts: this quarter, last year's quarter, its balance sheet dates, and segments this quarter and last year.
  enum : model::Index { now = 0, before = 1, at_end = 2, at_start = 3, sensors_now = 4, sensors_before = 5, services_now = 6, services_before = 7 };

 private:
  using Index = model::Index;
  using LabelRole = model::LabelRole;
  struct Cell {
    std::string text;
    Index fact = model::none;
    int scale = 0;
    std::optional<int> decimals = 0;
  };
  struct Said {
    Index fact;
    int scale;
    std::optional<int> decimals;
    Index claim = model::none;
  };

  static model::Period quarter(int year) { return {Date::of(year, 1, 1), *Date::of(year, 3, 31)}; }

  Index add_concept(const std::string& prefix, const std::string& local, const QName& type, bool instant, model::Balance balance,
                    const std::string& label, model::ConceptKind kind = model::ConceptKind::item) {
    model::Concept c;
    c.prefix = prefix;
    c.standard = prefix != "qmrk";
    c.name = {prefix == "us-gaap" ? gaap_uri : prefix == "dei" ? dei_uri : report_.own_namespace, local};
    c.kind = kind;
    c.type = type;
    c.period_type = instant ? model::PeriodType::instant : model::PeriodType::duration;
    c.balance = balance;
    c.labels = {{LabelRole::standard, label}};
    c.confidence = c.standard ? 0.97 : 0.5;
    c.reason = c.standard ? "the label and its place in the statement" : "nothing in the dictionary matches";
    report_.concepts.push_back(std::move(c));
    return static_cast<Index>(report_.concepts.size() - 1);
  }
  Index money(const std::string& local, bool instant, model::Balance b, const std::string& label, const std::string& prefix = "us-gaap") {
    return add_concept(prefix, local, {xbrli_uri, "monetaryItemType"}, instant, b, label);
  }
  Index heading(const std::string& local, const std::string& label, const std::string& prefix = "us-gaap",
                model::ConceptKind kind = model::ConceptKind::abstract_item) {
    return add_concept(prefix, local, {xbrli_uri, "stringItemType"}, false, model::Balance::none, label, kind);
  }

  void declare_concepts() {
    using model::Balance;
    using model::ConceptKind;
    money("Revenues", false, Balance::credit, "Revenue");
    money("CostOfRevenue", false, Balance::debit, "Cost of revenue");
    money("GrossProfit", false, Balance::credit, "Gross profit");
    money("OperatingExpenses", false, Balance::debit, "Operating expenses");
    money("NetIncomeLoss", false, Balance::credit, "Net income (loss)");
    report_.concepts.back().labels.push_back({LabelRole::total, "Net income (loss)"});
    add_concept("us-gaap", "EarningsPerShareBasicAndDiluted", {num_uri, "perShareItemType"}, false, Balance::none, "Basic and diluted earnings (loss) per share");
    add_concept("us-gaap", "WeightedAverageNumberOfDilutedSharesOutstanding", {xbrli_uri, "sharesItemType"}, false, Balance::none, "Weighted average shares");
    money("CashAndCashEquivalentsAtCarryingValue", true, Balance::debit, "Cash and cash equivalents");
    money("OtherAssets", true, Balance::debit, "Other assets");
    money("Assets", true, Balance::debit, "Total assets");
    report_.concepts.back().labels.push_back({LabelRole::total, "Total assets"});
    money("InterestExpense", false, Balance::debit, "Interest expense");
    report_.concepts.back().labels.push_back({LabelRole::negated, "Interest expense"});
    money("AdjustedOperatingEarnings", false, Balance::credit, "Adjusted operating earnings", "qmrk");
    report_.concepts.back().labels.push_back({LabelRole::documentation, "Net income before interest expense: the company's own measure."});
    report_.concepts.back().alternatives = {{"OperatingIncomeLoss", 0.31}};
    add_concept("qmrk", "GrossMargin", {num_uri, "percentItemType"}, false, Balance::none, "Gross margin");
    add_concept("qmrk", "NumberOfCustomers", {xbrli_uri, "decimalItemType"}, true, Balance::none, "Number of customers");
    add_concept("dei", "EntityRegistrantName", {xbrli_uri, "normalizedStringItemType"}, false, Balance::none, "Entity Registrant Name");
    add_concept("dei", "DocumentPeriodEndDate", {xbrli_uri, "dateItemType"}, false, Balance::none, "Document Period End Date");
    heading("IncomeStatementAbstract", "Income Statement [Abstract]");
    heading("StatementOfFinancialPositionAbstract", "Statement of Financial Position [Abstract]");
    heading("SegmentReportingAbstract", "Segment Reporting [Abstract]");
    heading("ScheduleOfSegmentReportingInformationBySegmentTable", "Segments [Table]", "us-gaap", ConceptKind::hypercube);
    heading("StatementBusinessSegmentsAxis", "Segments [Axis]", "us-gaap", ConceptKind::dimension);
    heading("SegmentDomain", "Segments [Domain]", "us-gaap", ConceptKind::domain);
    heading("SegmentReportingInformationLineItems", "Segment Reporting Information [Line Items]", "us-gaap", ConceptKind::line_items);
    heading("SensorsMember", "Sensors [Member]", "qmrk", ConceptKind::member);
    heading("ServicesMember", "Services [Member]", "qmrk", ConceptKind::member);
    for (const char* member : {"SensorsMember", "ServicesMember"}) report_.concepts[concept_named(member)].type = {nonnum_uri, "domainItemType"};
    heading("ReconciliationAbstract", "Reconciliation of adjusted operating earnings [Abstract]", "qmrk");
    heading("EntityInformationAbstract", "Document and Entity Information [Abstract]", "qmrk");
    heading("KeyFiguresAbstract", "Key Figures [Abstract]", "qmrk");
  }

  void declare_contexts() {
    const Index axis = concept_named("StatementBusinessSegmentsAxis");
    const auto add = [&](const std::string& id, model::Period p, std::vector<model::DimensionValue> d = {}) { report_.contexts.push_back({id, p, std::move(d)}); };
    const model::Period end{std::nullopt, *Date::of(2013, 3, 31)}, start{std::nullopt, *Date::of(2012, 12, 31)};
    add("D20130101-20130331", quarter(2013));
    add("D20120101-20120331", quarter(2012));
    add("I20130331", end);
    add("I20121231", start);
    add("D20130101-20130331_Sensors", quarter(2013), {{axis, concept_named("SensorsMember"), ""}});
    add("D20120101-20120331_Sensors", quarter(2012), {{axis, concept_named("SensorsMember"), ""}});
    add("D20130101-20130331_Services", quarter(2013), {{axis, concept_named("ServicesMember"), ""}});
    add("D20120101-20120331_Services", quarter(2012), {{axis, concept_named("ServicesMember"), ""}});
  }

  Index add_fact(const std::string& local, Index context, Index unit, Decimal value, std::optional<int> decimals) {
    const Index known = fact_of(local, context);
    if (known != model::none) return known;
    model::Fact f;
    f.id = "f" + std::to_string(report_.facts.size() + 1);
    f.concept_index = concept_named(local);
    f.context = context, f.unit = unit;
    f.value = std::move(value);
    f.decimals = decimals;
    f.confidence = report_.concepts[f.concept_index].confidence;
    report_.facts.push_back(std::move(f));
    return static_cast<Index>(report_.facts.size() - 1);
  }

  std::uint32_t say(Index fact, const std::string& printed, int scale, std::optional<int> decimals, std::uint32_t at, bool in_table) {
    model::Occurrence o;
    o.span = {at, at + static_cast<std::uint32_t>(printed.size())};
    o.printed = printed;
    o.in_table = in_table;
    o.block = static_cast<Index>(report_.narrative.size());
    o.scale = scale;
    o.decimals = decimals;
    o.dash = printed == "-";
    o.negated = printed.find('(') != std::string::npos;
    report_.facts[fact].occurrences.push_back(std::move(o));
    return static_cast<std::uint32_t>(report_.facts[fact].occurrences.size() - 1);
  }

  /// A block of text; "[...]" marks the numbers, in the order of `said`.
  void text_block(model::BlockKind kind, const std::string& words, const std::vector<Said>& said = {}, int level = 1) {
    model::NarrativeBlock b;
    b.kind = kind, b.level = level;
    const auto begin = static_cast<std::uint32_t>(source_.size());
    std::size_t next = 0, open = 0;
    for (const char c : words) {
      if (c == '[') {
        open = b.text.text.size();
      } else if (c == ']') {
        const Said& s = said.at(next++);
        const std::string printed = b.text.text.substr(open);
        const std::uint32_t n = say(s.fact, printed, s.scale, s.decimals, begin + static_cast<std::uint32_t>(open), false);
        report_.facts[s.fact].occurrences[n].claim = s.claim;
        b.text.marks.push_back({static_cast<std::uint32_t>(open), static_cast<std::uint32_t>(b.text.text.size()), s.fact, n});
      } else {
        b.text.text += c;
      }
    }
    source_ += b.text.text + "\n\n";
    b.span = {begin, static_cast<std::uint32_t>(source_.size() - 2)};
    report_.narrative.push_back(std::move(b));
  }

  void table_block(Index statement, const std::vector<std::vector<Cell>>& rows, std::size_t header_rows) {
    model::NarrativeBlock b;
    b.kind = model::BlockKind::table;
    b.statement = statement;
    const auto begin = static_cast<std::uint32_t>(source_.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
      model::NarrativeRow row;
      for (const Cell& c : rows[r]) {
        model::NarrativeCell cell;
        cell.text.text = c.text;
        cell.header = r < header_rows;
        cell.numeric = c.fact != model::none;
        if (cell.numeric) {
          const std::uint32_t n = say(c.fact, c.text, c.scale, c.decimals, static_cast<std::uint32_t>(source_.size()), true);
          cell.text.marks.push_back({0, static_cast<std::uint32_t>(c.text.size()), c.fact, n});
        }
        row.rule = c.text.find_first_not_of("-") == std::string::npos && c.text.size() > 2;
        source_ += c.text + "\t";
        row.cells.push_back(std::move(cell));
      }
      source_ += "\n";
      b.rows.push_back(std::move(row));
    }
    source_ += "\n";
    b.span = {begin, static_cast<std::uint32_t>(source_.size())};
    report_.narrative.push_back(std::move(b));
  }

  /// A statement's row over facts, the last occurrence of each being the cell.
  void row(model::Statement& s, const std::string& label, const std::string& local, std::vector<Index> facts, bool total = false,
           LabelRole role = LabelRole::standard, int depth = 0) {
    model::StatementRow r;
    r.label = label;
    r.concept_index = concept_named(local);
    r.total = total, r.preferred_label = role, r.depth = depth;
    for (const Index f : facts)
      r.cells.push_back({f, f == model::none ? 0 : static_cast<Index>(report_.facts[f].occurrences.size() - 1)});
    r.abstract_row = facts.empty();
    s.rows.push_back(std::move(r));
  }

  model::Statement statement(model::StatementKind kind, const std::string& title, const std::string& id, const std::string& root) {
    model::Statement s;
    s.kind = kind, s.title = title;
    const std::size_t n = report_.statements.size() + 1;
    s.role_id = id;
    s.role_uri = "http://www.quillmark.example/role/" + id;
    s.role_definition = "000" + std::to_string(n) + (n == 1 ? " - Document - " : " - Statement - ") + title;
    s.root = concept_named(root);
    return s;
  }
  void thousands(model::Statement& s) { s.scale = 3, s.unit_note = "in thousands, except per share data"; }

  void income_statement() {
    const auto usd = [&](const char* local, Index c, int v) { return add_fact(local, c, 0, Decimal(v) * Decimal(1000), -3); };
    const auto cell = [&](const std::string& text, Index fact) { return Cell{text, fact, 3, -3}; };
    model::Statement s = statement(model::StatementKind::income, "Consolidated Statements of Operations", "ConsolidatedStatementsOfOperations", "IncomeStatementAbstract");
    thousands(s);
    s.columns = {{"Three Months Ended March 31, 2013", quarter(2013), {}, false}, {"Three Months Ended March 31, 2012", quarter(2012), {}, true}};
    const Index revenue = usd("Revenues", now, 12345), revenue0 = usd("Revenues", before, 10661);
    const Index cost = usd("CostOfRevenue", now, 8024), cost0 = usd("CostOfRevenue", before, 7250);
    const Index profit = usd("GrossProfit", now, 4321), profit0 = usd("GrossProfit", before, 3411);
    const Index expenses = usd("OperatingExpenses", now, 4600), expenses0 = usd("OperatingExpenses", before, 3411);
    const Index loss = usd("NetIncomeLoss", now, -279), loss0 = usd("NetIncomeLoss", before, 0);
    const Index eps = add_fact("EarningsPerShareBasicAndDiluted", now, 2, Decimal::scaled(-2, -2), 2);
    const Index eps0 = add_fact("EarningsPerShareBasicAndDiluted", before, 2, Decimal(0), 2);
    const Index shares = add_fact("WeightedAverageNumberOfDilutedSharesOutstanding", now, 1, Decimal(14005000), -3);
    const Index shares0 = add_fact("WeightedAverageNumberOfDilutedSharesOutstanding", before, 1, Decimal(13980000), -3);
    text_block(model::BlockKind::heading, "Consolidated Statements of Operations", {}, 3);
    table_block(1, {{{"(in thousands, except per share data)"}, {"Three Months Ended March 31,"}, {""}},
                    {{""}, {"2013"}, {"2012"}},
                    {{"Revenue"}, cell("$ 12,345", revenue), cell("$ 10,661", revenue0)},
                    {{"Cost of revenue"}, cell("8,024", cost), cell("7,250", cost0)},
                    {{""}, {"-----"}, {"-----"}},
                    {{"Gross profit"}, cell("4,321", profit), cell("3,411", profit0)},
                    {{"Operating expenses"}, cell("4,600", expenses), cell("3,411", expenses0)},
                    {{"Net income (loss)"}, cell("$ (279)", loss), cell("-", loss0)},
                    {{"Basic and diluted earnings (loss) per share"}, {"$ (0.02)", eps, 0, 2}, {"-", eps0, 0, 2}},
                    {{"Weighted average shares"}, cell("14,005", shares), cell("13,980", shares0)}}, 2);
    row(s, "Revenue", "Revenues", {revenue, revenue0});
    row(s, "Cost of revenue", "CostOfRevenue", {cost, cost0});
    row(s, "Gross profit", "GrossProfit", {profit, profit0}, true);
    row(s, "Operating expenses", "OperatingExpenses", {expenses, expenses0});
    row(s, "Net income (loss)", "NetIncomeLoss", {loss, loss0}, true, LabelRole::total);
    row(s, "Basic and diluted earnings (loss) per share", "EarningsPerShareBasicAndDiluted", {eps, eps0});
    row(s, "Weighted average shares", "WeightedAverageNumberOfDilutedSharesOutstanding", {shares, shares0});
    const auto c = [&](const char* local) { return concept_named(local); };
    s.calculations = {{c("GrossProfit"), c("Revenues"), 1, 1}, {c("GrossProfit"), c("CostOfRevenue"), -1, 2},
                      {c("NetIncomeLoss"), c("GrossProfit"), 1, 1}, {c("NetIncomeLoss"), c("OperatingExpenses"), -1, 2}};
    s.narrative_blocks = {static_cast<Index>(report_.narrative.size() - 1)};
    s.reasons = {"rows of revenue, cost and net income"};
    report_.statements.push_back(std::move(s));
  }

  void balance_sheet() {
    const auto usd = [&](const char* local, Index c, int v) { return add_fact(local, c, 0, Decimal(v) * Decimal(1000), -3); };
    const auto cell = [&](const std::string& text, Index fact) { return Cell{text, fact, 3, -3}; };
    model::Statement s = statement(model::StatementKind::balance, "Consolidated Balance Sheets", "ConsolidatedBalanceSheets", "StatementOfFinancialPositionAbstract");
    thousands(s);
    s.columns = {{"March 31, 2013", report_.contexts[at_end].period, {}, false}, {"December 31, 2012", report_.contexts[at_start].period, {}, true}};
    const Index cash = usd("CashAndCashEquivalentsAtCarryingValue", at_end, 2500), cash0 = usd("CashAndCashEquivalentsAtCarryingValue", at_start, 3100);
    const Index other = usd("OtherAssets", at_end, 17500), other0 = usd("OtherAssets", at_start, 16400);
    const Index total = usd("Assets", at_end, 20000), total0 = usd("Assets", at_start, 19500);
    text_block(model::BlockKind::heading, "Consolidated Balance Sheets", {}, 3);
    table_block(2, {{{"(in thousands)"}, {"March 31, 2013"}, {"December 31, 2012"}},
                    {{"Cash and cash equivalents"}, cell("$2,500", cash), cell("$3,100", cash0)},
                    {{"Other assets"}, cell("17,500", other), cell("16,400", other0)},
                    {{"Total assets"}, cell("$20,000", total), cell("$19,500", total0)}}, 1);
    row(s, "Cash and cash equivalents", "CashAndCashEquivalentsAtCarryingValue", {cash, cash0});
    row(s, "Other assets", "OtherAssets", {other, other0});
    row(s, "Total assets", "Assets", {total, total0}, true, LabelRole::total);
    s.calculations = {{concept_named("Assets"), concept_named("CashAndCashEquivalentsAtCarryingValue"), 1, 1},
                      {concept_named("Assets"), concept_named("OtherAssets"), 1, 2}};
    report_.statements.push_back(std::move(s));
  }

  void segments() {
    const auto usd = [&](Index c, int v) { return add_fact("Revenues", c, 0, Decimal(v) * Decimal(1000), -3); };
    const auto cell = [&](const std::string& text, Index fact) { return Cell{text, fact, 3, -3}; };
    model::Statement s = statement(model::StatementKind::segment, "Revenue by Segment", "RevenueBySegment", "SegmentReportingAbstract");
    thousands(s);
    s.columns = {{"2013", quarter(2013), {}, false}, {"2012", quarter(2012), {}, true}};
    const Index a = usd(sensors_now, 9000), a0 = usd(sensors_before, 8000), b = usd(services_now, 3345), b0 = usd(services_before, 2661);
    const Index t = usd(now, 12345), t0 = usd(before, 10661);
    text_block(model::BlockKind::heading, "Revenue by Segment", {}, 3);
    table_block(3, {{{"(in thousands)"}, {"2013"}, {"2012"}},
                    {{"Sensors"}, cell("$9,000", a), cell("$8,000", a0)},
                    {{"Services"}, cell("3,345", b), cell("2,661", b0)},
                    {{"Total revenue"}, cell("$12,345", t), cell("$10,661", t0)}}, 1);
    row(s, "Sensors", "Revenues", {a, a0});
    row(s, "Services", "Revenues", {b, b0});
    row(s, "Total revenue", "Revenues", {t, t0}, true);
    s.table = concept_named("ScheduleOfSegmentReportingInformationBySegmentTable");
    s.line_items = concept_named("SegmentReportingInformationLineItems");
    s.axes = {{concept_named("StatementBusinessSegmentsAxis"), concept_named("SegmentDomain"), {concept_named("SensorsMember"), concept_named("ServicesMember")}}};
    report_.statements.push_back(std::move(s));
  }

  void reconciliation() {
    const auto usd = [&](const char* local, Index c, int v) { return add_fact(local, c, 0, Decimal(v) * Decimal(1000), -3); };
    const auto cell = [&](const std::string& text, Index fact) { return Cell{text, fact, 3, -3}; };
    model::Statement s = statement(model::StatementKind::reconciliation, "Reconciliation of Adjusted Operating Earnings",
                                   "ReconciliationOfAdjustedOperatingEarnings", "ReconciliationAbstract");
    thousands(s);
    s.columns = {{"2013", quarter(2013), {}, false}, {"2012", quarter(2012), {}, true}};
    const Index n = usd("NetIncomeLoss", now, -279), n0 = usd("NetIncomeLoss", before, 0);
    const Index i = usd("InterestExpense", now, 512), i0 = usd("InterestExpense", before, 480);
    const Index a = usd("AdjustedOperatingEarnings", now, 233), a0 = usd("AdjustedOperatingEarnings", before, 480);
    text_block(model::BlockKind::heading, "Reconciliation of Adjusted Operating Earnings", {}, 3);
    table_block(4, {{{"(in thousands)"}, {"2013"}, {"2012"}},
                    {{"Net income (loss)"}, cell("$(279)", n), cell("-", n0)},
                    {{"Interest expense"}, cell("512", i), cell("480", i0)},
                    {{"Adjusted operating earnings"}, cell("$233", a), cell("$480", a0)}}, 1);
    row(s, "Net income (loss)", "NetIncomeLoss", {n, n0});
    row(s, "Interest expense", "InterestExpense", {i, i0});
    row(s, "Adjusted operating earnings", "AdjustedOperatingEarnings", {a, a0}, true);
    s.calculations = {{concept_named("AdjustedOperatingEarnings"), concept_named("NetIncomeLoss"), 1, 1},
                      {concept_named("AdjustedOperatingEarnings"), concept_named("InterestExpense"), 1, 2}};
    report_.statements.push_back(std::move(s));
  }

  void write_release(const std::string& company) {
    const auto usd = [&](const char* local, Index c, int v) { return add_fact(local, c, 0, Decimal(v) * Decimal(1000), -3); };
    text_block(model::BlockKind::heading, "Quillmark Reports First Quarter Results", {}, 1);
    const Index revenue = usd("Revenues", now, 12345), loss = usd("NetIncomeLoss", now, -279);
    const Index eps = add_fact("EarningsPerShareBasicAndDiluted", now, 2, Decimal::scaled(-2, -2), 2);
    const Index margin = add_fact("GrossMargin", now, 3, Decimal::scaled(350, -3), 3);
    const Index customers = add_fact("NumberOfCustomers", at_end, 4, Decimal(1250), 0);
    text_block(model::BlockKind::paragraph,
               "BOSTON -- " + company + " (NASDAQ: QMRK) today reported revenue of [$12.3 million] for the first quarter ended March 31, 2013 "
               "& a net loss of [$0.3 million], or [($0.02)] per share.",
               {{revenue, 6, -5, 0}, {loss, 6, -5, 1}, {eps, 0, 2}});
    auto& emphasis = report_.narrative.back().text.emphasis;
    const auto at = static_cast<std::uint32_t>(report_.narrative.back().text.text.find("revenue of"));
    emphasis.push_back({model::Emphasis::Kind::strong, at, at + 13, ""});
    text_block(model::BlockKind::list_item, "Gross margin was [35.0%].", {{margin, -2, 3, 2}});
    text_block(model::BlockKind::list_item, "Quillmark served [1,250] customers.", {{customers, 0, 0}});
    income_statement_and_document_role();
    balance_sheet();
    segments();
    reconciliation();
    key_figures(margin, customers);
    text_block(model::BlockKind::paragraph, "Investors: https://www.quillmark.example/investors");
    auto& last = report_.narrative.back().text;
    last.emphasis.push_back({model::Emphasis::Kind::link, 11, static_cast<std::uint32_t>(last.text.size()), "https://www.quillmark.example/investors"});
  }

  void income_statement_and_document_role() {
    report_.statements.push_back(statement(model::StatementKind::document_information, "Document and Entity Information",
                                           "DocumentAndEntityInformation", "EntityInformationAbstract"));
    row(report_.statements[0], "Entity Registrant Name", "EntityRegistrantName", {model::none});
    row(report_.statements[0], "Document Period End Date", "DocumentPeriodEndDate", {model::none});
    income_statement();
  }

  void key_figures(Index margin, Index customers) {
    model::Statement s = statement(model::StatementKind::prose, "Key Figures", "KeyFigures", "KeyFiguresAbstract");
    row(s, "Gross margin", "GrossMargin", {margin});
    row(s, "Number of customers", "NumberOfCustomers", {customers});
    report_.statements.push_back(std::move(s));
  }

  void document_information() {
    const auto add = [&](const char* local, std::string text) {
      const Index f = add_fact(local, now, model::none, Decimal(), std::nullopt);
      report_.facts[f].text = std::move(text);
      report_.facts[f].hidden = true;
    };
    add("EntityRegistrantName", report_.entity.name);
    add("DocumentPeriodEndDate", "2013-03-31");
  }

  void prove() {
    using namespace model;
    const auto term = [&](const char* local, Index c, int weight) {
      const Index f = fact_of(local, c);
      return Term{f, 0, weight, report_.facts[f].value, report_.concepts[report_.facts[f].concept_index].label(LabelRole::standard)};
    };
    Check foot;
    foot.kind = CheckKind::footing, foot.verdict = Verdict::proved, foot.statement = 2;
    foot.span = report_.facts[fact_of("Assets", at_end)].occurrences[0].span;
    foot.title = "Total assets, March 31, 2013";
    foot.arithmetic = "2,500,000 + 17,500,000 = 20,000,000";
    foot.terms = {term("CashAndCashEquivalentsAtCarryingValue", at_end, 1), term("OtherAssets", at_end, 1)};
    foot.result = term("Assets", at_end, 1);
    report_.checks.push_back(foot);
    const auto claim = [&](const char* subject, const char* kind, Index fact, std::uint32_t occurrence, Verdict verdict, const char* arithmetic) {
      const Occurrence& o = report_.facts[fact].occurrences[occurrence];
      Claim c;
      c.subject = subject, c.kind = kind, c.span = o.span, c.fact = fact, c.printed = o.printed;
      c.sentence = report_.narrative[o.block].text.text;
      c.sentence_span = report_.narrative[o.block].span;
      c.check = static_cast<Index>(report_.checks.size());
      Check k;
      k.kind = CheckKind::claim, k.verdict = verdict, k.span = o.span, k.title = std::string(subject) + ", " + kind;
      k.arithmetic = arithmetic;
      k.reason = verdict == Verdict::unproved ? "no table states it" : "";
      k.claim = static_cast<Index>(report_.claims.size());
      k.statement = 1;
      report_.checks.push_back(k);
      report_.claims.push_back(c);
    };
    claim("Revenue", "level", fact_of("Revenues", now), 0, Verdict::proved, "12,345,000 rounds to 12.3 million");
    claim("Net loss", "level", fact_of("NetIncomeLoss", now), 0, Verdict::proved, "-279,000 rounds to -0.3 million");
    claim("Gross margin", "margin", fact_of("GrossMargin", now), 0, Verdict::proved, "4,321,000 / 12,345,000 = 0.350");
    claim("Customers", "level", fact_of("NumberOfCustomers", at_end), 0, Verdict::unproved, "");
  }

  inline static const std::string gaap_uri = "http://fasb.org/us-gaap/2013-01-31", dei_uri = "http://xbrl.sec.gov/dei/2013-01-31",
                                  num_uri = "http://www.xbrl.org/dtr/type/numeric", nonnum_uri = "http://www.xbrl.org/dtr/type/non-numeric",
                                  xbrli_uri = "http://www.xbrl.org/2003/instance", iso_uri = "http://www.xbrl.org/2003/iso4217";
  model::Report report_;
  std::string source_;
};

}  // namespace factpress::test
