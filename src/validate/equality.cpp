#include "validate/equality.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>
#include <unordered_map>

#include <fmt/core.h>

#include "taxonomy/value_key.h"

namespace factpress::validate {
namespace ns = xml::ns;

namespace {

/// Texts whose memory is used again.
class Texts {
 public:
  void clear() { used_ = 0; }
  std::string& add() {
    if (used_ == all_.size()) all_.emplace_back();
    all_[used_].clear();
    return all_[used_++];
  }
  auto begin() { return all_.begin(); }
  auto end() { return all_.begin() + static_cast<std::ptrdiff_t>(used_); }

 private:
  std::vector<std::string> all_;
  std::size_t used_ = 0;
};

/// Writes a text that is the same for s-equal elements and for no others.
class KeyWriter {
 public:
  KeyWriter(const schema::SchemaSet& schemas, const schema::Outcome& outcome) : schemas_(schemas), outcome_(outcome) {}

  void container(std::string& key, const xml::Element& e) {
    if (!e) return;  // a missing segment is like an empty one
    members_.clear();
    bool dimensions_alone = true;
    for (const xml::Node n : e.children()) {
      std::string& member = members_.add();
      if (n.is_element()) {
        dimensions_alone = dimensions_alone && n.as_element().ns() == ns::xbrldi;
        element(member, n.as_element(), 0);
      } else {
        member.append("t").append(n.text());
      }
    }
    if (dimensions_alone) std::sort(members_.begin(), members_.end());
    for (const std::string& m : members_) key.append(m).append("\x1f");
  }

 private:
  void name(std::string& key, const xml::QName& q) {
    char digits[10];
    key.append(digits, std::to_chars(digits, std::end(digits), static_cast<std::uint32_t>(q.ns)).ptr).append(":").append(q.local);
  }

  void attributes(std::string& key, const xml::Element& e, const schema::Assessment& a) {
    parts_.clear();
    for (const xml::Attribute attribute : e.attributes()) {
      std::string& part = parts_.add();
      name(part, attribute.qname());
      part += '=';
      const auto value = schema::typed_value(schemas_, a, attribute, e);
      if (value) {
        taxonomy::append_value_key(part, *value, nan_serial_);
      } else {
        part.append("s").append(attribute.value());
      }
    }
    if (a.type && a.type->attributes) {
      for (const schema::AttributeUse& use : a.type->attributes->uses) {
        if (!(use.has_default || use.has_fixed) || use.prohibited || e.attribute(use.decl->ns, use.decl->name)) continue;
        if (!use.decl->type || !use.decl->type->simple) continue;
        std::string& part = parts_.add();
        name(part, use.decl->qname());
        part += '=';
        if (const auto value = schema::read_value(*use.decl->type->simple, use.value, &e)) taxonomy::append_value_key(part, *value, nan_serial_);
      }
    }
    std::sort(parts_.begin(), parts_.end());
    for (const std::string& part : parts_) key.append(part).append("|");
  }

  void element(std::string& key, const xml::Element& e, int depth) {
    key += '<';
    name(key, e.qname());
    key += ' ';
    schema::Assessment a = outcome_.of(e);
    attributes(key, e, a);
    key += '>';
    if (e.is(ns::xbrldi, "explicitMember")) {
      // Its content is a QName whatever the schema at hand says of it.
      std::string scratch;
      if (const auto member = e.resolve_qname(e.text(scratch))) return name(key += 'q', *member);
    }
    if (!e.has_elements()) {
      if (const auto value = schema::typed_value(outcome_, e)) {
        taxonomy::append_value_key(key, *value, nan_serial_);
      } else {
        key.append("s").append(e.text());
      }
    } else {
      for (const xml::Node n : e.children()) {
        if (n.is_element()) {
          if (depth < 1000) element(key, n.as_element(), depth + 1);
        } else {
          key.append("t").append(n.text());
        }
      }
    }
    key += "</>";
  }

  const schema::SchemaSet& schemas_;
  const schema::Outcome& outcome_;
  std::uint32_t nan_serial_ = 0;
  Texts members_, parts_;  // of one container, of one element
};

/// The bytes of a number.
template <class Number>
void append_raw(std::string& key, Number number) {
  key.append(reinterpret_cast<const char*>(&number), sizeof number);
}

std::uint32_t number_of(std::unordered_map<std::string, std::uint32_t>& known, std::string key) {
  return known.try_emplace(std::move(key), static_cast<std::uint32_t>(known.size())).first->second;
}

}  // namespace

std::vector<std::uint32_t> context_classes(const instance::Instance& instance, const schema::SchemaSet& schemas,
                                           const schema::Outcome& outcome) {
  KeyWriter writer(schemas, outcome);
  std::unordered_map<std::string, std::uint32_t> known;
  std::vector<std::uint32_t> classes;
  classes.reserve(instance.contexts().size());
  for (const instance::Context& c : instance.contexts()) {
    std::string key;
    key.reserve(256);
    append_raw(key, c.period);
    for (const instance::Moment& m : {c.start, c.end}) append_raw(key, m.seconds), append_raw(key, m.nanoseconds);
    key.append(c.scheme).append("\x1e").append(c.identifier).append("\x1e");
    writer.container(key, c.segment);
    key += '\x1e';
    writer.container(key, c.scenario);
    classes.push_back(number_of(known, std::move(key)));
  }
  return classes;
}

std::vector<std::uint32_t> unit_classes(const instance::Instance& instance) {
  std::unordered_map<std::string, std::uint32_t> known;
  std::vector<std::uint32_t> classes;
  for (const instance::Unit& u : instance.units()) {
    std::string key;
    for (const auto& m : u.numerators) key += fmt::format("{}:{} ", static_cast<std::uint32_t>(m.ns), m.local);
    key += '/';
    for (const auto& m : u.denominators) key += fmt::format("{}:{} ", static_cast<std::uint32_t>(m.ns), m.local);
    classes.push_back(number_of(known, std::move(key)));
  }
  return classes;
}

}  // namespace factpress::validate
