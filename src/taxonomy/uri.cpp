#include "taxonomy/uri.h"

#include <vector>

#include "base/text.h"

namespace factpress::taxonomy {
namespace {

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char l = to_lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

bool is_unreserved(char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~'; }

/// Decodes every escape, or only those of unreserved characters.
std::string decode(std::string_view text, bool all) {
  if (text.find('%') == std::string_view::npos && (!all || text.find('\\') == std::string_view::npos)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      const char c = static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      if (all ? c != '\0' : is_unreserved(c)) {
        out += c;
        i += 2;
        continue;
      }
    }
    out += text[i] == '\\' && all ? '/' : text[i];
  }
  return out;
}

/// Splits "scheme://authority" off; empty for a path.
std::size_t root_length(std::string_view name) {
  if (!has_scheme(name)) return 0;
  const std::size_t colon = name.find(':');
  if (name.substr(colon + 1, 2) != "//") return colon + 1;
  const std::size_t slash = name.find('/', colon + 3);
  return slash == std::string_view::npos ? name.size() : slash;
}

std::string remove_dots(std::string_view path) {
  const auto has = [path](std::string_view what) { return path.find(what) != std::string_view::npos; };
  if (!path.starts_with('.') && !has("/.") && !has("//")) return std::string(path);  // most have none
  const bool absolute = !path.empty() && path[0] == '/';
  std::vector<std::string_view> parts;
  bool folder = false;
  std::size_t at = 0;
  while (at <= path.size()) {
    std::size_t end = path.find('/', at);
    if (end == std::string_view::npos) end = path.size();
    const std::string_view part = path.substr(at, end - at);
    folder = part.empty() || part == "." || part == "..";
    if (part == "..") {
      if (!parts.empty() && parts.back() != "..") {
        parts.pop_back();
      } else if (!absolute) {
        parts.push_back(part);
      }
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    at = end + 1;
  }
  std::string out = absolute ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) out.append(i ? "/" : "").append(parts[i]);
  if (folder && !parts.empty()) out += '/';
  return out;
}

}  // namespace

Reference split_fragment(std::string_view href) {
  const std::size_t hash = href.find('#');
  if (hash == std::string_view::npos) return {href, {}, false};
  return {href.substr(0, hash), decode(href.substr(hash + 1), true), true};
}

bool has_scheme(std::string_view reference) {
  std::size_t i = 0;
  while (i < reference.size() && (is_alnum(reference[i]) || reference[i] == '+' || reference[i] == '-' || reference[i] == '.')) ++i;
  return i > 1 && i < reference.size() && reference[i] == ':' && is_alpha(reference[0]);
}

std::string percent_decode(std::string_view text) { return decode(text, true); }

bool is_absolute_uri(std::string_view text) {
  if (!has_scheme(text) || text.find(':') + 1 >= text.size()) return false;
  for (const char c : text) {
    if (is_space(c) || static_cast<unsigned char>(c) < 0x20 || c == '<' || c == '>' || c == '"' || c == '\\' || c == '^' || c == '`' ||
        c == '{' || c == '}' || c == '|') {
      return false;
    }
  }
  return true;
}

std::string normal_name(std::string_view name) {
  if (istarts_with(name, "file://")) return remove_dots(decode(name.substr(7), true));
  const std::size_t root = root_length(name);
  if (root == 0) return remove_dots(name);
  return lower(name.substr(0, root)) + remove_dots(decode(name.substr(root), false));
}

std::string resolve(std::string_view base, std::string_view reference) {
  if (reference.empty()) return std::string(base);
  if (has_scheme(reference)) return normal_name(reference);
  const std::size_t root = root_length(base);
  if (root == 0) {  // a path
    const std::string decoded = decode(reference, true);
    if (decoded[0] == '/') return remove_dots(decoded);
    const std::size_t slash = base.rfind('/');
    return remove_dots(slash == std::string_view::npos ? decoded : std::string(base.substr(0, slash + 1)) + decoded);
  }
  const std::string decoded = decode(reference, false);
  if (decoded.starts_with("//")) return normal_name(std::string(base.substr(0, base.find(':') + 1)) + decoded);
  if (decoded[0] == '/') return std::string(base.substr(0, root)) + remove_dots(decoded);
  const std::size_t slash = base.rfind('/');
  const std::string_view folder = slash == std::string_view::npos || slash < root ? std::string_view("/") : base.substr(root, slash + 1 - root);
  return std::string(base.substr(0, root)) + remove_dots(std::string(folder) + decoded);
}

}  // namespace factpress::taxonomy
