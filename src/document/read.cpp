#include "base/text.h"
#include "document/document.h"
#include "document/html_reader.h"
#include "document/markdown_reader.h"
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

}  // namespace

Format detect_format(const Source& source) {
  const std::string_view name = source.name();
  const std::string_view head = source.bytes().substr(0, 20000);
  for (std::string_view ending : {".htm", ".html", ".xhtml"})
    if (ends_with(name, ending)) return Format::html;
  for (std::string_view ending : {".md", ".markdown"})
    if (ends_with(name, ending)) return Format::markdown;
  // SGML text exhibits have <TABLE> and <PAGE> but no markup of paragraphs or cells.
  const std::size_t markup = count(head, "<td") + count(head, "<p>") + count(head, "<p ") + count(head, "<div") + count(head, "<html") + count(head, "<!doctype html");
  if (markup >= 2) return Format::html;
  if (ends_with(name, ".txt") || ends_with(name, ".text")) return Format::text;
  return count(head, "\n# ") + count(head, "\n## ") + count(head, "\n### ") + count(head, "\\$") > 0 ? Format::markdown : Format::text;
}

Document read(SourcePtr source, Format format, diag::Sink& sink) {
  Document document;
  document.source = std::move(source);
  document.format = format;
  if (format == Format::html) {
    read_html(document, sink);
  } else if (format == Format::markdown) {
    read_markdown(document);
  } else {
    MappedText whole;
    const std::string_view bytes = document.source->bytes();
    const std::uint32_t mark = istarts_with(bytes, "\xEF\xBB\xBF") ? 3 : 0;
    whole.append_verbatim(bytes.substr(mark), mark);
    read_text(whole, document.blocks);
  }
  return document;
}

}  // namespace factpress::document
