// Prints the blocks that the readers make of a release: read_dump FILE
#include <fmt/format.h>

#include "base/fs.h"
#include "document/decode.h"
#include "document/document.h"

using namespace factpress;

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  auto bytes = real_file_system()->read(argv[1]);
  if (!bytes) return fmt::print("{}\n", bytes.error()), 2;
  diag::Sink sink;
  SourcePtr source = document::decode(argv[1], std::move(*bytes), sink);
  if (!source) return 2;
  const document::Document doc = document::read(source, document::detect_format(*source), sink);
  static constexpr const char* kKinds[] = {"heading", "paragraph", "item", "table", "pre", "rule"};
  for (std::size_t i = 0; i < doc.blocks.size(); ++i) {
    const document::Block& b = doc.blocks[i];
    fmt::print("[{}] {} {}{}{}{} {}\n", i, kKinds[int(b.kind)], b.level, b.strong ? "B" : "", b.italic ? "I" : "", b.centered ? "C" : "", b.text.view());
    if (!b.table) continue;
    for (const document::Row& row : b.table->rows) {
      fmt::print("   {}{}", row.rule ? "=" : " ", row.underlined ? "_" : " ");
      for (const document::Cell& c : row.cells) {
        std::string text(c.text.view());
        for (char& ch : text)
          if (ch == '\n') ch = '/';
        if (c.to) fmt::print("[{}-{} {}]", c.from, c.to, text);
        else fmt::print("|{}{}{}", c.column_span > 1 ? fmt::format("<{}>", c.column_span) : "", c.indent ? fmt::format("({})", c.indent) : "", text);
      }
      fmt::print("\n");
    }
  }
  for (const diag::Diagnostic& d : sink.all()) fmt::print("{}: {}\n", d.code->code, d.message);
}
