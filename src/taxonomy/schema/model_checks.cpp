#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "taxonomy/schema/content_model.h"

namespace factpress::schema {
namespace {

using N = ContentModel::Node;

bool overlap(const Wildcard& a, const Wildcard& b) {
  using A = Wildcard::Allow;
  if (a.allow == A::listed)
    return std::any_of(a.namespaces.begin(), a.namespaces.end(), [&](xml::NsId n) { return b.admits(n); });
  if (b.allow == A::listed) return overlap(b, a);
  return true;  // any and other always share some namespace
}

bool wildcard_within(const Wildcard& inner, const Wildcard& outer) {
  using A = Wildcard::Allow;
  if (outer.allow == A::any) return true;
  if (inner.allow == A::listed)
    return std::all_of(inner.namespaces.begin(), inner.namespaces.end(), [&](xml::NsId n) { return outer.admits(n); });
  return inner.allow == A::other && outer.allow == A::other && inner.target == outer.target;
}

// The particle among `names` that could admit the same child as the element, through substitution.
const Particle* same_by_substitution(const ElementDecl& e,
                                     const std::unordered_map<const ElementDecl*, const Particle*>& globals) {
  if (!e.global) return nullptr;
  for (const ElementDecl* head = e.substitutes; head; head = head->substitutes) {
    const auto it = globals.find(head);
    if (it != globals.end() && may_substitute(e, *head)) return it->second;
  }
  return nullptr;
}

bool check_closure(const ContentModel& m, const ContentModel::Closure& c, std::vector<Ambiguity>& out) {
  std::unordered_map<xml::QName, const Particle*> names;
  std::unordered_map<const ElementDecl*, const Particle*> globals;
  std::vector<const Particle*> wildcards;
  const auto report = [&](const Particle* a, const Particle* b) { return out.push_back({a, b}), false; };
  for (const auto t : c.terms) {
    const Particle* p = m.nodes[t].particle;
    if (p->kind == Particle::Kind::wildcard) {
      if (std::find(wildcards.begin(), wildcards.end(), p) == wildcards.end()) wildcards.push_back(p);
      continue;
    }
    const auto [it, fresh] = names.emplace(p->element->qname(), p);
    if (!fresh && it->second != p) return report(it->second, p);
    if (p->element->global) globals.emplace(p->element, p);
  }
  for (const auto& [name, p] : names)
    if (const auto* q = same_by_substitution(*p->element, globals)) return report(q, p);
  for (std::size_t i = 0; i < wildcards.size() && i < 100; ++i) {
    for (const auto& [name, p] : names)
      if (wildcards[i]->wildcard.admits(name.ns)) return report(p, wildcards[i]);
    for (std::size_t j = 0; j < i; ++j)
      if (overlap(wildcards[i]->wildcard, wildcards[j]->wildcard)) return report(wildcards[j], wildcards[i]);
  }
  return true;
}

std::string named(const Particle& p) {
  return p.kind == Particle::Kind::wildcard ? std::string("a wildcard") : fmt::format("element '{}'", p.element->name);
}

// rcase-NameAndTypeOK
bool element_within(const ElementDecl& r, const ElementDecl& b, std::string& why) {
  if (&r == &b) return true;
  if (r.nillable && !b.nillable) return why = fmt::format("element '{}' is nillable, but not in the base type", r.name), false;
  if (b.has_fixed && !(r.has_fixed && r.value == b.value))
    return why = fmt::format("element '{}' must keep the fixed value '{}'", r.name, b.value), false;
  for (const Type* t = r.type; t != b.type; t = t->base) {
    if (!t || (t->derivation == by_extension && t->base))
      return why = fmt::format("the type of element '{}' does not restrict its type in the base type", r.name), false;
    if (!t->base)
      return why = fmt::format("the type of element '{}' does not derive from its type in the base type", r.name), false;
  }
  return true;
}

bool particle_within(const Particle& r, const Particle& b, std::string& why) {
  if (b.kind == Particle::Kind::wildcard)
    return r.kind == Particle::Kind::wildcard ? wildcard_within(r.wildcard, b.wildcard) : b.wildcard.admits(r.element->ns);
  if (r.kind == Particle::Kind::wildcard) return false;
  const ElementDecl &re = *r.element, &be = *b.element;
  const bool same = re.name == be.name && re.ns == be.ns;
  // A head stands for the choice of its group's members, each under its own declaration.
  if (!same) return re.global && be.global && may_substitute(re, be);
  return element_within(re, be, why);
}

bool all_within(const ContentModel& r, const ContentModel& b, std::string& why) {
  std::set<const Particle*> used;
  for (const auto* p : r.all) {
    const Particle* match = nullptr;
    for (const auto* q : b.all)
      if (!used.count(q) && particle_within(*p, *q, why)) match = q;
    if (!match) return why = why.empty() ? named(*p) + " is not in the base type's content" : why, false;
    if (p->min < match->min) return why = named(*p) + " is optional, but not in the base type", false;
    used.insert(match);
  }
  for (const auto* q : b.all)
    if (q->min != 0 && !used.count(q)) return why = named(*q) + " is required by the base type", false;
  return true;
}

// A sequence against xs:all: which members a path has met.
struct AllWalk {
  const ContentModel& r;
  const ContentModel& b;
  std::string& why;
  std::set<std::pair<std::uint32_t, std::uint64_t>> seen;
  bool walk() {
    if (b.all.size() > 64) return true;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> todo{{r.entry, 0}};
    while (!todo.empty() && seen.size() < 50'000) {
      const auto [at, met] = todo.back();
      todo.pop_back();
      if (!seen.insert({at, met}).second) continue;
      const auto& c = r.closures[r.closure_of[at]];
      if (c.accepts && !complete(met)) return why = "the content may end before all that the base type requires", false;
      for (const auto t : c.terms) {
        std::size_t i = 0;
        while (i < b.all.size() && ((met >> i & 1) || !particle_within(*r.nodes[t].particle, *b.all[i], why))) ++i;
        if (i == b.all.size())
          return why = why.empty() ? named(*r.nodes[t].particle) + " is not in the base type's content" : why, false;
        todo.push_back({r.nodes[t].a, met | std::uint64_t{1} << i});
      }
    }
    return true;
  }
  bool complete(std::uint64_t met) const {
    if (met == 0 && b.all_optional) return true;
    for (std::size_t i = 0; i < b.all.size(); ++i)
      if (b.all[i]->min != 0 && !(met >> i & 1)) return false;
    return true;
  }
};

bool complete_closures(const ContentModel& m) {
  return std::all_of(m.nodes.begin(), m.nodes.end(), [&](const N& n) { return n.kind != N::term || m.closure_of[n.a] != ~0u; });
}

}  // namespace

std::vector<Ambiguity> find_ambiguity(const ContentModel& m) {
  std::vector<Ambiguity> out;
  const bool exact = std::any_of(m.nodes.begin(), m.nodes.end(), [](const N& n) { return n.kind == N::again && n.min == n.max; });
  if (exact) return out;  // which of two places applies is then settled by counting
  for (const auto& c : m.closures)
    if (!check_closure(m, c, out)) break;
  if (m.is_all) {
    std::unordered_map<xml::QName, const Particle*> names;
    for (const auto* p : m.all)
      if (const auto [it, fresh] = names.emplace(p->element->qname(), p); !fresh) out.push_back({it->second, p});
  }
  return out;
}

bool restricts(const ContentModel& r, const ContentModel& b, std::string& why) {
  if (r.counters != 0 || b.counters != 0) return true;  // decided by the instance: counting automata are not compared
  if (r.is_all) {
    if (b.is_all) return all_within(r, b, why);
    // An all group restricts only what admits its members in any order.
    return why = "xs:all restricts only xs:all", b.entry < b.nodes.size() && b.particle && b.particle->children.size() == 1 &&
                                                     b.particle->children[0]->kind == Particle::Kind::wildcard;
  }
  if (!complete_closures(r) || (!b.is_all && !complete_closures(b))) return true;
  if (b.is_all) return AllWalk{r, b, why, {}}.walk();
  using State = std::pair<std::uint32_t, std::vector<std::uint32_t>>;
  std::set<State> seen;
  std::vector<State> todo{{r.entry, {b.entry}}};
  while (!todo.empty() && seen.size() < 50'000) {
    State s = std::move(todo.back());
    todo.pop_back();
    if (!seen.insert(s).second) continue;
    const auto& rc = r.closures[r.closure_of[s.first]];
    bool accepts = false;
    for (const auto n : s.second) accepts |= b.closures[b.closure_of[n]].accepts;
    if (rc.accepts && !accepts) return why = "the content may end where the base type requires more", false;
    for (const auto t : rc.terms) {
      std::vector<std::uint32_t> next;
      std::string reason;
      for (const auto n : s.second)
        for (const auto bt : b.closures[b.closure_of[n]].terms)
          if (particle_within(*r.nodes[t].particle, *b.nodes[bt].particle, reason)) next.push_back(b.nodes[bt].a);
      if (next.empty())
        return why = reason.empty() ? named(*r.nodes[t].particle) + " may stand where the base type does not admit it" : reason,
               false;
      std::sort(next.begin(), next.end());
      next.erase(std::unique(next.begin(), next.end()), next.end());
      todo.push_back({r.nodes[t].a, std::move(next)});
    }
  }
  return true;
}

}  // namespace factpress::schema
