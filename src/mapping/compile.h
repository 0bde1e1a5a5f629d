#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace factpress::mapping {

/// What filers call their lines and how they tag them.
struct FilerSources {
  std::string_view labels;  ///< concept, zone, label words; then the numbers of the filers, or how many they are
  std::string_view pairs;   ///< "name" rows, then: kind of evidence, left side, weight, pairs of concept and companies
};

/// The text tables of schemas/concepts that make one dictionary. Empty views for what a dictionary does not have.
struct DictionarySources {
  std::string_view concepts;      ///< name, type, period, balance, years, statements
  FilerSources filers;            ///< those that the ranker learned from, by their numbers
  FilerSources later;             ///< further ones of the same time, by numbers of their own
  FilerSources earlier;           ///< of 2009 and 2010: how many
  std::string_view calls;         ///< word of labels, word of names (both hashed), probability
  std::string_view calculations;  ///< total, weight, items
  std::string_view synonyms;      ///< concept, label: written by hand
  std::string_view succession;    ///< concept, the older one it took the place of
  std::string_view model;         ///< weights of the ranker and calibration of its confidence
  std::string_view prefix = "us-gaap";
};

/// One block of bytes that Dictionary searches in place (as 64-bit words, so that it is aligned). The same sources give the
/// same bytes. Fails with file kind and line of the first row that cannot be read.
Result<std::vector<std::uint64_t>> compile_dictionary(const DictionarySources& sources);

/// Sections of the block, in this order; the header holds offset and count of each.
enum class Section : std::uint32_t { text, concepts, counts, labels, label_tokens, tokens, postings, linear, trees, roots, calibration, roots_again, filer_uses,
                                    filer_norms, users, calls, count_index, count_ };
constexpr std::uint64_t kDictionaryMagic = 0x3530544349445046ULL;  // "FPDICT05"

}  // namespace factpress::mapping
