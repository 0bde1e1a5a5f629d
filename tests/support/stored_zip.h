#pragma once
#include <libdeflate.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// A zip with its files stored as they are.
inline std::string stored_zip(const std::vector<std::pair<std::string, std::string>>& files) {
  const auto number = [](std::string& out, std::uint64_t v, int width) {
    for (int i = 0; i < width; ++i) out += static_cast<char>(v >> (8 * i));
  };
  std::string out, directory;
  for (const auto& file : files) {
    const std::string &name = file.first, &content = file.second;
    const auto crc = libdeflate_crc32(0, content.data(), content.size());
    const std::size_t offset = out.size();
    const auto common = [&](std::string& to) {
      number(to, 20, 2), number(to, 0, 2), number(to, 0, 2), number(to, 0, 4), number(to, crc, 4);
      number(to, content.size(), 4), number(to, content.size(), 4), number(to, name.size(), 2), number(to, 0, 2);
    };
    number(out, 0x04034B50, 4), common(out), out += name, out += content;
    number(directory, 0x02014B50, 4), number(directory, 20, 2), common(directory);
    number(directory, 0, 2), number(directory, 0, 2), number(directory, 0, 2), number(directory, 0, 4), number(directory, offset, 4);
    directory += name;
  }
  const std::size_t at = out.size();
  out += directory;
  number(out, 0x06054B50, 4), number(out, 0, 4), number(out, files.size(), 2), number(out, files.size(), 2);
  number(out, directory.size(), 4), number(out, at, 4), number(out, 0, 2);
  return out;
}
