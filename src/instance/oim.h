#pragma once
#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/qname.h"
#include "base/source.h"

/// A finished report by its facts alone, whatever syntax it came in (Open Information Model 1.0): what XBRL 2.1, inline XBRL,
/// xBRL-JSON and xBRL-CSV of the same report have in common. For comparing and converting.
namespace factpress::instance {

/// Products of measures over products of measures; both sides sorted. Empty denominators: a plain unit. xbrli:pure alone is
/// an empty numerator, as the OIM has it.
struct OimUnit {
  std::vector<QName> numerators;
  std::vector<QName> denominators;
  auto operator<=>(const OimUnit&) const = default;
};

struct OimDimension {
  QName axis;
  QName member;             ///< of an explicit dimension; empty for a typed one
  std::string typed_value;  ///< of a typed dimension
  bool nil = false;         ///< a typed dimension without a value
  auto operator<=>(const OimDimension&) const = default;
};

/// Instants have no start. Times are "YYYY-MM-DDThh:mm:ss", and the end of a day is midnight of the next (XBRL 2.1 §4.7.2).
struct OimPeriod {
  std::string start;
  std::string end;  ///< empty: forever
  auto operator<=>(const OimPeriod&) const = default;
};

struct OimFact {
  std::string id;  ///< no part of what the fact says
  QName name;      ///< of the concept
  std::string entity_scheme;
  std::string entity;
  OimPeriod period;
  std::vector<OimDimension> dimensions;  ///< by axis
  bool numeric = false;
  OimUnit unit;                 ///< numeric facts
  std::optional<int> decimals;  ///< numeric facts; none: exact (INF)
  bool nil = false;
  std::string value;            ///< numeric: exact plain notation without needless zeros; else the text
  std::string language;         ///< lower case; of text facts, where one is told
  Place place;                  ///< where it stands in the file that was read
};

/// A text footnote (OIM: a fact of xbrl:note; XBRL 2.1 §4.11.1.2: link:footnote).
struct OimNote {
  std::string id;
  std::string language;  ///< lower case
  std::string text;      ///< markup left out
  Place place;
};

/// A fact leads to a note or to another fact (XBRL 2.1 §4.11; the links of the OIM).
struct OimLink {
  std::string type;   ///< arcrole
  std::string group;  ///< role of the link
  std::string from;   ///< id of a fact
  std::string to;     ///< id of a note or of a fact
  Place place;
};

struct OimReport {
  std::vector<std::string> taxonomy;                ///< entry points as written, in order
  std::map<std::string, std::string> namespaces;    ///< prefixes that the file used
  std::vector<OimFact> facts;                       ///< in the file's order
  std::vector<OimNote> notes;
  std::vector<OimLink> links;
};

/// The day after midnight form of a date at the end of a day: "2013-03-31" becomes "2013-04-01T00:00:00".
std::optional<std::string> end_of_day(std::string_view date_or_time);
/// "2013-03-31" becomes "2013-03-31T00:00:00"; a dateTime stays; empty for what is neither.
std::optional<std::string> start_of_day(std::string_view date_or_time);

/// A unit in the OIM's notation, "iso4217:USD/xbrli:shares", by the namespaces of `prefixes`.
std::string unit_text(const OimUnit& unit, const std::map<std::string, std::string>& prefix_of);
/// Everything that a fact says but its id, as one line: equal facts give equal lines. For comparing and for messages.
std::string canonical_line(const OimFact& fact);

}  // namespace factpress::instance
