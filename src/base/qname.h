#pragma once
#include <compare>
#include <functional>
#include <string>

namespace factpress {

/// A namespace name with a local name (XML Namespaces 1.0). Prefixes are a matter of writing, not of identity.
struct QName {
  std::string uri;
  std::string local;
  auto operator<=>(const QName&) const = default;
  bool empty() const { return local.empty(); }
  /// Clark notation: {uri}local.
  std::string clark() const { return uri.empty() ? local : "{" + uri + "}" + local; }
};

}  // namespace factpress

template <>
struct std::hash<factpress::QName> {
  std::size_t operator()(const factpress::QName& q) const {
    const std::hash<std::string> h;
    return h(q.uri) * 1099511628211ULL ^ h(q.local);
  }
};
