#pragma once
#include <string>
#include <vector>

#include "base/fs.h"
#include "diag/diagnostic.h"

namespace factpress::batch {

/// One input of a run. Positions give the order of everything that is printed.
struct Input {
  std::string path;  ///< as the user named it, or folder + '/' + name; "-" is standard input
  std::string name;  ///< file name without folders and without its ending: NAME of the output folder
};

/// The releases among the arguments: files as they are, folders searched through for .txt, .md, .htm and .html (in order of
/// name; hidden entries and links to folders that lead back are passed over). A folder without a release is a finding.
std::vector<Input> expand_inputs(const FileSystem& files, const std::vector<std::string>& arguments,
                                 const std::vector<std::string>& endings, diag::Sink& sink);

/// The endings of a release.
const std::vector<std::string>& release_endings();

}  // namespace factpress::batch
