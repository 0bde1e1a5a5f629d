#include "mapping/prior.h"

#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "diag/codes/mapping.h"
#include "mapping/words.h"
#include "xbrl/names.h"
#include "xml/document.h"

namespace factpress::mapping {
namespace {

namespace codes = diag::codes;

DataType type_of(std::string_view qname) {
  const std::string_view local = qname.substr(qname.find(':') + 1);
  if (local == "perShareItemType") return DataType::per_share;
  if (local == "sharesItemType") return DataType::shares;
  if (local == "percentItemType") return DataType::percent;
  if (local == "pureItemType") return DataType::pure;
  if (local == "integerItemType" || local == "nonNegativeIntegerItemType") return DataType::integer;
  if (local == "decimalItemType") return DataType::decimal;
  if (local == "monetaryItemType") return DataType::monetary;
  return DataType::string;
}

class Reader {
 public:
  Reader(const FileSystem& files, diag::Sink& sink) : files_(files), sink_(sink), prior_(std::make_shared<PriorTaxonomy>()) {}

  std::shared_ptr<const PriorTaxonomy> read(const std::string& path) {
    prior_->file = path;
    const auto schema = open(path);
    if (!schema) return nullptr;
    read_schema(*schema);
    const std::size_t dot = path.rfind('.');
    const std::string labels = path.substr(0, dot == std::string::npos || path.find('/', dot) != std::string::npos ? path.size() : dot) + "_lab.xml";
    if (!files_.is_file(labels)) {
      sink_.add({codes::mapping_prior_without_labels, {}, fmt::format("{} has no label linkbase {} beside it", path, labels)});
      return prior_;
    }
    const auto linkbase = open(labels);
    if (linkbase) read_labels(*linkbase);
    return linkbase ? prior_ : nullptr;
  }

 private:
  std::shared_ptr<const xml::Document> open(const std::string& path) {
    auto bytes = files_.read(path);
    if (!bytes) {
      sink_.add({codes::mapping_prior_unreadable, {}, bytes.error()});
      return nullptr;
    }
    return xml::Document::parse(std::make_shared<const Source>(path, std::move(*bytes)), sink_);
  }

  void read_schema(const xml::Document& document) {
    for (const xml::Element e : document.root().elements()) {
      if (e.local_name() != "element" || e.value_of("abstract") == "true") continue;
      PriorConcept c;
      c.name = e.value_of("name");
      c.type = type_of(e.value_of("type"));
      for (const xml::Attribute a : e.attributes()) {
        if (a.local_name() == "periodType") c.period = a.value() == "instant" ? PeriodType::instant : PeriodType::duration;
        if (a.local_name() == "balance") c.balance = a.value() == "debit" ? Balance::debit : Balance::credit;
      }
      if (c.name.empty() || c.period == PeriodType::unknown || c.type == DataType::string) continue;
      by_id_[std::string(e.value_of("id", c.name))] = prior_->concepts.size();
      prior_->concepts.push_back(std::move(c));
    }
  }

  /// The concept a locator points at: the filer's own by its id, a standard one by the usual "prefix_Name".
  std::size_t concept_of(std::string_view href) {
    const std::string id(href.substr(std::min(href.size(), href.find('#') + 1)));
    if (const auto known = by_id_.find(id); known != by_id_.end()) return known->second;
    const std::size_t bar = id.find('_');
    const std::string prefix = id.substr(0, bar);
    if (bar == std::string::npos || (prefix != "us-gaap" && prefix != "srt" && prefix != "dei" && prefix != "ifrs-full")) return nowhere;
    PriorConcept c;
    c.prefix = prefix;
    c.name = id.substr(bar + 1);
    by_id_[id] = prior_->concepts.size();
    prior_->concepts.push_back(std::move(c));
    return prior_->concepts.size() - 1;
  }

  void read_labels(const xml::Document& document) {
    for (const xml::Element link : document.root().elements()) {
      if (link.local_name() != "labelLink") continue;
      std::map<std::string, std::size_t> located;
      std::map<std::string, std::vector<std::string>> texts;
      std::vector<std::pair<std::string, std::string>> arcs;
      for (const xml::Element e : link.elements()) {
        const auto x = [&](std::string_view name) { return attribute(e, name); };
        if (e.local_name() == "loc") located[x("label")] = concept_of(x("href"));
        if (e.local_name() == "label" && x("role") != xbrl::role::documentation) texts[x("label")].push_back(e.text());
        if (e.local_name() == "labelArc") arcs.emplace_back(x("from"), x("to"));
      }
      for (const auto& [from, to] : arcs) {
        const auto at = located.find(from);
        if (at == located.end() || at->second == nowhere) continue;
        for (const std::string& text : texts[to]) remember(text, at->second);
      }
    }
  }

  void remember(const std::string& text, std::size_t which) {
    std::string key = words_of_label(text).key;
    if (key.empty() || !seen_.insert({key, which}).second) return;
    prior_->by_label.emplace(std::move(key), which);
  }

  static std::string attribute(const xml::Element& e, std::string_view local) {
    for (const xml::Attribute a : e.attributes())
      if (a.local_name() == local) return std::string(a.value());
    return {};
  }

  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
  const FileSystem& files_;
  diag::Sink& sink_;
  std::shared_ptr<PriorTaxonomy> prior_;
  std::map<std::string, std::size_t> by_id_;
  std::set<std::pair<std::string, std::size_t>> seen_;
};

}  // namespace

std::shared_ptr<const PriorTaxonomy> read_prior_taxonomy(const FileSystem& files, const std::string& path, diag::Sink& sink) {
  return Reader(files, sink).read(path);
}

}  // namespace factpress::mapping
