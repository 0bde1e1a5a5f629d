#include "taxonomy/schema/pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>

#include "base/text.h"
#include "xml/names.h"

namespace factpress::schema {
namespace {

constexpr char32_t last_char = 0x10FFFF;
constexpr std::uint32_t unbounded = ~0u;

using Ranges = std::vector<CharRange>;

Ranges tidy(Ranges r) {
  std::sort(r.begin(), r.end(), [](auto a, auto b) { return a.first < b.first; });
  Ranges out;
  for (const auto& x : r) {
    if (!out.empty() && x.first <= out.back().last + 1)
      out.back().last = std::max(out.back().last, x.last);
    else
      out.push_back(x);
  }
  return out;
}

Ranges complement(const Ranges& tidied) {
  Ranges out;
  char32_t next = 0;
  for (const auto& x : tidied) {
    if (x.first > next) out.push_back({next, x.first - 1});
    next = x.last + 1;
  }
  if (next <= last_char) out.push_back({next, last_char});
  return out;
}

Ranges subtract(const Ranges& a, const Ranges& b) {
  Ranges r = complement(tidy(a));
  r.insert(r.end(), b.begin(), b.end());
  return complement(tidy(std::move(r)));
}

struct Node {
  enum Kind { set, sequence, choice, repeat } kind = sequence;
  std::size_t set_index = 0;
  std::vector<Node> children;
  std::uint32_t min = 1, max = 1;
};

}  // namespace

// Recursive descent over the expression, then code for a Pike machine.
class PatternCompiler {
 public:
  PatternCompiler(std::string_view text, Pattern& out) : out_(out) {
    for (std::size_t at = 0; at < text.size();) chars_.push_back(next_code_point(text, at));
  }
  std::string run() {
    const Node root = choice(0);
    if (error_.empty() && at_ < chars_.size()) fail("')' without '('");
    if (error_.empty()) emit(root);
    if (error_.empty()) out_.steps_.push_back({Pattern::Op::accept});
    return error_;
  }

 private:
  static constexpr std::size_t max_steps = 20'000;
  static constexpr int max_depth = 200;

  void fail(std::string why) {
    if (error_.empty()) error_ = std::move(why);
  }
  bool ok() const { return error_.empty(); }
  bool more() const { return at_ < chars_.size() && ok(); }
  char32_t peek() const { return at_ < chars_.size() ? chars_[at_] : 0; }
  bool take(char32_t c) {
    if (at_ >= chars_.size() || chars_[at_] != c) return false;
    ++at_;
    return true;
  }

  Node choice(int depth) {
    if (depth > max_depth) return fail("groups are nested too deep"), Node{};
    Node n;
    n.kind = Node::choice;
    n.children.push_back(branch(depth));
    while (ok() && take('|')) n.children.push_back(branch(depth));
    return n.children.size() == 1 ? Node(n.children[0]) : n;
  }

  Node branch(int depth) {
    Node n;
    while (more() && peek() != '|' && peek() != ')') {
      Node atom_node = atom(depth);
      quantifier(atom_node);
      n.children.push_back(std::move(atom_node));
    }
    return n;
  }

  Node atom(int depth) {
    if (take('(')) {
      Node inner = choice(depth + 1);
      if (!take(')')) fail("'(' is not closed");
      return inner;
    }
    const char32_t c = chars_[at_];
    if (c == '[') return ++at_, of_set(char_class(0));
    if (c == '\\') return ++at_, of_set(escape());
    if (c == '.') return ++at_, of_set(complement({{'\n', '\n'}, {'\r', '\r'}}));
    if (c == '?' || c == '*' || c == '+' || c == '{' || c == '}' || c == ']') {
      std::string s;
      append_utf8(s, c);
      return fail(fmt::format("'{}' must be escaped here", s)), Node{};
    }
    ++at_;
    return of_set({{c, c}});
  }

  void quantifier(Node& n) {
    std::uint32_t min = 1, max = 1;
    if (take('?'))
      min = 0;
    else if (take('*'))
      min = 0, max = unbounded;
    else if (take('+'))
      max = unbounded;
    else if (take('{')) {
      if (!number(min)) return fail("'{' must be followed by a number");
      max = min;
      if (take(',') && !number(max)) max = unbounded;
      if (!take('}')) return fail("'{' is not closed");
      if (max < min) return fail("a repetition's upper bound is below its lower one");
    } else {
      return;
    }
    Node inner = std::move(n);
    n = Node{};
    n.kind = Node::repeat;
    n.min = min, n.max = max;
    n.children.push_back(std::move(inner));
  }

  bool number(std::uint32_t& out) {
    if (!(peek() >= '0' && peek() <= '9')) return false;
    std::uint64_t v = 0;
    while (peek() >= '0' && peek() <= '9') v = std::min<std::uint64_t>(v * 10 + (chars_[at_++] - '0'), 1'000'000);
    out = static_cast<std::uint32_t>(v);
    return true;
  }

  // Behind '[': (^)? (range | escape)+ (-[class])? ']'
  Ranges char_class(int depth) {
    if (depth > 20) return fail("character classes are nested too deep"), Ranges{};
    const bool negative = take('^');
    Ranges r;
    bool any = false;
    while (ok()) {
      if (at_ >= chars_.size()) return fail("'[' is not closed"), r;
      if (any && take(']')) break;
      if (any && peek() == '-' && at_ + 1 < chars_.size() && chars_[at_ + 1] == '[') {
        at_ += 2;
        const Ranges minus = char_class(depth + 1);
        if (!take(']')) fail("a subtracted class must end the class");
        return subtract(negative ? complement(tidy(r)) : r, minus);
      }
      class_part(r);
      any = true;
    }
    return negative ? complement(tidy(r)) : r;
  }

  void class_part(Ranges& r) {
    char32_t low = chars_[at_++];
    if (low == '\\') {
      const Ranges e = escape();
      if (e.size() != 1 || e[0].first != e[0].last) return void(r.insert(r.end(), e.begin(), e.end()));
      low = e[0].first;
    } else if (low == '[' || low == ']') {
      return fail("'[' and ']' must be escaped in a character class");
    }
    const bool range = peek() == '-' && at_ + 1 < chars_.size() && chars_[at_ + 1] != ']' && chars_[at_ + 1] != '[';
    if (!range) return r.push_back({low, low});
    ++at_;
    char32_t high = chars_[at_++];
    if (high == '\\') {
      const Ranges e = escape();
      if (e.size() != 1 || e[0].first != e[0].last) return fail("a range ends with one character");
      high = e[0].first;
    }
    if (high < low) return fail("a range ends before it begins");
    r.push_back({low, high});
  }

  // Behind '\'.
  Ranges escape() {
    if (at_ >= chars_.size()) return fail("'\\' ends the expression"), Ranges{};
    const char32_t c = chars_[at_++];
    switch (c) {
      case 'n': return {{'\n', '\n'}};
      case 'r': return {{'\r', '\r'}};
      case 't': return {{'\t', '\t'}};
      case 'p': return property(false);
      case 'P': return property(true);
      case 's': return spaces();
      case 'S': return complement(tidy(spaces()));
      case 'd': return category("Nd");
      case 'D': return complement(tidy(category("Nd")));
      case 'w': return complement(tidy(not_word()));
      case 'W': return tidy(not_word());
      case 'i': return names(xml::is_name_start);
      case 'I': return complement(names(xml::is_name_start));
      case 'c': return names(xml::is_name_char);
      case 'C': return complement(names(xml::is_name_char));
      default: break;
    }
    static constexpr std::u32string_view plain = U"\\|.?*+(){}-[]^$";
    if (plain.find(c) == std::u32string_view::npos) {
      std::string s;
      append_utf8(s, c);
      fail(fmt::format("'\\{}' is no escape of XML Schema", s));
    }
    return {{c, c}};
  }

  Ranges property(bool negative) {
    std::string name;
    if (!take('{')) return fail("'\\p' must be followed by '{'"), Ranges{};
    while (more() && peek() != '}') append_utf8(name, chars_[at_++]);
    if (!take('}')) return fail("'\\p{' is not closed"), Ranges{};
    Ranges r;
    const bool known = name.substr(0, 2) == "Is" ? add_block(name.substr(2), r) : add_category(name, r);
    if (!known) fail(fmt::format("'{}' is no category or block of Unicode", name));
    return negative ? complement(tidy(std::move(r))) : r;
  }

  static Ranges spaces() { return {{' ', ' '}, {'\t', '\n'}, {'\r', '\r'}}; }
  static Ranges category(std::string_view name) {
    Ranges r;
    add_category(name, r);
    return r;
  }
  static Ranges not_word() {
    Ranges r;
    for (const auto* c : {"P", "Z", "C"}) add_category(c, r);
    return r;
  }
  static Ranges names(bool (*test)(char32_t)) {
    Ranges r{{':', ':'}};
    for (char32_t c = 0; c <= 0x3FFF; ++c)
      if (test(c)) r.push_back({c, c});
    for (const CharRange x : Ranges{{0x4000, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}}) r.push_back(x);
    return tidy(std::move(r));
  }

  Node of_set(const Ranges& ranges) {
    Pattern::CharSet s;
    for (const auto& x : tidy(ranges)) {
      for (char32_t c = x.first; c <= x.last && c < 128; ++c) s.ascii.set(c);
      if (x.last >= 128) s.wide.push_back({std::max<char32_t>(x.first, 128), x.last});
    }
    Node n;
    n.kind = Node::set;
    n.set_index = out_.sets_.size();
    out_.sets_.push_back(std::move(s));
    return n;
  }

  std::uint32_t here() const { return static_cast<std::uint32_t>(out_.steps_.size()); }
  std::uint32_t add(Pattern::Op op, std::uint32_t a = 0, std::uint32_t b = 0) {
    if (out_.steps_.size() >= max_steps)
      fail("the expression is too large");
    else
      out_.steps_.push_back({op, a, b});
    return here() - 1;
  }

  void emit(const Node& n) {
    if (!ok()) return;
    switch (n.kind) {
      case Node::set: add(Pattern::Op::set, static_cast<std::uint32_t>(n.set_index)); return;
      case Node::sequence:
        for (const auto& c : n.children) emit(c);
        return;
      case Node::choice: return emit_choice(n);
      case Node::repeat: return emit_repeat(n);
    }
  }

  void emit_choice(const Node& n) {
    std::vector<std::uint32_t> ends;
    for (std::size_t i = 0; i < n.children.size() && ok(); ++i) {
      if (i + 1 == n.children.size()) {
        emit(n.children[i]);
        break;
      }
      const auto split = add(Pattern::Op::split, here() + 1);
      emit(n.children[i]);
      ends.push_back(add(Pattern::Op::jump));
      out_.steps_[split].b = here();
    }
    for (const auto e : ends) out_.steps_[e].a = here();
  }

  void emit_repeat(const Node& n) {
    const Node& body = n.children[0];
    // Copies of an empty body would be without end: its steps do not grow the program.
    for (std::uint32_t i = 0; i < n.min && ok(); ++i) {
      const auto before = here();
      emit(body);
      if (here() == before) break;
    }
    if (n.max == unbounded) {
      const auto split = add(Pattern::Op::split, here() + 1);
      emit(body);
      add(Pattern::Op::jump, split);
      if (ok()) out_.steps_[split].b = here();
      return;
    }
    std::vector<std::uint32_t> splits;
    for (std::uint32_t i = n.min; i < n.max && ok(); ++i) {
      const auto before = here();
      splits.push_back(add(Pattern::Op::split, here() + 1));
      emit(body);
      if (here() == before + 1) break;
    }
    if (!ok()) return;
    for (const auto s : splits) out_.steps_[s].b = here();
  }

  Pattern& out_;
  std::vector<char32_t> chars_;
  std::size_t at_ = 0;
  std::string error_;
};

Result<Pattern> Pattern::compile(std::string_view expression) {
  Pattern p;
  p.source_ = expression;
  auto error = PatternCompiler(expression, p).run();
  if (!error.empty()) return Failure{std::move(error)};
  return p;
}

bool Pattern::CharSet::has(char32_t c) const {
  if (c < 128) return ascii[c];
  const auto it = std::upper_bound(wide.begin(), wide.end(), c, [](char32_t x, const CharRange& r) { return x < r.first; });
  return it != wide.begin() && c <= std::prev(it)->last;
}

bool Pattern::matches(std::string_view text) const {
  // Sets of program places, as a list and a mark of the round in which a place was added.
  std::vector<std::uint32_t> now, next, stack, mark(steps_.size(), 0);
  std::uint32_t round = 1;
  const auto add = [&](std::vector<std::uint32_t>& list, std::uint32_t at) {
    stack.assign(1, at);
    while (!stack.empty()) {
      const auto s = stack.back();
      stack.pop_back();
      if (mark[s] == round) continue;
      mark[s] = round;
      const Step& step = steps_[s];
      if (step.op == Op::jump)
        stack.push_back(step.a);
      else if (step.op == Op::split)
        stack.push_back(step.b), stack.push_back(step.a);
      else
        list.push_back(s);
    }
  };
  add(now, 0);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    ++round;
    next.clear();
    for (const auto s : now)
      if (steps_[s].op == Op::set && sets_[steps_[s].a].has(c)) add(next, s + 1);
    if (next.empty()) return false;
    now.swap(next);
  }
  return std::any_of(now.begin(), now.end(), [&](std::uint32_t s) { return steps_[s].op == Op::accept; });
}

}  // namespace factpress::schema
