#pragma once
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "xml/document.h"

namespace factpress::instance {

inline constexpr std::uint32_t no_id = 0xFFFFFFFFu;

/// A moment, as XBRL periods mean it (XBRL 2.1 §4.7.2): seconds since 1970 and nanoseconds; a date without a time is midnight at
/// its start or, for ends and instants, at its end. A time without a zone counts as UTC.
struct Moment {
  std::int64_t seconds = 0;
  std::uint32_t nanoseconds = 0;
  auto operator<=>(const Moment&) const = default;
  /// The moment that a date or dateTime means; empty for text that is neither.
  static std::optional<Moment> parse(std::string_view text, bool as_end);
};

enum class PeriodKind : std::uint8_t { missing, instant, duration, forever };

/// A context (XBRL 2.1 §4.7). What schema validation would refuse is left empty.
struct Context {
  xml::Element element;
  std::string_view id;
  xml::Element segment, scenario;  ///< test as false where absent
  std::string_view scheme;
  std::string identifier;
  PeriodKind period = PeriodKind::missing;
  Moment start, end;               ///< an instant has the end alone
};

/// The expanded name in a measure element.
struct Measure {
  xml::NsId ns{};
  std::string local;
  bool is(xml::NsId n, std::string_view l) const { return ns == n && local == l; }
  auto operator<=>(const Measure&) const = default;
};

/// A unit (XBRL 2.1 §4.8) with its measures as sorted sets.
struct Unit {
  xml::Element element;
  std::string_view id;
  std::vector<Measure> numerators, denominators;
  bool unresolved = false;  ///< a measure whose prefix is not declared
};

/// An item or tuple. Whether it is one or the other is for the taxonomy to say; an element with a contextRef is read as an item.
struct Fact {
  xml::Element element;
  std::uint32_t parent = no_id;   ///< the tuple around it
  std::uint32_t context = no_id;  ///< no_id: none, or one that is not there
  std::uint32_t unit = no_id;
  bool has_context = false;       ///< a contextRef stands there
  bool has_unit = false;
  bool nil = false;
};

/// An XBRL 2.1 instance as it stands: contexts, units, facts in document order (a tuple before what it holds), footnote links.
/// Purely syntactic: judged by the rules of the validate room. Keeps its document; elements point into it. Immutable.
class Instance {
 public:
  /// `document`'s root is xbrli:xbrl. Takes time linear in its size.
  static Instance read(std::shared_ptr<const xml::Document> document);

  const xml::Document& document() const { return *document_; }
  const std::vector<Context>& contexts() const { return contexts_; }
  const std::vector<Unit>& units() const { return units_; }
  const std::vector<Fact>& facts() const { return facts_; }
  const std::vector<xml::Element>& footnote_links() const { return footnote_links_; }
  std::uint32_t find_context(std::string_view id) const;
  std::uint32_t find_unit(std::string_view id) const;

 private:
  void read_context(const xml::Element& e);
  void read_unit(const xml::Element& e);
  void read_facts(const xml::Element& root);

  std::shared_ptr<const xml::Document> document_;
  std::vector<Context> contexts_;
  std::vector<Unit> units_;
  std::vector<Fact> facts_;
  std::vector<xml::Element> footnote_links_;
  std::unordered_map<std::string_view, std::uint32_t> context_ids_, unit_ids_;
};

}  // namespace factpress::instance
