#pragma once
#include "document/document.h"

namespace factpress::document {

/// HTML as it comes: whole pages, SGML exhibits, markup that is not closed or not nested. Streams over the tags without
/// building a tree, so that deep nesting costs nothing; tables within tables become tables of their own, in reading order,
/// and their outer table the text around them. Emits document.unclosed-table, document.too-deep.
void read_html(Document& document, diag::Sink& sink);

}  // namespace factpress::document
