#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/fs.h"
#include "diag/diagnostic.h"
#include "taxonomy/document_store.h"

namespace factpress::taxonomy {

class PackageSet;
class Snapshot;

/// Opens packages, to be asked in the order given. Emits tpe:* and package.* codes for what is wrong with one; one that cannot be
/// used is left out.
std::shared_ptr<const PackageSet> open_packages(const std::shared_ptr<FileSystem>& files, const std::vector<std::string>& paths, diag::Sink& sink);
std::unique_ptr<DocumentSource> package_source(std::shared_ptr<const PackageSet> packages);

/// Documents of snapshots, asked in the order given; to be asked behind the packages, which have the say where both have a
/// document: a frozen one is given only if it comes from the very package that has it now.
std::unique_ptr<DocumentSource> snapshot_source(std::vector<std::shared_ptr<const Snapshot>> snapshots, std::shared_ptr<const PackageSet> packages);

/// Documents of taxonomy packages by their catalogs, asked in the order given. Emits tpe:* and package.* codes for what is
/// wrong with a package; one that cannot be used is left out.
std::unique_ptr<DocumentSource> package_source(const std::shared_ptr<FileSystem>& files, const std::vector<std::string>& paths,
                                               diag::Sink& sink);

}  // namespace factpress::taxonomy
