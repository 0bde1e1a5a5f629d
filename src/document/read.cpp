#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "diag/codes/document.h"
#include "document/document.h"
#include "document/html_reader.h"
#include "document/lines.h"
#include "document/markdown_reader.h"
#include "document/split_numbers.h"
#include "document/text_reader.h"

namespace factpress::document {

namespace {

bool ends_with(std::string_view name, std::string_view ending) {
  return name.size() >= ending.size() && iequals(name.substr(name.size() - ending.size()), ending);
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = ifind(text, what); at != std::string_view::npos && n < 20; at = ifind(text, what, at + 1)) ++n;
  return n;
}

/// Lines of cells between single tabs, as a spreadsheet copies them: within a block of lines as many tabs in nearly each. Text that
/// reaches its columns by tab stops has more tabs after short labels than after long ones.
class TabbedRows {
 public:
  bool among(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = text.find('\n', at);
      if (end == std::string_view::npos) end = text.size();
      add(text.substr(at, end - at));
      at = end + 1;
    }
    close();
    return regular_ >= 4 && regular_ >= 3 * irregular_;
  }

 private:
  void add(std::string_view line) {
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const auto tabs = static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t'));
    const bool labelled = !line.empty() && !is_space(line.front());
    const bool numbers = has_digit(line);
    if (trim(line).empty()) close();
    else if (tabs > 0 && labelled && numbers) ++rows_[tabs];
  }

  void close() {
    std::size_t all = 0, most = 0;
    for (const auto& [tabs, n] : rows_) all += n, most = std::max(most, n);
    if (all >= 2) (most * 5 >= all * 4 ? regular_ : irregular_) += all;
    rows_.clear();
  }

  std::map<std::size_t, std::size_t> rows_;
  std::size_t regular_ = 0, irregular_ = 0;
};

/// "Revenues | 475.3 | 434.1" in line after line: tables whose cells stand between strokes without edges, which Markdown's reader reads.
bool has_piped_rows(std::string_view text) {
  constexpr std::size_t fewest = 4;
  std::size_t run = 0;
  for (std::size_t at = 0; at < text.size() && run < fewest;) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trim(text.substr(at, end - at));
    const std::size_t stroke = loose_stroke(line);
    if (stroke != std::string_view::npos && has_digit(line.substr(stroke))) ++run;
    else if (line.empty()) run = 0;
    at = end + 1;
  }
  return run >= fewest;
}

Format format_of(std::string_view name, std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 20000);
  for (std::string_view ending : {".htm", ".html", ".xhtml"})
    if (ends_with(name, ending)) return Format::html;
  for (std::string_view ending : {".md", ".markdown"})
    if (ends_with(name, ending)) return Format::markdown;
  // SGML text exhibits have <TABLE> and <PAGE> but no markup of paragraphs or cells.
  const std::size_t markup = count(head, "<td") + count(head, "<p>") + count(head, "<p ") + count(head, "<div") + count(head, "<html") + count(head, "<!doctype html");
  if (markup >= 2) return Format::html;
  if (TabbedRows().among(bytes.substr(0, 200000)) || has_piped_rows(bytes.substr(0, 200000))) return Format::markdown;
  if (ends_with(name, ".txt") || ends_with(name, ".text")) return Format::text;
  return count(head, "\n# ") + count(head, "\n## ") + count(head, "\n### ") + count(head, "\\$") > 0 ? Format::markdown : Format::text;
}

std::string describe(const SubmissionPart& part) {
  std::string out(part.type.empty() ? "a document without type" : part.type);
  if (!part.file_name.empty()) out += " (" + std::string(part.file_name) + ")";
  return out;
}

/// Of a submission, the document with the release; says which, and what was left.
void choose_body(Document& document, diag::Sink& sink) {
  const std::string_view bytes = document.source->bytes();
  document.body = {0, static_cast<std::uint32_t>(bytes.size())};
  const auto submission = find_submission(bytes);
  if (!submission) return;
  const SubmissionPart& release = submission->parts[submission->release];
  document.body = release.text;
  document.filing = submission->filing;
  const auto at = [&](const SubmissionPart& p) { return Place{document.source, {p.span.begin, p.span.begin + 10}}; };
  sink.add({diag::codes::document_submission, at(release),
            fmt::format("of the {} document{} of this submission, {} was read", submission->parts.size(), submission->parts.size() == 1 ? "" : "s", describe(release))});
  for (const SubmissionPart& part : submission->parts) {
    if (&part == &release || !istarts_with(part.type, "EX-99") || part.text.empty()) continue;
    sink.add({diag::codes::document_exhibit_left, at(part), fmt::format("{} was not read; the facts are those of {}", describe(part), describe(release))});
  }
}

}  // namespace

Format detect_format(const Source& source) {
  const auto submission = find_submission(source.bytes());
  if (!submission) return format_of(source.name(), source.bytes());
  const SubmissionPart& part = submission->parts[submission->release];
  return format_of(part.file_name, source.text(part.text));
}

Document read(SourcePtr source, Format format, diag::Sink& sink) {
  Document document;
  document.source = std::move(source);
  document.format = format;
  choose_body(document, sink);
  if (format == Format::html) {
    read_html(document, sink);
  } else if (format == Format::markdown) {
    read_markdown(document, sink);
  } else {
    MappedText whole;
    const std::string_view bytes = document.source->text(document.body);
    const std::uint32_t mark = istarts_with(bytes, "\xEF\xBB\xBF") ? 3 : 0;
    whole.append_verbatim(bytes.substr(mark), document.body.begin + mark);
    read_text(whole, document.blocks);
  }
  for (Block& block : document.blocks)
    if (block.table) join_split_numbers(*block.table);
  return document;
}

}  // namespace factpress::document
