#pragma once
#include "cli/arguments.h"
#include "cli/console.h"

/// One function a command, one file each (command_*.cpp). Each returns the exit code.
namespace factpress::cli {

int run_build(const Arguments& arguments, Console& console);
int run_extract(const Arguments& arguments, Console& console);
int run_check(const Arguments& arguments, Console& console);
int run_validate(const Arguments& arguments, Console& console);
int run_convert(const Arguments& arguments, Console& console);
int run_render(const Arguments& arguments, Console& console);
int run_suite(const Arguments& arguments, Console& console);
int run_taxonomy_compile(const Arguments& arguments, Console& console);
int run_explain(const Arguments& arguments, Console& console);
int run_templates_list(const Arguments& arguments, Console& console);
int run_templates_show(const Arguments& arguments, Console& console);
int run_templates_check(const Arguments& arguments, Console& console);

}  // namespace factpress::cli
