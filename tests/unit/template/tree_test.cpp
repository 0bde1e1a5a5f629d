// What stands under a tree: the arena, the numbers of names, tokens that borrow.
#include <fmt/core.h>

#include <cstdint>
#include <deque>
#include <string>

#include "catch.h"
#include "template/arena.h"
#include "template/name_index.h"
#include "template/token.h"

using namespace factpress;
using namespace factpress::tmpl;

TEST_CASE("template: an arena keeps what it is given, aligned, whatever its size") {
  Arena arena;
  std::vector<std::string_view> texts;
  std::vector<std::span<std::uint64_t>> numbers;
  std::deque<std::string> wanted;
  for (std::size_t i = 0; i < 2000; ++i) {
    wanted.push_back(std::string(i % 50 == 0 ? 20'000 : i % 7, static_cast<char>('a' + i % 26)));
    texts.push_back(arena.keep(wanted.back()));
    numbers.push_back(arena.keep({std::uint64_t{i}, std::uint64_t{i} * 2}));
    CHECK(reinterpret_cast<std::uintptr_t>(numbers.back().data()) % alignof(std::uint64_t) == 0);
  }
  for (std::size_t i = 0; i < 2000; ++i) {
    CHECK(texts[i] == wanted[i]);
    CHECK((numbers[i][0] == i && numbers[i][1] == i * 2));
  }
  CHECK(arena.keep(std::string_view()).empty());
}

TEST_CASE("template: sequences that are gathered within each other do not mix") {
  Arena arena;
  std::vector<int> stack;
  std::span<int> outer, inner;
  {
    Gathering<int> around(stack);
    around.add(1);
    {
      Gathering<int> within(stack);
      CHECK(within.empty());
      for (int i = 0; i < 100; ++i) within.add(i);
      inner = within.keep(arena);
    }
    around.add(2);
    CHECK(around.size() == 2);
    outer = around.keep(arena);
  }
  CHECK(stack.empty());
  CHECK(std::vector<int>(outer.begin(), outer.end()) == std::vector<int>{1, 2});
  CHECK((inner.size() == 100 && inner[99] == 99));
}

TEST_CASE("template: names are numbered in the order in which they first come") {
  NameIndex index;
  std::deque<std::string> names;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    names.push_back(fmt::format("n{}", i));
    CHECK_FALSE(index.has(&names.back()));
    CHECK(index.add(&names.back()) == std::pair{i, true});
  }
  for (std::uint32_t i = 0; i < 5000; ++i) {
    CHECK(index.has(&names[i]));
    CHECK(index.add(&names[i]) == std::pair{i, false});
  }
}

TEST_CASE("template: tokens borrow the source unless they say something else than is written") {
  const std::string source = "a\n{{ name ~ 'as it is' ~ 'a\\tb' ~ 1_000 ~ 2.5 ~ 0x1F }}b\r\nc";
  Arena arena;
  const auto tokens = tokenize(source, {}, arena);
  const auto borrowed = [&](const Token& t) { return t.text.data() >= source.data() && t.text.data() < source.data() + source.size(); };
  std::string shown;
  for (const Token& t : tokens)
    if (t.kind != Tok::op && !t.text.empty()) shown += fmt::format("{}[{}]", borrowed(t) ? "" : "kept", t.text);
  CHECK(shown == "[a\n][name][as it is]kept[a\tb]kept[1000][2.5]kept[31]kept[b\nc]");
}
