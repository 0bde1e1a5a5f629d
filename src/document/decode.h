#pragma once
#include <string>

#include "base/source.h"
#include "diag/diagnostic.h"

namespace factpress::document {

/// Makes a source of an input's bytes. UTF-8 stays as it is (a byte-order mark is kept; readers skip it); bytes that are not
/// UTF-8 are read as Windows-1252 and kept as UTF-8 (then offsets refer to the converted bytes, lines and columns to both).
/// Emits input.empty, input.binary (both: null is returned) and input.encoding.
SourcePtr decode(std::string name, Bytes bytes, diag::Sink& sink);

/// The character that a byte of Windows-1252 stands for (also what browsers make of `&#128;` to `&#159;`); U+FFFD for none.
char32_t windows_1252(unsigned char byte);

}  // namespace factpress::document
