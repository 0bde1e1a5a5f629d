#include "taxonomy/schema/identity_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "diag/codes/schema.h"

namespace factpress::schema {
namespace {

void append_piece(std::string& key, std::string_view text) { key += fmt::format("{}:{}", text.size(), text); }

/// The same text for values that are equal, and for no others (see operator== of Value).
void append_key(std::string& key, const Value& v) {
  key += fmt::format("{}{}", v.is_list ? 'L' : 'A', static_cast<int>(v.primitive));
  if (v.is_list) {
    for (const Value& item : v.items) append_key(key, item);
    key += ';';
    return;
  }
  switch (v.primitive) {
    case Primitive::boolean: key += v.boolean ? "t" : "f"; break;
    case Primitive::decimal:
    case Primitive::float_:
    case Primitive::double_:
      append_piece(
          key, v.special == Value::Special::none ? v.number.to_string() : fmt::format("special {}", static_cast<int>(v.special)));
      break;
    case Primitive::duration: append_piece(key, fmt::format("{} {}", v.months, v.number.to_string())); break;
    case Primitive::qname:
    case Primitive::notation:
      key += fmt::format("{}:", static_cast<std::uint32_t>(v.ns));
      append_piece(key, v.text);
      break;
    case Primitive::any:
    case Primitive::string:
    case Primitive::any_uri:
    case Primitive::hex_binary:
    case Primitive::base64_binary: append_piece(key, v.text); break;
    default: append_piece(key, fmt::format("{}.{}{}", v.moment.seconds, v.moment.fraction, v.moment.zoned ? "Z" : "")); break;
  }
}

std::string shortened(std::string_view text) {
  text = xml::trim_xml_space(text);
  return text.size() <= 60 ? std::string(text) : std::string(text.substr(0, 57)) + "...";
}

std::string_view word(IdentityConstraint::Kind kind) {
  return kind == IdentityConstraint::Kind::key ? "key" : kind == IdentityConstraint::Kind::unique ? "unique" : "keyref";
}

constexpr std::uint64_t least_budget = 20'000'000, visits_a_node = 200;

}  // namespace

IdentityCheck::IdentityCheck(const SchemaSet& set, const Outcome& outcome, const xml::Element& root, Fail fail)
    : set_(set),
      outcome_(outcome),
      root_(root),
      fail_(std::move(fail)),
      budget_(least_budget + visits_a_node * root.document().node_count()) {}

void IdentityCheck::run() {
  for (std::uint32_t i = root_.ordinal(), end = root_.subtree_end(); i < end; ++i) {
    const xml::Element e = element(i);
    if (!e) continue;
    const Assessment a = outcome_.of(e);
    if (a.decl && a.decl->constraints) bearers_.push_back(i);
  }
  for (const std::uint32_t i : bearers_) {
    const xml::Element e = element(i);
    for (const IdentityConstraint* c : *outcome_.of(e).decl->constraints) check(e, *c);
  }
}

void IdentityCheck::report(const xml::Element& at, std::string message) {
  fail_(at, diag::Diagnostic(diag::codes::schema_identity, at.place(), std::move(message)));
}

bool IdentityCheck::spend(std::uint64_t steps) {
  if (budget_ == 0) return false;
  budget_ -= std::min(budget_, steps);
  if (budget_ == 0)
    report(root_,
           "the identity constraints lead to too many elements to be checked in reasonable time; what is left is not checked");
  return budget_ != 0;
}

void IdentityCheck::check(const xml::Element& e, const IdentityConstraint& c) {
  const std::vector<Entry> entries = qualified(e, c, true);
  if (c.kind == IdentityConstraint::Kind::keyref) return check_reference(e, c, entries);
  std::unordered_map<std::string_view, std::uint32_t> seen;
  for (const Entry& entry : entries) {
    const auto [it, fresh] = seen.emplace(entry.key, entry.node);
    if (fresh) continue;
    const xml::Element at = element(entry.node);
    diag::Diagnostic d(
        diag::codes::schema_identity, at.place(),
        fmt::format("cvc-identity-constraint.4.{}: the value {} of '{}' stands twice, against the {} constraint '{}' of '{}'",
                    c.kind == IdentityConstraint::Kind::key ? "2.2" : "1", entry.shown, at.raw_name(), word(c.kind), c.name,
                    e.raw_name()));
    fail_(at, std::move(d).with(element(it->second).place(), "first here"));
  }
}

void IdentityCheck::check_reference(const xml::Element& e, const IdentityConstraint& c, const std::vector<Entry>& entries) {
  if (!c.refers || entries.empty()) return;
  const Table known = table(e, *c.refers);
  if (budget_ == 0) return;
  for (const Entry& entry : entries) {
    const auto it = known.find(entry.key);
    if (it != known.end()) continue;
    const xml::Element at = element(entry.node);
    report(at, fmt::format(
                   "cvc-identity-constraint.4.3: the keyref '{}' of '{}' finds no value {} of '{}' among those of the {} '{}'",
                   c.name, e.raw_name(), entry.shown, at.raw_name(), word(c.refers->kind), c.refers->name));
  }
}

// The qualified node set (clause 3.11.4); `tell` reports what is against clauses 3 and 4.2 on the way.
std::vector<IdentityCheck::Entry> IdentityCheck::qualified(const xml::Element& e, const IdentityConstraint& c, bool tell) {
  std::vector<std::uint32_t> targets;
  for (const IdentityPath& path : c.selector)
    select(e, path, [&](const xml::Element& t) {
      if (outcome_.assessed(t)) targets.push_back(t.ordinal());
    });
  std::sort(targets.begin(), targets.end());
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  std::vector<Entry> out;
  const bool key = c.kind == IdentityConstraint::Kind::key;
  for (const std::uint32_t node : targets) {
    if (budget_ == 0) break;
    const xml::Element target = element(node);
    Entry entry;
    entry.node = node;
    bool whole = true, nillable = false;
    for (std::size_t i = 0; i < c.fields.size(); ++i) {
      std::string shown;
      const Field f = field(target, c.fields[i], c, tell, shown);
      if (f.state == Field::State::absent && key && tell && whole && budget_ != 0)
        report(target, fmt::format("cvc-identity-constraint.4.2.1: '{}' lacks the value of field {} of the key '{}'",
                                   target.raw_name(), i + 1, c.name));
      whole = whole && f.state == Field::State::present;
      nillable = nillable || f.nillable;
      entry.key += f.key;
      entry.shown += fmt::format("{}'{}'", i == 0 ? "" : ", ", shown);
    }
    if (whole && nillable && key && tell)
      report(target, fmt::format("cvc-identity-constraint.4.2.3: a field of the key '{}' is a nillable element, in '{}'", c.name,
                                 target.raw_name()));
    if (whole) out.push_back(std::move(entry));
  }
  return out;
}

IdentityCheck::Field IdentityCheck::field(const xml::Element& target, const IdentityPaths& paths, const IdentityConstraint& c,
                                          bool tell, std::string& shown) {
  Field out;
  std::vector<std::pair<std::uint32_t, xml::QName>> met;  // alternatives may lead to the same node
  const auto take = [&](const xml::Element& at, const xml::QName& attribute, std::string_view text, auto&& value) {
    const auto node = std::pair(at.ordinal(), attribute);
    if (met.size() > 1 || std::find(met.begin(), met.end(), node) != met.end() || !spend(1 + text.size() / 8)) return;
    met.push_back(node);
    if (met.size() > 1) {
      out.state = Field::State::bad;
      if (tell)
        report(target, fmt::format("cvc-identity-constraint.3: a field of '{}' leads to more than one node in '{}'", c.name,
                                   target.raw_name()));
      return;
    }
    const std::optional<Value> is = value();
    out.state = is ? Field::State::present : Field::State::bad;
    shown = shortened(text);
    if (is) append_key(out.key, *is);
  };
  for (const IdentityPath& path : paths) {
    select(target, path, [&](const xml::Element& at) {
      const Assessment a = outcome_.of(at);
      if (path.to_attribute) {
        for (const xml::Attribute x : at.attributes())
          if (path.attribute.matches(x.qname())) take(at, x.qname(), x.value(), [&] { return typed_value(set_, a, x, at); });
        if (!a.type || !a.type->attributes) return;
        for (const AttributeUse& use : a.type->attributes->uses)
          if ((use.has_default || use.has_fixed) && !use.prohibited && path.attribute.matches(use.decl->qname()) &&
              !at.attribute(use.decl->ns, use.decl->name))
            take(at, use.decl->qname(), use.value, [&] { return read_value(*use.decl->type->simple, use.value, &at); });
        return;
      }
      if (!outcome_.assessed(at)) return;
      if (!a.type || !a.type->simple) {
        out.state = Field::State::bad;
        if (tell)
          report(at, fmt::format("cvc-identity-constraint.3: the field '{}' of the constraint '{}' has no simple value",
                                 at.raw_name(), c.name));
        return;
      }
      if (a.nil) return;
      out.nillable = out.nillable || (a.decl && a.decl->nillable);
      take(at, {}, outcome_.value(at), [&] { return typed_value(outcome_, at); });
    });
  }
  return out;
}

bool IdentityCheck::declares(const xml::Element& e, const IdentityConstraint& c) const {
  const Assessment a = outcome_.of(e);
  return a.decl && a.decl->constraints &&
         std::find(a.decl->constraints->begin(), a.decl->constraints->end(), &c) != a.decl->constraints->end();
}

// The node table (clause 3.11.5): the element's own qualified nodes, and those of the tables below whose keys are in one of them
// alone.
IdentityCheck::Table IdentityCheck::table(const xml::Element& e, const IdentityConstraint& key) {
  Table all;
  for (const xml::Element child : e.elements()) {
    const auto below = std::lower_bound(bearers_.begin(), bearers_.end(), child.ordinal());
    if (below == bearers_.end() || *below >= child.subtree_end() || !spend()) continue;
    Table one = table(child, key);
    if (one.size() > all.size()) std::swap(one, all);
    if (!spend(one.size())) break;
    for (const auto& [text, node] : one) {
      const auto [it, fresh] = all.emplace(text, node);
      if (!fresh && it->second != node) it->second = xml::no_index;
    }
  }
  if (!spend(all.size() / 4)) return all;
  std::erase_if(all, [](const auto& row) { return row.second == xml::no_index; });
  if (declares(e, key))
    for (Entry& entry : qualified(e, key, false)) all[std::move(entry.key)] = entry.node;
  return all;
}

void IdentityCheck::select(const xml::Element& from, const IdentityPath& path,
                           const std::function<void(const xml::Element&)>& f) {
  if (!path.deep) return step(from, path, 0, f);
  for (std::uint32_t i = from.ordinal(), end = from.subtree_end(); i < end; ++i) {
    if (!spend()) return;
    if (const xml::Element e = element(i)) step(e, path, 0, f);
  }
}

void IdentityCheck::step(const xml::Element& at, const IdentityPath& path, std::size_t i,
                         const std::function<void(const xml::Element&)>& f) {
  if (i == path.steps.size()) return f(at);
  for (const xml::Element child : at.elements()) {
    if (!spend()) return;
    if (path.steps[i].matches(child.qname())) step(child, path, i + 1, f);
  }
}

}  // namespace factpress::schema
