#pragma once
#include <memory>
#include <string>
#include <vector>

#include "template/machine.h"

namespace factpress::tmpl {

/// A macro, the body of a call block (caller) or of a recursive loop, with the locals around it.
class MacroObject final : public Object {
 public:
  MacroObject(const Template* t, const Code* code, Context* context) : t_(t), code_(code), context_(context) {}
  std::string_view type_name() const override { return "macro"; }
  const MacroObject* as_macro() const override { return this; }
  Value get(std::string_view name) const override;
  std::vector<std::string_view> names() const override { return {"name", "arguments", "caller", "catch_kwargs", "catch_varargs"}; }
  bool is_callable() const override { return true; }
  Value call(Machine& m, const Arguments& args) const override { return m.call_macro(*this, args); }

  const Template* t_;
  const Code* code_;
  Context* context_;
  std::vector<Value> captured;
};

/// The variable `loop`, and the loop's state.
class LoopObject final : public Object {
 public:
  std::string_view type_name() const override { return "loop"; }
  Value get(std::string_view name) const override;
  std::vector<std::string_view> names() const override {
    return {"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "previtem", "nextitem", "cycle", "changed"};
  }
  bool is_callable() const override { return !recursion.is_missing(); }
  Value call(Machine& m, const Arguments& args) const override { return m.call_loop(*this, args); }
  Value call_method(Machine& m, std::string_view name, const Arguments& args) const override;

  Value source;
  std::size_t next = 0;   // index of the item after the current one
  std::size_t count = 0;
  std::size_t depth = 0;
  Value recursion = Value::missing();
  mutable Value last_changed = Value::missing();
};

/// {% import "x" as m %}
class ModuleObject final : public Object {
 public:
  explicit ModuleObject(Context* c, std::string name, std::string text) : context(c), name_(std::move(name)), text_(std::move(text)) {}
  std::string_view type_name() const override { return "imported template"; }
  Value get(std::string_view name) const override;
  std::vector<std::string_view> names() const override;
  void print(std::string& out) const override { out += text_; }
  Context* context;
  std::string name_;
  std::string text_;
};

/// namespace(): the one thing in a template that can be changed.
class NamespaceObject final : public Object {
 public:
  std::string_view type_name() const override { return "namespace"; }
  const NamespaceObject* as_namespace() const override { return this; }
  Value get(std::string_view name) const override;
  std::vector<std::string_view> names() const override;
  void set(std::string_view name, Value v) const;
  mutable std::vector<std::pair<std::string, Value>> attributes;
};

/// super in a block, and what super.super gives.
class SuperObject final : public Object {
 public:
  SuperObject(Name block, std::size_t level, Context* context) : block_(block), level_(level), context_(context) {}
  std::string_view type_name() const override { return "super"; }
  Value get(std::string_view name) const override;
  bool is_callable() const override { return true; }
  Value call(Machine& m, const Arguments&) const override { return m.call_super(nullptr, block_, level_, context_); }

 private:
  Name block_;
  std::size_t level_;
  Context* context_;
};

/// self: the template's blocks.
class SelfObject final : public Object {
 public:
  explicit SelfObject(Context* c) : context_(c) {}
  std::string_view type_name() const override { return "self"; }
  Value get(std::string_view name) const override;
  std::vector<std::string_view> names() const override;

 private:
  Context* context_;
};

/// A C++ function as a value.
class FunctionObject final : public Object {
 public:
  explicit FunctionObject(std::shared_ptr<const Builtin> b) : builtin(std::move(b)) {}
  std::string_view type_name() const override { return "function"; }
  bool is_callable() const override { return true; }
  Value call(Machine& m, const Arguments& args) const override { return m.call_builtin(*builtin, args.positional, args.named); }
  void print(std::string& out) const override { (out += "<function ") += builtin->name, out += '>'; }
  std::shared_ptr<const Builtin> builtin;
};

}  // namespace factpress::tmpl
