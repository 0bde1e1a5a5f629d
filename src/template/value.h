#pragma once
#include <atomic>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"

namespace factpress::tmpl {

class Object;
struct Type;          // reflect.h: a C++ struct shown to templates
struct SequenceType;  // reflect.h: a C++ sequence shown to templates
class Value;

/// What a template can hold. `missing` is no value at all (an unset slot, an absent attribute); `undefined` is what a name
/// that does not exist evaluates to: it can be tested and defaulted, and every other use is an error.
enum class Kind : std::uint8_t {
  missing, undefined, none, boolean, integer, decimal, date, string, list, tuple, map, structure, sequence, object
};

/// Base of everything that values share by counted reference. Counts are atomic, so values may be shared between threads.
struct Counted {
  Counted() = default;
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  virtual ~Counted() = default;
  mutable std::atomic<std::uint32_t> refs{1};
  std::uint32_t depth = 0;  ///< levels of containers below, so that nesting stays bounded
};

struct List;
struct Map;

/// A value in 24 bytes. It borrows where it can: strings, decimals and C++ structs of the model are pointed to, not copied,
/// and must outlive the render. What templates make themselves is shared by count; strings up to 16 bytes stand in place.
/// Values are immutable.
class Value {
 public:
  Value() : Value(Kind::none) {}
  static Value missing() { return Value(Kind::missing); }
  static Value none() { return Value(); }
  static Value boolean(bool b) { return Value(Kind::boolean, b); }
  static Value integer(std::int64_t i) { return Value(Kind::integer, i); }
  /// Borrows.
  static Value decimal_ref(const Decimal& d) { return Value(Kind::decimal, &d, nullptr); }
  /// Copies; a whole number that fits becomes an integer where `narrow`.
  static Value decimal(Decimal d, bool narrow = false);
  static Value date(Date d) { return Value(Kind::date, std::int64_t{d.days()}); }
  /// Borrows the bytes (UTF-8).
  static Value string_ref(std::string_view s, bool safe = false) {
    Value v(Kind::string, s.data(), nullptr, safe ? std::uint8_t{safe_flag} : std::uint8_t{0});
    v.size_ = static_cast<std::uint32_t>(s.size());
    return v;
  }
  /// Copies the bytes.
  static Value string(std::string_view s, bool safe = false);
  static Value string(const char* s) { return string(std::string_view(s)); }
  static Value list(std::vector<Value> items);
  static Value tuple(std::vector<Value> items);
  static Value map(std::vector<std::pair<Value, Value>> items);
  /// Borrows a C++ struct described by `type` (reflect.h makes these).
  static Value structure(const void* self, const Type& type) { return Value(Kind::structure, self, &type); }
  static Value sequence(const void* self, const SequenceType& type) { return Value(Kind::sequence, self, &type); }
  /// Borrows / takes over one count.
  static Value object_ref(const Object& o);
  static Value object(const Object* o);
  /// An undefined name; `owner` is the value that lacks it (missing for a variable).
  static Value undefined(std::string_view name, Value owner = missing());

  Value(const Value& v) noexcept { copy_bits(v); if (v.flags_ & owned) v.counted()->refs.fetch_add(1, std::memory_order_relaxed); }
  Value(Value&& v) noexcept { copy_bits(v); v.flags_ = 0; v.kind_ = Kind::none; }
  Value& operator=(const Value& v) noexcept { if (this != &v) { Value t(v); swap(t); } return *this; }
  Value& operator=(Value&& v) noexcept { if (this != &v) { reset(); copy_bits(v); v.flags_ = 0; v.kind_ = Kind::none; } return *this; }
  ~Value() { reset(); }
  void swap(Value& v) noexcept;

  Kind kind() const { return kind_; }
  bool is(Kind k) const { return kind_ == k; }
  bool is_missing() const { return kind_ == Kind::missing; }
  bool is_undefined() const { return kind_ <= Kind::undefined; }
  bool is_none() const { return kind_ == Kind::none; }
  bool is_string() const { return kind_ == Kind::string; }
  /// Python's number: int, exact decimal, and bool.
  bool is_number() const { return kind_ >= Kind::boolean && kind_ <= Kind::decimal; }
  bool is_sequence() const { return kind_ == Kind::list || kind_ == Kind::tuple || kind_ == Kind::sequence; }
  bool is_safe() const { return flags_ & safe_flag; }

  bool as_bool() const { return u_.integer != 0; }
  std::int64_t as_int() const { return u_.integer; }
  Date as_date() const { return Date::from_days(static_cast<std::int32_t>(u_.integer)); }
  const Decimal& as_decimal() const { return *static_cast<const Decimal*>(u_.pointers.first); }
  /// Valid while this value stands where it is (short strings live inside).
  std::string_view as_string() const& {
    return {flags_ & in_place ? u_.bytes : static_cast<const char*>(u_.pointers.first), size_};
  }
  std::string_view as_string() && = delete;
  const std::vector<Value>& items() const;  ///< of a list or tuple
  const Map& as_map() const;
  const void* self() const { return u_.pointers.first; }
  const Type& type() const { return *static_cast<const Type*>(u_.pointers.second); }
  const SequenceType& sequence_type() const { return *static_cast<const SequenceType*>(u_.pointers.second); }
  const Object& as_object() const { return *static_cast<const Object*>(u_.pointers.first); }
  const std::string& undefined_name() const;
  const Value& undefined_owner() const;

  std::uint32_t depth() const { return flags_ & owned ? counted()->depth : 0; }

  /// The same string with or without the mark that it needs no escaping.
  Value marked(bool safe) const;

 private:
  enum Flag : std::uint8_t { owned = 1, in_place = 2, safe_flag = 4 };
  struct Pointers { const void* first; const void* second; };

  explicit Value(Kind k) : kind_(k) { u_.integer = 0; }
  Value(Kind k, std::int64_t i) : kind_(k) { u_.integer = i; }
  Value(Kind k, const void* first, const void* second, std::uint8_t flags = 0) : kind_(k), flags_(flags) { u_.pointers = {first, second}; }
  static Value counted_value(Kind k, const void* first, const Counted* owner) { return Value(k, first, owner, owned); }

  const Counted* counted() const { return static_cast<const Counted*>(u_.pointers.second); }
  void copy_bits(const Value& v) { std::memcpy(static_cast<void*>(this), static_cast<const void*>(&v), sizeof *this); }
  void reset() noexcept { if (flags_ & owned) release(); }
  void release() noexcept;

  Kind kind_;
  std::uint8_t flags_ = 0;
  std::uint32_t size_ = 0;
  union {
    std::int64_t integer;
    Pointers pointers;  // second is a Counted where owned
    char bytes[16];
  } u_;
};
static_assert(sizeof(Value) == 24);

struct List final : Counted {
  std::vector<Value> items;
};

/// Entries in the order of insertion; keys are unique (a later one replaces).
struct Map final : Counted {
  std::vector<std::pair<Value, Value>> items;
  const Value* find(const Value& key) const;
  const Value* find(std::string_view key) const;
  void set(Value key, Value value);

 private:
  std::unordered_multimap<std::size_t, std::uint32_t> index_;  // used beyond a few entries
  std::ptrdiff_t locate(const Value& key) const;
};

/// Equality as in Python: numbers by value (true == 1 == 1.0), sequences by items. Undefined values are never compared here.
bool equal(const Value& a, const Value& b);
/// Equal values hash alike.
std::size_t hash(const Value& v);

/// "integer", "string", or the name of the struct: for messages.
std::string_view kind_name(const Value& v);

/// The value as plain text, as {{ }} prints it before escaping.
void append_text(std::string& out, const Value& v);
std::string to_text(const Value& v);
/// As Python's repr(): strings quoted.
void append_repr(std::string& out, const Value& v, int depth = 0);
/// Shortened repr for messages: at most `limit` characters.
std::string preview(const Value& v, std::size_t limit = 40);

/// A number as a Decimal (bool and int included). Only for is_number().
Decimal to_decimal(const Value& v);
/// The same without a copy where there is one already; `room` holds it else.
inline const Decimal& decimal_of(const Value& v, Decimal& room) { return v.is(Kind::decimal) ? v.as_decimal() : room = Decimal(v.as_int()); }

/// Items of anything that can be looped over by position; false where it cannot. Maps count keys, strings not at all.
bool indexable(const Value& v);
std::size_t item_count(const Value& v);
Value item_at(const Value& v, std::size_t index);
/// An attribute or key by name; missing where there is none.
Value attribute(const Value& v, std::string_view name);
/// Names that attribute() would find, for "did you mean".
std::vector<std::string_view> attribute_names(const Value& v);

}  // namespace factpress::tmpl
