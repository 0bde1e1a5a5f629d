#include "taxonomy/schema/builtins.h"

#include <deque>
#include <unordered_map>

#include "taxonomy/schema/content_model.h"
#include "taxonomy/schema/facets.h"

namespace factpress::schema {
namespace {

using L = SimpleType::Lexical;
using P = Primitive;
using W = WhiteSpace;

struct Row {
  std::string_view name, base;
  P primitive;
  W white_space = W::collapse;
  L lexical = L::free;
  const char *low = nullptr, *high = nullptr;  // inclusive bounds
};

// Part 2, clause 3; a base stands before what derives from it.
constexpr Row rows[] = {
    {"anySimpleType", "anyType", P::any, W::preserve},
    {"string", "anySimpleType", P::string, W::preserve},
    {"boolean", "anySimpleType", P::boolean},
    {"decimal", "anySimpleType", P::decimal},
    {"float", "anySimpleType", P::float_},
    {"double", "anySimpleType", P::double_},
    {"duration", "anySimpleType", P::duration},
    {"dateTime", "anySimpleType", P::date_time},
    {"time", "anySimpleType", P::time},
    {"date", "anySimpleType", P::date},
    {"gYearMonth", "anySimpleType", P::g_year_month},
    {"gYear", "anySimpleType", P::g_year},
    {"gMonthDay", "anySimpleType", P::g_month_day},
    {"gDay", "anySimpleType", P::g_day},
    {"gMonth", "anySimpleType", P::g_month},
    {"hexBinary", "anySimpleType", P::hex_binary},
    {"base64Binary", "anySimpleType", P::base64_binary},
    {"anyURI", "anySimpleType", P::any_uri},
    {"QName", "anySimpleType", P::qname},
    {"NOTATION", "anySimpleType", P::notation},
    {"normalizedString", "string", P::string, W::replace},
    {"token", "normalizedString", P::string},
    {"language", "token", P::string, W::collapse, L::language},
    {"NMTOKEN", "token", P::string, W::collapse, L::nmtoken},
    {"Name", "token", P::string, W::collapse, L::name},
    {"NCName", "Name", P::string, W::collapse, L::ncname},
    {"ID", "NCName", P::string, W::collapse, L::ncname},
    {"IDREF", "NCName", P::string, W::collapse, L::ncname},
    {"ENTITY", "NCName", P::string, W::collapse, L::ncname},
    {"integer", "decimal", P::decimal, W::collapse, L::integer},
    {"nonPositiveInteger", "integer", P::decimal, W::collapse, L::integer, nullptr, "0"},
    {"negativeInteger", "nonPositiveInteger", P::decimal, W::collapse, L::integer, nullptr, "-1"},
    {"long", "integer", P::decimal, W::collapse, L::integer, "-9223372036854775808", "9223372036854775807"},
    {"int", "long", P::decimal, W::collapse, L::integer, "-2147483648", "2147483647"},
    {"short", "int", P::decimal, W::collapse, L::integer, "-32768", "32767"},
    {"byte", "short", P::decimal, W::collapse, L::integer, "-128", "127"},
    {"nonNegativeInteger", "integer", P::decimal, W::collapse, L::integer, "0", nullptr},
    {"unsignedLong", "nonNegativeInteger", P::decimal, W::collapse, L::integer, "0", "18446744073709551615"},
    {"unsignedInt", "unsignedLong", P::decimal, W::collapse, L::integer, "0", "4294967295"},
    {"unsignedShort", "unsignedInt", P::decimal, W::collapse, L::integer, "0", "65535"},
    {"unsignedByte", "unsignedShort", P::decimal, W::collapse, L::integer, "0", "255"},
    {"positiveInteger", "nonNegativeInteger", P::decimal, W::collapse, L::integer, "1", nullptr},
};

struct Lists {
  std::string_view name, item;
};
constexpr Lists lists[] = {{"NMTOKENS", "NMTOKEN"}, {"IDREFS", "IDREF"}, {"ENTITIES", "ENTITY"}};

class Table {
 public:
  Table() {
    make_any_type();
    for (const auto& r : rows) make(r);
    for (const auto& l : lists) make_list(l);
    make_xml_attributes();
  }
  const Type* find(std::string_view name) const {
    const auto it = by_name_.find(name);
    return it == by_name_.end() ? nullptr : it->second;
  }
  const AttributeDecl* xml_attribute(std::string_view name) const {
    for (const auto& a : xml_attributes_)
      if (a.name == name) return &a;
    return nullptr;
  }

 private:
  Type& add(std::string_view name) {
    Type& t = types_.emplace_back();
    t.ns = xml::ns::xsd;
    t.name = name;
    by_name_.emplace(name, &t);
    return t;
  }
  void make_any_type() {
    Type& t = add("anyType");
    t.complex = true;
    t.content = Content::mixed;
    any_.kind = Particle::Kind::wildcard;
    any_.min = 0, any_.max = unbounded;
    any_.wildcard.process = Wildcard::Process::lax;
    sequence_.children.push_back(&any_);
    model_ = compile_model(&sequence_);
    t.model = &model_;
    attributes_.has_wildcard = true;
    attributes_.wildcard.process = Wildcard::Process::lax;
    t.attributes = &attributes_;
  }
  void make(const Row& r) {
    Type& t = add(r.name);
    t.base = find(r.base);
    SimpleType& s = simple_.emplace_back();
    s.primitive = r.primitive;
    s.white_space = r.white_space;
    s.lexical = r.lexical;
    s.is_id = r.name == "ID";
    s.is_idref = r.name == "IDREF";
    if (r.lexical == L::integer) s.facets = bounds(r);
    t.simple = &s;
  }
  const Facets* bounds(const Row& r) {
    Facets& f = facets_.emplace_back();
    f.present = Facets::fraction_digits;
    f.fixed = Facets::fraction_digits;
    if (r.low) f.present |= Facets::min_inclusive, f.lower = *read_primitive(P::decimal, r.low, nullptr);
    if (r.high) f.present |= Facets::max_inclusive, f.upper = *read_primitive(P::decimal, r.high, nullptr);
    return &f;
  }
  void make_list(const Lists& l) {
    Type& t = add(l.name);
    t.base = find("anySimpleType");
    t.derivation = by_restriction;
    SimpleType& s = simple_.emplace_back();
    s.variety = Variety::list;
    s.white_space = W::collapse;
    s.item = find(l.item)->simple;
    s.is_idref = l.name == "IDREFS";
    Facets& f = facets_.emplace_back();
    f.present = Facets::min_length;
    f.min_length_value = 1;
    s.facets = &f;
    t.simple = &s;
  }
  void make_xml_attributes() {
    for (const auto& [name, type] : {std::pair{"lang", "string"}, {"space", "NCName"}, {"base", "anyURI"}, {"id", "ID"}}) {
      AttributeDecl& a = xml_attributes_.emplace_back();
      a.ns = xml::ns::xml;
      a.name = name;
      a.type = find(type);
    }
  }

  std::deque<Type> types_;
  std::deque<SimpleType> simple_;
  std::deque<Facets> facets_;
  std::deque<AttributeDecl> xml_attributes_;
  std::unordered_map<std::string_view, const Type*> by_name_;
  Particle any_, sequence_;
  ContentModel model_;
  AttributeSet attributes_;
};

const Table& table() {
  static const Table* const t = new Table;  // referred to by sets of any lifetime
  return *t;
}

}  // namespace

const Type* builtin_type(std::string_view local_name) { return table().find(local_name); }
const Type& any_type() {
  static const Type& t = *table().find("anyType");
  return t;
}
const Type& any_simple_type() {
  static const Type& t = *table().find("anySimpleType");
  return t;
}
const AttributeDecl* builtin_xml_attribute(std::string_view local_name) { return table().xml_attribute(local_name); }

}  // namespace factpress::schema
