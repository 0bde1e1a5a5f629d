#include <fmt/format.h>

#include "taxonomy/schema/identity.h"

namespace factpress::schema {
namespace {

class PathReader {
 public:
  PathReader(std::string_view text, const xml::Element& scope, bool field, std::string& why)
      : rest_(text), scope_(scope), field_(field), why_(why) {}

  std::optional<IdentityPaths> read() {
    IdentityPaths paths;
    do {
      IdentityPath path;
      if (!read_path(path)) return {};
      paths.push_back(std::move(path));
    } while (take("|"));
    if (!rest_.empty()) return wrong(fmt::format("'{}' may not stand here", rest_)), std::nullopt;
    return paths;
  }

 private:
  bool wrong(std::string why) { return why_ = std::move(why), false; }
  void skip_space() {
    while (!rest_.empty() && xml::is_xml_space(rest_[0])) rest_.remove_prefix(1);
  }
  bool take(std::string_view token) {
    skip_space();
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return skip_space(), true;
  }
  /// "child::" and the like, white space allowed before the colons.
  bool take_axis(std::string_view axis) {
    const std::string_view before = rest_;
    if (take(axis) && take("::")) return true;
    rest_ = before;
    return false;
  }

  // ('.//')? step ('/' step)*
  bool read_path(IdentityPath& path) {
    skip_space();
    const std::string_view before = rest_;
    if (take(".") && take("//"))
      path.deep = true;
    else
      rest_ = before;
    do {
      if (!read_step(path)) return false;
    } while (!path.to_attribute && take("/"));
    return true;
  }
  bool read_step(IdentityPath& path) {
    if (take(".")) return true;
    if (take("@") || take_axis("attribute")) {
      if (!field_) return wrong("a selector may not lead to an attribute");
      path.to_attribute = true;
      return read_test(path.attribute);
    }
    take_axis("child");
    path.steps.emplace_back();
    return read_test(path.steps.back());
  }
  // A name, prefix:* or *.
  bool read_test(NameTest& test) {
    if (take("*")) return test.any_ns = test.any_local = true;
    const std::string_view first = read_name();
    if (first.empty())
      return wrong(rest_.empty() ? "it ends where a name is expected" : fmt::format("a name is expected at '{}'", rest_));
    if (!rest_.starts_with(":")) {
      test.name.local = first;
      return skip_space(), true;
    }
    const auto ns = scope_.resolve_prefix(first);
    if (!ns) return wrong(fmt::format("the prefix '{}' is not declared", first));
    test.name.ns = *ns;
    rest_.remove_prefix(1);
    if (take("*")) return test.any_local = true;
    test.name.local = read_name();
    if (test.name.local.empty()) return wrong(fmt::format("a name is expected after '{}:'", first));
    return skip_space(), true;
  }
  // An NCName, which ends at white space or at a sign of the expression.
  std::string_view read_name() {
    const std::size_t end = std::min(rest_.size(), rest_.find_first_of(" \t\r\n/|@*:()[]"));
    const std::string_view name = rest_.substr(0, end);
    if (!xml::is_ncname(name)) return {};
    rest_.remove_prefix(end);
    return name;
  }

  std::string_view rest_;
  const xml::Element& scope_;
  bool field_;
  std::string& why_;
};

}  // namespace

std::optional<IdentityPaths> read_identity_paths(std::string_view text, const xml::Element& scope, bool field, std::string& why) {
  return PathReader(text, scope, field, why).read();
}

}  // namespace factpress::schema
