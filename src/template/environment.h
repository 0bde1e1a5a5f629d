#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "template/code.h"
#include "template/engine.h"

namespace factpress::tmpl {

using BuiltinMap = std::map<std::string, std::shared_ptr<const Builtin>, std::less<>>;

/// What stands behind an Environment. Const functions are safe from several threads.
struct Environment::Impl final : Symbols {
  explicit Impl(Options o);

  Name intern(std::string_view name) const override;
  std::shared_ptr<const Builtin> filter(std::string_view name) const override;
  std::shared_ptr<const Builtin> test(std::string_view name) const override;
  std::string nearest_filter(std::string_view name) const override;
  std::string nearest_test(std::string_view name) const override;

  TemplatePtr load(std::string_view name, const Template* from, diag::Sink& sink, Place asked) const;
  TemplatePtr build(std::string name, std::string shown, std::string text, std::size_t loader, diag::Sink& sink, Place asked) const;
  const Value* global(Name name) const;

  Options options;
  std::vector<std::shared_ptr<const Loader>> loaders;
  BuiltinMap filters, tests, functions;
  std::map<Name, Value> globals;  // functions among them

 private:
  mutable std::mutex mutex_;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  mutable std::unordered_set<std::string, TextHash, std::equal_to<>> names_;
  mutable std::map<std::pair<std::size_t, std::string>, TemplatePtr> compiled_;
};

/// Parses a signature: "value, width=, *, **".
std::shared_ptr<const Builtin> make_builtin(std::string name, std::string_view signature, Function function);

void add_standard_filters(BuiltinMap& filters);
void add_standard_tests(BuiltinMap& tests);
void add_standard_functions(BuiltinMap& functions);
void add_string_filters(BuiltinMap& filters);
void add_sequence_filters(BuiltinMap& filters);
void add_number_filters(BuiltinMap& filters);
void add_markup_filters(BuiltinMap& filters);
void add_date_filters(BuiltinMap& filters);

}  // namespace factpress::tmpl
