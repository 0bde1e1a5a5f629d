#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "diag/diagnostic.h"
#include "taxonomy/document_store.h"
#include "taxonomy/kept_document.h"
#include "taxonomy/snapshot/frozen.h"
#include "taxonomy/xpointer.h"
#include "xml/deferred.h"
#include "xml/document.h"

namespace factpress::taxonomy {

inline constexpr std::uint32_t none = 0xFFFFFFFFu;

/// A document that discovery met.
struct DtsDocument {
  StoredDocumentPtr stored;
  DocumentKind kind = DocumentKind::other;
  bool in_dts = false;     ///< of the discoverable taxonomy set; else only a help to schema validation (xsi:schemaLocation)
  bool has_base = false;   ///< some element carries xml:base
  bool is_entry = false;   ///< discovery began here; an instance that a locator happens to name opens nothing further
  bool scanned = false;    ///< as an instance

  const FrozenDocument* frozen = nullptr;  ///< its document in a snapshot, used without its text
  std::shared_ptr<const UnreadDocument> unread;  ///< of a set that was restored: a linkbase that was not parsed

  /// The text of a frozen or unread one, else null.
  const xml::DeferredDocument* deferred() const { return frozen ? static_cast<const xml::DeferredDocument*>(frozen) : unread.get(); }
  /// Parses a frozen or unread document.
  const xml::Document& xml() const;
  const std::string& name() const { return stored->name; }
};

/// What an href leads to.
struct Target {
  std::uint32_t document = none;  ///< none: not in the set
  xml::ElementRef element;        ///< the root where there is no fragment; empty where the pointer finds nothing
  std::uint32_t declared = none;  ///< of a frozen document: the number of the global element that this is
  PointerError error = PointerError::none;
  bool has_fragment = false;
};

/// Follows an href that stands on an element.
using Follow = std::function<Target(const xml::Element&, std::string_view)>;

/// A linkbase element: the root of a document or one in a schema's appinfo.
struct LinkbaseElement {
  std::uint32_t document = none;
  xml::Element element;
};

/// A linkbaseRef (XBRL 2.1 §4.3, §5.1.2).
struct LinkbaseReference {
  std::uint32_t document = none;
  xml::ElementRef element;
};

struct DiscoveryOptions {
  bool frozen = true;     ///< documents of snapshots are used as they are, where there are any
  bool linkbases = true;  ///< linkbaseRefs of schemas are followed
};

/// Whether a document of a DTS stands in no package and no snapshot: only its bytes say what it is.
bool is_own(const DtsDocument& document);

/// What a document is by its root.
DocumentKind kind_of(const StoredDocument& document);

/// The documents of a DTS, found by following XBRL 2.1 §3.2 from its entry points. Lives while a taxonomy is being loaded.
/// Emits taxonomy.document-missing (once a document, naming who refers to it and which option would supply it),
/// taxonomy.document-kind, xml.* of every document met, xbrl.redefine.
class Discovery {
 public:
  Discovery(DocumentStore& store, diag::Sink& sink, DiscoveryOptions options = {}) : store_(&store), sink_(&sink), options_(options) {}

  /// Adds an entry point by its normal name and follows everything from there. Returns its index, or none where it cannot be
  /// read; a missing entry point is for the caller to report, who knows what asked for it.
  std::uint32_t add(const std::string& name);
  /// Adds a schema that helps to validate documents but belongs to no DTS (xsi:schemaLocation).
  void add_hint(const std::string& name);

  /// Takes over the documents of a set that was discovered before, in place of adding entry points: schemas are opened, other
  /// documents stay unread, and linkbases() and linkbase_references() stay empty. `owner` keeps their bytes. False where one is no longer
  /// what it was; then nothing else may be asked.
  bool restore(std::span<const KeptDocument> documents, const std::shared_ptr<const void>& owner);
  /// Whether files were looked for that are not there (schemas that xsi:schemaLocation names): once they are, the set is another.
  bool misses_files() const { return misses_files_; }

  const std::vector<DtsDocument>& documents() const { return documents_; }
  const std::vector<LinkbaseElement>& linkbases() const { return linkbases_; }
  const std::vector<LinkbaseReference>& linkbase_references() const { return references_; }
  std::uint32_t find(const std::string& name) const;
  std::uint32_t index_of(const xml::Document& document) const;
  std::uint32_t index_of(const FrozenDocument& document) const;
  /// The normal name that a reference (without its fragment) of an element of a document means.
  std::string resolve_name(std::uint32_t from, const xml::Element& at, std::string_view reference) const;

  /// The document alone that an href leads to, or none.
  std::uint32_t document_of(std::uint32_t from, const xml::Element& at, std::string_view href) const;
  /// Follows an href of an element of a document that was met. Only documents in the set are found. Safe from several threads
  /// once nothing is added any more.
  Target follow(std::uint32_t from, const xml::Element& at, std::string_view href) const;
  /// The same for the elements of one document; each for one thread.
  Follow follower(std::uint32_t from) const;
  /// The element that a fragment points to in a document of the set.
  void point(Target& target, std::string_view fragment) const;

 private:
  struct Referrer {
    std::uint32_t document;
    xml::ElementRef element;
    std::string_view what;  // "schemaRef", "import"
  };
  std::uint32_t meet(const std::string& name, bool in_dts, const Referrer* by);
  std::uint32_t enter(DtsDocument document);
  bool restore(const KeptDocument& kept, const std::shared_ptr<const void>& owner);
  void report_missing(const StoredDocument& document, const Referrer* by);
  void run();
  void scan(std::uint32_t index);
  void scan_schema(std::uint32_t index);
  void scan_frozen(std::uint32_t index);
  void scan_appinfo(std::uint32_t index, const xml::Element& appinfo);
  void scan_linkbase(std::uint32_t index, const xml::Element& linkbase);
  void scan_instance(std::uint32_t index);
  void refer_linkbase(std::uint32_t index, const xml::Element& e, std::string_view href);
  void scan_schema_locations(std::uint32_t index, const xml::Element& at);
  std::uint32_t refer(std::uint32_t from, const xml::Element& at, std::string_view href, std::string_view what, bool in_dts);
  void expect_kind(std::uint32_t target, DocumentKind kind, const Referrer& by);
  Target follow_into(std::uint32_t document, std::string_view href) const;
  void point_frozen(Target& target, const FrozenDocument& document, std::string_view fragment) const;

  DocumentStore* store_;
  diag::Sink* sink_;
  DiscoveryOptions options_;
  std::vector<DtsDocument> documents_;
  std::unordered_map<std::string, std::uint32_t> by_name_;
  std::unordered_map<const xml::Document*, std::uint32_t> by_document_;
  std::unordered_map<const FrozenDocument*, std::uint32_t> by_frozen_;
  std::unordered_set<std::string> missing_;
  bool misses_files_ = false;
  std::deque<std::uint32_t> queue_;
  std::vector<LinkbaseElement> linkbases_;
  std::vector<LinkbaseReference> references_;
  mutable std::mutex ids_mutex_;
  mutable std::vector<std::unique_ptr<IdIndex>> ids_;  // by document, made when first asked for
};

}  // namespace factpress::taxonomy
