#include "diag/diagnostic.h"

#include <algorithm>

namespace factpress::diag {

void Sink::add(Diagnostic d) {
  ++counts_[static_cast<std::size_t>(d.severity)];
  auto it = std::find_if(per_code_.begin(), per_code_.end(), [&](const auto& e) { return e.first == d.code; });
  if (it == per_code_.end()) it = per_code_.insert(it, {d.code, 0});
  if (it->second++ >= limit_) {
    ++dropped_;
    return;
  }
  all_.push_back(std::move(d));
}

bool Sink::has(const CodeInfo& code) const {
  return std::any_of(per_code_.begin(), per_code_.end(), [&](const auto& e) { return e.first == &code; });
}

void Sink::merge(Sink&& other) {
  const std::size_t kept = dropped_ + other.dropped_;
  std::size_t lost[3] = {other.counts_[0], other.counts_[1], other.counts_[2]};
  for (Diagnostic& d : other.all_) {
    --lost[static_cast<std::size_t>(d.severity)];
    add(std::move(d));
  }
  for (std::size_t i = 0; i < 3; ++i) counts_[i] += lost[i];  // those the other sink had only counted
  dropped_ = std::max(dropped_, kept);
  other = Sink(other.limit_);
}

}  // namespace factpress::diag
