#include "instance/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "diag/codes/instance.h"
#include "instance/csv.h"
#include "instance/json.h"
#include "instance/oim_names.h"
#include "xbrl/names.h"

namespace factpress::instance {
namespace {

namespace codes = diag::codes;

using Parameters = std::map<std::string, std::string>;

// dimensions of a template, of a column, of a property group: name -> JSON value; the inner ones override.
using Dimensions = std::vector<std::pair<std::string, Json>>;

void overlay(Dimensions& onto, const Json& dimensions) {
  for (Json d = dimensions.first(); d; d = d.next()) {
    const std::string name = d.key();
    const auto it = std::find_if(onto.begin(), onto.end(), [&](const auto& e) { return e.first == name; });
    if (it == onto.end()) onto.emplace_back(name, d);
    else it->second = d;
  }
}

struct Table {
  SourcePtr source;
  std::vector<CsvRow> rows;
  std::map<std::string, std::size_t> columns;  // by the header's names
  Parameters parameters;
  Json definition;  // of the template
  Dimensions dimensions;
  Json decimals;
  std::string row_id_column;
};

class Reader {
 public:
  Reader(const SourcePtr& metadata, const TableLoader& load, diag::Sink& sink) : metadata_(metadata), load_(load), sink_(sink) {}

  std::optional<OimReport> run() {
    if (!document_.parse(metadata_, sink_)) return {};
    const Json root = document_.root();
    if (!read_document_info(root, xbrl::document_type::csv, report_, sink_)) return {};
    for (Json t = root["tables"].first(); t; t = t.next())
      if (!read_table(root, t)) return {};
    if (const Json links = root["links"]; links && !read_links(links, {}, read_link_names(root), report_, sink_)) return {};
    take_notes(report_);
    return std::move(report_);
  }

 private:
  bool fail(const diag::CodeInfo& code, const Place& place, std::string message) {
    sink_.add({code, place, std::move(message)});
    return false;
  }

  void add_parameters(const Json& object, Parameters& parameters) const {
    for (Json p = object.first(); p; p = p.next()) parameters[p.key()] = p.string();
  }

  bool read_table(const Json& root, const Json& table) {
    const std::string name = table["template"] ? table["template"].string() : table.key();
    Table t;
    t.definition = root["tableTemplates"][name];
    if (!t.definition.is(Json::Type::object))
      return fail(codes::instance_oim_structure, table.place(), fmt::format("there is no table template \"{}\"", name));
    const Json url = table["url"];
    t.source = load_(url.string());
    const Json optional = table["optional"];
    if (!t.source && optional && optional.raw() == "true") return true;
    if (!t.source) return fail(codes::instance_oim_structure, url ? url.place() : table.place(), fmt::format("the table {} cannot be read", url.string()));
    if (!parse_csv(t.source, t.rows, sink_)) return false;
    add_parameters(root["parameters"], t.parameters);
    add_parameters(table["parameters"], t.parameters);
    overlay(t.dimensions, root["dimensions"]);
    overlay(t.dimensions, t.definition["dimensions"]);
    t.decimals = t.definition["decimals"] ? t.definition["decimals"] : root["decimals"];
    t.row_id_column = t.definition["rowIdColumn"].string();
    return read_header(t) && read_rows(t, table.key());
  }

  bool read_header(Table& t) {
    if (t.rows.empty()) return fail(codes::instance_csv_syntax, {t.source, {}}, "the table has no header row");
    const auto& cells = t.rows.front().cells;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string name = csv_text(*t.source, cells[i]);
      const Place place{t.source, cells[i].span};
      if (!t.columns.emplace(name, i).second) return fail(codes::instance_csv_syntax, place, fmt::format("the column \"{}\" stands twice", name));
      if (!t.definition["columns"][name]) return fail(codes::instance_oim_structure, place, fmt::format("the template has no column \"{}\"", name));
    }
    return true;
  }

  bool read_rows(const Table& t, const std::string& table_id) {
    for (std::size_t r = 1; r < t.rows.size(); ++r) {
      const CsvRow& row = t.rows[r];
      if (row.cells.size() != t.columns.size()) {
        const Place place{t.source, row.cells.empty() ? Span{} : cover(row.cells.front().span, row.cells.back().span)};
        return fail(codes::instance_csv_syntax, place,
                    fmt::format("the row has {} cells, the header {}", row.cells.size(), t.columns.size()));
      }
      for (const auto& [name, index] : t.columns) {
        const Json column = t.definition["columns"][name];
        const bool fact_column = column["dimensions"] || column["propertyGroups"];
        if (fact_column && !read_fact(t, table_id, row, r, name, index, column)) return false;
      }
    }
    return true;
  }

  std::string cell_text(const Table& t, const CsvRow& row, const std::string& column) const {
    const auto it = t.columns.find(column);
    return it == t.columns.end() ? std::string() : csv_text(*t.source, row.cells[it->second]);
  }

  // "$column" and "$parameter"; "$$" stands for a dollar sign; anything else for itself. Empty: no value here.
  std::optional<std::string> resolve(const Table& t, const CsvRow& row, const Json& value) const {
    if (value.is(Json::Type::null)) return {};
    const std::string text = value.is(Json::Type::string) ? value.string() : std::string(value.raw());
    if (!text.starts_with("$")) return text;
    if (text.starts_with("$$")) return text.substr(1);
    std::string name = text.substr(1);
    const std::size_t at = name.find('@');
    const std::string suffix = at == std::string::npos ? "" : name.substr(at + 1);
    name.resize(std::min(at, name.size()));
    std::string found = t.columns.count(name) ? cell_text(t, row, name) : t.parameters.count(name) ? t.parameters.at(name) : "";
    if (suffix == "start" || suffix == "end") {
      const std::size_t slash = found.find('/');
      if (slash != std::string::npos) found = suffix == "start" ? found.substr(0, slash) : found.substr(slash + 1);
    }
    if (found == "#none" || found.empty()) return {};
    return found;
  }

  bool read_fact(const Table& t, const std::string& table_id, const CsvRow& row, std::size_t r, const std::string& name, std::size_t index,
                 const Json& column) {
    std::string value = csv_text(*t.source, row.cells[index]);
    if (value.empty() || value == "#none") return true;
    OimFact fact;
    fact.place = {t.source, row.cells[index].span};
    const std::string row_id = t.row_id_column.empty() ? fmt::format("r_{}", r) : cell_text(t, row, t.row_id_column);
    fact.id = fmt::format("{}.{}.{}", table_id, row_id, name);
    fact.nil = value == "#nil";
    fact.value = value == "#empty" || fact.nil ? "" : value.starts_with("##") ? value.substr(1) : value;
    Dimensions dimensions = t.dimensions;
    overlay(dimensions, column["dimensions"]);
    Json decimals = column["decimals"] ? column["decimals"] : t.decimals;
    if (!add_property_group(t, row, column, dimensions, decimals)) return false;
    for (const auto& [dimension, json] : dimensions) {
      auto text = resolve(t, row, json);
      if (!text) continue;  // the dimension is absent
      const Place place = fact.place;
      if (*text == "#nil") text.reset();
      if (!read_oim_dimension(dimension, std::move(text), report_.namespaces, place, fact, sink_)) return false;
    }
    if (!add_decimals(t, row, decimals, fact) || !complete_fact(fact, sink_)) return false;
    report_.facts.push_back(std::move(fact));
    return true;
  }

  bool add_property_group(const Table& t, const CsvRow& row, const Json& column, Dimensions& dimensions, Json& decimals) {
    for (Json from = column["propertiesFrom"].first(); from; from = from.next()) {
      const std::string key = cell_text(t, row, from.string());
      const Json group = t.definition["columns"][from.string()]["propertyGroups"][key];
      if (!group) return fail(codes::instance_oim_structure, from.place(), fmt::format("there is no property group \"{}\"", key));
      overlay(dimensions, group["dimensions"]);
      if (group["decimals"]) decimals = group["decimals"];
    }
    return true;
  }

  bool add_decimals(const Table& t, const CsvRow& row, const Json& decimals, OimFact& fact) {
    if (!decimals) return true;
    const auto text = resolve(t, row, decimals);
    if (!text || *text == "INF") return true;
    const auto number = Decimal::parse(*text);
    const auto whole = number ? number->to_int64() : std::nullopt;
    if (!whole || *whole < -1000 || *whole > 1000)
      return fail(codes::instance_oim_value, fact.place, fmt::format("decimals must be a whole number, not {}", *text));
    fact.decimals = static_cast<int>(*whole);
    fact.numeric = true;
    return true;
  }

  SourcePtr metadata_;
  const TableLoader& load_;
  diag::Sink& sink_;
  JsonDocument document_;
  OimReport report_;
};

}  // namespace

std::optional<OimReport> read_csv_report(const SourcePtr& metadata, const TableLoader& load, diag::Sink& sink) {
  return Reader(metadata, load, sink).run();
}

}  // namespace factpress::instance
