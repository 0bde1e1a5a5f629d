#pragma once
#include <optional>
#include <string>
#include <vector>

#include "taxonomy/package.h"

namespace factpress::taxonomy {

/// Reads META-INF/taxonomyPackage.xml (Taxonomy Packages 1.0, clause 3). Emits tpe:invalidMetaDataFile,
/// tpe:missingLanguageAttribute, tpe:duplicateLanguagesForElement.
void read_metadata(const xml::Document& document, PackageMetadata& out, diag::Sink& sink);

/// Reads META-INF/catalog.xml (clause 4): its rules, longest start first. `folder` is the catalog's own folder in the
/// package. Emits tpe:invalidCatalogFile and tpe:multipleRewriteURIsForStartString.
std::vector<RewriteRule> read_catalog(const xml::Document& document, const std::string& folder, diag::Sink& sink);

/// A relative path against a folder of the package; empty where it leads out of it.
std::optional<std::string> resolve_in_package(std::string_view base_folder, std::string_view relative);

}  // namespace factpress::taxonomy
