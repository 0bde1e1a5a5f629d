#pragma once
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "taxonomy/snapshot/frozen.h"
#include "taxonomy/snapshot/image_format.h"

namespace factpress::schema {
struct ComponentImage;
}

namespace factpress::taxonomy {

/// A package that went into an image, by its content.
struct PackageIdentity {
  std::string name;         ///< of its file, without folders
  std::uint64_t hash = 0;   ///< Package::identity()
  /// Where it was, its size and time of change (nanoseconds) then: whether it changed since is asked of these first. An empty path
  /// where that is not known; then it is held against packages of the same name alone.
  std::string path;
  std::uint64_t size = 0, modified = 0;
};

/// A compiled snapshot of taxonomy packages: their documents by name, the schemas among them as far as possible ready to be used
/// without being parsed. The bytes are used where they lie (mapped from a file). Nothing in them is trusted: damage is found by
/// checksums when the image is opened, and whatever is read is held against its bounds, so that no image can do more than be
/// refused. Safe to use from several threads.
class Snapshot final : public std::enable_shared_from_this<Snapshot> {
 public:
  enum class Trouble { no_image, version, damaged };
  struct Refusal {
    Trouble trouble = Trouble::damaged;
    std::string why;
  };
  /// Gives the text of a document that the image does not hold itself.
  using TextSource = std::function<std::optional<Result<Bytes>>(const std::string& name)>;

  /// `bytes` stay where they are as long as `owner` lives, from an address that is a multiple of four. Null, with the reason, where
  /// they are no image that this program can use.
  static std::shared_ptr<const Snapshot> open(std::string_view bytes, std::shared_ptr<const void> owner, std::string path, Refusal& refusal,
                                              TextSource texts = {});
  ~Snapshot();

  const std::string& path() const { return path_; }
  /// By its content: the checksum of its header, which has those of all the rest.
  std::uint64_t identity() const { return identity_; }
  /// How many documents it has; they are numbered in the order of their names.
  std::uint32_t size() const { return static_cast<std::uint32_t>(rows_.size()); }
  std::optional<std::uint32_t> find(std::string_view name) const;
  std::string_view name(std::uint32_t document) const { return rows_[document].name; }
  const std::vector<PackageIdentity>& packages() const { return packages_; }
  /// The number of the package that a document came from; nothing for one that is built in.
  std::optional<std::uint32_t> package_of(std::uint32_t document) const;
  bool is_frozen(std::uint32_t document) const { return rows_[document].frozen; }
  /// Whether it holds the text itself.
  bool has_text(std::uint32_t document) const { return rows_[document].text_kind == TextKind::deflated; }
  std::uint32_t frozen_count() const { return frozen_count_; }
  /// What it holds beside (ImageRequest::sets), from addresses that are multiples of four. Nobody has looked at these bytes.
  const std::vector<std::string_view>& sets() const { return sets_; }

  /// The document ready for use; null where it is not frozen or the image turned out to contradict itself.
  const FrozenDocument* frozen(std::uint32_t document) const;
  Result<Bytes> text(std::uint32_t document) const;
  /// Of the frozen documents; to be asked for only where one was given out.
  const schema::ComponentImage& components() const { return *components_; }
  /// The image passed its checks, but its tables contradict each other: it was made on purpose or by a fault of the program.
  bool is_faulty() const { return faulty_.load(std::memory_order_relaxed); }

 private:
  struct Row {
    std::string_view name;
    bool frozen = false;
    std::uint32_t package = 0;  // + 1
    std::uint32_t detail = 0, detail_size = 0;
    std::uint32_t elements_before = 0, elements = 0;
    TextKind text_kind = TextKind::absent;
    std::uint64_t text = 0, text_packed = 0, text_size = 0, text_hash = 0;
  };
  Snapshot() = default;
  bool read_directory(std::string_view directory);
  bool prepare(std::uint32_t document) const;
  bool read_components() const;
  bool allocate(FrozenDocument& d) const;
  bool read_detail(FrozenDocument& d) const;
  bool check(FrozenDocument& d) const;
  bool check_heads(const FrozenDocument& d) const;
  friend class FrozenDocument;
  const schema::ElementDecl& make(const FrozenDocument& d, std::uint32_t element) const;
  schema::ElementDecl* promise(std::uint32_t number) const;
  std::optional<std::uint32_t> document_of_element(std::uint32_t number) const;

  std::string path_;
  std::uint64_t identity_ = 0;
  std::shared_ptr<const void> owner_;
  std::string_view bytes_, tables_;
  TextSource texts_;
  std::vector<Row> rows_;
  std::vector<std::uint32_t> element_rows_;  // those with elements
  std::vector<PackageIdentity> packages_;
  std::vector<std::string_view> sets_;
  std::uint32_t components_at_ = 0, components_size_ = 0, frozen_count_ = 0, element_count_ = 0;
  std::vector<std::unique_ptr<FrozenDocument>> documents_;  // of the frozen rows
  mutable std::mutex mutex_;
  mutable std::unique_ptr<schema::ComponentImage> components_;
  mutable std::vector<FrozenDocument*> pending_;
  mutable std::mutex making_;
  mutable std::deque<schema::ElementDecl> made_;                     // declarations asked for so far
  mutable std::map<std::uint32_t, schema::ElementDecl*> promised_;  // among them those that components refer to, until they are made
  mutable std::vector<std::pair<const FrozenDocument*, std::uint32_t>> to_make_;  // of make()
  mutable std::atomic<bool> faulty_{false};
};

}  // namespace factpress::taxonomy
