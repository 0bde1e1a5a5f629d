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
    if (!report.notes.empty()) add(std::string(xbrl::ns::oim), "xbrl");
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

std::string document_info(const OimReport& report, std::string_view type, const Prefixes& prefixes, const std::string& more) {
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
  return out + "]" + more + "\n  }";
}

/// Short names for the arcroles and roles of links: "footnote" and "_" for the standard ones.
class LinkAliases {
 public:
  explicit LinkAliases(const OimReport& report) {
    for (const OimLink& l : report.links) {
      add(types_, l.type, l.type == xbrl::arcrole::fact_footnote ? "footnote" : "type");
      add(groups_, l.group, l.group == xbrl::role::link ? "_" : "group");
    }
  }
  const std::string& type(const OimLink& l) const { return types_.at(l.type); }
  const std::string& group(const OimLink& l) const { return groups_.at(l.group); }
  bool empty() const { return types_.empty(); }

  std::string document_info() const {
    const auto list = [](const std::map<std::string, std::string>& names) {
      std::string out;
      for (const auto& [uri, name] : names) out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", quoted(name), quoted(uri));
      return out;
    };
    return empty() ? "" : fmt::format(",\n    \"linkTypes\": {{{}}},\n    \"linkGroups\": {{{}}}", list(types_), list(groups_));
  }

 private:
  static void add(std::map<std::string, std::string>& names, const std::string& uri, const std::string& wish) {
    if (names.contains(uri)) return;
    const auto taken = [&](const std::string& name) { return std::any_of(names.begin(), names.end(), [&](const auto& n) { return n.second == name; }); };
    std::string name = wish;
    for (int n = 2; taken(name); ++n) name = wish + std::to_string(n);
    names.emplace(uri, name);
  }
  std::map<std::string, std::string> types_, groups_;  // by URI
};

/// Targets of links by alias of type, alias of group and fact.
using LinkTree = std::map<std::string, std::map<std::string, std::map<std::string, std::vector<std::string>>>>;

std::string list_of(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& n : names) out += (out.empty() ? "" : ", ") + quoted(n);
  return "[" + out + "]";
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

/// Targets of one fact's links by alias of type and alias of group.
using FactLinks = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

/// {"footnote": {"_": ["fn1"]}}
std::string links_of_fact(const FactLinks& links) {
  std::string out = "{";
  for (const auto& [type, groups] : links) {
    out += (out.size() > 1 ? ", " : "") + quoted(type) + ": {";
    const char* separator = "";
    for (const auto& [group, targets] : groups) {
      out += separator + quoted(group) + ": " + list_of(targets);
      separator = ", ";
    }
    out += "}";
  }
  return out + "}";
}

}  // namespace

std::string write_json_report(const OimReport& report) {
  const Prefixes prefixes(report);
  const LinkAliases aliases(report);
  std::map<std::string_view, FactLinks> links;
  for (const OimLink& l : report.links) links[l.from][aliases.type(l)][aliases.group(l)].push_back(l.to);
  std::string out = "{\n" + document_info(report, xbrl::document_type::json, prefixes, aliases.document_info()) + ",\n  \"facts\": {";
  for (std::size_t i = 0; i < report.facts.size(); ++i) {
    const OimFact& f = report.facts[i];
    out += fmt::format("{}\n    {}: {{\"value\": {}", i ? "," : "", quoted(fact_id(f, i)), f.nil ? "null" : quoted(f.value));
    if (f.numeric && f.decimals && !f.nil) out += fmt::format(", \"decimals\": {}", *f.decimals);
    if (const auto at = links.find(fact_id(f, i)); at != links.end()) out += ", \"links\": " + links_of_fact(at->second);
    out += ", \"dimensions\": {";
    const char* separator = "";
    for (const auto& [name, value] : aspects(f, prefixes)) {
      out += fmt::format("{}{}: {}", separator, quoted(name), value);
      separator = ", ";
    }
    out += "}}";
  }
  for (std::size_t i = 0; i < report.notes.size(); ++i) {
    const OimNote& n = report.notes[i];
    out += fmt::format("{}\n    {}: {{\"value\": {}, \"dimensions\": {{\"concept\": \"{}:note\", \"noteId\": {}", i || !report.facts.empty() ? "," : "", quoted(n.id),
                       quoted(n.text), prefixes[std::string(xbrl::ns::oim)], quoted(n.id));
    if (!n.language.empty()) out += ", \"language\": " + quoted(n.language);
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

namespace {

/// All links, each fact and note by the name that xBRL-CSV gives it (table, row, column); empty where there are none.
std::string csv_links(const OimReport& report, const LinkAliases& aliases) {
  LinkTree tree;
  for (const OimLink& l : report.links)
    tree[aliases.type(l)][aliases.group(l)]["facts." + l.from + ".value"].push_back("facts." + l.to + ".value");
  if (tree.empty()) return {};
  std::string out = ",\n  \"links\": {";
  const char* between_types = "\n";
  for (const auto& [type, groups] : tree) {
    out += between_types + ("    " + quoted(type)) + ": {";
    between_types = ",\n";
    const char* between_groups = "";
    for (const auto& [group, facts] : groups) {
      out += between_groups + quoted(group) + ": {";
      between_groups = ", ";
      const char* between_facts = "";
      for (const auto& [fact, targets] : facts) {
        out += between_facts + ("\n      " + quoted(fact)) + ": " + list_of(targets);
        between_facts = ",";
      }
      out += "}";
    }
    out += "}";
  }
  return out + "\n  }";
}

}  // namespace

CsvReport write_csv_report(const OimReport& report, const std::string& table_name) {
  const Prefixes prefixes(report);
  const LinkAliases aliases(report);
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
  if (!report.notes.empty()) {
    out.table += ",noteId";
    columns += ", \"noteId\": {}";
    bound += ", \"noteId\": \"$noteId\"";
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
    if (!report.notes.empty()) out.table += ",#none";
    out.table += "," + csv_cell(csv_value(f)) + "\n";
  }
  for (const OimNote& note : report.notes) {
    OimFact value;
    value.value = note.text;
    out.table += fmt::format("{},{}:note,#none,#none,#none,{},#none", csv_cell(note.id), prefixes[std::string(xbrl::ns::oim)], csv_cell(note.language.empty() ? "#none" : note.language));
    for (std::size_t i = 0; i < axes.size(); ++i) out.table += ",#none";
    out.table += fmt::format(",{},{}\n", csv_cell("facts." + note.id + ".value"), csv_cell(csv_value(value)));
  }
  out.metadata = "{\n" + document_info(report, xbrl::document_type::csv, prefixes, aliases.document_info()) +
                 fmt::format(",\n  \"tableTemplates\": {{\n    \"facts\": {{\n      \"rowIdColumn\": \"id\",\n      \"columns\": {{{}, \"value\": "
                             "{{\"dimensions\": {{{}}}, \"decimals\": \"$decimals\"}}}}\n    }}\n  }},\n  \"tables\": {{\n    \"facts\": {{\"url\": {}}}\n  }}{}\n}}\n",
                             columns, bound, quoted(table_name), csv_links(report, aliases));
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
      write_footnotes();
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
    written_id_.emplace(fact_id(f, i), id);
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

  /// One footnote link for each role: locators, notes and arcs by labels of their own.
  void write_footnotes() {
    std::set<std::string> groups;
    for (const OimLink& l : report_.links) groups.insert(l.group);
    for (const std::string& group : groups) {
      const std::string link = prefixes_[std::string(xbrl::ns::link)] + ":";
      const xml::Writer::Scope scope(writer_, link + "footnoteLink");
      xlink("type", "extended");
      xlink("role", group);
      std::map<std::string, std::string> labels;  // of what stands in this link already
      for (const OimLink& l : report_.links) {
        if (l.group != group || !written_id_.contains(l.from) || !write_end(link, l.from, labels) || !write_end(link, l.to, labels)) continue;
        const xml::Writer::Scope arc(writer_, link + "footnoteArc");
        xlink("type", "arc");
        xlink("arcrole", l.type);
        xlink("from", labels[l.from]);
        xlink("to", labels[l.to]);
      }
    }
  }

  /// The locator or the footnote that a link's end is, once a link. False where nothing has that id.
  bool write_end(const std::string& link, const std::string& id, std::map<std::string, std::string>& labels) {
    if (labels.contains(id)) return true;
    const std::string label = fmt::format("end{}", labels.size() + 1);
    if (const auto fact = written_id_.find(id); fact != written_id_.end()) {
      const xml::Writer::Scope locator(writer_, link + "loc");
      xlink("type", "locator");
      xlink("href", "#" + fact->second);
      xlink("label", label);
    } else {
      const auto note = std::find_if(report_.notes.begin(), report_.notes.end(), [&](const OimNote& n) { return n.id == id; });
      if (note == report_.notes.end()) return false;
      const xml::Writer::Scope footnote(writer_, link + "footnote");
      xlink("type", "resource");
      xlink("label", label);
      xlink("role", "http://www.xbrl.org/2003/role/footnote");
      writer_.attribute("xml:lang", note->language.empty() ? std::string("en") : note->language);
      writer_.text(note->text);
    }
    labels.emplace(id, label);
    return true;
  }

  void xlink(std::string_view name, const std::string& value) {
    writer_.attribute(prefixes_[std::string(xbrl::ns::xlink)] + ":" + std::string(name), value);
  }

  const OimReport& report_;
  Prefixes prefixes_;
  std::map<std::string, std::string> written_id_;  // of facts, by the report's own ids
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
