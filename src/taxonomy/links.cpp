#include "taxonomy/links.h"

#include <charconv>
#include <limits>
#include <utility>

namespace factpress::taxonomy {
namespace ns = xml::ns;
namespace {

std::int64_t read_priority(std::string_view text) {
  text = xml::trim_xml_space(text);
  if (text.empty()) return 0;
  if (text[0] == '+') text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) {  // xs:integer has no bounds; beyond these only the sign matters
    return text[0] == '-' ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
  }
  return error == std::errc{} && end == text.data() + text.size() ? value : 0;  // the schema reports what is no integer
}

enum Part : std::uint8_t { part_none, part_type, part_href, part_label, part_from, part_to, part_role, part_arcrole };

Part part_of(xml::NsId space, std::string_view local) {
  if (space != ns::xlink) return part_none;
  constexpr std::pair<std::string_view, Part> parts[] = {{"type", part_type},      {"href", part_href}, {"label", part_label},
                                                         {"from", part_from},      {"to", part_to},     {"role", part_role},
                                                         {"arcrole", part_arcrole}};
  for (const auto& [name, part] : parts)
    if (name == local) return part;
  return part_none;
}

void set_part(XLink& x, Part part, std::string_view value) {
  switch (part) {
    case part_none: return;
    case part_type: x.type = value; return;
    case part_href: x.href = value, x.has_href = true; return;
    case part_label: x.label = value; return;
    case part_from: x.from = value; return;
    case part_to: x.to = value; return;
    case part_role: x.role = value, x.has_role = true; return;
    case part_arcrole: x.arcrole = value, x.has_arcrole = true; return;
  }
}

}  // namespace

XLink read_xlink(const xml::Element& element) {
  XLink x;
  for (const xml::Attribute a : element.attributes())
    set_part(x, part_of(a.ns(), a.local_name()), xml::trim_xml_space(a.value()));
  return x;
}

XLinkReader::XLinkReader(const xml::Document& document) : parts_(document.name_count()) {
  for (std::uint32_t i = 0; i < parts_.size(); ++i) parts_[i] = part_of(document.name(i).ns, document.name(i).local());
}

XLink XLinkReader::operator()(const xml::Element& element) const {
  XLink x;
  for (const xml::Attribute a : element.attributes()) {
    const auto part = static_cast<Part>(parts_[a.name_id()]);
    if (part != part_none) set_part(x, part, xml::trim_xml_space(a.value()));
  }
  return x;
}

ExtendedLink LinkReader::read(const xml::Element& element) {
  ends_.clear(), arcs_.clear(), last_.clear(), labels_.clear();
  for (const xml::Element child : element.elements()) {
    const XLink x = xlink_(child);
    if (x.type == "arc")
      add_arc(child, x);
    else if (x.type == "locator" || x.type == "resource")
      add_end(child, x);
  }
  for (Arc& arc : arcs_) arc.from = labels_.find(arc.from_label), arc.to = labels_.find(arc.to_label);
  ExtendedLink link;
  link.document = document_;
  link.element = element;
  link.role = xlink_(element).role;
  link.ends.assign(ends_.begin(), ends_.end());
  link.arcs.assign(arcs_.begin(), arcs_.end());
  return link;
}

void LinkReader::add_arc(const xml::Element& element, const XLink& x) {
  Arc& arc = arcs_.emplace_back();
  arc.element = element;
  arc.from_label = x.from;
  arc.to_label = x.to;
  arc.arcrole = x.arcrole;
  arc.priority = read_priority(element.value_of("priority"));
  arc.prohibited = xml::trim_xml_space(element.value_of("use")) == "prohibited";
}

void LinkReader::add_end(const xml::Element& element, const XLink& x) {
  const auto index = static_cast<std::uint32_t>(ends_.size());
  LinkEnd& end = ends_.emplace_back();
  end.element = element;
  end.label = x.label;
  end.role = x.role;
  end.is_locator = x.type == "locator";
  if (end.is_locator) {
    end.target = follow_(element, x.href);
  } else {
    end.target.document = document_;
    end.target.element = element;
  }
  last_.push_back(index);
  if (const std::uint32_t first = labels_.add(x.label, index); first != TextTable::none) {
    ends_[last_[first]].next = index;
    last_[first] = index;
  }
}

}  // namespace factpress::taxonomy
