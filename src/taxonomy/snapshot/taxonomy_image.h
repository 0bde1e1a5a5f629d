#pragma once
#include "taxonomy/snapshot/byte_stream.h"
#include "taxonomy/taxonomy.h"

namespace factpress::taxonomy {

/// What loading makes of the links of a DTS (nodes, resources, networks of relationships, with the roles and prefixes beside them) as
/// tables, so that it need not be made again of the same documents. Concepts are not among them: they come from the schemas, and are
/// referred to by their numbers. Namespaces are written by their names, everything else by numbers below 2^32.
class TaxonomyImage {
 public:
  static void write(const Taxonomy& taxonomy, ByteWriter& out);
  /// Fills a taxonomy that has its documents and concepts and nothing else. `owner` keeps the bytes; without one texts are copied. Nothing in the bytes is believed: false where a number
  /// leads nowhere, or the concepts are not those that it was written with.
  static bool read(Taxonomy& taxonomy, ByteReader& in, std::shared_ptr<const void> owner);

 private:
  struct Writer;
  struct Reader;
};

}  // namespace factpress::taxonomy
