#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xml/deferred.h"
#include "xml/document.h"

/// Identity constraints (XML Schema 1, clause 3.11): key, unique, keyref.
namespace factpress::schema {

/// A name test of the restricted XPath: a name, prefix:* or *.
struct NameTest {
  bool any_ns = false, any_local = false;
  xml::QName name;
  bool matches(const xml::QName& q) const { return (any_ns || q.ns == name.ns) && (any_local || q.local == name.local); }
};

/// One alternative of a selector or field: the steps down from the context element ('.' is left out), with `deep` from each of
/// its descendants or itself; in a field perhaps an attribute at the end.
struct IdentityPath {
  bool deep = false;
  std::vector<NameTest> steps;
  bool to_attribute = false;
  NameTest attribute;
};
using IdentityPaths = std::vector<IdentityPath>;

/// Reads the subset of XPath of clauses 3.11.6.2 (selector) and 3.11.6.3 (field); prefixes have their meaning at `scope`, a name
/// without one is in no namespace. Empty where the text is outside; `why` then says what is wrong.
std::optional<IdentityPaths> read_identity_paths(std::string_view text, const xml::Element& scope, bool field, std::string& why);

struct IdentityConstraint {
  enum class Kind : std::uint8_t { unique, key, keyref } kind = Kind::unique;
  xml::NsId ns = xml::ns::none;
  std::string_view name;
  IdentityPaths selector;
  std::vector<IdentityPaths> fields;
  const IdentityConstraint* refers = nullptr;  ///< of a keyref: a key or unique with as many fields; null where it is wrong
  xml::ElementRef source;
  std::uint32_t frozen_in = ~0u;               ///< its document in a snapshot
};

}  // namespace factpress::schema
