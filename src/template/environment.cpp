#include "template/environment.h"

#include <fmt/core.h>

#include "base/text.h"
#include "diag/codes/template.h"
#include "template/machine.h"
#include "template/machine_objects.h"
#include "template/parser.h"

namespace factpress::tmpl {

namespace {

std::string nearest(const BuiltinMap& map, std::string_view name) {
  std::vector<std::string_view> names;
  for (const auto& [n, _] : map) names.push_back(n);
  return std::string(nearest_name(name, names));
}

std::vector<std::string> names_of(const BuiltinMap& map) {
  std::vector<std::string> out;
  for (const auto& [n, _] : map) out.push_back(n);
  return out;
}

std::shared_ptr<const Builtin> find(const BuiltinMap& map, std::string_view name) {
  const auto it = map.find(name);
  return it == map.end() ? nullptr : it->second;
}

}  // namespace

std::shared_ptr<const Builtin> make_builtin(std::string name, std::string_view signature, Function function) {
  auto b = std::make_shared<Builtin>();
  b->name = std::move(name);
  b->function = std::move(function);
  for (const std::string_view part : split(signature, ',')) {
    std::string_view p = trim(part);
    if (p.empty()) continue;
    if (p == "*") b->rest = true;
    else if (p == "**") b->named = true;
    else {
      const bool optional = p.ends_with('='), lenient = p.starts_with('?');
      p.remove_prefix(lenient), p.remove_suffix(optional);
      b->params.push_back({std::string(p), optional, lenient});
    }
  }
  return b;
}

Environment::Impl::Impl(Options o) : options(o) {
  add_standard_filters(filters);
  add_standard_tests(tests);
  add_standard_functions(functions);
  for (const auto& [name, b] : functions) globals[intern(name)] = Value::object(new FunctionObject(b));
}

Name Environment::Impl::intern(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  if (const auto known = names_.find(name); known != names_.end()) return &*known;
  return &*names_.emplace(name).first;
}

std::shared_ptr<const Builtin> Environment::Impl::filter(std::string_view name) const { return find(filters, name); }
std::shared_ptr<const Builtin> Environment::Impl::test(std::string_view name) const { return find(tests, name); }
std::string Environment::Impl::nearest_filter(std::string_view name) const { return nearest(filters, name); }
std::string Environment::Impl::nearest_test(std::string_view name) const { return nearest(tests, name); }

const Value* Environment::Impl::global(Name name) const {
  const auto it = globals.find(name);
  return it == globals.end() ? nullptr : &it->second;
}

TemplatePtr Environment::Impl::build(std::string name, std::string shown, std::string text, std::size_t loader, diag::Sink& sink,
                                     Place asked) const {
  auto t = std::make_shared<Template>();
  if (!format_of(name, t->format)) {
    sink.add(diag::Diagnostic(diag::codes::template_format, std::move(asked), fmt::format("the name of the template '{}' tells no output format", name)));
    return nullptr;
  }
  if (text.size() > (std::size_t{64} << 20)) {
    sink.add(diag::Diagnostic(diag::codes::template_limit, std::move(asked), fmt::format("the template '{}' is larger than 64 MiB", name)));
    return nullptr;
  }
  t->name = std::move(name);
  t->loader = loader;
  if (loader < loaders.size()) t->origin = loaders[loader]->label();
  t->source = std::make_shared<const Source>(std::move(shown), std::move(text));
  if (!is_utf8(t->source->bytes())) {
    sink.add(diag::Diagnostic(diag::codes::template_syntax, {t->source, {}}, fmt::format("the template '{}' is not UTF-8", t->name)));
    return nullptr;
  }
  try {
    Tree tree;
    Parser parser(tokenize(t->source->bytes(), options, tree.arena), tree, *this);
    generate(*t, parser.parse_template(), *this);
  } catch (SyntaxError& e) {
    sink.add(diag::Diagnostic(e.code ? *e.code : diag::codes::template_syntax, {t->source, e.span}, std::move(e.message)).helped(std::move(e.help)));
    return nullptr;
  }
  return t;
}

TemplatePtr Environment::Impl::load(std::string_view name, const Template* from, diag::Sink& sink, Place asked) const {
  std::size_t first = 0, last = loaders.size();
  std::string_view plain = name;
  if (const auto colon = name.find(':'); colon != name.npos) {
    plain = name.substr(colon + 1);
    while (first < last && loaders[first]->label() != name.substr(0, colon)) ++first;
    last = std::min(last, first + 1);
  } else if (from && name == from->name) {
    first = std::min(from->loader + 1, last);
  }
  for (std::size_t i = first; i < last && is_plain_name(plain); ++i) {
    const std::pair<std::size_t, std::string> key(i, plain);
    {
      const std::lock_guard lock(mutex_);
      if (const auto it = compiled_.find(key); it != compiled_.end()) return it->second;
    }
    auto found = loaders[i]->load(plain);
    if (!found) continue;
    TemplatePtr t = build(std::string(plain), std::move(found->shown_name), std::move(found->text), i, sink, std::move(asked));
    if (!t) return nullptr;
    const std::lock_guard lock(mutex_);
    return compiled_.emplace(key, std::move(t)).first->second;  // another thread may have been faster
  }
  std::vector<std::string> known;
  for (const auto& l : loaders)
    for (auto& n : l->names()) known.push_back(std::move(n));
  const auto near = nearest_name(plain, {known.begin(), known.end()});
  sink.add(diag::Diagnostic(diag::codes::template_not_found, std::move(asked),
                            is_plain_name(plain) ? fmt::format("there is no template '{}'", name)
                                                 : fmt::format("'{}' is no name of a template: names are relative and stay within their folder",
                                                               preview(Value::string(name), 80)))
               .helped(near.empty() || near == plain ? "" : fmt::format("did you mean '{}'?", near)));
  return nullptr;
}

Environment::Environment(Options options) : impl_(std::make_unique<Impl>(options)) {}
Environment::~Environment() = default;

void Environment::add_loader(std::shared_ptr<const Loader> loader) { impl_->loaders.push_back(std::move(loader)); }

void Environment::add_filter(std::string name, std::string_view signature, Function function) {
  auto b = make_builtin(name, signature, std::move(function));
  impl_->filters[std::move(name)] = std::move(b);
}

void Environment::add_test(std::string name, std::string_view signature, Function function) {
  auto b = make_builtin(name, signature, std::move(function));
  impl_->tests[std::move(name)] = std::move(b);
}

void Environment::add_function(std::string name, std::string_view signature, Function function) {
  auto b = make_builtin(name, signature, std::move(function));
  impl_->globals[impl_->intern(name)] = Value::object(new FunctionObject(b));
  impl_->functions[std::move(name)] = std::move(b);
}

void Environment::add_global(std::string name, Value value) { impl_->globals[impl_->intern(name)] = std::move(value); }

TemplatePtr Environment::compile(std::string_view name, diag::Sink& sink) const { return impl_->load(name, nullptr, sink, {}); }

TemplatePtr Environment::compile_text(std::string name, std::string text, diag::Sink& sink) const {
  std::string shown = name;
  return impl_->build(std::move(name), std::move(shown), std::move(text), impl_->loaders.size(), sink, {});
}

bool Environment::render(const Template& t, const Value& context, std::string& out, diag::Sink& sink) const {
  const std::size_t before = out.size();
  try {
    Machine machine(*impl_, context, out, sink);
    machine.render(t);
    return true;
  } catch (RenderError& e) {
    out.resize(before);
    sink.add(std::move(e.diagnostic));
    return false;
  }
}

std::vector<std::string> Environment::filter_names() const { return names_of(impl_->filters); }
std::vector<std::string> Environment::test_names() const { return names_of(impl_->tests); }
std::vector<std::string> Environment::function_names() const { return names_of(impl_->functions); }
const Options& Environment::options() const { return impl_->options; }

const std::string& name_of(const Template& t) { return t.name; }
Format format_of(const Template& t) { return t.format; }
const SourcePtr& source_of(const Template& t) { return t.source; }
std::vector<std::string> references_of(const Template& t) { return t.references; }

std::vector<std::string_view> blocks_of(const Template& t) {
  std::vector<std::string_view> out;
  for (const Block& b : t.blocks) out.push_back(*b.name);
  return out;
}

std::vector<std::string> variables_of(const Template& t) {
  std::vector<std::string> out;
  for (const Name n : t.context_names) out.push_back(*n);
  return out;
}

}  // namespace factpress::tmpl
