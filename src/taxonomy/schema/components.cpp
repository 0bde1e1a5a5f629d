#include "taxonomy/schema/components.h"

#include <algorithm>

namespace factpress::schema {

bool Wildcard::admits(xml::NsId ns) const {
  switch (allow) {
    case Allow::any: return true;
    case Allow::other: return ns != target && ns != xml::ns::none;
    case Allow::listed: return std::find(namespaces.begin(), namespaces.end(), ns) != namespaces.end();
  }
  return false;
}

const AttributeUse* AttributeSet::find(const xml::QName& name) const {
  for (const auto& u : uses)
    if (u.decl->name == name.local && u.decl->ns == name.ns) return &u;
  return nullptr;
}

bool derives_from(const Type& type, const Type& ancestor) {
  for (const Type* t = &type; t; t = t->base)
    if (t == &ancestor) return true;
  return false;
}

bool derives_from(const Type& type, const xml::QName& ancestor) {
  for (const Type* t = &type; t; t = t->base)
    if (t->ns == ancestor.ns && t->name == ancestor.local) return true;
  return false;
}

bool is_in_substitution_group(const ElementDecl& decl, const ElementDecl& head) {
  for (const ElementDecl* d = &decl; d; d = d->substitutes)
    if (d == &head) return true;
  return false;
}

bool is_in_substitution_group(const ElementDecl& decl, const xml::QName& head) {
  for (const ElementDecl* d = &decl; d; d = d->substitutes)
    if (d->global && d->ns == head.ns && d->name == head.local) return true;
  return false;
}

const Type* builtin_base(const Type& type) {
  const Type* t = &type;
  while (t && !t->is_builtin()) t = t->base;
  return t;
}

}  // namespace factpress::schema
