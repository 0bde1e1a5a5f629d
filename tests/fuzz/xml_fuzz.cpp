#include <cstdint>

#include "xml/document.h"

// Any bytes: a document or one finding, and a walk over everything that was read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace factpress;
  diag::Sink sink;
  xml::Limits limits;
  limits.keep_space = size % 2 == 0;
  const auto d = xml::Document::parse(std::make_shared<Source>("fuzz", std::string(reinterpret_cast<const char*>(data), size)),
                                      sink, limits);
  if (!d) return sink.all().empty() ? __builtin_trap(), 0 : 0;
  std::vector<xml::Element> todo{d->root()};
  std::size_t total = 0;
  while (!todo.empty()) {
    const auto e = todo.back();
    todo.pop_back();
    total += e.qname().local.size() + e.span().size();
    for (const auto a : e.attributes()) total += a.value().size() + a.local_name().size() + a.span().size();
    if (const auto q = e.resolve_qname(e.value_of("a"))) total += q->local.size();
    for (const auto c : e.elements()) todo.push_back(c);
  }
  total += d->root().text().size();
  return total == ~std::size_t{0};
}
