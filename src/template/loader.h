#pragma once
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "base/fs.h"

namespace factpress::tmpl {

/// Where templates come from, by name ("html/index.html"). Safe to use from several threads.
class Loader {
 public:
  virtual ~Loader() = default;
  /// The short name that "NAME:template" refers to: "shipped", "user".
  virtual std::string_view label() const = 0;
  /// The text and what diagnostics shall call it; empty where there is no such template.
  struct Found {
    std::string shown_name;
    std::string text;
  };
  virtual std::optional<Found> load(std::string_view name) const = 0;
  /// All names, sorted.
  virtual std::vector<std::string> names() const = 0;
};

/// A name that stays within its folder: relative, no "..", no empty part, no backslash, no colon, no control character.
bool is_plain_name(std::string_view name);

/// Templates built into the program.
std::shared_ptr<const Loader> embedded_loader(std::string label, std::span<const embedded::File> files);
/// Templates in a folder.
std::shared_ptr<const Loader> folder_loader(std::string label, std::shared_ptr<const FileSystem> fs, std::string folder);
/// Templates in memory.
std::shared_ptr<const Loader> map_loader(std::string label, std::map<std::string, std::string, std::less<>> files);

}  // namespace factpress::tmpl
