#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/fs.h"
#include "base/result.h"
#include "diag/diagnostic.h"
#include "xml/document.h"

namespace factpress::taxonomy {

class FrozenDocument;

/// One place where documents can come from, asked by their normal name (taxonomy/uri.h). Safe to share between threads.
class DocumentSource {
 public:
  virtual ~DocumentSource() = default;
  /// The bytes; empty where this source does not have the document.
  virtual std::optional<Result<Bytes>> read(const std::string& name) const = 0;
  /// Whether read() would give these bytes; empty where this source does not have the document.
  virtual std::optional<bool> is(const std::string& name, std::string_view bytes) const;
  /// The document where a snapshot of this source has it ready for use; its bytes must be those that read() gives.
  virtual const FrozenDocument* frozen(const std::string&) const { return nullptr; }
};

/// Paths of a file system.
std::unique_ptr<DocumentSource> file_source(std::shared_ptr<const FileSystem> files);
/// The schemas that the specifications publish, built into the program, by their canonical URLs.
std::unique_ptr<DocumentSource> core_schema_source();

/// A document as it was read once for all who refer to it.
struct StoredDocument {
  std::string name;
  std::shared_ptr<const xml::Document> xml;  ///< null where it could not be read or is not well-formed, and of a frozen one
  const FrozenDocument* frozen = nullptr;    ///< lives as long as the store's sources
  std::string failure;                       ///< why it could not be read; empty where it was read
  std::vector<diag::Diagnostic> findings;    ///< of the parser
  bool converted = false;                    ///< its source is not the bytes as they were read: they are in another encoding
  bool is_readable() const { return xml || frozen; }
};
using StoredDocumentPtr = std::shared_ptr<const StoredDocument>;

/// Reads and parses every document at most once, however many reports refer to it (clause 3 of XBRL 2.1 speaks of the set of
/// documents). Sources are asked in the order in which they were given. Never the network. Safe to use from several threads.
class DocumentStore {
 public:
  explicit DocumentStore(std::vector<std::unique_ptr<DocumentSource>> sources, xml::Limits limits = {});
  /// What these sources lack is asked of `behind`, which keeps what it reads and must live as long.
  DocumentStore(std::vector<std::unique_ptr<DocumentSource>> sources, DocumentStore& behind);

  /// Never null; see StoredDocument for what can be wrong with it. Where `parsed` is set, or no source has it frozen, it is parsed.
  StoredDocumentPtr open(const std::string& name, bool parsed = false);
  /// The bytes alone, for files that are not XML documents of the set.
  Result<Bytes> read(const std::string& name) const;
  /// Whether read() would give these bytes. Needs little memory.
  bool is(const std::string& name, std::string_view bytes) const;

 private:
  std::optional<Result<Bytes>> own(const std::string& name) const;
  const FrozenDocument* own_frozen(const std::string& name) const;
  std::vector<std::unique_ptr<DocumentSource>> sources_;
  xml::Limits limits_;
  DocumentStore* behind_ = nullptr;
  std::mutex mutex_;
  std::unordered_map<std::string, StoredDocumentPtr> documents_, frozen_;
};

}  // namespace factpress::taxonomy
