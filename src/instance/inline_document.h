#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diag/diagnostic.h"
#include "xml/document.h"

namespace factpress::instance {

enum class InlineKind : std::uint8_t { non_fraction, non_numeric, fraction, tuple };

/// A fact element with where it belongs.
struct InlineFact {
  xml::Element element;
  InlineKind kind;
  std::string_view target;        ///< "" is the default target
  std::int32_t nested_in = -1;    ///< index of the closest ix:tuple around it
};

/// An inline XBRL 1.1 document by its parts: what stands where, ids resolved, the rules of place and attribute checked. Keeps
/// its document; elements point into it. One document; sets of several are joined by the caller in their order.
class InlineDocument {
 public:
  /// `document` was parsed with keep_space. Findings: inline.*. Takes time linear in its size.
  static InlineDocument read(std::shared_ptr<const xml::Document> document, diag::Sink& sink);

  const xml::Document& document() const { return *document_; }
  const std::vector<InlineFact>& facts() const { return facts_; }
  const std::vector<xml::Element>& contexts() const { return contexts_; }
  const std::vector<xml::Element>& units() const { return units_; }
  const std::vector<xml::Element>& references() const { return references_; }
  const std::vector<xml::Element>& relationships() const { return relationships_; }
  /// The element with an id; tests as false where there is none.
  xml::Element by_id(std::string_view id) const;
  /// Targets in order of first use, the default one ("") first where it is used.
  std::vector<std::string_view> targets() const;

 private:
  struct Frame;
  void walk(const xml::Element& e, const Frame& frame, diag::Sink& sink);
  void add_inline(const xml::Element& e, Frame& below, diag::Sink& sink);
  void add_header(const xml::Element& e, const Frame& frame, diag::Sink& sink);
  void add_resources(const xml::Element& e);
  void check_continuations(diag::Sink& sink) const;
  void check_references(diag::Sink& sink) const;

  std::shared_ptr<const xml::Document> document_;
  std::vector<InlineFact> facts_;
  std::vector<xml::Element> contexts_, units_, references_, relationships_, continued_, continuations_;
  std::unordered_map<std::string_view, xml::Element> ids_;
  bool has_header_ = false;
};

/// True for an element of the Inline XBRL 1.1 namespace with that local name.
inline bool is_ix(const xml::Element& e, std::string_view local) { return e.is(xml::ns::ix, local); }

}  // namespace factpress::instance
