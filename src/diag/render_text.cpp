#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "diag/render.h"

namespace factpress::diag {
namespace {

struct Colors {
  std::string_view bold, severity, dim, off;
};

Colors colors_for(Severity s, bool color) {
  if (!color) return {};
  const std::string_view tone = s == Severity::error ? "\x1b[1;31m" : s == Severity::warning ? "\x1b[1;33m" : "\x1b[1;36m";
  return {"\x1b[1m", tone, "\x1b[2m", "\x1b[0m"};
}

std::string where(const Place& p) {
  if (!p.source) return "factpress";
  const LineColumn at = p.source->locate(p.span.begin);
  return fmt::format("{}:{}:{}", p.source->name(), at.line, at.column);
}

// Control characters of the input never reach the terminal as they are.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\t' || (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) ? ' ' : c;
  return out;
}

constexpr std::size_t widest = 120;

// The line of the place with a caret line below it; a long line is cut around the place.
std::string excerpt(const Place& p, const Colors& c) {
  const Source& s = *p.source;
  const std::string_view line = s.line_at(p.span.begin);
  const std::size_t begin = p.span.begin - s.line_begin(p.span.begin);
  std::size_t from = begin > 40 && line.size() > widest ? begin - 40 : 0;
  while (from > 0 && from < line.size() && (static_cast<unsigned char>(line[from]) & 0xC0) == 0x80) --from;
  std::size_t to = std::min(line.size(), from + widest);
  while (to < line.size() && (static_cast<unsigned char>(line[to]) & 0xC0) == 0x80) ++to;
  const std::string_view shown = line.substr(std::min(from, line.size()), to - std::min(from, line.size()));
  const std::size_t left = begin >= from ? std::min(begin - from, shown.size()) : 0;
  const std::size_t width = std::clamp<std::size_t>(p.span.size(), 1, std::max<std::size_t>(1, shown.size() - left));
  const std::size_t carets = std::max<std::size_t>(1, count_code_points(shown.substr(left, width)));
  return fmt::format("{}{:>6} | {}{}\n{}       | {}{}{}{}\n", c.dim, s.locate(p.span.begin).line, c.off, printable(shown), c.dim,
                     std::string(count_code_points(shown.substr(0, left)), ' '), c.severity, std::string(carets, '^'), c.off);
}

}  // namespace

std::string render_text(const Diagnostic& d, const TextStyle& style) {
  const Colors c = colors_for(d.severity, style.color);
  std::string out = fmt::format("{}{}:{} {}{}:{} {} {}[{}]{}\n", c.bold, where(d.place), c.off, c.severity, to_string(d.severity),
                                c.off, printable(d.message), c.dim, d.code->code, c.off);
  if (style.source_lines && d.place.source) out += excerpt(d.place, c);
  for (const Label& label : d.labels) {
    out += fmt::format("{}{}:{} note: {}\n", c.bold, where(label.place), c.off, printable(label.text));
    if (style.source_lines && label.place.source) out += excerpt(label.place, c);
  }
  const std::string_view help = d.help.empty() ? d.code->remedy : std::string_view(d.help);
  if (!help.empty()) out += fmt::format("       {}= help:{} {}\n", c.dim, c.off, printable(help));
  return out;
}

std::string explain(const CodeInfo& code) {
  std::string out = fmt::format("{} ({})\n\n{}.\n\nWhy: {}\n\nWhat to do: {}\n", code.code, to_string(code.severity), code.title,
                                code.why, code.remedy);
  if (!code.clause.empty()) out += fmt::format("\nClause: {}\n", code.clause);
  return out;
}

}  // namespace factpress::diag
