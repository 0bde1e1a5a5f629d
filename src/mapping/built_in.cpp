#include "mapping/dictionary.h"
#include "mapping/mapper.h"

// The dictionaries that tools/concepts/compile_concepts.cpp makes while the program is built (src/mapping/embed.cmake).
extern "C" {
extern const char fp_concepts_us_gaap[];
extern const char fp_concepts_us_gaap_end[];
extern const char fp_concepts_ifrs[];
extern const char fp_concepts_ifrs_end[];
}

namespace factpress::mapping {

std::shared_ptr<const Dictionary> Dictionary::built_in(Profile profile) {
  const auto open = [](const char* begin, const char* end) {
    auto d = Dictionary::over({begin, static_cast<std::size_t>(end - begin)});
    return d ? *d : std::shared_ptr<const Dictionary>{};  // never null: the build made it with this code
  };
  static const auto us_gaap = open(fp_concepts_us_gaap, fp_concepts_us_gaap_end);
  static const auto ifrs = open(fp_concepts_ifrs, fp_concepts_ifrs_end);
  return profile == Profile::ifrs ? ifrs : us_gaap;
}

}  // namespace factpress::mapping
