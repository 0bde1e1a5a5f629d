#pragma once
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "taxonomy/load.h"
#include "validate/checked_sets.h"
#include "validate/dimensional_context.h"
#include "validate/instance_check.h"
#include "validate/snapshots.h"
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
  const std::vector<Place>* fact_places = nullptr;  ///< of an inline document: where each fact of the instance stands in it
};

/// What a caller may look at before the taxonomy and the instance go again.
struct Observer {
  std::function<void(const CheckedInstance&)> instance;
  std::function<void(const taxonomy::LoadedDts&)> taxonomy;
};

/// Taxonomies by their entry points; whoever asks for one that is being loaded waits for it. Safe to use from several threads.
class DtsCache {
 public:
  std::shared_ptr<const CheckedDts> get(const std::string& key, const std::function<std::shared_ptr<const CheckedDts>()>& load);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_future<std::shared_ptr<const CheckedDts>>> loaded_;
};

class Engine;

/// Documents that are asked before an engine's own and forgotten with the job: nothing read here reaches the engine's caches.
class Workspace {
 public:
  /// Either may be empty.
  Workspace(const Engine& engine, std::shared_ptr<FileSystem> overlay, const StandIn& stand_in);
  ~Workspace();

 private:
  friend class Engine;
  class StandIns;
  const StandIns* stand_ins_ = nullptr;  // owned by the store
  std::unique_ptr<taxonomy::DocumentStore> store_;
  mutable DtsCache cache_;
};

/// Does the work of the Validator, one file at a time. Safe to use from several threads.
class Engine {
 public:
  Engine(std::shared_ptr<FileSystem> files, Options options);
  FileFindings check(const std::string& path, const Observer& observer = {}, const Workspace* workspace = nullptr) const;
  const Options& options() const { return options_; }
  taxonomy::DocumentStore& store() const { return *store_; }
  /// Writes to the cache folder what the taxonomies loaded so far had to parse, and which of them are in order. Nothing where that
  /// cannot be done or there is none.
  void keep_snapshot() const;
  /// What a snapshot is to hold of the taxonomies of these files, of those in which nothing is wrong (CheckedSets::take). To be asked
  /// of an engine that has packages and nothing else.
  std::vector<std::string> sets_of(const std::vector<std::string>& paths);

 private:
  std::shared_ptr<const CheckedDts> load(const Entries& entries, const Workspace* workspace) const;
  std::shared_ptr<const CheckedDts> load_fresh(const Entries& entries, const Workspace* workspace) const;
  taxonomy::DocumentStore& store_of(const Workspace* workspace) const { return workspace ? *workspace->store_ : *store_; }
  Entries entries_of(const xml::Document& instance, const std::string& name, taxonomy::DocumentStore& store, diag::Sink& sink) const;
  void check_instance(const std::string& name, const std::shared_ptr<const xml::Document>& document, FileFindings& out,
                      const Observer& observer, const Workspace* workspace) const;
  void check_inline(const taxonomy::StoredDocument& document, FileFindings& out, const Observer& observer, const Workspace* workspace) const;
  static std::size_t count_stand_ins(const taxonomy::LoadedDts& dts, const Workspace* workspace);

  std::shared_ptr<FileSystem> files_;
  Options options_;
  std::unique_ptr<Snapshots> snapshots_;
  std::unique_ptr<CheckedSets> checked_sets_;
  std::unique_ptr<taxonomy::DocumentStore> store_;
  std::unique_ptr<const UnitRegistry> registry_;
  std::vector<diag::Diagnostic> setup_findings_;
  mutable DtsCache cache_;
};

}  // namespace factpress::validate
