#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "base/source.h"
#include "diag/code.h"

namespace factpress::diag {

/// A further place that belongs to a finding, with a few words ("the scale was stated here").
struct Label {
  Place place;
  std::string text;
};

/// One finding. The message says what and shows both numbers; why and remedy come from the catalog unless `help` says
/// something better fitted to the case.
struct Diagnostic {
  const CodeInfo* code = nullptr;
  Severity severity = Severity::error;
  Place place;           ///< may have no source
  std::string message;   ///< one sentence, no trailing line break
  std::vector<Label> labels;
  std::string help;      ///< "did you mean ...?", the option that settles it; may be empty

  Diagnostic(const CodeInfo& c, Place p, std::string m)
      : code(&c), severity(c.severity), place(std::move(p)), message(std::move(m)) {}
  Diagnostic& with(Place p, std::string text) & { return labels.push_back({std::move(p), std::move(text)}), *this; }
  Diagnostic&& with(Place p, std::string text) && { return labels.push_back({std::move(p), std::move(text)}), std::move(*this); }
  Diagnostic&& helped(std::string text) && { return help = std::move(text), std::move(*this); }
};

/// Where findings go, in the order in which they are found. One job, one sink; not shared between threads.
/// Keeps at most `per_code_limit` of a kind and counts the rest, so that hostile input cannot fill the memory.
class Sink {
 public:
  explicit Sink(std::size_t per_code_limit = 1000) : limit_(per_code_limit) {}

  /// An empty one with the same limit.
  Sink fresh() const { return Sink(limit_); }
  void add(Diagnostic d);
  const std::vector<Diagnostic>& all() const { return all_; }
  std::size_t count(Severity severity) const { return counts_[static_cast<std::size_t>(severity)]; }
  bool has_errors() const { return count(Severity::error) != 0; }
  bool has(const CodeInfo& code) const;
  /// How many findings of each kind were counted beyond the limit.
  std::size_t dropped() const { return dropped_; }
  /// Appends another job's findings.
  void merge(Sink&& other);

 private:
  std::size_t limit_;
  std::size_t dropped_ = 0;
  std::size_t counts_[3] = {};
  std::vector<Diagnostic> all_;
  std::vector<std::pair<const CodeInfo*, std::size_t>> per_code_;
};

}  // namespace factpress::diag
