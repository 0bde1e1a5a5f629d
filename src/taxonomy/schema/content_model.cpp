#include "taxonomy/schema/content_model.h"

#include <algorithm>

namespace factpress::schema {
namespace {

constexpr std::uint32_t small_repeat = 8;        // repetitions up to this are written out where the body is small
constexpr std::size_t closure_budget = 200'000;  // entries of precomputed closures
constexpr std::size_t max_nodes = 500'000;
constexpr int max_depth = 2500;

class ModelCompiler {
 public:
  explicit ModelCompiler(ContentModel& m) : m_(m) {}

  // Emits the particle so that it goes on at the node emitted next.
  void emit(const Particle& p) {
    if (p.max == 0) return;
    if (m_.nodes.size() > max_nodes || depth_ > max_depth) return void(m_.too_large = true);
    const struct Nesting {
      int& depth;
      explicit Nesting(int& d) : depth(d) { ++depth; }
      ~Nesting() { --depth; }
    } nesting(depth_);
    if (p.min == 1 && p.max == 1) return body(p);
    if (p.min == 0 && p.max == 1) return optional(p);
    if (p.max == unbounded && p.min <= 1) return loop(p);
    const std::size_t copies = p.max == unbounded ? p.min : p.max;
    if (copies <= small_repeat && weight(p) * copies <= 64) return unroll(p);
    counted(p);
  }
  std::uint32_t add(ContentModel::Node n) {
    m_.nodes.push_back(n);
    return static_cast<std::uint32_t>(m_.nodes.size() - 1);
  }

 private:
  using N = ContentModel::Node;
  std::uint32_t here() const { return static_cast<std::uint32_t>(m_.nodes.size()); }

  // Leaves below a particle, counted no further than matters.
  static std::size_t weight(const Particle& p, int depth = 0) {
    if (p.children.empty()) return 1;
    if (depth > 16) return 100;
    std::size_t n = 0;
    for (const auto* c : p.children) {
      n += weight(*c, depth + 1);
      if (n > 64) break;
    }
    return std::max<std::size_t>(n, 1);
  }

  void body(const Particle& p) {
    switch (p.kind) {
      case Particle::Kind::element:
      case Particle::Kind::wildcard: add({N::term, here() + 1, 0, 0, 0, 0, &p}); return;
      case Particle::Kind::sequence:
      case Particle::Kind::all:
        for (const auto* c : p.children) emit(*c);
        return;
      case Particle::Kind::choice: return choice(p);
    }
  }

  void choice(const Particle& p) {
    std::vector<const Particle*> alternatives;
    for (const auto* c : p.children)
      if (c->max != 0) alternatives.push_back(c);
    std::vector<std::uint32_t> ends;
    for (std::size_t i = 0; i < alternatives.size(); ++i) {
      const bool last = i + 1 == alternatives.size();
      const auto split = last ? 0 : add({N::split, here() + 1});
      emit(*alternatives[i]);
      if (last) break;
      ends.push_back(add({N::jump}));
      m_.nodes[split].b = here();
    }
    for (const auto e : ends) m_.nodes[e].a = here();
  }

  void optional(const Particle& p) {
    const auto split = add({N::split, here() + 1});
    body(p);
    m_.nodes[split].b = here();
  }

  // {0,} and {1,}: "split" at the front or at the back.
  void loop(const Particle& p) {
    if (p.min == 0) {
      const auto split = add({N::split, here() + 1});
      body(p);
      add({N::jump, split});
      m_.nodes[split].b = here();
      return;
    }
    const auto first = here();
    body(p);
    const auto split = add({N::split, first});
    m_.nodes[split].b = here();
  }

  void unroll(const Particle& p) {
    if (p.max == unbounded) {
      for (std::uint32_t i = 1; i < p.min; ++i) body(p);
      const auto first = here();
      body(p);
      const auto split = add({N::split, first});
      m_.nodes[split].b = here();
      return;
    }
    for (std::uint32_t i = 0; i < p.min; ++i) body(p);
    std::vector<std::uint32_t> splits;
    for (std::uint32_t i = p.min; i < p.max; ++i) {
      splits.push_back(add({N::split, here() + 1}));
      body(p);
    }
    for (const auto s : splits) m_.nodes[s].b = here();
  }

  // start(c); L: split(again -> body -> jump L, leave -> on)
  void counted(const Particle& p) {
    const auto c = m_.counters++;
    add({N::start, here() + 1, 0, c});
    const auto split = add({N::split, here() + 1});
    add({N::again, here() + 1, 0, c, p.min, p.max});
    body(p);
    add({N::jump, split});
    m_.nodes[split].b = here();
    add({N::leave, here() + 1, 0, c, emptiable(p) ? 0 : p.min, p.max});
  }

  static bool emptiable(const Particle& p, int depth = 0) {
    if (depth > 64) return true;
    const auto each = [depth](const Particle* c) { return c->min == 0 || c->max == 0 || emptiable(*c, depth + 1); };
    switch (p.kind) {
      case Particle::Kind::element:
      case Particle::Kind::wildcard: return false;
      case Particle::Kind::choice: return p.children.empty() || std::any_of(p.children.begin(), p.children.end(), each);
      default: return std::all_of(p.children.begin(), p.children.end(), each);
    }
  }

  ContentModel& m_;
  int depth_ = 0;
};

void close_node(const ContentModel& m, std::uint32_t from, std::vector<char>& seen, ContentModel::Closure& out) {
  using N = ContentModel::Node;
  std::vector<std::uint32_t> stack{from}, visited;
  while (!stack.empty()) {
    const auto n = stack.back();
    stack.pop_back();
    if (seen[n]) continue;
    seen[n] = 1;
    visited.push_back(n);
    const auto& node = m.nodes[n];
    if (node.kind == N::term)
      out.terms.push_back(n);
    else if (node.kind == N::accept)
      out.accepts = true;
    else if (node.kind == N::split)
      stack.push_back(node.b), stack.push_back(node.a);
    else
      stack.push_back(node.a);
  }
  for (const auto v : visited) seen[v] = 0;
}

// Follows jumps, so that places behind terms that lead to the same node share one closure.
std::uint32_t land(const ContentModel& m, std::uint32_t n) {
  for (std::size_t i = 0; m.nodes[n].kind == ContentModel::Node::jump && i < m.nodes.size(); ++i) n = m.nodes[n].a;
  return n;
}

void precompute(ContentModel& m) {
  std::vector<char> seen(m.nodes.size(), 0);
  m.closure_of.assign(m.nodes.size(), ~0u);
  std::size_t total = 0;
  const auto compute = [&](std::uint32_t n) {
    if (m.closure_of[n] != ~0u) return;
    m.closure_of[n] = static_cast<std::uint32_t>(m.closures.size());
    m.closures.emplace_back();
    close_node(m, n, seen, m.closures.back());
    total += m.closures.back().terms.size();
  };
  m.entry = land(m, 0);
  compute(m.entry);
  for (auto& n : m.nodes) {
    if (n.kind != ContentModel::Node::term) continue;
    n.a = land(m, n.a);
    if (total < closure_budget) compute(n.a);
  }
}

}  // namespace

ContentModel compile_model(const Particle* root) {
  ContentModel m;
  m.particle = root;
  if (root && root->kind == Particle::Kind::all && root->max != 0) {
    m.is_all = true;
    m.all_optional = root->min == 0;
    for (const auto* c : root->children)
      if (c->max != 0) m.all.push_back(c);
    m.emptiable = m.all_optional || std::all_of(m.all.begin(), m.all.end(), [](const Particle* p) { return p->min == 0; });
    return m;
  }
  ModelCompiler c(m);
  if (root) c.emit(*root);
  c.add({ContentModel::Node::accept});
  precompute(m);
  if (m.counters == 0) {
    m.emptiable = m.closures[m.closure_of[m.entry]].accepts;
  } else {
    m.emptiable = ContentMatcher(m).may_end();
  }
  return m;
}

}  // namespace factpress::schema
