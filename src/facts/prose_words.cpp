#include "facts/prose_words.h"

#include <array>
#include <string>
#include <unordered_map>

#include "base/text.h"

namespace factpress::facts::prose {
namespace {

struct List {
  std::uint64_t classes;
  std::string_view words;  // separated by blanks
};

constexpr List lists[] = {
    {determiner, "the a an its our their this that these those his her your each every both all any such"},
    {be_verb, "was were is are be been being 's"},
    {level_verb,
     "totaled totalled totaling totalling totals reached reaching reaches amounted amounting stood stands equaled equalled "
     "equals represented representing represents represent averaged averaging averages remained remains approximated approximate approximates comprised "
     "constituted accounted accounts accounting account came closed ended exceeded exceeds exceeding topped surpassed yielded "
     "contributed contributing numbered"},
    {report_verb,
     "reported reports reporting report achieved achieves achieving posted posts posting recorded recording records announced "
     "announces announcing pay generated generating generates delivered delivers delivering had has have having recognized "
     "recognised recognizing incurred incurring earned earning produced producing realized realised realizing realizes "
     "experienced saw included includes include paid paying repurchased repurchasing received receiving sold "
     "selling invested investing returned returning declared declaring raised raising issued issuing borrowed borrowing spent used "
     "using provided providing provides shipped shipping opened opening acquired acquiring signed signing completed added adding "
     "held holding maintained maintaining booked purchased purchasing redeemed repaid repaying retired distributed closed "
     "terminated authorized approved employs employed employ operates operated operate serves served serving owned owns "
     "deployed collected secured obtained reflects reflected reflecting reflect resulted contains excludes excluded exclude "
     "posts expanded originated funded processed wrote"},
    {up_verb,
     "increased increases increase increasing grew grow grows growing grown rose rise rises rising risen climbed climbs climbing "
     "improved improves improving improve expanded expands expanding gained jumped jumps surges soars surged surging advanced up accelerated "
     "strengthened soared boosted raised doubled tripled quadrupled doubling tripling doubles triples"},
    {down_verb,
     "decreased decreases decrease decreasing declined declines declining decline fell falls falling fallen dropped drops dropping "
     "drop down reduced reduces reducing reduce contracted slipped shrank narrowed narrows narrowing lowered compressed weakened "
     "dipped"},
    {up_noun, "increase increases growth improvement improvements expansion rise uptick"},
    {down_noun, "decrease decreases decline declines reduction reductions drop contraction fall compression"},
    {compare, "compared compares comparing compare versus vs comparison comparable-to"},
    {preposition,
     "of in for from on at by to with under per over during through since as before after between among within into "
     "against toward towards throughout across than via until below above without net-of excluding including"},
    {conjunction, "and or but while whereas nor plus &"},
    {clause_word, "which while whereas where because although though when that who whose if since as"},
    {approximate, "approximately about around roughly nearly almost some approx estimated circa ~"},
    {scale_word, "thousand million billion trillion thousands millions billions hundred mm bn mn"},
    {ordinal, "first second third fourth 1st 2nd 3rd 4th"},
    {period_noun, "quarter quarters year years month months week weeks period periods quarterly annual"},
    {half_noun, "half"},
    {relation,
     "same comparable corresponding prior previous preceding last year-ago linked prior-year previous-year prior-period current "
     "year-earlier equivalent similar prior-quarter next"},
    {month,
     "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept "
     "oct nov dec"},
    {measure,
     "revenue revenues sales income earnings profit profits ebitda ebit ebitdax ebitdar margin margins eps expense expenses cost "
     "costs charge charges dividend dividends proceeds capex expenditures expenditure rate ratio yield price return returns roe roa "
     "bookings provision charge-offs benefit amortization depreciation interest fees gain turnover royalties premiums "
     "ffo affo production volume volumes shipments orders arr ffe spend cash-flow flow flows noi rotce payments payment spread "
     "average impairment compensation efficiency utilization occupancy accretion recoveries write-offs writeoffs losses tax taxes"},
    {instant_measure,
     "assets liabilities debt deposits loans equity cash deficit backlog inventory inventories receivables receivable payable "
     "payables goodwill capital liquidity borrowings securities investments headcount portfolio allowance obligations obligation "
     "commitments equivalents position availability capacity indebtedness acl balances balance leverage stores terminals locations employees rpo crpo"},
    {profit_measure, "income earnings profit profits ebitda ebit ebitdax ebitdar eps margin margins flow ffo affo return returns noi roe roa"},
    {loss_noun, "loss losses deficit"},
    {praise,
     "record reported strong solid robust impressive outstanding healthy incredible overall positive significant significantly substantial "
     "modest slight slightly strongly sharply substantially milestone historic all-time best-ever excellent favorable unfavorable "
     "remarkable unprecedented stellar phenomenal disappointing record-breaking record-setting better-than-expected higher-than-expected lower-than-expected quarterly annual highest lowest new"},
    {future,
     "expects expect expected expecting anticipates anticipate anticipated anticipating forecasts forecast forecasting "
     "projected projecting guidance outlook will would targets targeting targeted target intends intend estimates should "
     "could may might guided guiding believes aims goal"},
    {modifier,
     "total net gross consolidated operating adjusted non-gaap gaap diluted basic core comparable same-store organic pro forma "
     "tangible average weighted weighted-average annualized common cash free capital tax effective pre-tax pretax after-tax "
     "noninterest non-interest interest-bearing nonperforming non-performing provision selling general administrative research "
     "development normalized fully non-cash current long-term short-term deferred prepaid accrued other company "
     "international domestic worldwide global remaining performance store comparable-store risk-based lease rental fee mortgage banking premium underwriting investment advisory brokerage management finance royalty manufacturing proprietary engineering freight fuel transportation maintenance exploration lifting gathering drilling loan contract remaining customer online retail wholesale direct combined aggregate recurring "
     "subscription service services product products license licenses same-client per number comprehensive unrestricted working "
     "book equivalent net-of fiscal first second third fourth full full-year year-end"},
    {pronoun, "it they this these that those we which he she there who them"},
    {higher_word, "higher more above better greater ahead favorable"},
    {lower_word, "lower less below fewer worse under behind"},
    {number_word,
     "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
     "twenty thirty forty fifty sixty seventy eighty ninety"},
    {reference,
     "section rule form item exhibit page pages note notes table tables topic phase chapter no number-sign act fas sfas fin asu "
     "regulation schedule appendix figure level series class id code passcode step part article release version model tier basel "
     "stage paragraph footnote interpretation issue opinion building suite box floor street avenue room title pin access conference "
     "confirmation"},
    {duration_unit,
     "day days week weeks month months year years hour hours minute minutes decade decades second seconds quarters centuries century "
     "am pm a.m p.m edt est pdt pst et pt ct gmt eastern pacific central o'clock-ish semester"},
    {adverb,
     "also only just respectively primarily mainly largely partially partly further again now still today together even well "
     "sequentially organically mostly currently previously recently"},
    {other_verb,
     "due driven attributable related resulting associated according deleveraged offset based led reflected caused said stated added commented "
     "concluded continued noted remarked see seen became become began begin went take took taken made make makes did do does gave "
     "given showed shown continue continues continued helped excluded net-down consists consisted "
     "consisting comprised following followed described set compares impacted affected benefited offsetting must can compared "
     "exiting relating connected leading valued worth led attributed partially-offset was-driven driving supported"},
    {place_name,
     "america americas europe asia pacific emea apac eame japan china india canada mexico brazil germany france uk africa australia "
     "latin north middle-east asia-pacific asia/pacific korea taiwan singapore israel italy spain russia britain kingdom "
     "international domestic u.s non-u.s"},
    {abbreviation,
     "inc corp co ltd llc mr mrs ms dr st no vs u.s jr sr approx jan feb mar apr jun jul aug sep sept oct nov dec plc s.a n.v l.p e.g "
     "i.e messrs prof gen rev etc bros assoc dept fig cf al u.k d.c ph.d calif fla mass tex penn conn ill mich minn wis colo ariz"},
    {segment_noun, "segment segments division divisions business unit group region geography market"},
    {unit_noun,
     "shares share customers employees stores units subscribers members users clients contracts locations branches accounts orders "
     "loans wells restaurants homes patients physicians properties countries states publishers patents facilities associates sites "
     "vehicles aircraft rooms beds rigs projects acquisitions transactions deals products warrants options barrels ounces tons "
     "tonnes megawatts gallons miles boe bbl mcf mcfe boepd terminals dealers households lines people participants students partners "
     "communities hospitals hotels offices theatres theaters stations vessels"},
};

using Map = std::unordered_map<std::string_view, std::uint64_t>;

Map build() {
  Map map;
  map.reserve(1600);
  for (const List& list : lists)
    for (std::string_view word : split(list.words, ' '))
      if (!word.empty()) map[word] |= list.classes;
  return map;
}

}  // namespace

std::uint64_t classify(std::string_view word) {
  static const Map map = build();
  if (word.size() > 24) return 0;
  const auto it = map.find(word);
  if (it != map.end()) return it->second;
  return word.find('-') != std::string_view::npos && number_of_word(word) > 0 ? std::uint64_t{number_word} : 0;  // "twenty-six"
}

int ordinal_of_word(std::string_view word) {
  if (word == "first" || word == "1st") return 1;
  if (word == "second" || word == "2nd") return 2;
  if (word == "third" || word == "3rd") return 3;
  if (word == "fourth" || word == "4th") return 4;
  return 0;
}

}  // namespace factpress::facts::prose
