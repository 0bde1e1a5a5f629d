#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace factpress {

/// Half-open range of byte offsets into one Source. An empty span is a place between bytes.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return end <= begin; }
  bool contains(std::uint32_t offset) const { return begin <= offset && offset < end; }
  bool operator==(const Span&) const = default;
};

/// The smallest span that covers both.
inline Span cover(Span a, Span b) { return {a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end}; }

/// 1-based; the column counts characters (UTF-8 code points, or bytes where the source is not UTF-8).
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// The bytes of one input, exactly as they were read, with an index of its lines. Immutable; shared between threads.
/// At most 1 GiB, so that offsets fit 32 bits.
class Source {
 public:
  /// `name` is what diagnostics print: the path as the user gave it, or "-" for standard input.
  Source(std::string name, Bytes bytes);
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  const std::string& name() const { return name_; }
  std::string_view bytes() const { return bytes_; }
  std::string_view text(Span span) const { return bytes_.substr(span.begin, span.size()); }
  ~Source();
  LineColumn locate(std::uint32_t offset) const;
  /// The line (without its line break) that holds `offset`.
  std::string_view line_at(std::uint32_t offset) const;
  std::uint32_t line_begin(std::uint32_t offset) const;

 private:
  struct Index;
  const std::vector<std::uint32_t>& lines() const;
  std::uint32_t characters_between(std::uint32_t from, std::uint32_t to) const;

  std::string name_;
  Bytes owned_;
  std::string_view bytes_;  // of it
  std::unique_ptr<Index> index_;
};

using SourcePtr = std::shared_ptr<const Source>;

/// A span in a source: where something was read. `source` may be null (no place known).
struct Place {
  SourcePtr source;
  Span span;
};

}  // namespace factpress
