#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "taxonomy/schema/components.h"

namespace factpress::schema {

inline constexpr std::uint32_t unbounded = ~0u;

/// A particle as it is written: an element, a wildcard or a group, with its occurrence.
struct Particle {
  enum class Kind : std::uint8_t { element, wildcard, sequence, choice, all } kind = Kind::sequence;
  std::uint32_t min = 1, max = 1;
  const ElementDecl* element = nullptr;
  Wildcard wildcard;
  std::vector<const Particle*> children;
  xml::ElementRef source;
};

/// The content model of a complex type: a nondeterministic automaton with counters (so that maxOccurs costs no states),
/// or the members of xs:all. Size is linear in the schema.
struct ContentModel {
  struct Node {
    enum Kind : std::uint8_t {
      term,   ///< consumes a child that the particle admits, goes on at a
      split,  ///< goes on at a and at b
      jump,   ///< goes on at a
      start,  ///< sets counter c to 0, goes on at a
      again,  ///< while counter c is below `max`: adds one, goes on at a
      leave,  ///< if counter c is at least `min`: goes on at a
      accept,
    } kind;
    std::uint32_t a = 0, b = 0, c = 0, min = 0, max = 0;
    const Particle* particle = nullptr;
  };
  std::vector<Node> nodes;
  std::uint32_t entry = 0, counters = 0;
  bool is_all = false, all_optional = false;
  std::vector<const Particle*> all;  ///< at most 64 are checked fast, more as well
  const Particle* particle = nullptr;
  bool emptiable = false;
  bool too_large = false;  ///< cut off: group references multiply beyond any use
  /// Without counters: the terms reachable from a node (only for the entry and the places behind terms), and whether the
  /// end is. Indexes closures by node; ~0 elsewhere.
  std::vector<std::uint32_t> closure_of;
  struct Closure {
    std::vector<std::uint32_t> terms;
    bool accepts = false;
  };
  std::vector<Closure> closures;
};

/// Whether a child may stand for an element particle: by name, or by its substitution group where nothing blocks it.
bool may_substitute(const ElementDecl& decl, const ElementDecl& head);

/// One walk through a content model, child by child.
class ContentMatcher {
  /// A few numbers without memory of their own, as most models need; more in a vector.
  class Numbers {
   public:
    void push_back(std::uint32_t n) {
      if (more_.empty() && size_ < few_.size()) {
        few_[size_++] = n;
        return;
      }
      if (more_.empty()) more_.assign(few_.begin(), few_.begin() + size_);
      more_.push_back(n);
    }
    void clear() { size_ = 0, more_.clear(); }
    std::size_t size() const { return more_.empty() ? size_ : more_.size(); }
    const std::uint32_t* begin() const { return more_.empty() ? few_.data() : more_.data(); }
    const std::uint32_t* end() const { return begin() + size(); }

   private:
    std::array<std::uint32_t, 6> few_{};
    std::uint32_t size_ = 0;
    std::vector<std::uint32_t> more_;  // all of them, where it is not empty
  };

 public:
  explicit ContentMatcher(const ContentModel& model);
  /// `global` is the global declaration of the child's name or null. Gives the particle that admits it, or null; then the
  /// matcher stays where it was. `decl` becomes the declaration that applies, null for a wildcard.
  const Particle* step(const xml::QName& child, const ElementDecl* global, const ElementDecl*& decl);
  bool may_end() const;
  /// The one place in the model where the walk stands: what a child does there depends on nothing else. `no_place` where there are
  /// several, or counters.
  static constexpr std::uint32_t no_place = ~0u;
  std::uint32_t place() const { return nodes_.size() == 1 ? *nodes_.begin() : no_place; }
  /// To a place that the walk was at after the same child at the same place.
  void go_to(std::uint32_t place) { nodes_.clear(), nodes_.push_back(place); }
  /// What could stand here, for messages: "a, b or c".
  std::string expected() const;

 private:
  struct Config {
    std::uint32_t node;
    std::vector<std::uint32_t> counts;
  };
  void close(const Config& from, std::vector<Config>& terms, bool& accepts) const;
  const Particle* step_all(const xml::QName& child, const ElementDecl* global, const ElementDecl*& decl);

  const ContentModel& model_;
  Numbers nodes_, next_;  // where we may be, without counters
  std::vector<Config> configs_;              // the same with counters
  std::vector<char> seen_;                   // of xs:all
};

/// Builds the automaton.
ContentModel compile_model(const Particle* root);

/// Unique particle attribution (cos-nonambig): two particles that could both admit a child, or null where there are none.
struct Ambiguity {
  const Particle* first;
  const Particle* second;
};
std::vector<Ambiguity> find_ambiguity(const ContentModel& model);

/// Whether every content that `restricted` admits is admitted by `base` too (the intent of rcase-*: decided on the
/// automata, so that it accepts whatever the specification's case rules accept). `why` says what is not.
bool restricts(const ContentModel& restricted, const ContentModel& base, std::string& why);

}  // namespace factpress::schema
