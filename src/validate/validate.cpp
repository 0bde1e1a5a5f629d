#include "validate/validate.h"

#include <atomic>
#include <thread>

#include <fmt/core.h>

#include "validate/engine.h"

namespace factpress::validate {

bool Findings::has_errors() const {
  for (const FileFindings& f : files) {
    if (f.sink.has_errors()) return true;
  }
  return false;
}

std::string Findings::verdict() const {
  std::size_t facts = 0, errors = 0, warnings = 0, stand_ins = 0;
  for (const FileFindings& f : files) {
    facts += f.facts;
    stand_ins += f.stand_ins;
    errors += f.sink.count(diag::Severity::error);
    warnings += f.sink.count(diag::Severity::warning);
  }
  const auto count = [](std::size_t n, std::string_view one) { return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s"); };
  std::string text = fmt::format("{}, {}: {}", count(files.size(), "file"), count(facts, "fact"), errors ? "invalid" : "valid");
  if (errors) text += ", " + count(errors, "error");
  if (warnings) text += ", " + count(warnings, "warning");
  if (stand_ins) text += fmt::format(" (with {} in place of official documents)", count(stand_ins, "stand-in"));
  return text;
}

struct Validator::State {
  State(std::shared_ptr<FileSystem> files, Options options) : engine(std::move(files), std::move(options)) {}
  ~State() { keep_snapshot(); }
  void keep_snapshot() const {
    try {
      engine.keep_snapshot();
    } catch (...) {  // out of memory: what the cache would have saved is not worth a run
    }
  }
  Engine engine;
};

Validator::Validator(std::shared_ptr<FileSystem> files, Options options)
    : state_(std::make_unique<State>(std::move(files), std::move(options))) {}
Validator::~Validator() = default;
void Validator::keep_snapshot() const { state_->keep_snapshot(); }
Validator::Validator(Validator&&) noexcept = default;
Validator& Validator::operator=(Validator&&) noexcept = default;

Findings Validator::validate(const std::vector<std::string>& paths, const std::shared_ptr<FileSystem>& overlay,
                             const StandIn& stand_in, const OnInstance& on_instance) const {
  std::unique_ptr<const Workspace> workspace;
  if (overlay || stand_in) workspace = std::make_unique<const Workspace>(state_->engine, overlay, stand_in);
  std::vector<std::unique_ptr<FileFindings>> done(paths.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < paths.size(); i = next++) {
      Observer observer;
      if (on_instance) observer.instance = [&, i](const CheckedInstance& checked) { on_instance({paths[i], checked.check.instance, checked.fact_places}); };
      done[i] = std::make_unique<FileFindings>(state_->engine.check(paths[i], observer, workspace.get()));
    }
  };
  const std::size_t threads = std::min<std::size_t>(std::max(1u, state_->engine.options().threads), paths.size());
  std::vector<std::jthread> pool;
  for (std::size_t i = 1; i < threads; ++i) pool.emplace_back(work);
  work();
  pool.clear();
  Findings all;
  for (auto& f : done) all.files.push_back(std::move(*f));
  return all;
}

}  // namespace factpress::validate
