#include <algorithm>

#include "base/text.h"
#include "tables/draft.h"

namespace factpress::tables {

namespace {

bool is_text(const RowParts& row) { return row.kind == RowKind::title || row.kind == RowKind::heading; }

/// Text rows that stand right above new header rows are the titles of what begins there.
std::vector<const RowParts*> take_titles(std::vector<const RowParts*>& body) {
  std::size_t begin = body.size();
  while (begin > 0 && (is_text(*body[begin - 1]) || body[begin - 1]->kind == RowKind::blank || body[begin - 1]->kind == RowKind::note)) --begin;
  std::vector<const RowParts*> titles;
  std::copy_if(body.begin() + static_cast<std::ptrdiff_t>(begin), body.end(), std::back_inserter(titles), [](const RowParts* r) { return r->kind != RowKind::blank; });
  body.resize(begin);
  return titles;
}

}  // namespace

std::size_t Draft::data_rows() const {
  return static_cast<std::size_t>(std::count_if(body.begin(), body.end(), [](const RowParts* r) { return r->kind == RowKind::data; }));
}

std::vector<Draft> split_tables(const std::vector<RowParts>& rows, std::size_t block, bool aligned) {
  std::vector<Draft> out;
  Draft current;
  const auto fresh = [&] {
    Draft d;
    d.block = block;
    d.aligned = aligned;
    d.first_of_block = out.empty();
    return d;
  };
  current = fresh();
  for (const RowParts& row : rows) {
    if (row.kind == RowKind::header) {
      if (current.data_rows() > 0) {
        std::vector<const RowParts*> titles = take_titles(current.body);
        out.push_back(std::move(current));
        current = fresh();
        current.titles = std::move(titles);
      } else if (!current.body.empty()) {  // text above the first header, or between two header rows
        for (const RowParts* r : current.body)
          if (r->kind != RowKind::blank && r->kind != RowKind::rule) current.titles.push_back(r);
        current.body.clear();
      }
      current.headers.push_back(&row);
      continue;
    }
    current.body.push_back(&row);
  }
  if (!current.body.empty() || !current.headers.empty()) out.push_back(std::move(current));
  // Titles of a table without header rows: text across it before its first number.
  for (Draft& d : out) {
    if (!d.headers.empty()) continue;
    while (!d.body.empty() && d.body.front()->kind != RowKind::data && d.body.front()->kind != RowKind::heading) {
      if (d.body.front()->kind == RowKind::title) d.titles.push_back(d.body.front());
      d.body.erase(d.body.begin());
    }
  }
  return out;
}

}  // namespace factpress::tables
