#include "cli/options.h"

namespace factpress::cli {

validate::Options validation_options(const Arguments& arguments) {
  validate::Options options;
  options.packages = arguments.packages;
  options.utr = arguments.utr;
  options.calculation = arguments.calculation == "1.0"    ? validate::Calculation::v10
                        : arguments.calculation == "none" ? validate::Calculation::none
                                                          : validate::Calculation::v11_rounded;
  return options;
}

}  // namespace factpress::cli
