#pragma once
#include <string>
#include <string_view>

namespace factpress::taxonomy {

/// References to documents (RFC 3986, XML Base). A document is named either by an absolute URL ("http://...") or by a path of
/// the file system with '/'; both are kept in one normal form, so that a document has one name however it is referred to:
/// dot segments removed, scheme and host in lower case, escapes of unreserved characters decoded; in paths every escape is
/// decoded, since a path is no URI.

/// A reference without its fragment, and the fragment (percent-decoded) if there is one.
struct Reference {
  std::string_view document;
  std::string fragment;
  bool has_fragment = false;
};
Reference split_fragment(std::string_view href);

/// True for "scheme:..." with a scheme of at least two letters (a single one is a drive).
bool has_scheme(std::string_view reference);

/// The normal name of the document that `reference` (no fragment) means, seen from the document or xml:base `base`.
/// An empty reference is the base itself. Never fails: what is no URI gives a name that no document has.
std::string resolve(std::string_view base, std::string_view reference);

/// The normal form of a path as a user gives it, or of an absolute URL.
std::string normal_name(std::string_view path_or_url);

/// Escapes decoded; malformed ones stay as they are.
std::string percent_decode(std::string_view text);

/// True where `text` can be an absolute URI: a scheme, then something without blanks.
bool is_absolute_uri(std::string_view text);

}  // namespace factpress::taxonomy
