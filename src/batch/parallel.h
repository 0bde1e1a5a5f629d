#pragma once
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace factpress::batch {

/// Runs work(i) for every i below `count` on up to `threads` threads and hands each result to `use` on the calling thread in
/// the order of i, as soon as it and all before it are ready. At most a few results a thread wait at any time, so that a
/// batch of thousands needs the memory of a handful. An exception of `work` is thrown again from here, after the threads ended.
template <class T>
void in_order(std::size_t count, unsigned threads, const std::function<T(std::size_t)>& work,
              const std::function<void(std::size_t, T)>& use) {
  if (threads <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) use(i, work(i));
    return;
  }
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::optional<T>> ready(count);
  std::size_t next = 0, used = 0;
  std::exception_ptr failure;
  const std::size_t ahead = std::size_t{threads} * 4;
  const auto run = [&] {
    for (;;) {
      std::size_t i;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return failure || next >= count || next < used + ahead; });
        if (failure || next >= count) return;
        i = next++;
      }
      try {
        T result = work(i);
        const std::lock_guard lock(mutex);
        ready[i] = std::move(result);
      } catch (...) {
        const std::lock_guard lock(mutex);
        failure = std::current_exception();
      }
      changed.notify_all();
    }
  };
  std::vector<std::jthread> pool;
  for (unsigned t = 0; t < threads && t < count; ++t) pool.emplace_back(run);
  for (std::size_t i = 0; i < count; ++i) {
    std::optional<T> result;
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return failure || ready[i].has_value(); });
      if (failure) break;
      result = std::move(ready[i]);
      ready[i].reset();
      used = i + 1;
    }
    changed.notify_all();
    use(i, std::move(*result));
  }
  pool.clear();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace factpress::batch
