#include "mapping/dictionary.h"

#include <algorithm>
#include <type_traits>

#include "base/text.h"
#include "mapping/compile.h"

namespace factpress::mapping {
namespace {

template <class T>
bool open_section(std::string_view bytes, Section s, std::span<const T>& out) {
  const auto* header = reinterpret_cast<const std::uint64_t*>(bytes.data());
  const std::uint64_t begin = header[1 + 2 * static_cast<std::size_t>(s)], count = header[2 + 2 * static_cast<std::size_t>(s)];
  if (begin > bytes.size() || begin % 8 != 0 || count > (bytes.size() - begin) / sizeof(T)) return false;
  out = {reinterpret_cast<const T*>(bytes.data() + begin), static_cast<std::size_t>(count)};
  return true;
}

/// The records of a key, which stand together: `sorted` is by its member.
template <class Record, class Key>
std::span<const Record> run_of(std::span<const Record> sorted, Key Record::* member, std::type_identity_t<Key> key) {
  const auto first = std::lower_bound(sorted.begin(), sorted.end(), key, [member](const Record& r, Key k) { return r.*member < k; });
  auto last = first;
  constexpr std::ptrdiff_t kMost = 16;  // most keys have a record or two; the end of many is sought
  while (last != sorted.end() && (*last).*member == key) {
    if (++last - first < kMost) continue;
    last = std::upper_bound(last, sorted.end(), key, [member](Key k, const Record& r) { return k < r.*member; });
    break;
  }
  return {first, last};
}

}  // namespace

bool Dictionary::open(std::string_view bytes) {
  if (bytes.size() < 8 * (1 + 2 * static_cast<std::size_t>(Section::count_))) return false;
  if (*reinterpret_cast<const std::uint64_t*>(bytes.data()) != kDictionaryMagic) return false;
  std::span<const char> text;
  const bool good = open_section(bytes, Section::text, text) && open_section(bytes, Section::concepts, concepts_) &&
                    open_section(bytes, Section::counts, counts_) && open_section(bytes, Section::labels, labels_) &&
                    open_section(bytes, Section::label_tokens, label_tokens_) && open_section(bytes, Section::tokens, tokens_) &&
                    open_section(bytes, Section::postings, postings_) && open_section(bytes, Section::linear, linear_) &&
                    open_section(bytes, Section::trees, trees_) && open_section(bytes, Section::roots, roots_) &&
                    open_section(bytes, Section::calibration, calibration_) && open_section(bytes, Section::roots_again, roots_again_) &&
                    open_section(bytes, Section::filer_uses, filer_uses_) && open_section(bytes, Section::filer_norms, filer_norms_) &&
                    open_section(bytes, Section::users, users_) && open_section(bytes, Section::calls, calls_) &&
                    open_section(bytes, Section::count_index, count_index_) && count_index_.size() == kCountBuckets + 1;
  text_ = {text.data(), text.size()};
  return good;
}

Result<std::shared_ptr<const Dictionary>> Dictionary::from_bytes(std::vector<std::uint64_t> words) {
  std::shared_ptr<Dictionary> d(new Dictionary);
  d->owned_ = std::move(words);
  if (!d->open({reinterpret_cast<const char*>(d->owned_.data()), d->owned_.size() * 8})) return Failure{"not a compiled dictionary"};
  return std::shared_ptr<const Dictionary>(std::move(d));
}

Result<std::shared_ptr<const Dictionary>> Dictionary::over(std::string_view bytes) {
  std::shared_ptr<Dictionary> d(new Dictionary);
  if (!d->open(bytes)) return Failure{"not a compiled dictionary"};
  return std::shared_ptr<const Dictionary>(std::move(d));
}

std::optional<ConceptId> Dictionary::find(std::string_view wanted) const {
  std::size_t low = 0, high = concepts_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (name(static_cast<ConceptId>(middle)) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == concepts_.size() || name(static_cast<ConceptId>(low)) != wanted) return std::nullopt;
  return static_cast<ConceptId>(low);
}

ConceptInfo Dictionary::info(ConceptId id) const {
  static constexpr std::string_view kPrefixes[] = {"us-gaap", "dei", "srt", "ifrs-full"};
  const ConceptRecord& c = concepts_[id];
  ConceptInfo info;
  info.name = name(id);
  info.prefix = kPrefixes[c.prefix & 3U];
  info.type = static_cast<DataType>(c.type);
  info.period = static_cast<PeriodType>(c.period);
  info.balance = static_cast<Balance>(c.balance);
  info.label = spaced_name(info.name);
  info.years = c.years;
  info.statements = c.statements;
  info.abstract = c.abstract != 0;
  return info;
}

std::span<const CountRecord> Dictionary::counts(std::uint64_t key) const {
  const std::size_t bucket = count_bucket(key);
  const std::uint32_t first = count_index_[bucket], last = count_index_[bucket + 1];
  return run_of(counts_.subspan(first, last - first), &CountRecord::key, key);
}

const TokenRecord* Dictionary::token(std::uint64_t hash) const {
  const auto at = std::lower_bound(tokens_.begin(), tokens_.end(), hash, [](const TokenRecord& t, std::uint64_t h) { return t.hash < h; });
  return at != tokens_.end() && at->hash == hash ? &*at : nullptr;
}

std::span<const FilerUse> Dictionary::filer_uses(std::uint64_t bag) const { return run_of(filer_uses_, &FilerUse::bag, bag); }

std::span<const CallRecord> Dictionary::calls(std::uint64_t source) const { return run_of(calls_, &CallRecord::source, source); }

std::span<const UserRecord> Dictionary::users(ConceptId id) const { return run_of(users_, &UserRecord::concept_id, id); }

std::string_view Dictionary::nearest(std::string_view wanted) const {
  std::vector<std::string_view> names;
  names.reserve(concepts_.size());
  for (ConceptId id = 0; id < concepts_.size(); ++id) names.push_back(name(id));
  return nearest_name(wanted, names);
}

}  // namespace factpress::mapping
