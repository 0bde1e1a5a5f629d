#pragma once
#include "document/document.h"

namespace factpress::document {

/// Markdown by lines: headings, lists, quotes, fenced and indented text, tables with pipes, and the tab-separated tables that
/// converters of word-processor files leave (rows of dashes underline the row above).
void read_markdown(Document& document);

}  // namespace factpress::document
