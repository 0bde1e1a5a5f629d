// Blocks, includes, imports and inheritance.
#include <fmt/core.h>

#include <algorithm>

#include "diag/codes/template.h"
#include "template/machine_objects.h"
#include "template/operators.h"

namespace factpress::tmpl {

Cache* Machine::caches_of(const Template* t) {
  for (const auto& [known, caches] : caches_)
    if (known == t) return caches.get();
  caches_.emplace_back(t, std::make_unique<Cache[]>(t->cached_names.size() + 1));
  return caches_.back().second.get();
}

Context* Machine::new_context(Context* parent, bool with_root) {
  charge(128);
  contexts_.push_back(std::make_unique<Context>());
  Context* c = contexts_.back().get();
  c->serial = ++contexts_made_;
  c->parent = parent;
  c->with_root = with_root;
  return c;
}

void Machine::add_locals(Context& c, std::uint32_t table) {
  if (table == 0) return;
  for (const auto& [name, slot] : frame_->t->tables[table - 1])
    if (!frame_->slots[slot].is_missing()) c.set(name, frame_->slots[slot]);
}

void Machine::register_blocks(const Template* t, Context* context) {
  for (const Block& b : t->blocks) {
    auto it = std::find_if(context->blocks->begin(), context->blocks->end(), [&](const BlockEntry& e) { return e.name == b.name; });
    if (it == context->blocks->end()) it = context->blocks->insert(context->blocks->end(), BlockEntry{b.name, {}});
    it->chain.emplace_back(t, b.code);
  }
}

// The top of a template and of those that it extends.
void Machine::run_main(const Template* t, Context* context) {
  block_tables_.emplace_back();
  context->blocks = &block_tables_.back();
  std::vector<const Template*> line;
  while (t) {
    if (std::find(line.begin(), line.end(), t) != line.end())
      fail(diag::codes::template_inheritance, fmt::format("'{}' extends itself, over {} other templates", t->name, line.size() - 1));
    line.push_back(t);
    register_blocks(t, context);
    Frame f;
    f.t = t, f.code = t->codes[0].get(), f.context = context, f.extended = line.size() > 1;
    enter(f);
    run(f);
    if (f.output) out_ = f.output;
    leave(f);
    t = f.extends;
  }
}

void Machine::render(const Template& t) {
  Context* context = new_context(nullptr, true);
  run_main(&t, context);
  final_.finish();
}

void Machine::do_extends() {
  const Value name = pop();
  if (frame_->extends) fail(diag::codes::template_inheritance, "a template extends one other only");
  const TemplatePtr parent = load(name, false, true);
  frame_->extends = parent.get();
  frame_->output = out_;
  discarded_.bytes.clear();
  discarded_.output.begin(discarded_.bytes, limits().string, *this);
  out_ = &discarded_.output;
}

bool Machine::has_block(Context& context, Name name, std::size_t level) const {
  for (const BlockEntry& e : *context.blocks)
    if (e.name == name) return level < e.chain.size();
  return false;
}

void Machine::do_call_block(const Instr& i) {
  const Name name = frame_->t->names[i.b];
  Context* context = frame_->context;
  for (const BlockEntry& e : *context->blocks) {
    if (e.name != name) continue;
    const auto [t, code] = e.chain.front();
    if (code->required)
      fail(diag::codes::template_inheritance, fmt::format("the block '{}' is required, but '{}' does not give it", *name, e.chain.front().first->name));
    if (i.c) {
      Context* inner = new_context(context, true);
      inner->blocks = context->blocks;
      add_locals(*inner, i.c);
      context = inner;
    }
    run_code(t, code, context, nullptr, 0);
    return;
  }
}

Value Machine::call_super(const Template*, Name block, std::size_t level, Context* context) {
  for (const BlockEntry& e : *context->blocks) {
    if (e.name != block || level >= e.chain.size()) continue;
    const auto [t, code] = e.chain[level];
    if (code->required) fail(diag::codes::template_inheritance, fmt::format("the block '{}' is required and has no text to take over", *block));
    begin_capture();
    run_code(t, code, context, nullptr, level);
    return end_capture(code->format);
  }
  fail(diag::codes::template_inheritance, fmt::format("there is no block '{}' above this one", *block));
}

TemplatePtr Machine::load(const Value& name, bool ignore_missing, bool extending) {
  require(name);
  std::vector<Value> names;
  if (name.is_string()) names.push_back(name);
  else names = items_of(*this, name);
  const Place here{frame_->t->source, frame_->code->spans[static_cast<std::size_t>(frame_->ip - frame_->code->instrs.data())]};
  for (std::size_t i = 0; i < names.size(); ++i) {
    require(names[i]);
    if (!names[i].is_string()) fail(diag::codes::template_type, fmt::format("the name of a template is a string, not {} {}", kind_name(names[i]), preview(names[i])));
    diag::Sink found;
    TemplatePtr t = env_.load(names[i].as_string(), extending ? frame_->t : nullptr, found, here);
    if (t) {
      if (std::find(loaded_.begin(), loaded_.end(), t) == loaded_.end()) loaded_.push_back(t);
      work(50);
      return t;
    }
    const bool missing = found.has(diag::codes::template_not_found);
    if (!missing || (i + 1 == names.size() && !ignore_missing)) {
      diag::Diagnostic d = found.all().back();
      diag::Diagnostic ours = diagnose(*d.code, d.message, d.help);
      if (d.place.source != here.source || d.place.span != here.span) {
        ours.labels.insert(ours.labels.begin(), {ours.place, "asked for here"});
        ours.place = d.place;
      }
      throw RenderError{std::move(ours)};
    }
  }
  if (names.empty() && !ignore_missing) fail(diag::codes::template_not_found, "the list of templates to choose from is empty");
  return nullptr;
}

void Machine::do_include(const Instr& i) {
  const Value name = pop();
  const TemplatePtr t = load(name, i.x & include_ignores_missing);
  if (!t) return;
  const bool with_context = i.x & include_with_context;
  const std::size_t kept = contexts_.size();
  Context* context = new_context(with_context ? frame_->context : nullptr, with_context);
  if (with_context) add_locals(*context, i.c);
  if (++depth_ > env_.options.limits.depth) {
    --depth_;
    fail(diag::codes::template_limit, fmt::format("macros, blocks and includes are nested more than {} levels deep", env_.options.limits.depth),
         "a template includes itself without an end");
  }
  const std::size_t tables = block_tables_.size();
  run_main(t.get(), context);
  --depth_;
  if (!t->makes_macros && t->blocks.empty() && contexts_.size() == kept + 1) {  // nothing refers to it any more
    contexts_.pop_back();
    if (block_tables_.size() == tables + 1) block_tables_.pop_back();
  }
}

void Machine::do_import(const Instr& i) {
  const Value name = pop();
  const TemplatePtr t = load(name, false);
  Context* context = new_context(i.x ? frame_->context : nullptr, i.x != 0);
  Context* overlay = context;
  if (i.x) {
    add_locals(*context, i.c);
    overlay = new_context(context, true);  // what the template sets itself stays apart
  }
  begin_capture();
  run_main(t.get(), overlay);
  const Value text = end_capture(Format::text);
  push(Value::object(new ModuleObject(overlay, t->name, std::string(text.as_string()))));
}

Value Machine::import_name(Name name) {
  const Value& module = top();
  Value v = module.as_object().get(*name);
  return v.is_missing() ? Value::undefined(*name, module) : v;
}

}  // namespace factpress::tmpl
