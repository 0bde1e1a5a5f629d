#pragma once
#include <string_view>
#include <vector>

#include "template/code.h"

namespace factpress::tmpl {

/// The methods of strings, lists and maps that templates may call as in Python, those that change nothing:
/// "abc".upper(), map.items(), list.index(x). Null where there is none.
const Builtin* find_method(Kind receiver, std::string_view name);
std::vector<std::string_view> method_names(const Value& receiver);

}  // namespace factpress::tmpl
