#include "mutate.h"

#include <algorithm>

#include "base/text.h"

namespace factpress::test {

namespace {

bool is_html(std::string_view text) { return icontains(text.substr(0, 4000), "<div") || icontains(text.substr(0, 4000), "<p") || icontains(text.substr(0, 20000), "<td"); }

/// The n-th occurrence of `what`, counted from a random place on; npos where there is none.
std::size_t somewhere(std::string_view text, std::string_view what, Random& random) {
  const std::size_t from = random.below(text.size());
  const std::size_t at = ifind(text, what, from);
  return at != std::string_view::npos ? at : ifind(text, what);
}

void empty_cells(std::string& text, Random& random) {
  for (std::size_t n = 1 + random.below(8); n-- > 0;) {
    if (is_html(text)) {
      const std::size_t cell = somewhere(text, "<td", random);
      const std::size_t begin = cell == std::string::npos ? cell : text.find('>', cell);
      const std::size_t end = begin == std::string::npos ? begin : ifind(text, "</td", begin);
      if (end != std::string::npos && end - begin < 4000) text.erase(begin + 1, end - begin - 1);
    } else {
      std::size_t at = random.below(text.size());
      while (at < text.size() && !is_digit(text[at])) ++at;
      for (; at < text.size() && (is_digit(text[at]) || text[at] == ',' || text[at] == '.'); ++at) text[at] = ' ';
    }
  }
}

void swap_cells(std::string& text, Random& random) {
  if (!is_html(text)) {
    const std::size_t line = somewhere(text, "\n", random);
    if (line == std::string::npos) return;
    const std::size_t end = std::min(text.find('\n', line + 1), text.size());
    if (end - line > 20) std::rotate(text.begin() + static_cast<std::ptrdiff_t>(line + 1), text.begin() + static_cast<std::ptrdiff_t>(line + 1 + (end - line) / 2), text.begin() + static_cast<std::ptrdiff_t>(end));
    return;
  }
  const std::size_t first = somewhere(text, "<td", random);
  const std::size_t second = first == std::string::npos ? first : ifind(text, "<td", first + 3);
  const std::size_t third = second == std::string::npos ? second : ifind(text, "<td", second + 3);
  if (third == std::string::npos || third - first > 20000) return;
  std::rotate(text.begin() + static_cast<std::ptrdiff_t>(first), text.begin() + static_cast<std::ptrdiff_t>(second), text.begin() + static_cast<std::ptrdiff_t>(third));
}

void unclose(std::string& text, Random& random) {
  static constexpr std::string_view kTags[] = {"</td>", "</tr>", "</table>", "</p>", "</div>", ">", "\"", "</font>", "-->"};
  for (std::size_t n = 1 + random.below(5); n-- > 0;) {
    const std::string_view tag = kTags[random.below(std::size(kTags))];
    const std::size_t at = somewhere(text, tag, random);
    if (at != std::string::npos) text.erase(at, tag.size());
  }
}

void remove_scale(std::string& text, Random&) {
  for (std::string_view note : {"in thousands", "in millions", "In thousands", "In millions", "in 000s", "except per share", "(unaudited)"})
    for (std::size_t at = text.find(note); at != std::string::npos; at = text.find(note, at)) text.erase(at, note.size());
}

void flip_bytes(std::string& text, Random& random) {
  for (std::size_t n = 1 + random.below(60); n-- > 0;) text[random.below(text.size())] = static_cast<char>(1 + random.below(255));
}

void double_table(std::string& text, Random& random) {
  const std::size_t begin = somewhere(text, "<table", random);
  const std::size_t end = begin == std::string::npos ? begin : ifind(text, "</table>", begin);
  if (end == std::string::npos) text += text.substr(text.size() / 2);
  else text.insert(end + 8, std::string(text, begin, end + 8 - begin));
}

void cut(std::string& text, Random& random) { text.resize(1 + random.below(text.size())); }

void splice(std::string& text, Random& random) {
  const std::size_t from = random.below(text.size()), length = random.below(std::min<std::size_t>(5000, text.size() - from) + 1);
  const std::string piece = text.substr(from, length);
  text.insert(random.below(text.size()), piece);
}

}  // namespace

std::string mutate(std::string_view release, Random& random, std::string& what) {
  struct Kind {
    const char* name;
    void (*apply)(std::string&, Random&);
  };
  static constexpr Kind kKinds[] = {{"cells emptied", empty_cells}, {"cells swapped", swap_cells}, {"tags unclosed", unclose},
                                    {"scale notes removed", remove_scale}, {"bytes flipped", flip_bytes}, {"a table doubled", double_table},
                                    {"cut off", cut}, {"a piece spliced in", splice}};
  std::string out(release);
  const Kind& kind = kKinds[random.below(std::size(kKinds))];
  what = kind.name;
  if (!out.empty()) kind.apply(out, random);
  return out;
}

}  // namespace factpress::test
