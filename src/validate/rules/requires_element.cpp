// XBRL 2.1 §5.2.6.2.4: what must be reported because something else is.
#include <vector>

#include <fmt/core.h>

#include "diag/codes/xbrl.h"
#include "validate/instance_check.h"
#include "validate/names.h"

namespace factpress::validate::rules {

void requires_element(InstanceCheck& c) {
  const auto networks = c.taxonomy.networks_of(names::requires_element);
  if (networks.empty()) return;
  std::vector<std::size_t> first(c.taxonomy.concepts().size(), c.rows.size());
  for (std::size_t i = c.rows.size(); i-- > 0;) {
    if (c.rows[i].concept_id != taxonomy::no_id) first[c.rows[i].concept_id] = i;
  }
  for (const taxonomy::Network* n : networks) {
    for (const taxonomy::Relationship& r : c.taxonomy.relationships(*n)) {
      const taxonomy::ConceptId from = c.taxonomy.concept_of(r.from), to = c.taxonomy.concept_of(r.to);
      if (from == taxonomy::no_id || to == taxonomy::no_id) continue;
      if (first[from] == c.rows.size() || first[to] != c.rows.size()) continue;
      c.sink.add(diag::Diagnostic(diag::codes::xbrl_requires_element, c.place(first[from]),
                                  fmt::format("{} is reported, so {} must be too", c.taxonomy.display_name(from), c.taxonomy.display_name(to)))
                     .with(c.taxonomy.place(r.document, r.offset), "required here"));
    }
  }
}

}  // namespace factpress::validate::rules
