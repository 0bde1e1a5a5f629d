#include "xml/convert.h"

#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "base/text.h"
#include "catch.h"
#include "xml/document.h"

using namespace factpress;
using xml::Conversion;

namespace {

// The clauses word by word, one character at a time.
std::string plainly(const std::string& raw, Conversion how) {
  std::string out;
  for (std::size_t i = 0; i < raw.size();) {
    const char c = raw[i];
    if (c == '&' && how != Conversion::lines) {
      const std::size_t end = raw.find(';', i);
      const std::string name = raw.substr(i + 1, end - i - 1);
      if (name[0] == '#')
        append_utf8(out, static_cast<char32_t>(name[1] == 'x' ? std::stoul(name.substr(2), nullptr, 16) : std::stoul(name.substr(1))));
      else
        out += name == "lt" ? '<' : name == "gt" ? '>' : name == "amp" ? '&' : name == "apos" ? '\'' : '"';
      i = end + 1;
    } else if (c == '\r') {
      out += how == Conversion::attribute ? ' ' : '\n';
      i += raw.substr(i, 2) == "\r\n" ? 2 : 1;
    } else {
      out += how == Conversion::attribute && (c == '\n' || c == '\t') ? ' ' : c;
      ++i;
    }
  }
  return out;
}

std::string converted(const std::string& raw, Conversion how) {
  std::string out = "before";
  const xml::Piece piece = xml::append_converted(out, raw, how);
  CHECK((piece.begin & xml::Piece::elsewhere) != 0);
  CHECK(out.substr(0, 6) == "before");
  CHECK(out.size() == 6 + piece.length);
  return out.substr(piece.begin & ~xml::Piece::elsewhere, piece.length);
}

}  // namespace

TEST_CASE("references, line ends and white space are converted wherever they stand", "[xml]") {
  const std::vector<std::string> pieces = {"&lt;", "&gt;", "&amp;", "&quot;", "&apos;", "&#65;", "&#x10FFFF;", "&#x20ac;", "&#xE9;", "&#10;", "\r\n", "\r", "\n", "\t", " ", "\xC3\xA9", "x"};
  std::mt19937 random(7);
  for (int round = 0; round < 4000; ++round) {
    std::string raw;
    for (std::size_t n = random() % 12; n > 0; --n) {
      raw += std::string(random() % 20, 'a');
      raw += pieces[random() % pieces.size()];
    }
    for (const auto how : {Conversion::text, Conversion::attribute}) CHECK(converted(raw, how) == plainly(raw, how));
  }
  // In CDATA an ampersand is one.
  for (std::size_t n = 0; n < 40; ++n) {
    const std::string raw = std::string(n, 'a') + "&lt;\r\n& &" + std::string(n, 'b');
    CHECK(converted(raw, Conversion::lines) == plainly(raw, Conversion::lines));
  }
}

TEST_CASE("references that are cut off or misspelt are refused at every place", "[xml]") {
  for (const std::string bad : {"&l", "&lt", "&lx;", "&g;", "&gt", "&quo;", "&quot", "&am;", "&apo", "&ampx;", "&", "&;", "&#;", "&#x;", "&#x110000;", "&#0;"}) {
    for (std::size_t n = 0; n < 34; n += 3) {
      for (const bool whole : {true, false}) {
        diag::Sink sink;
        const std::string text = "<a>" + std::string(n, 'x') + bad + (whole ? "</a>" : "");
        INFO(text);
        CHECK_FALSE(xml::Document::parse(std::make_shared<Source>("m", text), sink));
        CHECK(sink.all().size() == 1);
      }
    }
  }
}

TEST_CASE("a document whose markup stands at its end is read whole", "[xml]") {
  // Longer than what is counted as a whole, sparse at first and dense then.
  std::string text = "<a>" + std::string(300'000, ' ');
  constexpr std::size_t count = 20'000;
  for (std::size_t i = 0; i < count; ++i) text += "<b c='1' d=\"2\">t</b>";
  text += "</a>";
  diag::Sink sink;
  const auto d = xml::Document::parse(std::make_shared<Source>("m", text), sink);
  REQUIRE(d);
  std::size_t seen = 0;
  for (const auto e : d->root().elements()) seen += e.value_of("c") == "1" && e.value_of("d") == "2" && e.text() == "t";
  CHECK(seen == count);
}

TEST_CASE("a document made of markup where it is sampled, or of nothing else, takes no more than it needs", "[xml]") {
  std::string text = "<a>" + std::string(1 << 20, 'x') + "</a>";
  for (std::size_t i = 0; i < 16; ++i)
    for (std::size_t k = 16; k < 4000; ++k) text[text.size() / 16 * i + k] = '=';
  diag::Sink sink;
  const auto d = xml::Document::parse(std::make_shared<Source>("m", text), sink);
  REQUIRE(d);
  CHECK(d->tree().attributes.capacity() <= text.size() / 8 + 64);
  std::string dense = "<a>";
  for (int i = 0; i < 50'000; ++i) dense += "<b/>";
  const auto all = xml::Document::parse(std::make_shared<Source>("m", dense + "</a>"), sink);
  REQUIRE(all);
  CHECK(all->node_count() == 50'001);
  CHECK_FALSE(xml::Document::parse(std::make_shared<Source>("m", std::string(1 << 20, '<')), sink));
}

TEST_CASE("white space of any length may stand in tags and between them", "[xml]") {
  for (std::size_t n = 0; n < 70; ++n) {
    std::string space;
    for (std::size_t i = 0; i < n; ++i) space += " \t\n\r"[i % 4];
    const std::string text = "<a>" + space + "<b" + space + " c" + space + "=" + space + "'v'" + space + "/>" + space + "<d>" + space + "x</d" + space + "></a" + space + ">" + space;
    diag::Sink sink;
    const auto d = xml::Document::parse(std::make_shared<Source>("m", text), sink);
    REQUIRE(d);
    CHECK(d->root().first_element().value_of("c") == "v");
    CHECK(d->root().first_element().next_element().text().ends_with("x"));
    diag::Sink refused;
    CHECK_FALSE(xml::Document::parse(std::make_shared<Source>("m", "<a>" + space + "<b" + space + " c" + space + "=" + space), refused));
  }
}

TEST_CASE("a byte beyond ASCII is found wherever it stands in a document that declares ASCII", "[xml]") {
  for (std::size_t n = 0; n < 80; ++n) {
    const std::string head = "<?xml version='1.0' encoding='us-ascii'?><a>" + std::string(n, 'x');
    diag::Sink good, bad;
    CHECK(xml::Document::parse(std::make_shared<Source>("m", head + "</a>"), good));
    CHECK_FALSE(xml::Document::parse(std::make_shared<Source>("m", head + "\xE9" + std::string(79 - n, 'y') + "</a>"), bad));
  }
}

TEST_CASE("long texts are converted when they are asked for, by whichever thread", "[xml]") {
  // On both sides of the length from which conversion waits.
  std::string bytes = "<r>", all;
  std::vector<std::string> values;
  for (std::size_t size = 480; size < 560; ++size) {
    const std::string raw = std::string(size / 2, 'a') + "&lt;p&gt;\r\n&#xE9;" + std::string(size / 2, 'b');
    bytes += "<t>" + raw + "</t>";
    values.push_back(plainly(raw, Conversion::text));
    all += values.back();
  }
  bytes += "</r>";
  diag::Sink sink;
  const auto document = xml::Document::parse(std::make_shared<Source>("s", bytes), sink);
  REQUIRE(document);
  std::vector<std::string> found(4);
  {
    std::vector<std::jthread> threads;
    for (std::string& f : found) threads.emplace_back([&] { f = document->root().text(); });
  }
  for (const std::string& f : found) CHECK(f == all);
  std::size_t i = 0;
  std::string scratch;
  for (const xml::Element e : document->root().elements()) {
    CHECK(e.own_text(scratch) == values[i]);
    CHECK(e.text(scratch) == values[i]);
    CHECK_FALSE(e.is_empty());
    ++i;
  }
  CHECK(i == values.size());
}
