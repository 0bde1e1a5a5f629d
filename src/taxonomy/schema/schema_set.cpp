#include "taxonomy/schema/schema_set.h"

#include "taxonomy/schema/builtins.h"
#include "taxonomy/schema/compiler.h"
#include "taxonomy/snapshot/frozen.h"

namespace factpress::schema {

SchemaSet::SchemaSet() : data_(std::make_unique<Data>()) {}
SchemaSet::~SchemaSet() = default;
SchemaSet::SchemaSet(SchemaSet&&) noexcept = default;
SchemaSet& SchemaSet::operator=(SchemaSet&&) noexcept = default;

const ElementDecl* SchemaSet::element(const xml::QName& name) const { return data_->find_element(name); }
const Type* SchemaSet::type(const xml::QName& name) const {
  if (const Type* t = data_->find_type(name)) return t;
  return name.ns == xml::ns::xsd ? builtin_type(name.local) : nullptr;
}
const AttributeDecl* SchemaSet::attribute(const xml::QName& name) const { return data_->find_attribute(name); }

std::uint32_t SchemaSet::Elements::size() const { return data_.element_count; }
const ElementDecl* SchemaSet::Elements::operator[](std::uint32_t number) const {
  const ElementRun& run = data_.run_of(number);
  return run.frozen ? &run.frozen->element(number - run.begin) : data_.own_elements[run.own + number - run.begin];
}
std::string_view SchemaSet::Elements::name(std::uint32_t number) const {
  const ElementRun& run = data_.run_of(number);
  return run.frozen ? run.frozen->element_name(number - run.begin) : data_.own_elements[run.own + number - run.begin]->name;
}

const std::vector<const Type*>& SchemaSet::types() const { return data_->global_types; }
const Type& SchemaSet::any_type() const { return schema::any_type(); }
bool SchemaSet::has_identity_constraints() const { return data_->has_constraints(); }
const std::vector<SchemaSet::Schema>& SchemaSet::schemas() const { return data_->schemas; }

const std::vector<SchemaSet::ElementRun>& SchemaSet::runs() const { return data_->runs; }
const SchemaSet::ElementRun& SchemaSet::run_of(std::uint32_t element) const { return data_->run_of(element); }

struct Builder::State {
  Compiler compiler;
};

Builder::Builder(Resolver& resolver, diag::Sink& sink) : state_(new State{Compiler(resolver, sink)}) {}
Builder::~Builder() = default;

void Builder::add(const std::string& url, std::shared_ptr<const xml::Document> document) {
  const auto root = document->root();
  state_->compiler.add(url, std::move(document), root);
}
void Builder::add(const std::string& url, std::shared_ptr<const xml::Document> document, const xml::Element& schema_root) {
  state_->compiler.add(url, std::move(document), schema_root);
}

void Builder::add(const taxonomy::FrozenDocument& document) { state_->compiler.add_frozen(document); }
bool Builder::conflict() const { return state_->compiler.conflict(); }

SchemaSet Builder::freeze() {
  SchemaSet set;
  set.data_ = state_->compiler.freeze();
  return set;
}

}  // namespace factpress::schema
