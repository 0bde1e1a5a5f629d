#include "catch.h"
#include "instance/inline_document.h"
#include "instance/inline_target.h"
#include "sink_text.h"

using namespace factpress;
using namespace factpress::instance;

namespace {

// One line of body, so that columns in findings are easy to follow.
std::string page(const std::string& body, const std::string& hidden = "", const std::string& references = "") {
  return R"(<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:e="http://example.com/t" xml:lang="en-US"><head><title>t</title></head><body>
<ix:header><ix:hidden>)" + hidden + R"(</ix:hidden><ix:references>)" +
         (references.empty() ? R"(<link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>)" : references) + R"(</ix:references><ix:resources>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:startDate>2013-01-01</xbrli:startDate><xbrli:endDate>2013-03-31</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources></ix:header>
)" + body + "</body></html>\n";
}

struct Extracted {
  std::string codes;
  std::vector<InlineTarget> targets;
};

Extracted extract(const std::string& text) {
  diag::Sink sink;
  const auto document = xml::Document::parse(std::make_shared<const Source>("t.htm", text), sink, {.keep_space = true});
  Extracted out;
  if (document) {
    const InlineDocument inline_document = InlineDocument::read(document, sink);
    out.targets = extract_targets(inline_document, sink);
  }
  out.codes = test::codes_of(sink);
  return out;
}

const std::string number = R"(<p>$<ix:nonFraction name="e:Revenues" contextRef="c" unitRef="usd" decimals="-5" scale="6" format="ixt:num-dot-decimal" id="f1">16.2</ix:nonFraction> million</p>)";

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string fact_line(const InlineTarget& t, const std::string& name) {
  const std::size_t at = t.bytes.find("<" + name);
  return at == std::string::npos ? "" : t.bytes.substr(at, t.bytes.find("</" + name, at) - at);
}

}  // namespace

TEST_CASE("inline: a number with scale, sign and format") {
  auto x = extract(page(number));
  CHECK(x.codes.empty());
  REQUIRE(x.targets.size() == 1);
  CHECK(fact_line(x.targets[0], "e:Revenues") == R"(<e:Revenues id="f1" contextRef="c" unitRef="usd" decimals="-5">16200000)");
  REQUIRE(x.targets[0].fact_places.size() == 1);
  CHECK(x.targets[0].fact_places[0].source->locate(x.targets[0].fact_places[0].span.begin).line == 5);
  x = extract(page(with(number, "scale=\"6\"", "scale=\"6\" sign=\"-\"")));
  CHECK(fact_line(x.targets[0], "e:Revenues").ends_with(">-16200000"));
  diag::Sink sink;
  CHECK(xml::Document::parse(std::make_shared<const Source>("target.xml", x.targets[0].bytes), sink));
}

TEST_CASE("inline: text, continuations, exclusions and escaping") {
  auto x = extract(page(R"(<p><ix:nonNumeric name="e:Note" contextRef="c" continuedAt="k">One <b>two</b> <ix:exclude>page 3</ix:exclude></ix:nonNumeric></p><p><ix:continuation id="k">three &amp; <i>four</i></ix:continuation></p>)"));
  CHECK(x.codes.empty());
  CHECK(fact_line(x.targets[0], "e:Note") == R"(<e:Note contextRef="c" xml:lang="en-US">One two three &amp; four)");
  x = extract(page(R"(<p><ix:nonNumeric name="e:Note" contextRef="c" escape="true">A <b class="x">B</b><br/> &lt;</ix:nonNumeric></p>)"));
  CHECK(fact_line(x.targets[0], "e:Note").ends_with(R"(>A &lt;b class="x"&gt;B&lt;/b&gt;&lt;br/&gt; &amp;lt;)"));
}

TEST_CASE("inline: nested numbers, nil, hidden facts, targets, tuples, fractions, footnotes") {
  auto x = extract(page(R"(<ix:nonFraction name="e:A" contextRef="c" unitRef="usd" decimals="0"><ix:nonFraction name="e:B" contextRef="c" unitRef="usd" decimals="0">5</ix:nonFraction></ix:nonFraction><ix:nonFraction name="e:N" contextRef="c" unitRef="usd" xsi:nil="true"/>)",
                        R"(<ix:nonNumeric name="e:Ticker" contextRef="c">ABC</ix:nonNumeric>)"));
  CHECK(x.codes.empty());
  CHECK(fact_line(x.targets[0], "e:A").ends_with(">5"));
  CHECK(fact_line(x.targets[0], "e:B").ends_with(">5"));
  CHECK(fact_line(x.targets[0], "e:Ticker").ends_with(">ABC"));
  CHECK(x.targets[0].bytes.find("<e:N contextRef=\"c\" unitRef=\"usd\" xsi:nil=\"true\"/>") != std::string::npos);
  x = extract(page(R"(<ix:tuple name="e:T" tupleID="t"><ix:nonNumeric name="e:Y" contextRef="c" order="2">y</ix:nonNumeric></ix:tuple><ix:nonNumeric name="e:X" contextRef="c" order="1" tupleRef="t">x</ix:nonNumeric>)"));
  CHECK(x.codes.empty());
  CHECK(x.targets[0].bytes.find("<e:T><e:X") != std::string::npos);
  x = extract(page(R"(<ix:fraction name="e:F" contextRef="c" unitRef="usd"><ix:numerator>1</ix:numerator>/<ix:denominator>3</ix:denominator></ix:fraction>)"));
  CHECK(x.codes.empty());
  CHECK(x.targets[0].bytes.find("<xbrli:numerator>1</xbrli:numerator><xbrli:denominator>3</xbrli:denominator>") != std::string::npos);
}

TEST_CASE("inline: each rule can be broken") {
  const auto codes = [](const std::string& body) { return extract(page(body)).codes; };
  const auto first = [](const std::string& codes) { return codes.substr(0, codes.find(' ')); };
  CHECK(first(extract("<html xmlns=\"urn:x\"><body/></html>").codes) == "inline.not-xhtml");
  CHECK(first(extract("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>").codes) == "inline.no-header");
  CHECK(codes("<ix:hidden/>").starts_with("inline.misplaced 5:1"));
  CHECK(codes("<ix:references/>").starts_with("inline.misplaced 5:1"));
  CHECK(codes("<ix:resources/>").starts_with("inline.misplaced 5:1"));
  CHECK(codes("<ix:nonfraction>1</ix:nonfraction>").starts_with("inline.unknown-element 5:1"));
  CHECK(codes(with(number, " decimals=\"-5\"", "")).starts_with("inline.attribute"));
  CHECK(codes(with(number, " decimals=\"-5\"", " decimals=\"-5\" precision=\"3\"")).starts_with("inline.attribute"));
  CHECK(codes(with(number, " contextRef=\"c\"", "")).starts_with("inline.attribute"));
  CHECK(codes(with(number, "scale=\"6\"", "scale=\"six\"")).starts_with("inline.attribute"));
  CHECK(codes(with(number, "scale=", "Scale=")).starts_with("inline.attribute"));
  CHECK(codes(with(number, "scale=\"6\"", "sign=\"+\"")).starts_with("inline.attribute"));
  CHECK(codes(with(number, "e:Revenues", "z:Revenues")).starts_with("inline.attribute"));
  CHECK(codes(with(number, "num-dot-decimal", "num-dot-decimals")).starts_with("inline.unknown-format"));
  CHECK(codes(with(number, "16.2", "16.2.1")).starts_with("inline.value"));
  CHECK(codes(with(number, " format=\"ixt:num-dot-decimal\"", "").replace(number.find("16.2"), 0, "")).empty());
  CHECK(codes(with(with(number, " format=\"ixt:num-dot-decimal\"", ""), "16.2", "(16.2)")).starts_with("inline.value"));
  CHECK(codes(with(number, "16.2", "<b>16.2</b>")).starts_with("inline.nesting"));
  CHECK(codes(with(number, "16.2", "<ix:nonNumeric name=\"e:X\" contextRef=\"c\">16.2</ix:nonNumeric>")).starts_with("inline.nesting"));
  CHECK(codes(R"(<ix:nonNumeric name="e:Note" contextRef="c" continuedAt="k">One</ix:nonNumeric>)").starts_with("inline.continuation"));
  CHECK(codes(R"(<ix:continuation id="k">three</ix:continuation>)").starts_with("inline.continuation"));
  CHECK(codes(R"(<ix:nonNumeric name="e:Note" contextRef="c" continuedAt="k">One</ix:nonNumeric><ix:nonNumeric name="e:Note" contextRef="c" continuedAt="k">One</ix:nonNumeric><ix:continuation id="k">x</ix:continuation>)")
            .starts_with("inline.continuation"));
  CHECK(codes(R"(<ix:continuation id="k" continuedAt="l">x</ix:continuation><ix:continuation id="l" continuedAt="k">y</ix:continuation>)")
            .starts_with("inline.continuation"));
  CHECK(codes(with(number, "contextRef=\"c\"", "contextRef=\"d\"")).starts_with("inline.reference"));
  CHECK(codes(with(number, "unitRef=\"usd\"", "unitRef=\"eur\"")).starts_with("inline.reference"));
  CHECK(codes(number + number).starts_with("inline.duplicate-id"));
  CHECK(codes(with(number, "id=\"f1\"", "target=\"b\"")).starts_with("inline.target"));
  CHECK(codes(R"(<ix:nonFraction name="e:N" contextRef="c" unitRef="usd" xsi:nil="true">1</ix:nonFraction>)").starts_with("inline.nil"));
  CHECK(codes(R"(<ix:tuple name="e:T"><ix:nonNumeric name="e:Y" contextRef="c">y</ix:nonNumeric></ix:tuple>)").starts_with("inline.tuple"));
  CHECK(codes(R"(<ix:tuple name="e:T" tupleID="a" tupleRef="b" order="1"/><ix:tuple name="e:T" tupleID="b" tupleRef="a" order="1"/>)").starts_with("inline.tuple"));
  CHECK(codes(R"(<ix:fraction name="e:F" contextRef="c" unitRef="usd"><ix:numerator>1</ix:numerator></ix:fraction>)").starts_with("inline.value"));
}
