#include <random>
#include <string>

#include "catch.h"
#include "diag/diagnostic.h"
#include "xml/document.h"
#include "xml/referring_text.h"

// Texts full of references are passed over in blocks, and read as they would be one character after the other.
namespace {
using namespace factpress;

using Skip = const char* (*)(const char*, const char*);

std::vector<Skip> variants() {
  std::vector<Skip> all{xml::skip_referring_text};
#ifdef __SSE2__
  all.push_back(xml::skip_referring_text_sse2);
#endif
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) all.push_back(xml::skip_referring_text_avx2);
#endif
  return all;
}

/// How far a text is plain with the three references, one character after the other.
std::size_t plain_up_to(const std::string& text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '&') {
      std::size_t length = 0;
      for (const char* known : {"&lt;", "&gt;", "&amp;"})
        if (text.compare(at, std::string(known).size(), known) == 0) length = std::string(known).size();
      if (length == 0) return at;
      at += length;
    } else if (c == '<' || c == ']' || (c >= 0 && c < 0x20 && c != '\n' && c != '\t') || c < 0) {
      return at;
    } else {
      ++at;
    }
  }
  return at;
}

const char* const pieces[] = {"&lt;", "&gt;", "&amp;", "&amp;", "x", "text of some length, plain", "\n", "\t", ";", "lt;", "#", "  "};
const char* const breaks[] = {"<", "]", "&quot;", "&lt", "&#65;", "&", "&am;", "&amp", "\r", "\x80", "\x01", "&gta;", "&ampt;", "&lt:"};

}  // namespace

TEST_CASE("skipping stops at what is not plain, and never behind it") {
  std::mt19937 random(20240501);
  std::size_t stopped = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string text(random() % 9, 'a');
    for (int n = static_cast<int>(random() % 60); n > 0; --n) text += pieces[random() % std::size(pieces)];
    if (random() % 4 != 0) text += breaks[random() % std::size(breaks)];
    for (int n = static_cast<int>(random() % 60); n > 0; --n) text += pieces[random() % std::size(pieces)];
    const std::size_t limit = plain_up_to(text);
    for (const Skip skip : variants()) {
      const auto at = static_cast<std::size_t>(skip(text.data(), text.data() + text.size()) - text.data());
      INFO(text);
      CHECK(at <= limit);
      CHECK(plain_up_to(text.substr(at)) == limit - at);  // at a place where a character begins
      CHECK((at + 69 > limit || at + 69 > text.size()));  // no more than a block is left to be looked at closely
      stopped += limit < text.size();
    }
  }
  CHECK(stopped > 1000);
}

TEST_CASE("long texts with references have the values that short ones have") {
  for (std::size_t shift = 0; shift < 70; ++shift) {
    const std::string before(shift, 'x');
    std::string written = before, meant = before;
    for (int i = 0; i < 40; ++i) written += "&lt;p class='a'&gt;&amp;nbsp;\xC3\xA9]", meant += "<p class='a'>&nbsp;\xC3\xA9]";
    diag::Sink sink;
    const auto d = xml::Document::parse(std::make_shared<Source>("t", "<r>" + written + "</r>"), sink);
    REQUIRE(d);
    CHECK(d->root().text() == meant);
  }
}

TEST_CASE("a fault among many references is found where it stands") {
  for (const char* fault : {"&lt", "&nbsp;", "& ", "]]>", "\x01", "&#0;", "\xC3("}) {
    for (std::size_t shift = 0; shift < 70; ++shift) {
      std::string text = "<r>&amp;" + std::string(shift, 'x');
      for (int i = 0; i < 30; ++i) text += "&lt;&gt;";
      const std::size_t at = text.size();
      text += fault;
      for (int i = 0; i < 30; ++i) text += " &lt;&gt;";
      diag::Sink sink;
      INFO(fault << " after " << shift);
      CHECK_FALSE(xml::Document::parse(std::make_shared<Source>("t", text + "</r>"), sink));
      REQUIRE(sink.all().size() == 1);
      CHECK(sink.all()[0].place.span.begin == at);
    }
  }
}
