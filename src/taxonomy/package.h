#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/fs.h"
#include "diag/diagnostic.h"
#include "taxonomy/zip_archive.h"
#include "xml/document.h"

/// Taxonomy Packages 1.0: a zip archive (or its unpacked folder) with META-INF/taxonomyPackage.xml and META-INF/catalog.xml
/// under one top-level folder.
namespace factpress::taxonomy {

struct PackageLimits {
  std::size_t archive_bytes = std::size_t{1} << 30;
  ZipArchive::Limits zip;
};

/// A text in one language.
struct LanguageText {
  std::string lang, text;
};

struct EntryPoint {
  std::vector<LanguageText> names, descriptions;
  std::string version;
  std::vector<std::string> documents;  ///< absolute URLs
};

struct PackageMetadata {
  std::string identifier, version, publisher_url, publication_date;
  std::vector<LanguageText> names, descriptions, publishers;
  std::vector<EntryPoint> entry_points;
  std::vector<std::string> superseded;
};

/// A catalog rule: URLs that begin with `start` are found in the package under `prefix`.
struct RewriteRule {
  std::string start;
  std::string prefix;  ///< a path in the package
};

/// One opened package. Immutable; may be read from several threads at once.
class Package {
 public:
  /// Opens a zip or a folder. Emits tpe:* and package.* codes; null where the package cannot be used at all (bad metadata
  /// is reported, but leaves the package usable as long as the catalog can be read).
  static std::shared_ptr<const Package> open(const std::string& path, const std::shared_ptr<FileSystem>& files, diag::Sink& sink,
                                             const PackageLimits& limits = {});

  const std::string& path() const { return path_; }
  const PackageMetadata& metadata() const { return metadata_; }
  /// Longest `start` first.
  const std::vector<RewriteRule>& rules() const { return rules_; }
  /// The path in the package that a URL is remapped to, by the longest matching rule; whether the file exists is not asked.
  std::optional<std::string> locate(std::string_view url) const;
  bool has(std::string_view path_in_package) const;
  Result<Bytes> read(std::string_view path_in_package) const;
  /// All files, sorted.
  std::vector<std::string> list() const;
  /// A number that changes with the content: of the names, sizes and checksums of a zip's entries. 0 for a folder, whose files may
  /// change at any time.
  std::uint64_t identity() const { return identity_; }
  bool is_zip() const { return zip_.has_value(); }
  /// The URL that a file has by the catalog, if it has one.
  std::optional<std::string> url_of(std::string_view path_in_package) const;

 private:
  friend class PackageOpener;
  std::string path_;
  std::string top_;  // "name/" of the top-level folder
  PackageMetadata metadata_;
  std::vector<RewriteRule> rules_;
  std::optional<ZipArchive> zip_;
  std::unordered_map<std::string_view, std::size_t, xml::TextHash> zip_index_;
  std::shared_ptr<FileSystem> files_;  // of a folder
  std::string folder_;
  std::uint64_t identity_ = 0;
};

/// Several packages, asked in order of precedence.
class PackageSet {
 public:
  struct Found {
    const Package* package = nullptr;
    std::string path;  ///< in the package
  };
  void add(std::shared_ptr<const Package> package) { packages_.push_back(std::move(package)); }
  /// The package whose longest rule matches the URL and that has the file; earlier packages win ties.
  std::optional<Found> find(std::string_view url) const;
  const std::vector<std::shared_ptr<const Package>>& packages() const { return packages_; }

 private:
  std::vector<std::shared_ptr<const Package>> packages_;
};

}  // namespace factpress::taxonomy
