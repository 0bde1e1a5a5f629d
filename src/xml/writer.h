#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace factpress::xml {

/// Writes well-formed XML 1.0 by appending to a string: elements are closed in their order, text and attribute values are
/// escaped, characters that XML cannot hold become U+FFFD. Deterministic; never fails.
class Writer {
 public:
  enum class Layout { compact, indented };
  /// `out` must outlive the writer. Indented: child elements stand on lines of their own, two blanks a level; an element that
  /// holds text is kept on one line.
  explicit Writer(std::string& out, Layout layout = Layout::compact) : out_(out), layout_(layout) {}

  void declaration();
  /// `name` is a name as written, prefix included.
  void start(std::string_view name);
  /// After start, before any content.
  void attribute(std::string_view name, std::string_view value);
  void text(std::string_view text);
  void comment(std::string_view text);
  /// Closes the innermost open element; one without content becomes an empty-element tag.
  void end();
  /// start, text, end.
  void element(std::string_view name, std::string_view text);

  /// Closes its element when it leaves the scope.
  class Scope {
   public:
    Scope(Writer& w, std::string_view name) : writer_(w) { writer_.start(name); }
    ~Scope() { writer_.end(); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Writer& writer_;
  };

 private:
  struct Open {
    std::string name;
    bool has_elements = false;
    bool has_text = false;
  };
  void finish_tag();
  void break_line(std::size_t depth);

  std::string& out_;
  Layout layout_;
  std::vector<Open> open_;
  bool tag_open_ = false;
};

/// Appends `text` with &, < and > (and in attributes " and line breaks) as references and characters that XML 1.0 forbids, as
/// well as malformed UTF-8, as U+FFFD.
void append_escaped(std::string& out, std::string_view text, bool attribute);

}  // namespace factpress::xml
