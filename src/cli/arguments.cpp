#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <iterator>
#include <thread>

#include "base/text.h"
#include "cli/exit_codes.h"
#include "cli/version.h"

namespace factpress::cli {
namespace {

unsigned default_threads() { return std::max(1U, std::thread::hardware_concurrency()); }

// Options are grouped as they are used; a command takes the groups it needs. One that may be given several times takes one value each
// time (allow_extra_args(false)), so that an input may follow it.
void add_general(CLI::App& app, Arguments& a) {
  app.add_option("--color", a.color, "Colours on the terminal")->check(CLI::IsMember({"auto", "always", "never"}))->capture_default_str();
  app.add_option("--log", a.log, "How findings are written")->check(CLI::IsMember({"text", "json", "sarif"}))->capture_default_str();
  app.add_option("--log-file", a.log_file, "Write findings to this file instead of standard error")->type_name("FILE");
  app.add_flag("-q,--quiet", a.quiet, "Errors alone: no warnings, no verdict line");
}

void add_inputs(CLI::App& app, Arguments& a, const std::string& what) {
  app.add_option("INPUT", a.inputs, what)->required();
  app.add_option("-j,--jobs", a.threads, "How many inputs are worked on side by side; the outputs never depend on it")
      ->check(CLI::Range(1, 256))
      ->type_name("N")
      ->default_str(std::to_string(a.threads));
}

void add_mapping(CLI::App& app, Arguments& a) {
  app.add_option("--profile", a.profile, "Whose concepts the facts get")
      ->check(CLI::IsMember({"us-gaap", "standalone", "ifrs"}))
      ->capture_default_str();
  app.add_option("--map", a.maps, "Your own choices of concepts, and who reports when; overrides everything else (docs/CONCEPTS.md)")
      ->type_name("FILE.toml")
      ->allow_extra_args(false);
  app.add_option("--prior", a.prior, "The filer's earlier taxonomy; its choices come before the built-in ones")->type_name("FILE.xsd");
  app.add_flag("--strict", a.strict, "A contradicted check is an error, not a warning");
  app.add_flag("--explain", a.explain, "Say of every number why it is the fact it is, and show findings of severity info");
}

void add_taxonomy(CLI::App& app, Arguments& a) {
  app.add_option("--package", a.packages, "Taxonomy package (a ZIP); may be given several times")->type_name("ZIP")->allow_extra_args(false);
  app.add_option("--snapshot", a.snapshots, "Compiled taxonomy (factpress taxonomy compile), in place of parsing; may be given several times")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_flag("--no-cache", a.no_cache, "Neither use nor keep compiled packages in the user's cache folder");
  app.add_option("--calc", a.calculation, "How calculations are checked")
      ->check(CLI::IsMember({"1.0", "1.1", "none"}))
      ->capture_default_str();
  app.add_option("--utr", a.utr, "Unit Type Registry to check units against")->type_name("FILE");
}

void add_templates(CLI::App& app, Arguments& a) {
  app.add_option("--templates", a.template_folders, "Folder of your own templates; each overrides the shipped one of its name")
      ->type_name("DIR")
      ->allow_extra_args(false);
}

void add_build(CLI::App& app, Arguments& a) {
  auto* c = app.add_subcommand("build", "Read releases, prove them, write every output, validate what was written");
  add_inputs(*c, a, "Releases (.txt, .md, .htm, .html), folders of them, or - for standard input");
  c->add_option("-o,--output", a.output, "Folder that receives a folder for each input")->type_name("DIR")->default_str("out");
  c->add_option("--only", a.only, "Which outputs: xbrl, inline, html, md, json, csv, audit, package")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"xbrl", "inline", "html", "md", "json", "csv", "audit", "package"}));
  add_mapping(*c, a);
  add_taxonomy(*c, a);
  add_templates(*c, a);
  add_general(*c, a);
}

void add_extract(CLI::App& app, Arguments& a) {
  auto* c = app.add_subcommand("extract", "Print the facts that were read, with their places and concepts");
  add_inputs(*c, a, "Releases, folders of them, or - for standard input");
  c->add_option("--format", a.format, "tsv or json")->check(CLI::IsMember({"tsv", "json"}))->default_str("tsv");
  add_mapping(*c, a);
  add_general(*c, a);
}

void add_check(CLI::App& app, Arguments& a) {
  auto* c = app.add_subcommand("check", "Prove a release: footing, balance, ties, claims, reconciliations, per-share amounts");
  add_inputs(*c, a, "Releases, folders of them, or - for standard input");
  c->add_option("--format", a.format, "text, tsv or json")->check(CLI::IsMember({"text", "tsv", "json"}))->default_str("text");
  add_mapping(*c, a);
  add_general(*c, a);
}

void add_validate(CLI::App& app, Arguments& a) {
  auto* c = app.add_subcommand("validate", "Validate XBRL that exists: instances, inline XBRL, schemas, linkbases");
  add_inputs(*c, a, "Files to validate");
  add_taxonomy(*c, a);
  add_general(*c, a);
}

void add_convert(CLI::App& app, Arguments& a) {
  auto* c = app.add_subcommand("convert", "Convert between XBRL, inline XBRL, xBRL-JSON and xBRL-CSV, by the names' endings");
  c->add_option("IN", a.input, "The report to read (.xml, .xbrl, .htm, .html, .xhtml, .json, .csv)")->required();
  c->add_option("OUT", a.output, "The report to write (.xml, .xbrl, .json, .csv)")->required();
  add_taxonomy(*c, a);
  add_general(*c, a);
}

void add_render(CLI::App& app, Arguments& a) {
  auto* c = app.add_subcommand("render", "Render one template over a release");
  c->add_option("INPUT", a.inputs, "A release, or - for standard input")->required()->expected(1);
  c->add_option("--template", a.template_file, "The template; its name's ending sets the escaping (.html, .xml, .json, .csv, .md, .txt)")
      ->required()
      ->type_name("FILE");
  c->add_option("-o,--output", a.output, "File to write instead of standard output")->type_name("FILE");
  add_mapping(*c, a);
  add_templates(*c, a);
  add_general(*c, a);
}

void add_suite(CLI::App& app, Arguments& a) {
  auto* c = app.add_subcommand("suite", "Run a conformance suite in the XBRL International format");
  c->add_option("INDEX", a.inputs, "The suite's index file")->required();
  c->add_option("--deviations", a.deviations, "Expected deviations: testcase, variation, clause, reason; tab-separated")->type_name("FILE");
  c->add_option("-j,--jobs", a.threads, "Threads")->check(CLI::Range(1, 256))->default_str(std::to_string(a.threads));
  add_taxonomy(*c, a);
  add_general(*c, a);
}

void add_explain(CLI::App& app, Arguments& a) {
  auto* c = app.add_subcommand("explain", "Tell what a diagnostic means and how to mend it");
  c->add_option("CODE", a.inputs, "Codes as diagnostics show them in brackets; none: list them all");
}

void add_template_commands(CLI::App& app, Arguments& a) {
  auto* group = app.add_subcommand("templates", "Look at the shipped templates and check your own")->require_subcommand(1);
  auto* list = group->add_subcommand("list", "List the templates with what each renders");
  add_templates(*list, a);
  add_general(*list, a);
  auto* show = group->add_subcommand("show", "Print a template, or with `model` the variables that templates see");
  show->add_option("NAME", a.inputs, "A template's name, or: model")->required()->expected(1);
  add_templates(*show, a);
  add_general(*show, a);
  auto* check = group->add_subcommand("check", "Compile templates and render them over a built-in report");
  check->add_option("DIR", a.inputs, "Folders or files of templates")->required();
  add_general(*check, a);
}

void add_taxonomy_commands(CLI::App& app, Arguments& a) {
  auto* group = app.add_subcommand("taxonomy", "Compile taxonomy packages, so that later runs need not parse them")->require_subcommand(1);
  auto* compile = group->add_subcommand("compile", "Write a snapshot of packages for --snapshot");
  compile->add_option("PACKAGE", a.inputs, "Taxonomy packages (ZIPs or folders)")->required();
  compile->add_option("--report", a.reports, "A report whose taxonomy is to be compiled, too; may be given several times")->type_name("FILE");
  compile->add_option("-o,--output", a.output, "The snapshot to write")->required()->type_name("FILE");
  add_general(*compile, a);
}

struct Command {
  std::string_view name;
  void (*add)(CLI::App&, Arguments&);
};
constexpr Command kCommands[] = {
    {"build", add_build},   {"extract", add_extract}, {"check", add_check},     {"validate", add_validate},          {"convert", add_convert},
    {"render", add_render}, {"suite", add_suite},     {"explain", add_explain}, {"templates", add_template_commands}, {"taxonomy", add_taxonomy_commands},
};

/// The command that is asked for alone, since making the others takes longer than reading a small file; all, where it is none of them.
void add_commands(CLI::App& app, Arguments& a, std::string_view asked) {
  const auto* one = std::find_if(std::begin(kCommands), std::end(kCommands), [&](const Command& c) { return c.name == asked; });
  if (one != std::end(kCommands)) return one->add(app, a);
  for (const Command& command : kCommands) command.add(app, a);
}

std::string command_of(const CLI::App& app) {
  for (const CLI::App* sub : app.get_subcommands()) {
    const std::string below = command_of(*sub);
    return below.empty() ? sub->get_name() : sub->get_name() + " " + below;
  }
  return {};
}

// "did you mean" for a mistyped command or option.
std::string suggestion(const CLI::App& app, int argc, const char* const* argv) {
  std::vector<std::string_view> names;
  const CLI::App* at = &app;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const auto below = at->get_subcommands([&](const CLI::App* sub) { return sub->get_name() == word; });
    if (!below.empty()) {
      at = below.front();
      continue;
    }
    names.clear();
    std::vector<std::string> owned;
    if (word.starts_with("--")) {
      for (const CLI::Option* o : at->get_options())
        for (const std::string& n : o->get_lnames()) owned.push_back("--" + n);
    } else if (at == &app || !at->get_subcommands(nullptr).empty()) {
      for (const CLI::App* s : at->get_subcommands(nullptr)) owned.push_back(s->get_name());
    }
    if (std::find(owned.begin(), owned.end(), word.substr(0, word.find('='))) != owned.end()) continue;
    for (const std::string& n : owned) names.push_back(n);
    const std::string_view best = nearest_name(word.substr(0, word.find('=')), names);
    if (!best.empty()) return std::string("did you mean ") + std::string(best) + "?";
    if (!word.starts_with("-") && at == &app) break;
  }
  return {};
}

}  // namespace

Parsed parse_arguments(int argc, const char* const* argv) {
  Parsed parsed;
  CLI::App app{"factpress reads an earnings release, proves its numbers, and writes XBRL, inline XBRL, a page, Markdown, JSON and CSV."};
  app.set_version_flag("--version", std::string("factpress ") + version);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  Arguments& a = parsed.arguments;
  a.threads = default_threads();
  add_commands(app, a, argc > 1 ? argv[1] : "");
  try {
    app.parse(argc, const_cast<char**>(argv));
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) {
      parsed.exit_code = app.exit(e, std::cout, std::cerr);
      return parsed;
    }
    std::cerr << "factpress: " << e.what() << "\n";
    const std::string help = suggestion(app, argc, argv);
    if (!help.empty()) std::cerr << "  = help: " << help << "\n";
    std::cerr << "Run with --help for the commands and their options.\n";
    parsed.exit_code = exit_usage;
    return parsed;
  }
  a.command = command_of(app);
  if (!a.input.empty()) a.inputs = {a.input};
  // Several commands share a variable, so a default that only one of them has is set here.
  if (a.command == "build" && a.output.empty()) a.output = "out";
  if (a.command == "extract" && a.format.empty()) a.format = "tsv";
  if (a.command == "check" && a.format.empty()) a.format = "text";
  return parsed;
}

}  // namespace factpress::cli
