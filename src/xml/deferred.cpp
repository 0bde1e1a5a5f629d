#include "xml/deferred.h"

namespace factpress::xml {

const Document& empty_document() {
  static const std::shared_ptr<const Document> document = [] {
    diag::Sink sink;
    return Document::parse(std::make_shared<Source>("", "<empty/>"), sink);
  }();
  return *document;
}

}  // namespace factpress::xml
