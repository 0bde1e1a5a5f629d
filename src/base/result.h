#pragma once
#include <string>
#include <utility>
#include <variant>

namespace factpress {

/// Why something could not be had, in words fit for a diagnostic. Where a place is known, diag::Sink is used instead.
struct Failure {
  std::string message;
};

/// A value or the reason why there is none. Neither is ever empty.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Failure failure) : state_(std::move(failure)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  const std::string& error() const { return std::get<1>(state_).message; }

 private:
  std::variant<T, Failure> state_;
};

/// Success, or the reason for failure.
using Status = Result<std::monostate>;
inline Status ok() { return Status{std::monostate{}}; }

}  // namespace factpress
