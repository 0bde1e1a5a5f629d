#include "document/html_reader.h"

#include "document/html_builder.h"
#include "document/layout.h"
#include "document/split_numbers.h"

namespace factpress::document {

void read_html(Document& document, diag::Sink& sink) {
  HtmlBuilder(document, sink).read(document.body);
  unfold_layout_tables(document);
  for (Block& block : document.blocks)
    if (block.table) join_split_numbers(*block.table);
}

}  // namespace factpress::document
