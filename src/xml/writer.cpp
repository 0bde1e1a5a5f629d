#include "xml/writer.h"

#include "base/text.h"
#include "xml/names.h"

namespace factpress::xml {
namespace {

// 0: as it is; 1: needs a closer look.
struct Special {
  bool table[256] = {};
  constexpr Special() {
    for (int c = 0; c < 256; ++c) table[c] = c < 0x20 || c >= 0x7F || c == '&' || c == '<' || c == '>' || c == '"';
  }
};
constexpr Special special;

void append_ascii(std::string& out, char c, bool attribute) {
  switch (c) {
    case '&': out += "&amp;"; return;
    case '<': out += "&lt;"; return;
    case '>': out += "&gt;"; return;
    case '"': out += attribute ? "&quot;" : "\""; return;
    case '\t': out += attribute ? "&#9;" : "\t"; return;
    case '\n': out += attribute ? "&#10;" : "\n"; return;
    case '\r': out += "&#13;"; return;
    default: out += static_cast<unsigned char>(c) < 0x20 ? std::string_view("\xEF\xBF\xBD") : std::string_view(&c, 1);
  }
}

}  // namespace

void append_escaped(std::string& out, std::string_view text, bool attribute) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t run = i;
    while (run < text.size() && !special.table[static_cast<unsigned char>(text[run])]) ++run;
    out.append(text, i, run - i);
    if (run == text.size()) return;
    i = run;
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      append_ascii(out, text[i++], attribute);
      continue;
    }
    const char32_t c = next_code_point(text, i);
    append_utf8(out, is_xml_char(c) ? c : U'\xFFFD');
  }
}

void Writer::declaration() { out_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"; }

void Writer::finish_tag() {
  if (tag_open_) out_ += '>';
  tag_open_ = false;
}

void Writer::break_line(std::size_t depth) {
  if (!out_.empty() && out_.back() != '\n') out_ += '\n';
  out_.append(2 * depth, ' ');
}

void Writer::start(std::string_view name) {
  finish_tag();
  if (!open_.empty()) open_.back().has_elements = true;
  if (layout_ == Layout::indented && (open_.empty() || !open_.back().has_text)) break_line(open_.size());
  (out_ += '<') += name;
  open_.push_back({std::string(name)});
  tag_open_ = true;
}

void Writer::attribute(std::string_view name, std::string_view value) {
  ((out_ += ' ') += name) += "=\"";
  append_escaped(out_, value, true);
  out_ += '"';
}

void Writer::text(std::string_view text) {
  if (text.empty()) return;
  finish_tag();
  if (!open_.empty()) open_.back().has_text = true;
  append_escaped(out_, text, false);
}

void Writer::comment(std::string_view text) {
  finish_tag();
  if (layout_ == Layout::indented) break_line(open_.size());
  out_ += "<!-- ";
  for (const char c : text) out_ += c == '-' ? '_' : c;  // "--" must not stand in a comment
  out_ += " -->";
}

void Writer::end() {
  const Open last = std::move(open_.back());
  open_.pop_back();
  if (tag_open_) {
    out_ += "/>";
    tag_open_ = false;
  } else {
    if (layout_ == Layout::indented && last.has_elements && !last.has_text) break_line(open_.size());
    ((out_ += "</") += last.name) += '>';
  }
  if (open_.empty() && layout_ == Layout::indented) out_ += '\n';
}

void Writer::element(std::string_view name, std::string_view text) {
  start(name);
  this->text(text);
  end();
}

}  // namespace factpress::xml
