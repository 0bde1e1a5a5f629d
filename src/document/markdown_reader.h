#pragma once
#include "diag/diagnostic.h"
#include "document/document.h"

namespace factpress::document {

/// Markdown by lines: headings, lists, quotes, fenced and indented text, tables with pipes, and the tab-separated tables that
/// converters of word-processor files leave (rows of dashes underline the row above); tables in HTML, as HTML is read.
void read_markdown(Document& document, diag::Sink& sink);

}  // namespace factpress::document
