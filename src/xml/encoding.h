#pragma once
#include <string>

#include "base/result.h"
#include "base/source.h"

namespace factpress::xml {

/// The source itself where its bytes are UTF-8 (or claim nothing else), else a new one of the same name with the bytes
/// converted: UTF-16 by its byte order mark or first bytes, ISO-8859-1, windows-1252 and US-ASCII by the XML declaration.
/// Fails on encodings that are not read and on bytes that do not fit the declared one; whether UTF-8 is well-formed is
/// left to the scanner. (XML 1.0 clause 4.3.3 and appendix F)
Result<SourcePtr> to_utf8(SourcePtr source);
/// Whether they are said to be in an encoding of one byte a character. Most documents of which that is true hold nothing beyond ASCII,
/// which is UTF-8 as it stands.
bool declares_one_byte(std::string_view bytes);

}  // namespace factpress::xml
