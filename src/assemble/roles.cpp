#include "assemble/roles.h"

#include <fmt/format.h>

#include <algorithm>

#include "assemble/concepts.h"
#include "base/text.h"
#include "mapping/companions.h"

namespace factpress::assemble {
namespace {

std::string_view type_of_role(model::StatementKind kind) {
  switch (kind) {
    case model::StatementKind::document_information: return "Document";
    case model::StatementKind::income:
    case model::StatementKind::balance:
    case model::StatementKind::cashflow:
    case model::StatementKind::equity: return "Statement";
    default: return "Disclosure";
  }
}

std::optional<mapping::TableKind> table_kind(model::StatementKind kind) {
  switch (kind) {
    case model::StatementKind::income: return mapping::TableKind::income;
    case model::StatementKind::balance: return mapping::TableKind::balance;
    case model::StatementKind::cashflow: return mapping::TableKind::cashflow;
    case model::StatementKind::equity: return mapping::TableKind::equity;
    default: return std::nullopt;
  }
}

Index standard_abstract(Draft& d, mapping::StandardName name, model::ConceptKind kind, const std::string& label) {
  model::Concept c;
  c.kind = kind;
  c.name = standard_name(d, name.prefix, name.local);
  c.prefix = std::string(name.prefix);
  c.standard = true;
  c.type = kind == model::ConceptKind::domain ? domain_type(d) : QName{"http://www.xbrl.org/2003/instance", "stringItemType"};
  const Index index = d.add_concept(std::move(c));
  d.add_label(index, model::LabelRole::standard, label);
  return index;
}

bool uses_official(const Draft& d) { return d.session && d.options.profile == model::Profile::us_gaap; }

Index domain_of(Draft& d, Index axis) {
  const model::Concept& a = d.report.concepts[axis];
  if (a.standard && uses_official(d)) {
    for (const auto kind : {mapping::AxisKind::business_segment, mapping::AxisKind::geography, mapping::AxisKind::product, mapping::AxisKind::scenario}) {
      const mapping::Axis standard = mapping::standard_axis(kind, d.session->release());
      if (standard.axis.local == a.name.local && !standard.domain.local.empty()) {
        return standard_abstract(d, standard.domain, model::ConceptKind::domain, "All [Domain]");
      }
    }
  }
  std::string local = a.name.local;
  if (local.ends_with("Axis")) local.resize(local.size() - 4);
  return d.abstract_concept(local + "Domain", "All [Domain]", model::ConceptKind::domain);
}

}  // namespace

std::string_view default_title(model::StatementKind kind) {
  switch (kind) {
    case model::StatementKind::document_information: return "Document and Entity Information";
    case model::StatementKind::income: return "Statements of Operations";
    case model::StatementKind::balance: return "Balance Sheets";
    case model::StatementKind::cashflow: return "Statements of Cash Flows";
    case model::StatementKind::equity: return "Statements of Equity";
    case model::StatementKind::reconciliation: return "Reconciliation";
    case model::StatementKind::segment: return "Segment Information";
    case model::StatementKind::other: return "Other Data";
    case model::StatementKind::prose: return "Figures Stated in the Text";
    case model::StatementKind::text_blocks: return "Sections of the Release";
  }
  return "";
}

void assign_role(Draft& d, model::Statement& s) {
  std::string id = camel_case(s.title.size() > 100 ? s.title.substr(0, 100) : s.title);
  const auto taken = [&](const std::string& name) {
    return std::any_of(d.report.statements.begin(), d.report.statements.end(), [&](const auto& o) { return o.role_id == name; });
  };
  if (taken(id)) {
    int n = 2;
    while (taken(fmt::format("{}{}", id, n))) ++n;
    id = fmt::format("{}{}", id, n);
  }
  // http://www.example.com/20130331 has its roles under http://www.example.com/role/.
  const std::string authority = d.report.own_namespace.substr(0, d.report.own_namespace.rfind('/'));
  s.role_id = id;
  s.role_uri = fmt::format("{}/role/{}", authority, id);
  std::string title;
  for (char c : s.title) title += c == '<' || c == '>' || c == '&' ? ' ' : c;
  s.role_definition = fmt::format("{:04} - {} - {}", d.report.statements.size() + 1, type_of_role(s.kind), collapse(title));
}

Index root_of(Draft& d, const model::Statement& s) {
  if (const auto kind = table_kind(s.kind); kind && uses_official(d)) {
    const mapping::StandardName root = mapping::statement_root(*kind, d.session->release());
    if (!root.local.empty()) return standard_abstract(d, root, model::ConceptKind::abstract_item, std::string(default_title(s.kind)) + " [Abstract]");
  }
  return d.abstract_concept(s.role_id + "Abstract", collapse(s.title) + " [Abstract]", model::ConceptKind::abstract_item);
}

void add_hypercube(Draft& d, model::Statement& s, const std::set<Index>& contexts) {
  for (Index c : contexts) {
    for (const model::DimensionValue& v : d.report.contexts[c].dimensions) {
      auto axis = std::find_if(s.axes.begin(), s.axes.end(), [&](const auto& a) { return a.dimension == v.dimension; });
      if (axis == s.axes.end()) {
        s.axes.push_back({v.dimension, domain_of(d, v.dimension), {}});
        axis = s.axes.end() - 1;
      }
      if (v.member != model::none && std::find(axis->members.begin(), axis->members.end(), v.member) == axis->members.end()) axis->members.push_back(v.member);
    }
  }
  if (s.axes.empty()) return;
  if (uses_official(d)) {
    s.table = standard_abstract(d, mapping::statement_table(d.session->release()), model::ConceptKind::hypercube, "Statement [Table]");
    s.line_items = standard_abstract(d, mapping::statement_line_items(d.session->release()), model::ConceptKind::line_items, "Statement [Line Items]");
  } else {
    s.table = d.abstract_concept("StatementTable", "Statement [Table]", model::ConceptKind::hypercube);
    s.line_items = d.abstract_concept("StatementLineItems", "Statement [Line Items]", model::ConceptKind::line_items);
  }
}

}  // namespace factpress::assemble
