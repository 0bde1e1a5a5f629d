#include "validate/rules/iso4217.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace factpress::validate::rules {
namespace {

// Current and withdrawn codes, three letters each.
constexpr std::string_view codes =
    "ADPAEDAFAAFNALKALLAMDANGAOAAOKAONAORARAARPARSARYATSAUDAWGAYMAZMAZNBADBAMBBDBDTBECBEFBELBGJBGKBGLBGNBHDBIFBMDBNDBOBBOPBOVBRBBRCBREBRLBRNBRR"
    "BSDBTNBUKBWPBYBBYNBYRBZDCADCDFCHCCHECHFCHWCLFCLPCNXCNYCOPCOUCRCCSDCSJCSKCUCCUPCVECYPCZKDDMDEMDJFDKKDOPDZDECSECVEEKEGPEQEERNESAESBESPETBEUR"
    "FIMFJDFKPFRFGBPGEKGELGHCGHPGHSGIPGMDGNEGNFGNSGQEGRDGTQGWEGWPGYDHKDHNLHRDHRKHTGHUFIDRIEPILPILRILSINRIQDIRRISJISKITLJMDJODJPYKESKGSKHRKMFKPWKRW"
    "KWDKYDKZTLAJLAKLBPLKRLRDLSLLSMLTLLTTLUCLUFLULLVLLVRLYDMADMDLMGAMGFMKDMLFMMKMNTMOPMROMRUMTLMTPMURMVQMVRMWKMXNMXPMXVMYRMZEMZMMZNNADNGNNICNIONLG"
    "NOKNPRNZDOMRPABPEHPEIPENPESPGKPHPPKRPLNPLZPTEPYGQARRHDROKROLRONRSDRUBRURRWFSARSBDSCRSDDSDGSDPSEKSGDSHPSITSKKSLESLLSOSSRDSRGSSPSTDSTNSURSVCSYP"
    "SZLTHBTJRTJSTMMTMTTNDTOPTPETRLTRYTTDTWDTZSUAHUAKUGSUGWUGXUSDUSNUSSUYIUYNUYPUYUUYWUZSVEBVEDVEFVESVNCVNDVUVWSTXAFXAGXAUXBAXBBXBCXBDXCDXCGXDRXEU"
    "XFOXFUXOFXPDXPFXPTXREXSUXTSXUAXXXYDDYERYUDYUMYUNZALZARZMKZMWZRNZRZZWCZWDZWGZWLZWNZWR";

/// Three letters as one number in their order.
constexpr std::uint32_t number_of(std::string_view code) {
  std::uint32_t n = 0;
  for (const char c : code) n = n << 8 | static_cast<unsigned char>(c);
  return n;
}
constexpr auto numbers = [] {
  std::array<std::uint32_t, codes.size() / 3> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = number_of(codes.substr(i * 3, 3));
  return all;
}();
static_assert(codes.size() % 3 == 0 && std::is_sorted(numbers.begin(), numbers.end()), "they are searched by halves");

}  // namespace

bool is_iso4217(std::string_view code) { return code.size() == 3 && std::binary_search(numbers.begin(), numbers.end(), number_of(code)); }

}  // namespace factpress::validate::rules
