#pragma once
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <memory_resource>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace factpress::tmpl {

/// What is made while one template is compiled: it stands in a few large blocks and goes all at once, without destructors.
/// Takes memory in proportion to what it holds.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  template <class T>
  T* make() {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (take(sizeof(T), alignof(T))) T{};
  }

  /// The same items, for as long as the arena lives.
  template <class T>
  std::span<T> keep(std::span<const T> items) {
    static_assert(std::is_trivially_destructible_v<T> && std::is_trivially_copyable_v<T>);
    if (items.empty()) return {};
    T* const to = static_cast<T*>(take(items.size_bytes(), alignof(T)));
    std::uninitialized_copy(items.begin(), items.end(), to);
    return {to, items.size()};
  }
  template <class T>
  std::span<T> keep(std::initializer_list<T> items) { return keep(std::span<const T>(items.begin(), items.size())); }
  std::string_view keep(std::string_view text) {
    const auto kept = keep(std::span<const char>(text));
    return {kept.data(), kept.size()};
  }

 private:
  void* take(std::size_t size, std::size_t alignment) { return blocks_.allocate(size, alignment); }

  std::pmr::monotonic_buffer_resource blocks_{std::size_t{8} << 10, std::pmr::new_delete_resource()};
};

/// Items whose number shows only in the end: they are put on a stack that all such sequences share, above those of the
/// sequences around, and kept in an arena once they are complete.
template <class T>
class Gathering {
 public:
  explicit Gathering(std::vector<T>& stack) : stack_(stack), begin_(stack.size()) {}
  ~Gathering() { stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(begin_), stack_.end()); }
  Gathering(const Gathering&) = delete;
  Gathering& operator=(const Gathering&) = delete;

  void add(const T& item) { stack_.push_back(item); }
  bool empty() const { return stack_.size() == begin_; }
  std::size_t size() const { return stack_.size() - begin_; }
  /// Valid until the next item is added, here or within.
  std::span<const T> items() const { return std::span<const T>(stack_).subspan(begin_); }
  const T& back() const { return stack_.back(); }
  std::span<T> keep(Arena& arena) const { return arena.keep(items()); }

 private:
  std::vector<T>& stack_;
  std::size_t begin_;
};

}  // namespace factpress::tmpl
