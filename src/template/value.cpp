#include "template/value.h"

#include <algorithm>
#include <functional>
#include <new>

#include "base/text.h"
#include "template/reflect.h"

namespace factpress::tmpl {

namespace {

// A string's count with its bytes right behind it, in one piece of memory.
struct SharedString final : Counted {
  static const SharedString* make(std::string_view s) {
    auto* made = new (::operator new(sizeof(SharedString) + s.size())) SharedString;
    std::memcpy(reinterpret_cast<char*>(made) + sizeof(SharedString), s.data(), s.size());
    return made;
  }
  const char* bytes() const { return reinterpret_cast<const char*>(this) + sizeof(SharedString); }
  static void operator delete(void* p) { ::operator delete(p); }  // its size is not that of the type

 private:
  SharedString() = default;
  static void* operator new(std::size_t, void* at) { return at; }
};

struct SharedDecimal final : Counted {
  explicit SharedDecimal(Decimal d) : value(std::move(d)) {}
  Decimal value;
};

struct SharedUndefined final : Counted {
  SharedUndefined(std::string_view n, Value o) : name(n), owner(std::move(o)) { depth = owner.depth() + 1; }
  std::string name;
  Value owner;
};

constexpr std::size_t indexed_from = 12;

}  // namespace

Value Value::decimal(Decimal d, bool narrow) {
  if (narrow) {
    if (const auto i = d.to_int64()) return integer(*i);
  }
  const auto* shared = new SharedDecimal(std::move(d));
  return counted_value(Kind::decimal, &shared->value, shared);
}

Value Value::string(std::string_view s, bool safe) {
  if (s.size() <= sizeof(u_.bytes)) {
    Value v(Kind::string);
    v.flags_ = static_cast<std::uint8_t>(in_place | (safe ? safe_flag : 0));
    v.size_ = static_cast<std::uint32_t>(s.size());
    if (!s.empty()) std::memcpy(v.u_.bytes, s.data(), s.size());
    return v;
  }
  const SharedString* shared = SharedString::make(s);
  Value v = counted_value(Kind::string, shared->bytes(), shared);
  if (safe) v.flags_ |= safe_flag;
  v.size_ = static_cast<std::uint32_t>(s.size());
  return v;
}

Value Value::list(std::vector<Value> items) {
  auto* l = new List;
  l->items = std::move(items);
  for (const Value& v : l->items) l->depth = std::max(l->depth, v.depth());
  ++l->depth;
  return counted_value(Kind::list, l, l);
}

Value Value::tuple(std::vector<Value> items) {
  auto* l = new List;
  l->items = std::move(items);
  for (const Value& v : l->items) l->depth = std::max(l->depth, v.depth());
  ++l->depth;
  return counted_value(Kind::tuple, l, l);
}

Value Value::map(std::vector<std::pair<Value, Value>> items) {
  auto* m = new Map;
  for (auto& [k, v] : items) m->set(std::move(k), std::move(v));
  return counted_value(Kind::map, m, m);
}

Value Value::object_ref(const Object& o) { return Value(Kind::object, &o, nullptr); }
Value Value::object(const Object* o) { return counted_value(Kind::object, o, o); }

Value Value::undefined(std::string_view name, Value owner) {
  const auto* shared = new SharedUndefined(name, std::move(owner));
  return counted_value(Kind::undefined, shared, shared);
}

void Value::swap(Value& v) noexcept {
  char t[sizeof(Value)];
  std::memcpy(t, static_cast<void*>(this), sizeof t);
  copy_bits(v);
  std::memcpy(static_cast<void*>(&v), t, sizeof t);
}

void Value::release() noexcept {
  const Counted* c = counted();
  flags_ = 0;
  // Who holds the only count needs no atomic subtraction: nobody else can add to it.
  if (c->refs.load(std::memory_order_acquire) == 1 || c->refs.fetch_sub(1, std::memory_order_acq_rel) == 1) delete c;
}

const std::vector<Value>& Value::items() const { return static_cast<const List*>(u_.pointers.first)->items; }
const Map& Value::as_map() const { return *static_cast<const Map*>(u_.pointers.first); }
const std::string& Value::undefined_name() const { return static_cast<const SharedUndefined*>(u_.pointers.first)->name; }
const Value& Value::undefined_owner() const { return static_cast<const SharedUndefined*>(u_.pointers.first)->owner; }

Value Value::marked(bool safe) const {
  Value v = *this;
  v.flags_ = static_cast<std::uint8_t>(safe ? v.flags_ | safe_flag : v.flags_ & ~safe_flag);
  return v;
}

std::ptrdiff_t Map::locate(const Value& key) const {
  if (items.size() < indexed_from || index_.empty()) {
    for (std::size_t i = 0; i < items.size(); ++i)
      if (equal(items[i].first, key)) return static_cast<std::ptrdiff_t>(i);
    return -1;
  }
  const auto [from, to] = index_.equal_range(hash(key));
  for (auto it = from; it != to; ++it)
    if (equal(items[it->second].first, key)) return it->second;
  return -1;
}

const Value* Map::find(const Value& key) const {
  const auto i = locate(key);
  return i < 0 ? nullptr : &items[static_cast<std::size_t>(i)].second;
}

const Value* Map::find(std::string_view key) const { return find(Value::string_ref(key)); }

void Map::set(Value key, Value value) {
  depth = std::max({depth, key.depth() + 1, value.depth() + 1});
  const auto i = locate(key);
  if (i >= 0) {
    items[static_cast<std::size_t>(i)].second = std::move(value);
    return;
  }
  items.emplace_back(std::move(key), std::move(value));
  if (items.size() < indexed_from) return;
  if (index_.empty()) {
    for (std::size_t k = 0; k < items.size(); ++k) index_.emplace(hash(items[k].first), static_cast<std::uint32_t>(k));
  } else {
    index_.emplace(hash(items.back().first), static_cast<std::uint32_t>(items.size() - 1));
  }
}

Decimal to_decimal(const Value& v) { return v.is(Kind::decimal) ? v.as_decimal() : Decimal(v.as_int()); }

bool equal(const Value& a, const Value& b) {
  if (a.is_string() && b.is_string()) return a.as_string() == b.as_string();
  if (a.is_number() && b.is_number()) {
    if (a.kind() != Kind::decimal && b.kind() != Kind::decimal) return a.as_int() == b.as_int();
    Decimal x, y;
    return decimal_of(a, x) == decimal_of(b, y);
  }
  if (a.is_sequence() && b.is_sequence()) {
    if (a.is(Kind::tuple) != b.is(Kind::tuple)) return false;
    const std::size_t n = item_count(a);
    if (n != item_count(b)) return false;
    for (std::size_t i = 0; i < n; ++i)
      if (!equal(item_at(a, i), item_at(b, i))) return false;
    return true;
  }
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::date: return a.as_date() == b.as_date();
    case Kind::map: {
      const auto &x = a.as_map().items, &y = b.as_map().items;
      return x.size() == y.size() && std::all_of(x.begin(), x.end(), [&](const auto& e) {
        const Value* other = b.as_map().find(e.first);
        return other && equal(e.second, *other);
      });
    }
    case Kind::structure: case Kind::object: return a.self() == b.self();
    default: return true;  // missing, undefined, none
  }
}

std::size_t hash(const Value& v) {
  switch (v.kind()) {
    case Kind::boolean: case Kind::integer: case Kind::date: return std::hash<std::int64_t>{}(v.as_int());
    case Kind::decimal:
      if (const auto i = v.as_decimal().to_int64()) return std::hash<std::int64_t>{}(*i);
      return v.as_decimal().hash();
    case Kind::string: return std::hash<std::string_view>{}(v.as_string());
    case Kind::list: case Kind::tuple: case Kind::sequence: {
      std::size_t h = 17;
      for (std::size_t i = 0, n = item_count(v); i < n; ++i) h = h * 31 + hash(item_at(v, i));
      return h;
    }
    case Kind::map: return v.as_map().items.size();
    case Kind::structure: case Kind::object: return std::hash<const void*>{}(v.self());
    default: return 0;
  }
}

std::string_view kind_name(const Value& v) {
  switch (v.kind()) {
    case Kind::missing: case Kind::undefined: return "undefined";
    case Kind::none: return "none";
    case Kind::boolean: return "bool";
    case Kind::integer: return "integer";
    case Kind::decimal: return "decimal";
    case Kind::date: return "date";
    case Kind::string: return "string";
    case Kind::list: case Kind::sequence: return "list";
    case Kind::tuple: return "tuple";
    case Kind::map: return "map";
    case Kind::structure: return v.type().name;
    case Kind::object: return v.as_object().type_name();
  }
  return "?";
}

bool indexable(const Value& v) {
  return v.is_sequence() || v.is(Kind::map) ||
         (v.is(Kind::object) && (v.as_object().is_sequence() || v.as_object().is_mapping()));
}

std::size_t item_count(const Value& v) {
  switch (v.kind()) {
    case Kind::list: case Kind::tuple: return v.items().size();
    case Kind::sequence: return v.sequence_type().size(v.self());
    case Kind::map: return v.as_map().items.size();
    case Kind::object: return v.as_object().size();
    default: return 0;
  }
}

Value item_at(const Value& v, std::size_t index) {
  switch (v.kind()) {
    case Kind::list: case Kind::tuple: return v.items()[index];
    case Kind::sequence: return v.sequence_type().at(v.self(), index);
    case Kind::map: return v.as_map().items[index].first;
    case Kind::object: return v.as_object().at(index);
    default: return Value::missing();
  }
}

Value attribute(const Value& v, std::string_view name) {
  switch (v.kind()) {
    case Kind::structure: {
      const int i = v.type().find(name);
      return i < 0 ? Value::missing() : v.type().fields[static_cast<std::size_t>(i)].get(v.self());
    }
    case Kind::map: {
      const Value* found = v.as_map().find(name);
      return found ? *found : Value::missing();
    }
    case Kind::object: return v.as_object().get(name);
    case Kind::date:
      if (name == "year") return Value::integer(v.as_date().year());
      if (name == "month") return Value::integer(v.as_date().month());
      if (name == "day") return Value::integer(v.as_date().day());
      return Value::missing();
    default: return Value::missing();
  }
}

std::vector<std::string_view> attribute_names(const Value& v) {
  std::vector<std::string_view> out;
  if (v.is(Kind::structure)) {
    for (const Field& f : v.type().fields) out.push_back(f.name);
  } else if (v.is(Kind::map)) {
    for (const auto& [k, _] : v.as_map().items)
      if (k.is_string()) out.push_back(k.as_string());
  } else if (v.is(Kind::object)) {
    out = v.as_object().names();
  } else if (v.is(Kind::date)) {
    out = {"year", "month", "day"};
  }
  return out;
}

std::vector<const Type*> reachable_types(const Type& root) {
  std::vector<const Type*> out{&root};
  for (std::size_t i = 0; i < out.size(); ++i)
    for (const Field& f : out[i]->fields)
      if (const Type* t = f.describe().nested; t && std::find(out.begin(), out.end(), t) == out.end()) out.push_back(t);
  return out;
}

std::string describe_markdown(const Type& root) {
  std::string out;
  for (const Type* t : reachable_types(root)) {
    (out += "## ") += t->name;
    ((out += "\n\n") += t->doc) += "\n\n| Field | Type | Meaning |\n|---|---|---|\n";
    for (const Field& f : t->fields)
      (((((out += "| `") += f.name) += "` | ") += f.describe().text) += " | ") += f.doc, out += " |\n";
    out += '\n';
  }
  return out;
}

}  // namespace factpress::tmpl
