#include "document/html_reader.h"

#include "document/html_builder.h"
#include "document/layout.h"

namespace factpress::document {

void read_html(Document& document, diag::Sink& sink) {
  HtmlTokenizer tokens(document.source->bytes().substr(0, document.body.end), document.body.begin);
  HtmlBuilder builder(document, sink);
  for (HtmlToken token = tokens.next(); token.kind != HtmlToken::Kind::eof; token = tokens.next()) {
    if (token.kind == HtmlToken::Kind::text) builder.text(token.span);
    else if (token.kind == HtmlToken::Kind::start) builder.start(token);
    else if (token.kind == HtmlToken::Kind::end) builder.end(token);
  }
  builder.finish();
  unfold_layout_tables(document);
}

}  // namespace factpress::document
