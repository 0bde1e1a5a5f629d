#include "taxonomy/kept_document.h"

namespace factpress::taxonomy {

const std::shared_ptr<const xml::Document>& UnreadDocument::document() const {
  std::call_once(parsed_, [this] {
    diag::Sink said_when_it_was_checked;
    document_ = store_ ? store_->open(name_, true)->xml
                       : xml::Document::parse(std::make_shared<const Source>(name_, std::string(bytes_)), said_when_it_was_checked);
  });
  return document_;
}

xml::Element UnreadDocument::element_at(std::uint32_t offset) const {
  const xml::Element found = document() ? document_->element_at(offset) : xml::Element();
  return found ? found : xml::empty_document().root();
}

}  // namespace factpress::taxonomy
