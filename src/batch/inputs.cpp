#include "batch/inputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "diag/codes/batch.h"

namespace factpress::batch {
namespace {

constexpr int deepest_folder = 32;

std::string ending_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? "" : lower(name.substr(dot + 1));
}

std::string stem(std::string_view path) {
  if (path == "-") return "stdin";
  const std::size_t slash = path.rfind('/');
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos && dot > 0) name = name.substr(0, dot);
  return std::string(name);
}

void search(const FileSystem& files, const std::string& folder, const std::vector<std::string>& endings, int depth,
            std::vector<Input>& out) {
  const auto names = files.list(folder);
  if (!names || depth > deepest_folder) return;
  for (const std::string& name : *names) {
    if (name.empty() || name[0] == '.') continue;
    const std::string path = (folder == "/" ? "" : folder) + "/" + name;
    if (files.is_folder(path)) search(files, path, endings, depth + 1, out);
    else if (std::find(endings.begin(), endings.end(), ending_of(name)) != endings.end()) out.push_back({path, stem(name)});
  }
}

}  // namespace

const std::vector<std::string>& release_endings() {
  static const std::vector<std::string> endings = {"txt", "md", "htm", "html"};
  return endings;
}

std::vector<Input> expand_inputs(const FileSystem& files, const std::vector<std::string>& arguments,
                                 const std::vector<std::string>& endings, diag::Sink& sink) {
  std::vector<Input> out;
  for (std::string path : arguments) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    if (!files.is_folder(path)) {
      out.push_back({path, stem(path)});
      continue;
    }
    const std::size_t before = out.size();
    search(files, path, endings, 0, out);
    if (out.size() == before)
      sink.add({diag::codes::batch_empty_folder, {}, fmt::format("the folder {} holds no release", path)});
  }
  return out;
}

}  // namespace factpress::batch
