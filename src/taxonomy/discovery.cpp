#include "taxonomy/discovery.h"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "diag/codes/taxonomy.h"
#include "diag/codes/xbrl.h"
#include "taxonomy/uri.h"

namespace factpress::taxonomy {
namespace codes = diag::codes;
namespace ns = xml::ns;

namespace {

DocumentKind kind_of_root(const xml::Element& root) {
  if (root.is(ns::xsd, "schema")) return DocumentKind::schema;
  if (root.is(ns::link, "linkbase")) return DocumentKind::linkbase;
  if (root.is(ns::xbrli, "xbrl")) return DocumentKind::instance;
  return DocumentKind::other;
}

std::string_view words(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::schema: return "an XML schema";
    case DocumentKind::linkbase: return "a linkbase";
    case DocumentKind::instance: return "an XBRL instance";
    case DocumentKind::other: break;
  }
  return "another kind of document";
}

/// The lists of xsi:schemaLocation, white space between.
std::string_view next_token(std::string_view& rest) {
  rest = xml::trim_xml_space(rest);
  std::size_t end = 0;
  while (end < rest.size() && !xml::is_xml_space(rest[end])) ++end;
  const std::string_view token = rest.substr(0, end);
  rest.remove_prefix(end);
  return token;
}

/// The documents that hrefs of one file named last, with what they lead to: a linkbase names the same few schemas in turn.
template <class Text>
class LastNames {
 public:
  const std::uint32_t* find(std::string_view name) const {
    for (const Row& r : rows_)
      if (r.name == name && r.set) return &r.document;
    return nullptr;
  }
  std::uint32_t add(std::string_view name, std::uint32_t document) {
    rows_[next_] = {Text(name), document, true};
    next_ = (next_ + 1) % rows_.size();
    return document;
  }

 private:
  struct Row {
    Text name;
    std::uint32_t document = none;
    bool set = false;
  };
  std::array<Row, 4> rows_;
  std::size_t next_ = 0;
};

}  // namespace

const xml::Document& DtsDocument::xml() const {
  const xml::DeferredDocument* const text = deferred();
  if (!text) return *stored->xml;
  const auto& parsed = text->document();
  return parsed ? *parsed : xml::empty_document();
}

bool is_own(const DtsDocument& document) { return !document.frozen && !has_scheme(document.name()); }

DocumentKind kind_of(const StoredDocument& document) {
  if (document.frozen) return DocumentKind::schema;
  return document.xml ? kind_of_root(document.xml->root()) : DocumentKind::other;
}

std::uint32_t Discovery::find(const std::string& name) const {
  const auto it = by_name_.find(name);
  return it == by_name_.end() ? none : it->second;
}

std::uint32_t Discovery::index_of(const xml::Document& document) const {
  const auto it = by_document_.find(&document);
  return it == by_document_.end() ? none : it->second;
}

std::uint32_t Discovery::index_of(const FrozenDocument& document) const {
  const auto it = by_frozen_.find(&document);
  return it == by_frozen_.end() ? none : it->second;
}

std::uint32_t Discovery::add(const std::string& name) {
  const std::uint32_t index = meet(name, true, nullptr);
  if (index != none && !documents_[index].is_entry) {
    documents_[index].is_entry = true;
    if (documents_[index].kind == DocumentKind::instance) queue_.push_back(index);
  }
  run();
  return index;
}

void Discovery::add_hint(const std::string& name) {
  meet(name, false, nullptr);
  run();
}

void Discovery::run() {
  while (!queue_.empty()) {
    const std::uint32_t index = queue_.front();
    queue_.pop_front();
    scan(index);
  }
}

std::uint32_t Discovery::meet(const std::string& name, bool in_dts, const Referrer* by) {
  const auto it = by_name_.find(name);
  if (it != by_name_.end()) {
    DtsDocument& known = documents_[it->second];
    if (in_dts && !known.in_dts) {
      known.in_dts = true;
      queue_.push_back(it->second);
    }
    return it->second;
  }
  if (!in_dts && missing_.contains(name)) return none;
  StoredDocumentPtr stored = store_->open(name, !options_.frozen);
  if (!stored->is_readable()) {
    // A schemaLocation is a hint: nothing is lost where its document cannot be had.
    if (in_dts && missing_.insert(name).second) report_missing(*stored, by);
    misses_files_ = misses_files_ || !has_scheme(name);
    return none;
  }
  for (const diag::Diagnostic& d : stored->findings) sink_->add(d);
  DtsDocument document;
  document.kind = kind_of(*stored);
  document.in_dts = in_dts;
  document.has_base = stored->xml && stored->xml->find_name({ns::xml, "base"}) != xml::no_index;
  document.stored = std::move(stored);
  const std::uint32_t index = enter(std::move(document));
  queue_.push_back(index);
  return index;
}

std::uint32_t Discovery::enter(DtsDocument document) {
  const auto index = static_cast<std::uint32_t>(documents_.size());
  document.frozen = document.stored->frozen;
  if (document.frozen)
    by_frozen_.emplace(document.frozen, index);
  else if (document.stored->xml)
    by_document_.emplace(document.stored->xml.get(), index);
  by_name_.emplace(document.name(), index);
  documents_.push_back(std::move(document));
  return index;
}

bool Discovery::restore(std::span<const KeptDocument> documents, const std::shared_ptr<const void>& owner) {
  return std::all_of(documents.begin(), documents.end(), [&](const KeptDocument& kept) { return restore(kept, owner); });
}

bool Discovery::restore(const KeptDocument& kept, const std::shared_ptr<const void>& owner) {
  DtsDocument document;
  document.kind = kept.kind;
  document.in_dts = kept.in_dts, document.is_entry = kept.is_entry, document.has_base = kept.has_base;
  std::string name(kept.name);
  if (by_name_.contains(name)) return false;
  if (kept.kind == DocumentKind::schema) {
    document.stored = store_->open(name);
    if (!document.stored->is_readable() || !document.stored->findings.empty() || kind_of(*document.stored) != kept.kind) return false;
    const DtsDocument& opened = documents_[enter(std::move(document))];
    return is_own(opened) == kept.is_own && (!kept.is_own || opened.xml().source()->bytes() == kept.bytes);
  }
  if (kept.is_own == has_scheme(name)) return false;
  auto stored = std::make_shared<StoredDocument>();
  stored->name = name;
  document.stored = std::move(stored);
  if (kept.is_own) {
    if (!store_->is(name, kept.bytes)) return false;
    document.unread = std::make_shared<const UnreadDocument>(std::move(name), kept.bytes, owner);
  } else {
    document.unread = std::make_shared<const UnreadDocument>(std::move(name), *store_);
  }
  enter(std::move(document));
  return true;
}

void Discovery::report_missing(const StoredDocument& document, const Referrer* by) {
  if (!by) return;  // an entry point
  for (const diag::Diagnostic& d : document.findings) sink_->add(d);
  if (document.failure.empty()) return;  // it was read and is malformed, which was said
  diag::Diagnostic d(codes::taxonomy_document_missing, by->element.place(),
                     fmt::format("{} is needed by a {} of {} but cannot be had: {}", document.name, by->what,
                                 documents_[by->document].name(), document.failure));
  d.help = has_scheme(document.name) ? "give the taxonomy package that holds it with --package ZIP"
                                     : "put the file there, or give the package that holds it with --package ZIP";
  sink_->add(std::move(d));
}

std::string Discovery::resolve_name(std::uint32_t from, const xml::Element& at, std::string_view reference) const {
  const DtsDocument& d = documents_[from];
  if (!d.has_base) return resolve(d.name(), reference);
  const std::string base =
      at.base_url(d.name(), [](const std::string& b, std::string_view r) { return resolve(b, xml::trim_xml_space(r)); });
  return resolve(reference.empty() ? d.name() : base, reference);
}

std::uint32_t Discovery::refer(std::uint32_t from, const xml::Element& at, std::string_view href, std::string_view what, bool in_dts) {
  const Reference reference = split_fragment(xml::trim_xml_space(href));
  const Referrer by{from, at, what};
  return meet(resolve_name(from, at, reference.document), in_dts, &by);
}

void Discovery::expect_kind(std::uint32_t target, DocumentKind kind, const Referrer& by) {
  if (target == none || documents_[target].kind == kind) return;
  sink_->add({codes::taxonomy_document_kind, by.element.place(),
              fmt::format("the {} leads to {}, which is {} and not {}", by.what, documents_[target].name(),
                          words(documents_[target].kind), words(kind))});
}

std::uint32_t Discovery::document_of(std::uint32_t from, const xml::Element& at, std::string_view href) const {
  href = xml::trim_xml_space(href);
  const std::string_view document = href.substr(0, href.find('#'));
  return document.empty() ? from : find(resolve_name(from, at, document));
}

Target Discovery::follow(std::uint32_t from, const xml::Element& at, std::string_view href) const {
  return follow_into(document_of(from, at, href), xml::trim_xml_space(href));
}

Target Discovery::follow_into(std::uint32_t document, std::string_view href) const {
  Target target;
  target.document = document;
  const std::size_t hash = href.find('#');
  target.has_fragment = hash != std::string_view::npos;
  if (document == none) return target;
  const std::string_view fragment = target.has_fragment ? href.substr(hash + 1) : std::string_view{};
  if (fragment.find('%') == std::string_view::npos && fragment.find('\\') == std::string_view::npos)
    point(target, fragment);
  else
    point(target, percent_decode(fragment));
  return target;
}

Follow Discovery::follower(std::uint32_t from) const {
  if (documents_[from].has_base)
    return [this, from](const xml::Element& at, std::string_view href) { return follow(from, at, href); };
  return [this, from, last = LastNames<std::string>()](const xml::Element& at, std::string_view href) mutable {
    href = xml::trim_xml_space(href);
    const std::string_view document = href.substr(0, href.find('#'));
    if (document.empty()) return follow_into(from, href);
    const std::uint32_t* const known = last.find(document);
    return follow_into(known ? *known : last.add(document, find(resolve_name(from, at, document))), href);
  };
}

void Discovery::point(Target& target, std::string_view fragment) const {
  if (const FrozenDocument* frozen = documents_[target.document].frozen) return point_frozen(target, *frozen, fragment);
  const xml::Document& document = documents_[target.document].xml();
  if (!target.has_fragment || fragment.empty()) {
    target.element = document.root();
    return;
  }
  const IdIndex* ids = nullptr;
  {
    const std::lock_guard lock(ids_mutex_);
    if (ids_.size() < documents_.size()) ids_.resize(documents_.size());
    if (!ids_[target.document]) ids_[target.document] = std::make_unique<IdIndex>(document);
    ids = ids_[target.document].get();
  }
  target.element = follow_pointer(document, *ids, fragment, target.error);
}

void Discovery::point_frozen(Target& target, const FrozenDocument& document, std::string_view fragment) const {
  if (target.has_fragment && !fragment.empty() && xml::is_ncname(fragment)) {
    if (const IdRecord* id = document.find_id(fragment)) {
      target.element = xml::ElementRef(document, id->offset);
      target.declared = id->element;
    } else {
      target.error = PointerError::not_found;
    }
    return;
  }
  const auto& parsed = document.document();
  if (!parsed) return void(target.error = PointerError::not_found);
  const bool whole = !target.has_fragment || fragment.empty();
  const xml::Element found = whole ? parsed->root() : follow_pointer(*parsed, document.ids(), fragment, target.error);
  if (!found) return;
  target.element = xml::ElementRef(document, found.offset());
  for (std::uint32_t i = 0; i < document.records().size() && !whole; ++i) {
    if (document.records()[i].offset == found.offset()) target.declared = i;
  }
}

void Discovery::scan(std::uint32_t index) {
  if (documents_[index].frozen) return scan_frozen(index);
  const xml::Element root = documents_[index].xml().root();
  switch (documents_[index].kind) {
    case DocumentKind::schema: scan_schema(index); break;
    case DocumentKind::linkbase:
      if (documents_[index].in_dts) scan_linkbase(index, root);
      break;
    case DocumentKind::instance:
      if (documents_[index].is_entry && !documents_[index].scanned) scan_instance(index);
      documents_[index].scanned = documents_[index].is_entry;
      break;
    case DocumentKind::other: break;
  }
}

void Discovery::scan_schema_locations(std::uint32_t index, const xml::Element& at) {
  std::string_view rest;
  if (const auto a = at.attribute(ns::xsi, "schemaLocation")) rest = a.value();
  for (;;) {
    const std::string_view name = next_token(rest);
    const std::string_view location = next_token(rest);
    if (name.empty() || location.empty()) return;
    refer(index, at, location, "schemaLocation", false);
  }
}

void Discovery::scan_schema(std::uint32_t index) {
  const xml::Element root = documents_[index].xml().root();
  const bool in_dts = documents_[index].in_dts;
  for (const xml::Element child : root.elements()) {
    if (child.ns() != ns::xsd) continue;
    const std::string_view name = child.local_name();
    if (name == "import" || name == "include" || name == "redefine") {
      const auto location = child.attribute("schemaLocation");
      if (!location) continue;
      if (name == "redefine" && in_dts) {
        sink_->add({codes::xbrl_redefine, child.place(), fmt::format("{} redefines {}", documents_[index].name(), location.value())});
      }
      const std::uint32_t target = refer(index, child, location.value(), name, in_dts);
      if (in_dts) expect_kind(target, DocumentKind::schema, {index, child, name});
    } else if (name == "annotation" && in_dts) {
      for (const xml::Element appinfo : child.elements()) {
        if (appinfo.is(ns::xsd, "appinfo")) scan_appinfo(index, appinfo);
      }
    }
  }
  scan_schema_locations(index, root);
}

void Discovery::scan_frozen(std::uint32_t index) {
  using Kind = FrozenReference::Kind;
  const FrozenDocument& document = *documents_[index].frozen;
  const bool in_dts = documents_[index].in_dts;
  for (const FrozenReference& r : document.references()) {
    if (r.kind == Kind::linkbase_ref && !in_dts) continue;
    const Referrer by{index, xml::ElementRef(document, r.offset), words(r.kind)};
    const bool linkbase = r.kind == Kind::linkbase_ref;
    if (!linkbase || options_.linkbases) {
      const std::uint32_t target = meet(std::string(r.target), in_dts && r.kind != Kind::schema_location, &by);
      if (linkbase && !r.has_fragment) expect_kind(target, DocumentKind::linkbase, by);
      if (in_dts && (r.kind == Kind::import || r.kind == Kind::include)) expect_kind(target, DocumentKind::schema, by);
    }
    if (linkbase) references_.push_back({index, by.element});
  }
}

void Discovery::refer_linkbase(std::uint32_t index, const xml::Element& e, std::string_view href) {
  if (!options_.linkbases) return references_.push_back({index, e});
  const std::uint32_t target = refer(index, e, href, "linkbaseRef", true);
  // With a fragment it may mean a linkbase within a schema (§3.5.1.2); the rules look at what it leads to.
  if (href.find('#') == std::string_view::npos) expect_kind(target, DocumentKind::linkbase, {index, e, "linkbaseRef"});
  references_.push_back({index, e});
}

void Discovery::scan_appinfo(std::uint32_t index, const xml::Element& appinfo) {
  for (const xml::Element e : appinfo.elements()) {
    if (e.is(ns::link, "linkbaseRef")) {
      const auto href = e.attribute(ns::xlink, "href");
      if (!href) continue;
      refer_linkbase(index, e, href.value());
    } else if (e.is(ns::link, "linkbase")) {
      scan_linkbase(index, e);
    }
  }
}

void Discovery::scan_linkbase(std::uint32_t index, const xml::Element& linkbase) {
  linkbases_.push_back({index, linkbase});
  LastNames<std::string_view> last;
  const auto refer_once = [&](const xml::Element& at, std::string_view href, std::string_view what) {
    const std::string_view document = href.substr(0, href.find('#'));
    if (document.empty() || documents_[index].has_base) return refer(index, at, href, what, true);
    const std::uint32_t* const known = last.find(document);
    return known ? *known : last.add(document, refer(index, at, href, what, true));
  };
  for (const xml::Element child : linkbase.elements()) {
    const auto href = child.attribute(ns::xlink, "href");
    if (child.is(ns::link, "roleRef") || child.is(ns::link, "arcroleRef")) {
      if (href) expect_kind(refer_once(child, href.value(), child.local_name()), DocumentKind::schema, {index, child, child.local_name()});
      continue;
    }
    const auto type = child.attribute(ns::xlink, "type");
    if (!type || type.value() != "extended") continue;
    for (const xml::Element loc : child.elements()) {
      if (!loc.is(ns::link, "loc")) continue;
      const auto to = loc.attribute(ns::xlink, "href");
      if (to && !to.value().empty() && to.value()[0] != '#') refer_once(loc, to.value(), "loc");
    }
    scan_schema_locations(index, child);
  }
  scan_schema_locations(index, linkbase);
}

void Discovery::scan_instance(std::uint32_t index) {
  const xml::Element root = documents_[index].xml().root();
  for (const xml::Element child : root.elements()) {
    if (child.ns() != ns::link) continue;
    const std::string_view name = child.local_name();
    const bool linkbase = name == "linkbaseRef";
    if (!linkbase && name != "schemaRef" && name != "roleRef" && name != "arcroleRef") continue;
    const auto href = child.attribute(ns::xlink, "href");
    if (!href) continue;
    if (linkbase) {
      refer_linkbase(index, child, href.value());
    } else {
      expect_kind(refer(index, child, href.value(), name, true), DocumentKind::schema, {index, child, name});
    }
  }
  scan_schema_locations(index, root);
}

}  // namespace factpress::taxonomy
