#pragma once

namespace factpress::xml {

/// Passes over character data in which many references stand, such as escaped HTML, as far as it is plain ASCII with references to lt,
/// gt and amp. What it stops at needs a closer look, or the end is near.
const char* skip_referring_text(const char* p, const char* end);

// The same by the instructions of one processor or another.
const char* skip_referring_text_sse2(const char* p, const char* end);
const char* skip_referring_text_avx2(const char* p, const char* end);

}  // namespace factpress::xml
