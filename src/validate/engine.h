#pragma once
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "taxonomy/load.h"
#include "validate/dimensional_context.h"
#include "validate/instance_check.h"
#include "validate/utr.h"
#include "validate/validate.h"

namespace factpress::validate {

/// A frozen taxonomy with what its rules found, shared by all reports that have the same entry points.
struct CheckedDts {
  std::unique_ptr<taxonomy::LoadedDts> dts;
  diag::Sink findings;
};

/// One instance after all checks, for those who want more than findings (the conformance suites' expected results).
struct CheckedInstance {
  const InstanceCheck& check;
  const taxonomy::LoadedDts& dts;
  const std::vector<DimensionalContext>& contexts;
};

/// What a caller may look at before the taxonomy and the instance go again.
struct Observer {
  std::function<void(const CheckedInstance&)> instance;
  std::function<void(const taxonomy::LoadedDts&)> taxonomy;
};

/// Does the work of the Validator, one file at a time. Safe to use from several threads.
class Engine {
 public:
  Engine(std::shared_ptr<FileSystem> files, Options options);
  FileFindings check(const std::string& path, const Observer& observer = {}) const;
  const Options& options() const { return options_; }
  taxonomy::DocumentStore& store() const { return *store_; }

 private:
  struct Entries {
    std::vector<std::string> names, hints;
  };
  std::shared_ptr<const CheckedDts> load(const Entries& entries) const;
  Entries entries_of(const xml::Document& instance, const std::string& name, diag::Sink& sink) const;
  void check_instance(const taxonomy::StoredDocument& document, FileFindings& out, const Observer& observer) const;

  std::shared_ptr<FileSystem> files_;
  Options options_;
  std::unique_ptr<taxonomy::DocumentStore> store_;
  std::unique_ptr<const UnitRegistry> registry_;
  std::vector<diag::Diagnostic> setup_findings_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, std::shared_future<std::shared_ptr<const CheckedDts>>> cache_;
};

}  // namespace factpress::validate
