#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "taxonomy/strings.h"
#include "xml/document.h"

namespace factpress::schema {
class SchemaSet;
}

namespace factpress::taxonomy {

/// The non-exempt attributes of an arc with their values, for the equivalence of relationships (XBRL 2.1 §3.5.3.9.7.4): arcs
/// with the same signature have s-equal attributes, defaults of their types included. `use`, `priority`, XLink attributes and
/// namespace declarations are exempt.
std::string arc_signature(const xml::Element& arc, const schema::SchemaSet& schemas);

/// Signatures as numbers: equal numbers are equal signatures. Most arcs of a document are written alike, and what is written
/// alike is read once, unless its values depend on where they stand.
class ArcSignatures {
 public:
  std::uint32_t of(const xml::Element& arc, const schema::SchemaSet& schemas);

 private:
  StringTable signatures_;
  const xml::Document* document_ = nullptr;  ///< of what is known
  std::vector<char> exempt_;                 ///< by the number of a name
  std::unordered_map<std::string, std::uint32_t, xml::TextHash> known_;  ///< by the numbers of names and the texts of values
  std::string key_;
};

}  // namespace factpress::taxonomy
