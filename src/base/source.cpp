#include "base/source.h"

#include <algorithm>
#include <cstring>
#include <mutex>

namespace factpress {

struct OnceFlag {
  std::once_flag flag;
};

Source::Source(std::string name, std::string bytes)
    : name_(std::move(name)), bytes_(std::move(bytes)), once_(std::make_shared<OnceFlag>()) {}

const std::vector<std::uint32_t>& Source::lines() const {
  std::call_once(once_->flag, [this] {
    line_begins_.push_back(0);
    const char* const base = bytes_.data();
    const char* const end = base + bytes_.size();
    for (const char* p = base; p != end;) {
      const auto* nl = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p)));
      if (nl == nullptr) break;
      p = nl + 1;
      line_begins_.push_back(static_cast<std::uint32_t>(p - base));
    }
  });
  return line_begins_;
}

std::uint32_t Source::line_begin(std::uint32_t offset) const {
  const auto& begins = lines();
  return *(std::upper_bound(begins.begin(), begins.end(), offset) - 1);
}

LineColumn Source::locate(std::uint32_t offset) const {
  const auto& begins = lines();
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(bytes_.size()));
  const auto it = std::upper_bound(begins.begin(), begins.end(), offset) - 1;
  std::uint32_t column = 1;
  for (std::uint32_t i = *it; i < offset; ++i)
    if ((static_cast<unsigned char>(bytes_[i]) & 0xC0) != 0x80) ++column;
  return {static_cast<std::uint32_t>(it - begins.begin()) + 1, column};
}

std::string_view Source::line_at(std::uint32_t offset) const {
  const std::uint32_t begin = line_begin(std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(bytes_.size())));
  std::size_t end = bytes_.find('\n', begin);
  if (end == std::string::npos) end = bytes_.size();
  if (end > begin && bytes_[end - 1] == '\r') --end;
  return std::string_view(bytes_).substr(begin, end - begin);
}

}  // namespace factpress
