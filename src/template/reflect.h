#pragma once
#include <array>
#include <concepts>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "template/object.h"

/// How a C++ struct is shown to templates: one specialisation of Reflect beside the struct, from which attribute look-up and
/// the documentation of the view model are both made.
///
///   template <> struct factpress::tmpl::Reflect<Row> {
///     static constexpr std::string_view name = "Row", doc = "One line of a statement.";
///     static constexpr auto fields = fields_of<Row>(
///         field<&Row::label>("label", "The line's caption, as printed."),
///         field<&Row::cells>("cells", "One for each column."),
///         field<&is_total>("is_total", "Whether it sums others."));   // bool is_total(const Row&)
///   };
///
/// A field is a data member, a const member function or a function of the struct. Members are borrowed; results by value
/// may be numbers, strings, dates, decimals, optionals and vectors of these, and views or pointers to reflected structs.
/// Member types understood: bool, integers, Decimal, Date, std::string, string_view, optional, pointers (raw, unique, shared:
/// none where null), vector, span, array, map<string, T>, Value, and reflected structs.
namespace factpress::tmpl {

template <class T>
struct Reflect;

struct Type;

/// What is known of a field's type, for the documentation.
struct TypeText {
  std::string text;              ///< "list of Row"
  const Type* nested = nullptr;  ///< the struct it leads to, if any
};

struct SequenceType {
  std::size_t (*size)(const void* self) = nullptr;
  Value (*at)(const void* self, std::size_t index) = nullptr;
};

/// How a field is read: data members of the usual types at their place in the struct, everything else by a call.
enum class Form : std::uint8_t { call, text, view, boolean, int32, uint32, int64, decimal, pointer, structure, sequence };

/// A field made ready for reading many times.
struct Reader {
  Form form = Form::call;
  std::ptrdiff_t offset = 0;               ///< of the member, for every form but call
  const void* shape = nullptr;             ///< Type of a pointer and structure, SequenceType of a sequence
  Value (*get)(const void* self) = nullptr;

  Value read(const void* self) const;
  /// For form view.
  std::string_view view(const void* self) const {
    std::string_view text;
    std::memcpy(&text, static_cast<const char*>(self) + offset, sizeof text);
    return text;
  }
};

struct Field {
  std::string_view name;
  std::string_view doc;
  Value (*get)(const void* self) = nullptr;
  TypeText (*describe)() = nullptr;
  Reader (*reader)(const void* self) = nullptr;  ///< the same for every struct of the type
};

struct Type {
  std::string_view name;
  std::string_view doc;
  std::span<const Field> fields;
  /// Index of a field, or -1.
  int find(std::string_view field) const {
    if (field.empty()) return -1;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const std::string_view name = fields[i].name;
      if (name.size() == field.size() && name.back() == field.back() && name == field) return static_cast<int>(i);
    }
    return -1;
  }
};

inline Value Reader::read(const void* self) const {
  const char* at = static_cast<const char*>(self) + offset;
  const auto as = [at]<class T>(T value) { return std::memcpy(&value, at, sizeof value), value; };
  switch (form) {
    case Form::text: return Value::string_ref(*reinterpret_cast<const std::string*>(at));
    case Form::view: return Value::string_ref(view(self));
    case Form::boolean: return Value::boolean(as(bool()));
    case Form::int32: return Value::integer(as(std::int32_t()));
    case Form::uint32: return Value::integer(as(std::uint32_t()));
    case Form::int64: return Value::integer(as(std::int64_t()));
    case Form::decimal: return Value::decimal_ref(*reinterpret_cast<const Decimal*>(at));
    case Form::pointer: {
      const void* to = as(static_cast<const void*>(nullptr));
      return to ? Value::structure(to, *static_cast<const Type*>(shape)) : Value::none();
    }
    case Form::structure: return Value::structure(at, *static_cast<const Type*>(shape));
    case Form::sequence: return Value::sequence(at, *static_cast<const SequenceType*>(shape));
    case Form::call: break;
  }
  return get(self);
}

template <class T>
concept Reflected = requires {
  Reflect<T>::name;
  Reflect<T>::fields;
};

template <Reflected T>
const Type& type_of() {
  static constexpr Type type{Reflect<T>::name, Reflect<T>::doc, std::span<const Field>(Reflect<T>::fields)};
  return type;
}

namespace detail {

template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> struct is_pointer_like : std::is_pointer<T> {};
template <class T> struct is_pointer_like<std::unique_ptr<T>> : std::true_type {};
template <class T> struct is_pointer_like<std::shared_ptr<T>> : std::true_type {};
template <class T> struct is_vector : std::false_type {};
template <class T, class A> struct is_vector<std::vector<T, A>> : std::true_type {};
template <class T> struct is_span : std::false_type {};
template <class T, std::size_t N> struct is_span<std::span<T, N>> : std::true_type {};
template <class T> struct is_array : std::false_type {};
template <class T, std::size_t N> struct is_array<std::array<T, N>> : std::true_type {};
template <class T> struct is_string_map : std::false_type {};
template <class T, class C, class A> struct is_string_map<std::map<std::string, T, C, A>> : std::true_type {};

}  // namespace detail

template <class T>
Value to_value(const T& v);

namespace detail {

template <class C>
struct SequenceOf {
  static std::size_t size(const void* self) { return static_cast<const C*>(self)->size(); }
  static Value at(const void* self, std::size_t i) {
    const C& c = *static_cast<const C*>(self);
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(c[i])>, bool>) return Value::boolean(c[i]);
    else return to_value(c[i]);
  }
  static constexpr SequenceType type{&size, &at};
};

template <class T>
struct MapObject final : Object {
  explicit MapObject(const T& m) : map(m) {}
  std::string_view type_name() const override { return "map"; }
  Value get(std::string_view name) const override {
    const auto it = map.find(std::string(name));
    return it == map.end() ? Value::missing() : to_value(it->second);
  }
  std::vector<std::string_view> names() const override {
    std::vector<std::string_view> out;
    for (const auto& [key, _] : map) out.push_back(key);
    return out;
  }
  bool is_mapping() const override { return true; }
  std::size_t size() const override { return map.size(); }
  Value at(std::size_t i) const override { return Value::string_ref(std::next(map.begin(), static_cast<std::ptrdiff_t>(i))->first); }
  const T& map;
};

/// Keeps a span (or a vector made on the fly) alive as a sequence.
template <class C>
struct SequenceObject final : Object {
  explicit SequenceObject(C c) : items(std::move(c)) {}
  std::string_view type_name() const override { return "list"; }
  bool is_sequence() const override { return true; }
  std::size_t size() const override { return items.size(); }
  Value at(std::size_t i) const override { return SequenceOf<C>::at(&items, i); }
  void print(std::string& out) const override { append_repr(out, Value::sequence(&items, SequenceOf<C>::type)); }
  C items;
};

/// A struct made on the fly.
template <class T>
struct StructObject final : Object {
  explicit StructObject(T v) : value(std::move(v)) {}
  std::string_view type_name() const override { return type_of<T>().name; }
  Value get(std::string_view name) const override {
    const int i = type_of<T>().find(name);
    return i < 0 ? Value::missing() : type_of<T>().fields[static_cast<std::size_t>(i)].get(&value);
  }
  std::vector<std::string_view> names() const override {
    std::vector<std::string_view> out;
    for (const Field& f : type_of<T>().fields) out.push_back(f.name);
    return out;
  }
  T value;
};

}  // namespace detail

/// Shows a C++ value to templates without copying it; `v` must outlive the render.
template <class T>
Value to_value(const T& v) {
  using namespace detail;
  if constexpr (std::is_same_v<T, Value>) return v;
  else if constexpr (std::is_same_v<T, bool>) return Value::boolean(v);
  else if constexpr (std::is_integral_v<T>) return Value::integer(static_cast<std::int64_t>(v));
  else if constexpr (std::is_same_v<T, Decimal>) return Value::decimal_ref(v);
  else if constexpr (std::is_same_v<T, Date>) return Value::date(v);
  else if constexpr (std::is_convertible_v<const T&, std::string_view>) return Value::string_ref(v);
  else if constexpr (is_optional<T>::value) return v ? to_value(*v) : Value::none();
  else if constexpr (is_pointer_like<T>::value) return v ? to_value(*v) : Value::none();
  else if constexpr (is_vector<T>::value || is_array<T>::value) return Value::sequence(&v, SequenceOf<T>::type);
  else if constexpr (is_span<T>::value) return Value::object(new SequenceObject<T>(v));
  else if constexpr (is_string_map<T>::value) return Value::object(new MapObject<T>(v));
  else if constexpr (Reflected<T>) return Value::structure(&v, type_of<T>());
  else static_assert(!sizeof(T), "this type is not shown to templates: specialise factpress::tmpl::Reflect");
}

/// The same for something that nobody else keeps: owned by the value.
template <class T>
Value to_owned_value(T&& moved) {
  using U = std::remove_cvref_t<T>;
  using namespace detail;
  if constexpr (std::is_same_v<U, Value>) return std::move(moved);
  else if constexpr (std::is_same_v<U, Decimal>) return Value::decimal(std::move(moved));
  else if constexpr (std::is_same_v<U, std::string>) return Value::string(std::move(moved));
  else if constexpr (is_optional<U>::value) return moved ? to_owned_value(std::move(*moved)) : Value::none();
  else if constexpr (std::is_same_v<U, std::string_view> || std::is_integral_v<U> || std::is_same_v<U, Date> ||
                     std::is_same_v<U, const char*> || std::is_pointer_v<U> || is_span<U>::value) return to_value(moved);
  else if constexpr (is_vector<U>::value) return Value::object(new SequenceObject<U>(std::move(moved)));
  else if constexpr (Reflected<U>) return Value::object(new StructObject<U>(std::move(moved)));
  else static_assert(!sizeof(U), "this result is not shown to templates");
}

/// "list of Row" and the struct behind it.
template <class T>
TypeText type_text() {
  using namespace detail;
  using U = std::remove_cvref_t<T>;
  if constexpr (std::is_same_v<U, Value>) return {"any"};
  else if constexpr (std::is_same_v<U, bool>) return {"bool"};
  else if constexpr (std::is_integral_v<U>) return {"integer"};
  else if constexpr (std::is_same_v<U, Decimal>) return {"decimal"};
  else if constexpr (std::is_same_v<U, Date>) return {"date"};
  else if constexpr (std::is_convertible_v<const U&, std::string_view>) return {"string"};
  else if constexpr (is_optional<U>::value) { auto t = type_text<typename U::value_type>(); t.text += " or none"; return t; }
  else if constexpr (std::is_pointer_v<U>) { auto t = type_text<std::remove_pointer_t<U>>(); t.text += " or none"; return t; }
  else if constexpr (is_pointer_like<U>::value) { auto t = type_text<typename U::element_type>(); t.text += " or none"; return t; }
  else if constexpr (is_vector<U>::value || is_array<U>::value || is_span<U>::value) {
    auto t = type_text<typename U::value_type>();
    t.text.insert(0, "list of ");
    return t;
  } else if constexpr (is_string_map<U>::value) { auto t = type_text<typename U::mapped_type>(); t.text.insert(0, "map of "); return t; }
  else return {std::string(Reflect<U>::name), &type_of<U>()};
}

namespace detail {

template <class M> struct MemberOf;
template <class T, class R> struct MemberOf<R T::*> { using owner = T; using result = const R&; };
template <class T, class R> struct MemberOf<R (T::*)() const> { using owner = T; using result = R; };
template <class T, class R> struct MemberOf<R (T::*)() const noexcept> { using owner = T; using result = R; };
template <class T, class R> struct MemberOf<R (*)(const T&)> { using owner = T; using result = R; };

template <auto member>
Value get_member(const void* self) {
  using M = MemberOf<decltype(member)>;
  const auto& object = *static_cast<const typename M::owner*>(self);
  if constexpr (std::is_member_object_pointer_v<decltype(member)>) return to_value(object.*member);
  else if constexpr (std::is_member_function_pointer_v<decltype(member)>) {
    if constexpr (std::is_reference_v<typename M::result>) return to_value((object.*member)());
    else return to_owned_value((object.*member)());
  } else if constexpr (std::is_reference_v<typename M::result>) return to_value(member(object));
  else return to_owned_value(member(object));
}

}  // namespace detail

namespace detail {

// Decided only when a field is first read: by then every struct that it may lead to has its Reflect.
template <class T>
constexpr Form form_of() {
  if constexpr (std::is_same_v<T, bool>) return Form::boolean;
  else if constexpr (std::is_same_v<T, std::string>) return Form::text;
  else if constexpr (std::is_same_v<T, std::string_view>) return Form::view;
  else if constexpr (std::is_integral_v<T> && sizeof(T) == 4) return std::is_signed_v<T> ? Form::int32 : Form::uint32;
  else if constexpr (std::is_integral_v<T> && sizeof(T) == 8) return Form::int64;
  else if constexpr (std::is_same_v<T, Decimal>) return Form::decimal;
  else if constexpr (std::is_pointer_v<T>) return Reflected<std::remove_cv_t<std::remove_pointer_t<T>>> ? Form::pointer : Form::call;
  else if constexpr (is_vector<T>::value || is_array<T>::value) return Form::sequence;
  else if constexpr (Reflected<T>) return Form::structure;
  else return Form::call;
}

template <auto member>
Reader get_reader(const void* self) {
  using M = MemberOf<decltype(member)>;
  Reader out{Form::call, 0, nullptr, &get_member<member>};
  if constexpr (std::is_member_object_pointer_v<decltype(member)>) {
    using T = std::remove_cvref_t<typename M::result>;
    out.form = form_of<T>();
    out.offset = reinterpret_cast<const char*>(&(static_cast<const typename M::owner*>(self)->*member)) - static_cast<const char*>(self);
    if constexpr (form_of<T>() == Form::pointer) out.shape = &type_of<std::remove_cv_t<std::remove_pointer_t<T>>>();
    else if constexpr (form_of<T>() == Form::structure) out.shape = &type_of<T>();
    else if constexpr (form_of<T>() == Form::sequence) out.shape = &SequenceOf<T>::type;
  }
  return out;
}

}  // namespace detail

template <auto member>
constexpr Field field(std::string_view name, std::string_view doc) {
  return {name, doc, &detail::get_member<member>, &type_text<typename detail::MemberOf<decltype(member)>::result>, &detail::get_reader<member>};
}

template <class T, class... F>
constexpr std::array<Field, sizeof...(F)> fields_of(F... fields) {
  return {fields...};
}

/// The types reachable from one, itself first, each once, in the order in which the fields lead to them.
std::vector<const Type*> reachable_types(const Type& root);
/// The documentation of the view model, as Markdown: for every type its fields with type and meaning.
std::string describe_markdown(const Type& root);

}  // namespace factpress::tmpl
