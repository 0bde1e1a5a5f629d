#pragma once
#include <string_view>
#include <unordered_map>

#include "validate/rules.h"

namespace factpress::validate::rules {

/// The roleRef and arcroleRef elements of one linkbase or instance: which custom roles may be used in it and on what
/// (XBRL 2.1 §3.5.2.4, §3.5.2.5).
class RoleScope {
 public:
  /// Reads the references among the children of `container` and reports what is wrong with them.
  RoleScope(DtsCheck& check, const taxonomy::Follow& follow, const xml::Element& container);

  /// True where a roleRef brings the role in.
  bool declares(std::string_view role) const { return roles_.contains(role); }
  /// Reports a role or arcrole that is used on `element` though no reference brings it in, or though it is declared for
  /// other elements. Standard ones are the caller's business.
  void require(DtsCheck& check, std::string_view uri, bool arcrole, const xml::Element& element) const;

 private:
  void read(DtsCheck& check, const taxonomy::Follow& follow, const xml::Element& reference, bool arcrole);
  std::unordered_map<std::string_view, const taxonomy::RoleDeclaration*> roles_, arcroles_;
};

}  // namespace factpress::validate::rules
