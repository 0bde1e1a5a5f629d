#include "instance/oim_write.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/date.h"
#include "diag/render.h"
#include "xbrl/names.h"
#include "xml/names.h"
#include "xml/writer.h"

namespace factpress::instance {
namespace {

// A prefix for every namespace that the facts use: the report's own where it has one, else a new one.
class Prefixes {
 public:
  explicit Prefixes(const OimReport& report) {
    for (const auto& [prefix, uri] : report.namespaces)
      if (!prefix.empty() && prefix != "xml" && prefix != "xmlns") wished_.emplace(uri, prefix);
    for (const OimFact& f : report.facts) {
      add(f.name.uri, "c");
      add(f.entity_scheme, "scheme");
      for (const OimDimension& d : f.dimensions) add(d.axis.uri, "d"), add(d.member.uri, "m");
      for (const QName& m : f.unit.numerators) add(m.uri, "u");
      for (const QName& m : f.unit.denominators) add(m.uri, "u");
    }
  }
  void add(const std::string& uri, const std::string& wish) {
    if (uri.empty() || of_.contains(uri)) return;
    const auto it = wished_.find(uri);
    std::string prefix = it != wished_.end() ? it->second : wish;
    for (int n = 1; taken_.contains(prefix); ++n) prefix = wish + std::to_string(n);
    taken_.insert(prefix);
    of_[uri] = prefix;
  }
  std::string name(const QName& q) const { return of_.at(q.uri) + ":" + q.local; }
  const std::string& operator[](const std::string& uri) const { return of_.at(uri); }
  const std::map<std::string, std::string>& all() const { return of_; }  // by namespace

 private:
  std::map<std::string, std::string> of_, wished_;
  std::set<std::string> taken_;
};

std::string quoted(std::string_view text) {
  std::string out;
  diag::append_json_string(out, text);
  return out;
}

std::string period_text(const OimPeriod& p) { return p.start.empty() ? p.end : p.start + "/" + p.end; }

std::string document_info(const OimReport& report, std::string_view type, const Prefixes& prefixes) {
  std::map<std::string, std::string> by_prefix;
  for (const auto& [uri, prefix] : prefixes.all()) by_prefix[prefix] = uri;
  std::string out = fmt::format("  \"documentInfo\": {{\n    \"documentType\": {},\n    \"namespaces\": {{", quoted(type));
  const char* separator = "\n";
  for (const auto& [prefix, uri] : by_prefix) {
    out += fmt::format("{}      {}: {}", separator, quoted(prefix), quoted(uri));
    separator = ",\n";
  }
  out += "\n    },\n    \"taxonomy\": [";
  for (std::size_t i = 0; i < report.taxonomy.size(); ++i) out += (i ? ", " : "") + quoted(report.taxonomy[i]);
  return out + "]\n  }";
}

std::string fact_id(const OimFact& f, std::size_t i) { return f.id.empty() ? "f" + std::to_string(i + 1) : f.id; }

// Dimensions of a fact in the OIM's names, in a fixed order.
std::vector<std::pair<std::string, std::string>> aspects(const OimFact& f, const Prefixes& prefixes) {
  std::vector<std::pair<std::string, std::string>> out = {{"concept", quoted(prefixes.name(f.name))},
                                                          {"entity", quoted(prefixes[f.entity_scheme] + ":" + f.entity)}};
  if (!f.period.end.empty()) out.emplace_back("period", quoted(period_text(f.period)));
  const std::string unit = f.numeric ? unit_text(f.unit, prefixes.all()) : "";
  if (!unit.empty()) out.emplace_back("unit", quoted(unit));
  if (!f.numeric && !f.language.empty()) out.emplace_back("language", quoted(f.language));
  for (const OimDimension& d : f.dimensions)
    out.emplace_back(prefixes.name(d.axis), d.nil ? "null" : quoted(d.member.empty() ? d.typed_value : prefixes.name(d.member)));
  return out;
}

}  // namespace

std::string write_json_report(const OimReport& report) {
  const Prefixes prefixes(report);
  std::string out = "{\n" + document_info(report, xbrl::document_type::json, prefixes) + ",\n  \"facts\": {";
  for (std::size_t i = 0; i < report.facts.size(); ++i) {
    const OimFact& f = report.facts[i];
    out += fmt::format("{}\n    {}: {{\"value\": {}", i ? "," : "", quoted(fact_id(f, i)), f.nil ? "null" : quoted(f.value));
    if (f.numeric && f.decimals && !f.nil) out += fmt::format(", \"decimals\": {}", *f.decimals);
    out += ", \"dimensions\": {";
    const char* separator = "";
    for (const auto& [name, value] : aspects(f, prefixes)) {
      out += fmt::format("{}{}: {}", separator, quoted(name), value);
      separator = ", ";
    }
    out += "}}";
  }
  return out + "\n  }\n}\n";
}

namespace {

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// Values that begin with '#' would be special (xBRL-CSV 1.0 §4.3.2).
std::string csv_value(const OimFact& f) {
  if (f.nil) return "#nil";
  if (f.value.empty()) return "#empty";
  return f.value[0] == '#' ? "#" + f.value : f.value;
}

}  // namespace

CsvReport write_csv_report(const OimReport& report, const std::string& table_name) {
  const Prefixes prefixes(report);
  std::set<QName> axes;
  for (const OimFact& f : report.facts)
    for (const OimDimension& d : f.dimensions) axes.insert(d.axis);
  CsvReport out;
  out.table = "id,concept,entity,period,unit,language,decimals";
  std::string columns = "\"id\": {}, \"concept\": {}, \"entity\": {}, \"period\": {}, \"unit\": {}, \"language\": {}, \"decimals\": {}";
  std::string bound = "\"concept\": \"$concept\", \"entity\": \"$entity\", \"period\": \"$period\", \"unit\": \"$unit\", \"language\": \"$language\"";
  std::size_t n = 0;
  for (const QName& axis : axes) {
    const std::string column = "axis" + std::to_string(++n);
    out.table += "," + column;
    columns += fmt::format(", \"{}\": {{}}", column);
    bound += fmt::format(", {}: \"${}\"", quoted(prefixes.name(axis)), column);
  }
  out.table += ",value\n";
  for (std::size_t i = 0; i < report.facts.size(); ++i) {
    const OimFact& f = report.facts[i];
    const std::string unit = f.numeric ? unit_text(f.unit, prefixes.all()) : "";
    out.table += fmt::format("{},{},{},{},{},{},{}", csv_cell(fact_id(f, i)), csv_cell(prefixes.name(f.name)),
                             csv_cell(prefixes[f.entity_scheme] + ":" + f.entity), csv_cell(f.period.end.empty() ? "#none" : period_text(f.period)),
                             csv_cell(unit.empty() ? "#none" : unit), csv_cell(f.numeric || f.language.empty() ? "#none" : f.language),
                             f.numeric && f.decimals && !f.nil ? std::to_string(*f.decimals) : "#none");
    for (const QName& axis : axes) {
      const auto d = std::find_if(f.dimensions.begin(), f.dimensions.end(), [&](const OimDimension& x) { return x.axis == axis; });
      out.table += "," + (d == f.dimensions.end() ? "#none" : d->nil ? "#nil" : csv_cell(d->member.empty() ? d->typed_value : prefixes.name(d->member)));
    }
    out.table += "," + csv_cell(csv_value(f)) + "\n";
  }
  out.metadata = "{\n" + document_info(report, xbrl::document_type::csv, prefixes) +
                 fmt::format(",\n  \"tableTemplates\": {{\n    \"facts\": {{\n      \"rowIdColumn\": \"id\",\n      \"columns\": {{{}, \"value\": "
                             "{{\"dimensions\": {{{}}}, \"decimals\": \"$decimals\"}}}}\n    }}\n  }},\n  \"tables\": {{\n    \"facts\": {{\"url\": {}}}\n  }}\n}}\n",
                             columns, bound, quoted(table_name));
  return out;
}

namespace {

// A context's end or instant: midnight goes back to the day before it, as people write dates.
std::string xbrl_end(const std::string& moment) {
  const auto day = Date::parse_iso(std::string_view(moment).substr(0, 10));
  return day && moment.ends_with("T00:00:00") ? day->plus_days(-1).iso() : moment;
}
std::string xbrl_start(const std::string& moment) { return moment.ends_with("T00:00:00") ? moment.substr(0, 10) : moment; }

class XbrlWriter {
 public:
  explicit XbrlWriter(const OimReport& report) : report_(report), prefixes_(report), writer_(out_, xml::Writer::Layout::indented) {
    for (const auto& [uri, wish] : {std::pair{xbrl::ns::xbrli, "xbrli"}, {xbrl::ns::link, "link"}, {xbrl::ns::xlink, "xlink"}, {xbrl::ns::xbrldi, "xbrldi"}, {xbrl::ns::xsi, "xsi"}})
      prefixes_.add(std::string(uri), wish);
    xbrli_ = prefixes_[std::string(xbrl::ns::xbrli)] + ":";
  }

  std::string run() {
    index();
    writer_.declaration();
    {
      const xml::Writer::Scope root(writer_, xbrli_ + "xbrl");
      std::map<std::string, std::string> by_prefix;
      for (const auto& [uri, prefix] : prefixes_.all()) by_prefix[prefix] = uri;
      for (const auto& [prefix, uri] : by_prefix) writer_.attribute("xmlns:" + prefix, uri);
      for (const std::string& entry : report_.taxonomy) {
        const xml::Writer::Scope reference(writer_, prefixes_[std::string(xbrl::ns::link)] + ":schemaRef");
        writer_.attribute(prefixes_[std::string(xbrl::ns::xlink)] + ":type", "simple");
        writer_.attribute(prefixes_[std::string(xbrl::ns::xlink)] + ":href", entry);
      }
      for (std::size_t i = 0; i < context_facts_.size(); ++i) write_context(i);
      for (std::size_t i = 0; i < units_.size(); ++i) write_unit(i);
      for (std::size_t i = 0; i < report_.facts.size(); ++i) write_fact(i);
    }
    return std::move(out_);
  }

 private:
  void index() {
    std::map<std::string, std::size_t> seen;
    for (const OimFact& f : report_.facts) {
      std::string key = f.entity_scheme + "\n" + f.entity + "\n" + f.period.start + "\n" + f.period.end;
      for (const OimDimension& d : f.dimensions) key += "\n" + d.axis.clark() + "=" + d.member.clark() + "=" + d.typed_value + (d.nil ? "!" : "");
      const auto [it, fresh] = seen.emplace(key, context_facts_.size());
      if (fresh) context_facts_.push_back(&f);
      context_of_.push_back(it->second);
      if (f.numeric && std::find(units_.begin(), units_.end(), f.unit) == units_.end()) units_.push_back(f.unit);
    }
  }

  void write_context(std::size_t i) {
    const OimFact& f = *context_facts_[i];
    const xml::Writer::Scope context(writer_, xbrli_ + "context");
    writer_.attribute("id", fmt::format("c{}", i + 1));
    {
      const xml::Writer::Scope entity(writer_, xbrli_ + "entity");
      {
        const xml::Writer::Scope identifier(writer_, xbrli_ + "identifier");
        writer_.attribute("scheme", f.entity_scheme);
        writer_.text(f.entity);
      }
      if (!f.dimensions.empty()) write_segment(f);
    }
    const xml::Writer::Scope period(writer_, xbrli_ + "period");
    if (f.period.end.empty()) {
      writer_.element(xbrli_ + "forever", "");
    } else if (f.period.start.empty()) {
      writer_.element(xbrli_ + "instant", xbrl_end(f.period.end));
    } else {
      writer_.element(xbrli_ + "startDate", xbrl_start(f.period.start));
      writer_.element(xbrli_ + "endDate", xbrl_end(f.period.end));
    }
  }

  void write_segment(const OimFact& f) {
    const std::string xbrldi = prefixes_[std::string(xbrl::ns::xbrldi)] + ":";
    const xml::Writer::Scope segment(writer_, xbrli_ + "segment");
    for (const OimDimension& d : f.dimensions) {
      const xml::Writer::Scope member(writer_, xbrldi + (d.member.empty() ? "typedMember" : "explicitMember"));
      writer_.attribute("dimension", prefixes_.name(d.axis));
      if (!d.member.empty()) {
        writer_.text(prefixes_.name(d.member));
        continue;
      }
      // The domain's element is known to the taxonomy alone; the axis' own name with "Domain" is the usual one.
      const xml::Writer::Scope value(writer_, prefixes_.name(d.axis) + "Domain");
      if (d.nil) writer_.attribute(prefixes_[std::string(xbrl::ns::xsi)] + ":nil", "true");
      writer_.text(d.typed_value);
    }
  }

  void write_measures(const std::vector<QName>& measures) {
    for (const QName& m : measures) writer_.element(xbrli_ + "measure", prefixes_.name(m));
    if (measures.empty()) writer_.element(xbrli_ + "measure", xbrli_ + "pure");
  }

  void write_unit(std::size_t i) {
    const xml::Writer::Scope unit(writer_, xbrli_ + "unit");
    writer_.attribute("id", fmt::format("u{}", i + 1));
    if (units_[i].denominators.empty()) return write_measures(units_[i].numerators);
    const xml::Writer::Scope divide(writer_, xbrli_ + "divide");
    {
      const xml::Writer::Scope above(writer_, xbrli_ + "unitNumerator");
      write_measures(units_[i].numerators);
    }
    const xml::Writer::Scope below(writer_, xbrli_ + "unitDenominator");
    write_measures(units_[i].denominators);
  }

  void write_fact(std::size_t i) {
    const OimFact& f = report_.facts[i];
    const xml::Writer::Scope fact(writer_, prefixes_.name(f.name));
    std::string id = fact_id(f, i);
    if (!xml::is_ncname(id) || !ids_.insert(id).second) ids_.insert(id = fmt::format("fact{}", i + 1));
    writer_.attribute("id", id);
    writer_.attribute("contextRef", fmt::format("c{}", context_of_[i] + 1));
    if (f.numeric) {
      const auto unit = std::find(units_.begin(), units_.end(), f.unit) - units_.begin();
      writer_.attribute("unitRef", fmt::format("u{}", unit + 1));
      if (!f.nil) writer_.attribute("decimals", f.decimals ? std::to_string(*f.decimals) : "INF");
    } else if (!f.language.empty()) {
      writer_.attribute("xml:lang", f.language);
    }
    if (f.nil) writer_.attribute(prefixes_[std::string(xbrl::ns::xsi)] + ":nil", "true");
    writer_.text(f.value);
  }

  const OimReport& report_;
  Prefixes prefixes_;
  std::string out_;
  xml::Writer writer_;
  std::string xbrli_;
  std::vector<const OimFact*> context_facts_;
  std::vector<std::size_t> context_of_;
  std::vector<OimUnit> units_;
  std::set<std::string> ids_;
};

}  // namespace

std::string write_xbrl_report(const OimReport& report) { return XbrlWriter(report).run(); }

}  // namespace factpress::instance
