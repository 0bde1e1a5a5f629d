#pragma once
#include "document/document.h"

namespace factpress::document {

/// Tables that only place text on a page become what a reader sees: a bullet and its sentence a list item, one column of
/// text paragraphs; so does a paragraph that begins with a bullet. Order and text are kept; tables that may hold data are left as they are.
void unfold_layout_tables(Document& document);

/// True for a bullet, a dash or a number that begins a list item and nothing else.
bool is_bullet(std::string_view text);

}  // namespace factpress::document
