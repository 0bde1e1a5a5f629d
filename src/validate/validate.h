#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/fs.h"
#include "diag/diagnostic.h"

namespace factpress::instance {
class Instance;
}

namespace factpress::validate {

/// How calculation relationships are checked.
enum class Calculation {
  none,
  v10,           ///< XBRL 2.1 §5.2.5.2: sums of rounded values, duplicates not bound
  v11_rounded,   ///< Calculations 1.1, values rounded to nearest (the default)
  v11_truncated  ///< Calculations 1.1, values truncated
};

struct Options {
  std::vector<std::string> packages;  ///< taxonomy packages (--package), in order of precedence
  std::vector<std::string> snapshots; ///< files of compiled taxonomies (--snapshot), asked behind the packages
  std::string cache_folder;           ///< where snapshots of the packages are kept between runs; empty: nowhere
  std::string utr;                    ///< Unit Type Registry file (--utr); empty: units are not looked up
  Calculation calculation = Calculation::v11_rounded;
  unsigned threads = 1;               ///< files checked side by side; the findings' order never depends on it
  std::size_t per_code_limit = 1000;  ///< findings kept of a kind and file; the rest are counted
};

/// Gives the bytes of a document that stands in for an official one which no package and no built-in schema supplies; nothing
/// where it has none. Asked last. May be called from several threads.
using StandIn = std::function<std::optional<std::string>(const std::string& url)>;

/// An instance that was read on the way to its findings; of an inline document each target document, with the places of its facts.
struct ReadInstance {
  const std::string& file;  ///< as the caller named it
  const instance::Instance& instance;
  const std::vector<Place>* fact_places = nullptr;
};
/// Called on the thread that checks the file; what it is given lives no longer than the call.
using OnInstance = std::function<void(const ReadInstance&)>;

/// What was found in one file, in a stable order: loading first, then schema, taxonomy, instance, dimensions, calculations.
struct FileFindings {
  std::string file;  ///< as the caller named it
  diag::Sink sink;
  std::size_t facts = 0;
  std::size_t documents = 0;  ///< of its DTS, itself included
  std::size_t stand_ins = 0;  ///< of these, how many stood in for official documents
};

struct Findings {
  std::vector<FileFindings> files;  ///< as asked for
  bool has_errors() const;
  /// "3 files, 1,204 facts: valid" or "...: 2 errors, 1 warning", without a line break.
  std::string verdict() const;
};

/// Checks finished XBRL: instances (XBRL 2.1, Dimensions 1.0, Calculations), inline XBRL by its target documents, schemas and linkbases with the whole DTS that
/// each needs. Frozen taxonomies are cached by their entry points and shared between files and threads, as is every parsed
/// document of a package. Never touches the network: documents come from `files`, the packages and the built-in core schemas.
/// Safe to use from several threads at once.
class Validator {
 public:
  /// `files` gives the reports, their taxonomies, the packages and the registry.
  Validator(std::shared_ptr<FileSystem> files, Options options);
  ~Validator();
  Validator(Validator&&) noexcept;
  Validator& operator=(Validator&&) noexcept;

  /// The same with files that are asked first for every path and are not kept: a job's own outputs in memory, checked against
  /// packages and core schemas that all jobs share. Neither may be given; `overlay` must not change while this runs.
  Findings validate(const std::vector<std::string>& paths, const std::shared_ptr<FileSystem>& overlay, const StandIn& stand_in = {},
                    const OnInstance& on_instance = {}) const;

  /// Never throws for what a file holds: an unreadable or malformed file is a finding. Codes: input.*, xml.*, schema.*,
  /// taxonomy.*, xbrl.*, xbrldte:*, xbrldie:*, calculation.* and those of Calculations 1.1, utr.*.
  Findings validate(const std::vector<std::string>& paths) const { return validate(paths, nullptr); }

  /// Writes to the cache folder what had to be parsed of packages so far, as far as it is not there yet; the destructor does, too.
  /// Never fails: what cannot be written is parsed again by the next run.
  void keep_snapshot() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace factpress::validate
