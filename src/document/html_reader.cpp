#include "document/html_reader.h"

#include "document/html_builder.h"
#include "document/layout.h"

namespace factpress::document {

void read_html(Document& document, diag::Sink& sink) {
  HtmlBuilder(document, sink).read(document.body);
  unfold_layout_tables(document);
}

}  // namespace factpress::document
