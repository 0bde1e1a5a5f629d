#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "taxonomy/discovery.h"
#include "taxonomy/taxonomy.h"
#include "taxonomy/text_table.h"
#include "xml/document.h"

namespace factpress::taxonomy {

/// The XLink attributes of an element, trimmed; empty where absent (see `has_role` and `has_arcrole` for those that may be
/// empty).
struct XLink {
  std::string_view type, href, label, from, to, role, arcrole;
  bool has_href = false, has_role = false, has_arcrole = false;
};
XLink read_xlink(const xml::Element& element);

/// The same for many elements of one document, whose names are looked at once.
class XLinkReader {
 public:
  explicit XLinkReader(const xml::Document& document);
  XLink operator()(const xml::Element& element) const;

 private:
  std::vector<std::uint8_t> parts_;  // by the number of a name: which part of an XLink it is
};

/// A locator or resource of an extended link.
struct LinkEnd {
  xml::Element element;
  std::string_view label;
  std::string_view role;  ///< of a resource
  bool is_locator = false;
  Target target;              ///< of a locator: where its href leads; of a resource: itself
  NodeId node = no_id;        ///< of links in linkbases; unused in footnote links
  std::uint32_t next = none;  ///< the next end with the same label
};

/// An arc of an extended link.
struct Arc {
  xml::Element element;
  std::string_view from_label, to_label, arcrole;
  std::uint32_t from = none, to = none;  ///< the first end of each side, in ExtendedLink::ends
  std::int64_t priority = 0;
  bool prohibited = false;
};

/// An extended link as it stands in its document (XBRL 2.1 §3.5.3): what the rules on links look at and networks are made of.
struct ExtendedLink {
  std::uint32_t document = none;
  std::uint32_t linkbase = none;  ///< index into Discovery::linkbases(); none for a footnote link
  xml::Element element;
  std::string_view role;
  std::vector<LinkEnd> ends;
  std::vector<Arc> arcs;
};

/// Reads the extended links of one document.
class LinkReader {
 public:
  LinkReader(Follow follow, std::uint32_t document, const xml::Document& xml)
      : follow_(std::move(follow)), document_(document), xlink_(xml) {}

  bool is_extended_link(const xml::Element& element) const { return xlink_(element).type == "extended"; }
  /// Never fails: what is amiss (unknown labels, locators that lead nowhere) is left empty for the rules to report.
  ExtendedLink read(const xml::Element& element);

 private:
  void add_arc(const xml::Element& element, const XLink& x);
  void add_end(const xml::Element& element, const XLink& x);

  Follow follow_;
  std::uint32_t document_;
  XLinkReader xlink_;
  // Of the link that is being read; their memory serves all.
  std::vector<LinkEnd> ends_;
  std::vector<Arc> arcs_;
  std::vector<std::uint32_t> last_;  // for the first end of a label, the last one so far
  TextTable labels_;                 // the first end of each
};

}  // namespace factpress::taxonomy
