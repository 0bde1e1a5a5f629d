#include "validate/rules/role_references.h"

#include <algorithm>

#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/names.h"

namespace factpress::validate::rules {
namespace codes = diag::codes;
namespace ns = xml::ns;

namespace {

const taxonomy::RoleDeclaration* declaration_at(DtsCheck& c, const taxonomy::Target& target) {
  for (const taxonomy::RoleDeclaration& r : c.taxonomy.roles()) {
    if (r.document == target.document && r.offset == target.element.offset()) return &r;
  }
  return nullptr;
}

}  // namespace

RoleScope::RoleScope(DtsCheck& check, const taxonomy::Follow& follow, const xml::Element& container) {
  for (const xml::Element child : container.elements()) {
    if (child.is(ns::link, "roleRef")) read(check, follow, child, false);
    if (child.is(ns::link, "arcroleRef")) read(check, follow, child, true);
  }
}

void RoleScope::read(DtsCheck& c, const taxonomy::Follow& follow, const xml::Element& reference, bool arcrole) {
  const std::string_view uri = xml::trim_xml_space(reference.value_of(arcrole ? "arcroleURI" : "roleURI"));
  auto& known = arcrole ? arcroles_ : roles_;
  const auto [it, fresh] = known.try_emplace(uri, nullptr);
  if (!fresh) {
    c.sink.add({codes::xbrl_role_ref, reference.place(), fmt::format("{} is referred to twice by {} elements", uri, reference.local_name())});
    return;
  }
  const taxonomy::XLink x = taxonomy::read_xlink(reference);
  const taxonomy::Target target = follow(reference, x.href);
  if (target.document == taxonomy::none) return;  // missing: said already
  const taxonomy::RoleDeclaration* role = target.element ? declaration_at(c, target) : nullptr;
  if (!role || role->is_arcrole != arcrole) {
    c.sink.add({codes::xbrl_role_ref, reference.place(), fmt::format("'{}' leads to no {}", x.href, arcrole ? "arcroleType" : "roleType")});
  } else if (c.taxonomy.uri(role->uri) != uri) {
    c.sink.add(diag::Diagnostic(codes::xbrl_role_ref, reference.place(),
                                fmt::format("this refers to {}, but what it leads to declares {}", uri, c.taxonomy.uri(role->uri)))
                   .with(target.element.place(), "the declaration"));
  } else {
    it->second = role;
  }
}

void RoleScope::require(DtsCheck& c, std::string_view uri, bool arcrole, const xml::Element& element) const {
  const auto& known = arcrole ? arcroles_ : roles_;
  const auto it = known.find(uri);
  if (it == known.end()) {
    c.sink.add({arcrole ? codes::xbrl_arcrole_undeclared : codes::xbrl_role_undeclared, element.place(),
                fmt::format("the {} {} is used on {} without a {}", arcrole ? "arcrole" : "role", uri, element.raw_name(),
                            arcrole ? "arcroleRef" : "roleRef")});
    return;
  }
  if (!it->second) return;  // its reference was reported
  const auto& used_on = it->second->used_on;
  const bool allowed = std::any_of(used_on.begin(), used_on.end(), [&](const auto& name) {
    return name.first == element.ns() && c.taxonomy.strings().get(name.second) == element.local_name();
  });
  if (allowed) return;
  c.sink.add(diag::Diagnostic(arcrole ? codes::xbrl_arcrole_misused : codes::xbrl_role_misused, element.place(),
                              fmt::format("{} is not declared for use on {}", uri, element.raw_name()))
                 .with(c.taxonomy.place(it->second->document, it->second->offset), "declared here"));
}

}  // namespace factpress::validate::rules
