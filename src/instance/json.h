#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "diag/diagnostic.h"

/// Strict JSON (RFC 8259) with the place of every value, which the packaged libraries do not keep. One flat array of nodes:
/// 20 bytes a value, strings stay in the source until asked for.
namespace factpress::instance {

class JsonDocument;

/// A value of a document; small, valid as long as the document.
class Json {
 public:
  enum class Type : std::uint8_t { null, boolean, number, string, array, object, missing };
  Json() = default;
  Json(const JsonDocument* document, std::uint32_t index) : document_(document), index_(index) {}

  Type type() const;
  bool is(Type t) const { return type() == t; }
  explicit operator bool() const { return document_ != nullptr; }
  /// Decoded; of a string. Empty for anything else.
  std::string string() const;
  /// The characters as they stand in the source: of numbers and literals.
  std::string_view raw() const;
  Place place() const;
  /// Of an object: the member's value; missing where there is none.
  Json operator[](std::string_view key) const;
  /// Of an object or array: first value and, from a value, the one after it; missing at the end.
  Json first() const;
  Json next() const;
  /// Of a value in an object: its key, decoded.
  std::string key() const;
  Place key_place() const;
  std::size_t size() const;

 private:
  const JsonDocument* document_ = nullptr;
  std::uint32_t index_ = 0;
};

class JsonDocument {
 public:
  struct Node {
    std::uint32_t begin, end;  // of the value, quotes included
    std::uint32_t key = 0;     // offset of the key's opening quote; 0: none
    std::uint32_t next = 0;    // sibling, or 0
    std::uint32_t children : 29;
    std::uint32_t type : 3;
  };
  /// False after one finding instance.json-syntax. Deeper than 64 levels or a key given twice is refused.
  bool parse(SourcePtr source, diag::Sink& sink);
  Json root() const { return nodes_.empty() ? Json() : Json(this, 0); }
  const SourcePtr& source() const { return source_; }
  const std::vector<Node>& nodes() const { return nodes_; }

 private:
  SourcePtr source_;
  std::vector<Node> nodes_;
};

}  // namespace factpress::instance
