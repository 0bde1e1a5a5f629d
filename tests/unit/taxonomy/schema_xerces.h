#pragma once
#include <memory>
#include <string>

namespace factpress::test {

/// Xerces-C++ as a second opinion: whether it finds errors in a schema, and in a document against it.
class Xerces {
 public:
  static bool available();
  /// Compiles a schema document; `schema_valid()` says whether it had errors.
  explicit Xerces(const std::string& schema);
  ~Xerces();
  bool schema_valid() const;
  bool document_valid(const std::string& text);
  /// What it last complained of.
  const std::string& message() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace factpress::test
