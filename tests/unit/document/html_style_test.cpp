#include "document/html_style.h"

#include <fmt/format.h>

#include <deque>
#include <string>

#include "catch.h"

using namespace factpress::document;
using Toggle = HtmlStyle::Toggle;

TEST_CASE("styles are of a tag and its attributes together", "[document][html]") {
  HtmlStyles styles;
  const std::string bold = " style=\"font-weight: bold; padding-left: 12pt\"", none = " class=\"x\"";
  CHECK(styles.of(Tag::td, bold).bold == Toggle::on);
  CHECK(styles.of(Tag::td, bold).indent == 2);
  CHECK(styles.of(Tag::td, none).bold == Toggle::unset);
  CHECK(styles.of(Tag::th, none).bold == Toggle::on);  // the same attributes of another tag
  CHECK(styles.of(Tag::th, {}).bold == Toggle::on);
  CHECK(styles.of(Tag::sup, none).superscript);
  CHECK_FALSE(styles.of(Tag::td, none).superscript);
}

TEST_CASE("a page with more styles than are kept is read alike", "[document][html]") {
  HtmlStyles styles;
  std::deque<std::string> written;  // outlives the styles' use
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 1500; ++i) {
      const std::string& attributes = written.emplace_back(fmt::format(" style=\"padding-left:{}pt;{}\"", i % 60, i % 7 == 0 ? "display:none" : fmt::format("line-height:{}", i)));
      const HtmlStyle kept = styles.of(Tag::p, attributes), fresh = html_style(Tag::p, attributes);
      REQUIRE(kept.indent == fresh.indent);
      REQUIRE(kept.hidden == (i % 7 == 0));
    }
}

TEST_CASE("names of tags are known in any case, and nothing like them", "[document][html]") {
  const auto tag = [](std::string_view html) {
    HtmlTokenizer tokens(html);
    return tokens.next().tag;
  };
  CHECK(tag("<TaBlE>") == Tag::table);
  CHECK(tag("<a>") == Tag::a);
  CHECK(tag("<xmp>") == Tag::pre);
  CHECK(tag("<ul>") == Tag::ul);
  CHECK(tag("<tables>") == Tag::other);
  CHECK(tag("<t>") == Tag::other);
  CHECK(tag("<z>") == Tag::other);
  CHECK(tag("<ix:nonfraction>") == Tag::other);
  CHECK(tag("<averyveryverylongname>") == Tag::other);
}

TEST_CASE("a tag ends where its quotes say", "[document][html]") {
  const auto rest = [](std::string_view html) {  // what stands behind the first tag
    HtmlTokenizer tokens(html);
    return html.substr(tokens.next().span.end);
  };
  CHECK(rest("<td title=\"a > b\" class='c>d'>x") == "x");
  CHECK(rest("<td title = \"a > b\">x") == "x");
  CHECK(rest("<td title=\"\"x>y\">z") == "y\">z");  // a quote that follows no '=' opens nothing
  CHECK(rest("<td a\"b>c\">d") == "c\">d");
  CHECK(rest("<td title=\"never closed>x") == "x");
  CHECK(rest("<td title=\"=\" b=\">\">x") == "x");
  CHECK(rest("<td title=x'>y") == "y");
  CHECK(rest("<td").empty());
}
