#include "document/submission.h"

#include <algorithm>

#include "base/text.h"

namespace factpress::document {
namespace {

/// Where `mark` stands at the beginning of a line, from `at` on.
std::size_t find_line(std::string_view bytes, std::string_view mark, std::size_t at) {
  for (; (at = bytes.find('<', at)) != std::string_view::npos; ++at) {
    if ((at == 0 || bytes[at - 1] == '\n') && istarts_with(bytes.substr(at, mark.size()), mark)) return at;
  }
  return std::string_view::npos;
}

Span span_of(std::string_view bytes, std::string_view part) {
  const auto begin = static_cast<std::uint32_t>(part.data() - bytes.data());
  return {begin, begin + static_cast<std::uint32_t>(part.size())};
}

std::string_view line_from(std::string_view bytes, std::size_t at) {
  const std::size_t end = bytes.find('\n', at);
  return trim(bytes.substr(at, end == std::string_view::npos ? end : end - at));
}

/// "FISCAL YEAR END:			1231"
Span header_value(std::string_view bytes, std::string_view header, std::string_view key) {
  const std::size_t at = ifind(header, key);
  return at == std::string_view::npos ? Span{} : span_of(bytes, line_from(header, at + key.size()));
}

Filing read_filing(std::string_view bytes, std::string_view header) {
  return {header_value(bytes, header, "COMPANY CONFORMED NAME:"), header_value(bytes, header, "CENTRAL INDEX KEY:"),
          header_value(bytes, header, "FILED AS OF DATE:"), header_value(bytes, header, "FISCAL YEAR END:")};
}

/// The value of a line such as <TYPE>EX-99.1 in front of the text.
std::string_view line_value(std::string_view head, std::string_view tag) {
  const std::size_t at = find_line(head, tag, 0);
  return at == std::string_view::npos ? std::string_view() : line_from(head, at + tag.size());
}

SubmissionPart read_part(std::string_view bytes, std::size_t begin, std::size_t end) {
  SubmissionPart part;
  part.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  const std::string_view document = bytes.substr(begin, end - begin);
  const std::size_t text = find_line(document, "<TEXT>", 0);
  const std::string_view head = document.substr(0, std::min<std::size_t>(text, 4000));
  part.type = line_value(head, "<TYPE>"), part.file_name = line_value(head, "<FILENAME>");
  if (text == std::string_view::npos) {
    part.text = {part.span.end, part.span.end};
    return part;
  }
  const std::size_t from = text + 6, to = find_line(document, "</TEXT>", from);
  part.text = span_of(bytes, document.substr(from, to == std::string_view::npos ? to : to - from));
  return part;
}

bool speaks_of_results(std::string_view text) {
  const std::string_view head = text.substr(0, 40000);
  return icontains(head, "quarter") || icontains(head, "results") || icontains(head, "months ended") || icontains(head, "year ended");
}

std::size_t choose(std::string_view bytes, const std::vector<SubmissionPart>& parts) {
  std::size_t first = parts.size();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!istarts_with(parts[i].type, "EX-99")) continue;
    if (speaks_of_results(bytes.substr(parts[i].text.begin, parts[i].text.size()))) return i;
    first = std::min(first, i);
  }
  if (first < parts.size()) return first;
  const auto annual = std::find_if(parts.begin(), parts.end(), [](const SubmissionPart& p) { return istarts_with(p.type, "EX-13"); });
  return annual == parts.end() ? 0 : static_cast<std::size_t>(annual - parts.begin());
}

}  // namespace

std::optional<Submission> find_submission(std::string_view bytes) {
  const std::string_view start = trim(bytes.substr(0, 200));
  const auto begins = [&](std::string_view mark) { return istarts_with(start, mark); };
  const bool wrapped = begins("<SEC-DOCUMENT>") || begins("<IMS-DOCUMENT>") || begins("<SEC-HEADER>") || begins("<IMS-HEADER>") || begins("-----BEGIN PRIVACY-ENHANCED MESSAGE-----");
  if (!wrapped && !begins("<DOCUMENT>") && !begins("<SUBMISSION>")) return std::nullopt;
  Submission out;
  std::size_t at = find_line(bytes, "<DOCUMENT>", 0);
  if (at == std::string_view::npos) return std::nullopt;
  out.filing = read_filing(bytes, bytes.substr(0, at));
  while (at != std::string_view::npos) {
    const std::size_t next = find_line(bytes, "<DOCUMENT>", at + 1);
    out.parts.push_back(read_part(bytes, at, next == std::string_view::npos ? bytes.size() : next));
    at = next;
  }
  if (!wrapped && out.parts.size() < 2) return std::nullopt;
  out.release = choose(bytes, out.parts);
  return out;
}

}  // namespace factpress::document
