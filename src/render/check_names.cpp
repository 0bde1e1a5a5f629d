#include <set>

#include "base/text.h"
#include "diag/codes/render.h"
#include "render/view.h"

namespace factpress::render {
namespace {

/// NCName of XML Namespaces 1.0, letters beyond ASCII taken on trust (they come from a UTF-8 text that was checked).
bool is_ncname(std::string_view s) {
  const auto starts = [](char c) { return is_alpha(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80; };
  if (s.empty() || !starts(s[0]) || !is_utf8(s)) return false;
  for (const char c : s)
    if (!starts(c) && !is_digit(c) && c != '-' && c != '.') return false;
  return true;
}

class Checker {
 public:
  explicit Checker(diag::Sink& sink) : sink_(sink) {}

  void name(std::string_view what, std::string_view s) {
    if (!is_ncname(s)) fail(std::string(what) + " \"" + shown(s) + "\" is no XML name");
  }
  void id(std::string_view what, std::string_view s) {
    name(what, s);
    if (!ids_.insert(s).second) fail("the identifier \"" + shown(s) + "\" of " + std::string(what) + " is used twice");
  }
  void bound(std::string_view what, std::string_view qname) {
    const std::size_t colon = qname.find(':');
    if (colon == std::string_view::npos || colon == 0) fail("no prefix is known for the namespace of " + std::string(what) + " \"" + shown(qname) + "\"");
    else name(what, qname.substr(0, colon)), name(what, qname.substr(colon + 1));
  }
  bool good() const { return good_; }

 private:
  static std::string shown(std::string_view s) {
    Arena arena;
    return std::string(arena.clean(s.substr(0, 60)));
  }
  void fail(std::string message) {
    sink_.add({diag::codes::render_name, Place{}, std::move(message)});
    good_ = false;
  }

  diag::Sink& sink_;
  std::set<std::string_view> ids_;
  bool good_ = true;
};

}  // namespace

bool check_names(const model::Report& report, const ReportView& view, diag::Sink& sink) {
  Checker check(sink);
  check.name("the stem of the file names", view.base);
  check.name("the prefix of the report's own schema", view.own_prefix);
  for (const ConceptView& c : view.concepts) {
    if (!c.used) continue;
    check.bound("the concept", c.qname);
    check.bound("the data type", c.type);
    if (!c.source->typed_domain.empty()) check.bound("the typed domain", c.typed_domain);
  }
  for (const ContextView& c : view.contexts)
    if (c.used) check.id("the context", c.id);
  for (const UnitView& u : view.units) {
    if (!u.used) continue;
    check.id("the unit", u.id);
    for (const std::string_view m : u.numerators) check.bound("the measure", m);
    for (const std::string_view m : u.denominators) check.bound("the measure", m);
  }
  for (const PrintView* p : view.prints) check.id("the fact", p->id);
  std::set<std::string_view> roles;
  for (const model::Statement& s : report.statements) {
    check.name("the role", s.role_id);
    if (!roles.insert(s.role_id).second) sink.add({diag::codes::render_name, Place{}, "the role \"" + s.role_id + "\" is declared twice"});
  }
  return check.good() && roles.size() == report.statements.size();
}

}  // namespace factpress::render
