#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "template/value.h"

namespace factpress::tmpl {

class MacroObject;
class NamespaceObject;
class Machine;

/// What a C++ function, filter or test gets: its arguments bound to its signature. Arguments that were not given are missing.
class Call {
 public:
  Call(Machine& machine, std::span<Value> args, std::span<Value> rest, std::span<std::pair<std::string_view, Value>> named)
      : machine_(machine), args_(args), rest_(rest), named_(named) {}

  /// By position in the signature; a filter's or test's subject is 0.
  const Value& operator[](std::size_t i) const { return args_[i]; }
  bool given(std::size_t i) const { return i < args_.size() && !args_[i].is_missing(); }
  std::size_t size() const { return args_.size(); }
  /// Positional arguments beyond the signature, where it ends in "*".
  std::span<Value> rest() const { return rest_; }
  /// Named arguments beyond the signature, where it ends in "**".
  std::span<std::pair<std::string_view, Value>> named() const { return named_; }

  /// Typed access; the error names the parameter. Defaults apply where the argument was not given.
  std::int64_t integer(std::size_t i) const;
  std::int64_t integer(std::size_t i, std::int64_t fallback) const { return given(i) ? integer(i) : fallback; }
  bool truth(std::size_t i, bool fallback) const;
  /// The text of any printable value; owned.
  std::string text(std::size_t i) const;
  /// The same without a copy where it is a string already; else in `room`.
  std::string_view view(std::size_t i, std::string& room) const;
  std::string text(std::size_t i, std::string_view fallback) const { return given(i) ? text(i) : std::string(fallback); }
  Decimal decimal(std::size_t i) const;
  /// The items of anything that can be looped over.
  std::vector<Value> items(std::size_t i) const;

  /// Ends the render with an error of kind "wrong type" / "wrong value" at the call.
  [[noreturn]] void fail_type(std::string message) const;
  [[noreturn]] void fail_value(std::string message) const;
  /// Counts bytes (or items times 24) about to be made against the render's limits.
  void charge(std::size_t bytes) const;
  /// Counts work that makes nothing against the render's steps.
  void work(std::size_t steps) const;

  Machine& machine() const { return machine_; }

 private:
  Machine& machine_;
  std::span<Value> args_;
  std::span<Value> rest_;
  std::span<std::pair<std::string_view, Value>> named_;
};

/// Arguments as written at a call: positions first, then named ones.
struct Arguments {
  std::span<Value> positional;
  std::span<std::pair<std::string_view, Value>> named;
};

/// An adaptor that shows something to templates which no static table (reflect.h) describes. Shared by count when owned by
/// values, or borrowed for the length of a render. Const calls may come from several threads.
class Object : public Counted {
 public:
  /// For messages: "loop", "namespace".
  virtual std::string_view type_name() const = 0;
  /// Where it is one: asked at every call.
  virtual const MacroObject* as_macro() const { return nullptr; }
  virtual const NamespaceObject* as_namespace() const { return nullptr; }
  /// An attribute; missing where there is none.
  virtual Value get(std::string_view) const { return Value::missing(); }
  /// Names that get() knows.
  virtual std::vector<std::string_view> names() const { return {}; }
  /// Whether it can be looped over and indexed by size() and at().
  virtual bool is_sequence() const { return false; }
  /// Whether looping gives keys, each found by get(): a mapping.
  virtual bool is_mapping() const { return false; }
  virtual std::size_t size() const { return 0; }
  virtual Value at(std::size_t) const { return Value::missing(); }
  virtual bool is_callable() const { return false; }
  virtual Value call(Machine&, const Arguments&) const { return Value::missing(); }
  /// A method; missing where there is none (then an attribute that can be called is tried).
  virtual Value call_method(Machine&, std::string_view, const Arguments&) const { return Value::missing(); }
  /// What {{ }} prints.
  virtual void print(std::string& out) const { (out += '<') += type_name(), out += '>'; }
};

}  // namespace factpress::tmpl
