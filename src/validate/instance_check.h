#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "diag/diagnostic.h"
#include "instance/xbrl_instance.h"
#include "taxonomy/schema/schema_set.h"
#include "taxonomy/taxonomy.h"

namespace factpress::validate {

/// How exactly a numeric fact is stated (XBRL 2.1 §4.6.3 to §4.6.6), defaults of its type included.
struct Accuracy {
  enum class Kind : std::uint8_t {
    unstated,  ///< neither decimals nor precision
    unknown,   ///< precision 0: nothing is known
    decimals,  ///< stated, or inferred from the precision
    exact      ///< INF
  } kind = Kind::unstated;
  int decimals = 0;
  /// The decimals, or nothing for an exact value.
  std::optional<int> places() const { return kind == Kind::decimals ? std::optional<int>(decimals) : std::nullopt; }
};

/// What every fact is by its taxonomy. One row a fact, in the instance's order.
struct FactRow {
  taxonomy::ConceptId concept_id = taxonomy::no_id;  ///< no_id: no concept of the taxonomy
  std::uint32_t context_class = instance::no_id;     ///< equal: c-equal contexts
  std::uint32_t unit_class = instance::no_id;        ///< equal: u-equal units; no_id: none
};

/// An instance with its taxonomy, as the rules see it.
class InstanceCheck {
 public:
  /// Validates the instance against the schemas (schema.* findings) and prepares the rows.
  InstanceCheck(const taxonomy::Taxonomy& taxonomy, const instance::Instance& instance, diag::Sink& sink);

  const taxonomy::Taxonomy& taxonomy;
  const instance::Instance& instance;
  const schema::SchemaSet& schemas;
  diag::Sink& sink;
  schema::Outcome outcome;
  std::vector<FactRow> rows;
  std::vector<std::uint32_t> context_classes;  ///< of each context: equal numbers are s-equal contexts (§4.10)
  std::vector<std::uint32_t> unit_classes;
  std::size_t context_class_count = 0;

  const taxonomy::Concept* concept_of(std::size_t fact) const {
    const taxonomy::ConceptId id = rows[fact].concept_id;
    return id == taxonomy::no_id ? nullptr : &taxonomy.concept_at(id);
  }
  bool is_item(std::size_t fact) const {
    const taxonomy::Concept* c = concept_of(fact);
    return c && c->is_item();
  }
  std::string name_of(std::size_t fact) const { return taxonomy.display_name(instance.facts()[fact].element.qname()); }
  /// An attribute's value, or what the schema puts in its place; empty where there is neither.
  std::optional<std::string_view> attribute(std::size_t fact, std::string_view local) const;
  /// The number that a numeric fact states; empty for nil, a fraction, INF, NaN and what is no number.
  std::optional<Decimal> number(std::size_t fact) const;
  Accuracy accuracy(std::size_t fact) const;
  /// Rounded to its own accuracy (§5.2.5.2); needs a number.
  Decimal rounded(std::size_t fact, const Decimal& value) const;
  /// v-equality of two items known to be c-equal and u-equal (§4.10).
  bool values_equal(std::size_t a, std::size_t b) const;
  std::string text(std::size_t fact) const;
  Place place(std::size_t fact) const { return instance.facts()[fact].element.place(); }

 private:
  void make_rows();
};

struct InstanceRule {
  std::string_view name;
  std::string_view clause;
  void (*check)(InstanceCheck&);
};

/// The rules on instances of XBRL 2.1 in the order in which they run; dimensions and calculations have their own.
std::span<const InstanceRule> instance_rules();

namespace rules {
void contexts(InstanceCheck&);
void units(InstanceCheck&);
void items(InstanceCheck&);
void tuples(InstanceCheck&);
void requires_element(InstanceCheck&);
void essence_alias(InstanceCheck&);
}  // namespace rules

}  // namespace factpress::validate
