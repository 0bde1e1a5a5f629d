#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "diag/diagnostic.h"
#include "template/loader.h"
#include "template/object.h"
#include "template/value.h"

namespace factpress::tmpl {

/// What an output format needs done to a value before it is written. Which one applies follows from the template's name
/// (".html", ".htm": html; ".xml", ".xsd", ".svg": xml; ".json"; ".csv"; ".md": markdown; ".txt": text; a further ".j2" or
/// ".jinja" is ignored); a name that tells none is an error.
///   html, xml   & < > " ' as references, safe in text and in quoted attributes; characters that XML forbids as U+FFFD
///   json        any value as a JSON value: strings come with their quotes
///   csv         RFC 4180: quoted where needed
///   markdown    everything active in GitHub-flavoured Markdown with a backslash, line breaks as blanks
///   text        nothing
enum class Format : std::uint8_t { text, html, xml, json, csv, markdown };
std::string_view to_string(Format format);
/// By a template's name; false where it tells none.
bool format_of(std::string_view template_name, Format& format);

/// What a template may use at most; beyond is the error template.limit.
struct Limits {
  std::uint64_t steps = 200'000'000;        ///< instructions and items handled
  std::uint64_t memory = 512u << 20;        ///< bytes that expressions build, all told
  std::size_t output = 256u << 20;          ///< bytes of output
  std::size_t string = 16u << 20;           ///< bytes of one string
  std::size_t range = 1'000'000;            ///< items of range()
  unsigned depth = 150;                     ///< macros, blocks, includes and recursive loops within each other
};

struct Options {
  bool trim_blocks = false;            ///< the line break after a block tag goes
  bool lstrip_blocks = false;          ///< blanks before a block tag at the start of a line go
  bool keep_trailing_newline = false;  ///< the template's last line break stays
  Limits limits;
};

class Template;
using TemplatePtr = std::shared_ptr<const Template>;
using Function = std::function<Value(Call&)>;

/// Loaders, options, filters, tests, functions and globals. Fill it first, then compile and render from any number of threads:
/// those are const and lock where they must.
class Environment {
 public:
  explicit Environment(Options options = {});
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  /// Asked in the order in which they were added: the first that knows a name wins (put a user's folder before the shipped
  /// set). In a template, "NAME:file.html" means the loader called NAME, and a template that extends its own name means
  /// the next loader that has it, so that one can extend the template that it overrides.
  void add_loader(std::shared_ptr<const Loader> loader);

  /// `signature` names the parameters in order, separated by commas: "value, width=, first=" ("=": may be left out); "*" and
  /// "**" at the end collect the rest. A filter's and a test's first parameter is what it is applied to. Throws nothing;
  /// a later one of the same name replaces.
  void add_filter(std::string name, std::string_view signature, Function function);
  void add_test(std::string name, std::string_view signature, Function function);
  void add_function(std::string name, std::string_view signature, Function function);
  void add_global(std::string name, Value value);

  /// A template owns its text (source_of) and all that it was compiled to for as long as it is pointed to, and borrows
  /// names and functions from the environment.
  ///
  /// Loads and compiles; null after an error, which is in the sink (template.not-found, template.syntax, template.unknown-format,
  /// template.unknown-name, template.limit). What was compiled is kept.
  TemplatePtr compile(std::string_view name, diag::Sink& sink) const;
  /// The same for text that no loader has. The name decides the format.
  TemplatePtr compile_text(std::string name, std::string text, diag::Sink& sink) const;

  /// Appends the output to `out`; `context` gives the variables (a map, a reflected struct or an object). After an error the
  /// result is false, the sink has it with its place and the stack of templates, and `out` is as it was before.
  bool render(const Template& t, const Value& context, std::string& out, diag::Sink& sink) const;

  /// Names, sorted: for documentation and "did you mean".
  std::vector<std::string> filter_names() const;
  std::vector<std::string> test_names() const;
  std::vector<std::string> function_names() const;
  const Options& options() const;

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// Facts about a compiled template.
const std::string& name_of(const Template& t);
Format format_of(const Template& t);
const SourcePtr& source_of(const Template& t);
/// Its blocks, in order of appearance.
std::vector<std::string_view> blocks_of(const Template& t);
/// Variables that it reads from the context, sorted: for checking a template against a view model.
std::vector<std::string> variables_of(const Template& t);
/// The templates that it names with a constant in extends, include, import.
std::vector<std::string> references_of(const Template& t);

}  // namespace factpress::tmpl
