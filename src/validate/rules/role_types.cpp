// XBRL 2.1 §5.1.3, §5.1.4: declarations of roles and arcroles.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "taxonomy/uri.h"
#include "validate/rules.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
using taxonomy::RoleDeclaration;

namespace {

using UsedOn = std::vector<std::pair<xml::NsId, std::uint32_t>>;
UsedOn sorted(UsedOn names) {
  std::sort(names.begin(), names.end());
  return names;
}

std::string_view word(const RoleDeclaration& r) { return r.is_arcrole ? "arcroleType" : "roleType"; }

/// Two declarations of one URI are s-equal where they allow the same elements and cycles and say the same of themselves.
bool same(DtsCheck& c, const RoleDeclaration& a, const RoleDeclaration& b) {
  const auto& strings = c.taxonomy.strings();
  return a.cycles == b.cycles && sorted(a.used_on) == sorted(b.used_on) && strings.get(a.definition) == strings.get(b.definition);
}

void check_used_on(DtsCheck& c, const RoleDeclaration& role) {
  const UsedOn names = sorted(role.used_on);
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (names[i] != names[i - 1]) continue;
    c.sink.add({codes::xbrl_used_on, c.taxonomy.place(role.document, role.offset),
                fmt::format("the {} of {} names {} as used on twice", word(role), c.taxonomy.uri(role.uri),
                            c.taxonomy.display_name(xml::QName{names[i].first, c.taxonomy.strings().get(names[i].second)}))});
  }
}

}  // namespace

void role_types(DtsCheck& c) {
  std::map<std::pair<bool, taxonomy::UriId>, std::vector<const RoleDeclaration*>> by_uri;
  for (const RoleDeclaration& role : c.taxonomy.roles()) {
    check_used_on(c, role);
    const std::string_view uri = c.taxonomy.uri(role.uri);
    if (uri.empty()) {
      c.sink.add({codes::xbrl_role_type, c.taxonomy.place(role.document, role.offset), fmt::format("the {} has no URI", word(role))});
    } else if (role.is_arcrole && !taxonomy::is_absolute_uri(uri)) {
      c.sink.add({codes::xbrl_role_type, c.taxonomy.place(role.document, role.offset), fmt::format("'{}' is no absolute URI", uri)});
    }
    auto& others = by_uri[{role.is_arcrole, role.uri}];
    for (const RoleDeclaration* other : others) {
      if (other->document == role.document) {
        c.sink.add(diag::Diagnostic(codes::xbrl_role_type, c.taxonomy.place(role.document, role.offset),
                                    fmt::format("{} is declared twice in one schema", uri))
                       .with(c.taxonomy.place(other->document, other->offset), "the first declaration"));
      } else if (!same(c, *other, role)) {
        c.sink.add(diag::Diagnostic(codes::xbrl_role_type, c.taxonomy.place(role.document, role.offset),
                                    fmt::format("{} is declared in two schemas that do not agree", uri))
                       .with(c.taxonomy.place(other->document, other->offset), "the other declaration"));
      } else {
        continue;
      }
      break;
    }
    others.push_back(&role);
  }
}

}  // namespace factpress::validate::rules
