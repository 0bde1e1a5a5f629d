#pragma once
// What the files of the standard library share.
#include <string>
#include <string_view>
#include <vector>

#include "template/environment.h"
#include "template/machine.h"
#include "template/operators.h"

namespace factpress::tmpl {

inline void add(BuiltinMap& map, std::string name, std::string_view signature, Function f) {
  map[name] = make_builtin(name, signature, std::move(f));
}
inline void alias(BuiltinMap& map, std::string name, std::string_view of) { map[std::move(name)] = map.find(of)->second; }

/// The subject as text, with its mark.
inline bool is_marked(const Value& v) { return v.is_string() && v.is_safe(); }
inline Value text_value(const Call& c, std::string_view s, bool safe = false) { return c.machine().make_string(s, safe); }

/// "a.b.0" followed from an item; numbers index. Undefined where it leads nowhere (or `fallback` where given).
Value follow(const Call& c, const Value& item, const Value& path, const Value& fallback = Value::missing());
/// A test by name, for select and its kin; fails for an unknown one.
const Builtin& test_named(const Call& c, const Value& name);
const Builtin& filter_named(const Call& c, const Value& name);
/// The format that marks are made for: the template's own, html in a text template.
inline Format markup_format(const Call& c) { return c.machine().format() == Format::text ? Format::html : c.machine().format(); }
/// Text of `v` for joining with marked text.
std::string escaped_text(const Call& c, const Value& v);
/// Splits into code points.
std::vector<std::string_view> characters(std::string_view s);

}  // namespace factpress::tmpl
