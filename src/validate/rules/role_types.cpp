// XBRL 2.1 §5.1.3, §5.1.4: declarations of roles and arcroles.
#include <algorithm>
#include <span>
#include <vector>

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
  if (role.used_on.size() < 2) return;
  const UsedOn names = sorted(role.used_on);
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (names[i] != names[i - 1]) continue;
    c.sink.add({codes::xbrl_used_on, c.taxonomy.place(role.document, role.offset),
                fmt::format("the {} of {} names {} as used on twice", word(role), c.taxonomy.uri(role.uri),
                            c.taxonomy.display_name(xml::QName{names[i].first, c.taxonomy.strings().get(names[i].second)}))});
  }
}

/// The declarations of a taxonomy, those of one URI together in their order.
class ByUri {
 public:
  explicit ByUri(std::span<const RoleDeclaration> roles) : places_(roles.size()) {
    for (const RoleDeclaration& r : roles) sorted_.push_back(&r);
    std::stable_sort(sorted_.begin(), sorted_.end(), [](const auto* a, const auto* b) { return key(*a) < key(*b); });
    for (std::size_t i = 0, begin = 0; i < sorted_.size(); ++i) {
      if (key(*sorted_[i]) != key(*sorted_[begin])) begin = i;
      places_[static_cast<std::size_t>(sorted_[i] - roles.data())] = {begin, i};
    }
  }
  /// Those that stand before one, the number of which is given.
  std::span<const RoleDeclaration* const> before(std::size_t role) const {
    const Place& p = places_[role];
    return std::span(sorted_).subspan(p.begin, p.at - p.begin);
  }

 private:
  static std::pair<bool, taxonomy::UriId> key(const RoleDeclaration& r) { return {r.is_arcrole, r.uri}; }
  std::vector<const RoleDeclaration*> sorted_;
  struct Place {
    std::size_t begin = 0, at = 0;  // in sorted_: of its URI's declarations, and of itself
  };
  std::vector<Place> places_;  // by the number of a declaration
};

}  // namespace

void role_types(DtsCheck& c) {
  const ByUri by_uri(c.taxonomy.roles());
  for (std::size_t i = 0; i < c.taxonomy.roles().size(); ++i) {
    const RoleDeclaration& role = c.taxonomy.roles()[i];
    check_used_on(c, role);
    const std::string_view uri = c.taxonomy.uri(role.uri);
    if (uri.empty()) {
      c.sink.add({codes::xbrl_role_type, c.taxonomy.place(role.document, role.offset), fmt::format("the {} has no URI", word(role))});
    } else if (role.is_arcrole && !taxonomy::is_absolute_uri(uri)) {
      c.sink.add({codes::xbrl_role_type, c.taxonomy.place(role.document, role.offset), fmt::format("'{}' is no absolute URI", uri)});
    }
    for (const RoleDeclaration* other : by_uri.before(i)) {
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
  }
}

}  // namespace factpress::validate::rules
