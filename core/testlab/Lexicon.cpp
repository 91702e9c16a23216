// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/Lexicon.h"

#include <QStringList>

namespace chatelaine::testlab {

namespace {

struct Group
{
    double weight;
    const char *terms; ///< separated by '|'
};

constexpr Group tones[] = {
    {3.0, "record profit|record profits|record earnings|record revenue|stellar|blowout quarter|windfall"},
    {2.5, "breakthrough|blockbuster|outstanding|triumph|all-time high|record high|debt-free|upgraded to buy|"
          "soars past|smashes estimates|smashed estimates|crushes estimates|crushed estimates"},
    {2.0, "beat|beats|beating|tops estimates|topped estimates|tops forecasts|topped forecasts|tops expectations|"
          "exceed|exceeds|exceeded|exceeding|outperform|outperforms|outperformed|surpass|surpasses|surpassed|"
          "better than expected|better-than-expected|stronger than expected|stronger-than-expected|"
          "upgrade|upgrades|upgraded|profitable|profitability|returns to profit|returned to profit|"
          "turnaround|thrive|thrives|thriving|robust|approval|approved|approves|wins|won|win|awarded|"
          "returns to growth|swings to profit|swung to profit"},
    {1.5, "strong|stronger|strength|solid|healthy|success|successful|successfully|optimistic|optimism|upbeat|"
          "confident|confidence|bullish|rally|rallies|rallied|rebound|rebounds|rebounded|recovery|recover|"
          "recovers|recovered|resilient|resilience|buyback|buybacks|share repurchase|special dividend|"
          "breaks even|settles|settled|resolved|resolves|lifts ban|momentum|demand surges|gain|gains|gained|"
          "lucrative|praised|praises|favourable|favorable|best"},
    {1.0, "improve|improves|improved|improving|improvement|positive|progress|advance|advances|advanced|benefit|"
          "benefits|benefited|opportunity|opportunities|innovative|innovation|launches|partnership|expand|"
          "expands|expanded|expansion|stable|stabilise|stabilises|stabilize|stabilizes|stabilized|steady|"
          "reaffirms|reaffirmed|reassures|good|attractive|efficient|efficiency|leading|pleased|welcomes|"
          "relief|eases fears|hires|hiring|better|supportive|constructive"},
    {-1.0, "concern|concerns|concerned|worry|worries|worried|caution|cautious|cautions|uncertain|uncertainty|"
           "volatile|volatility|delay|delays|delayed|disrupt|disrupts|disrupted|disruption|slowdown|sluggish|"
           "soft|softer|stagnant|stagnates|stall|stalls|stalled|struggle|struggles|struggled|struggling|"
           "challenging|challenges|headwinds|headwind|pressure|pressured|probe|probes|investigate|investigates|"
           "investigated|investigation|questioned|dispute|disputes|disputed|shortage|shortages|suspend|"
           "suspends|suspended|resigns|resigned|recall|recalls|recalled|negative|bad|poor|outage"},
    {-1.5, "weak|weaker|weakness|disappoint|disappoints|disappointed|disappointing|disappointment|bearish|"
           "pessimistic|pessimism|gloomy|lawsuit|lawsuits|sues|sued|litigation|fine|fined|fines|penalty|"
           "penalties|downgrade|downgrades|downgraded|underperform|underperforms|underperformed|layoff|layoffs|"
           "lay off|job cuts|strike|strikes|closure|closures|shutdown|shut down|selloff|sell-off|loses|lost|"
           "fail|fails|failed|failure|failing|rejects|rejected|rejection|blocks|blocked|warn|warns|warned|"
           "warning|damage|damages|damaged|hurt|hurts|breach|breaches|breached|cyberattack|impairment|"
           "write-down|writedown|write-off|restated|restates|restatement|worst|overvalued"},
    {-2.0, "miss|misses|missed|missing|misses estimates|worse than expected|worse-than-expected|weaker than expected|"
           "weaker-than-expected|loss-making|profit warning|recession|crisis|crises|distress|distressed|"
           "misconduct|corruption|bribery|illegal|violation|violations|violated|delist|delisted|delisting|"
           "swings to loss|swung to loss|swings to a loss|swung to a loss|going concern doubt|record loss|"
           "junk|halted|halts|sanction|sanctions|sanctioned|scandal|defaulted"},
    {-2.5, "collapse|collapses|collapsed|bankrupt|bankruptcy|bankruptcies|insolvent|insolvency|liquidation|fraud|"
           "fraudulent|embezzlement|ponzi|default on|defaults on|catastrophe|catastrophic|panic|meltdown|"
           "chapter 11|record low|all-time low|indicted|indictment|convicted"},
};

constexpr Group directions[] = {
    {2.0, "surge|surges|surged|surging|soar|soars|soared|soaring|skyrocket|skyrockets|skyrocketed|jump|jumps|"
          "jumped|jumping|spike|spikes|spiked|leap|leaps|leapt|double|doubles|doubled|triples|tripled"},
    {1.5, "rise|rises|rose|rising|grow|grows|grew|growing|growth|increase|increases|increased|increasing|climb|"
          "climbs|climbed|climbing|raise|raises|raised|raising|boost|boosts|boosted|lift|lifts|lifted|accelerate|"
          "accelerates|accelerated|higher|up|widen|widens|widened|widening|hike|hikes|hiked|swell|swells|swelled"},
    {0.8, "edges up|edged up|inches up|inched up|ticks up|ticked up|larger|bigger|more|above"},
    {-2.0, "plunge|plunges|plunged|plunging|plummet|plummets|plummeted|tumble|tumbles|tumbled|tumbling|crash|"
           "crashes|crashed|sink|sinks|sank|slump|slumps|slumped|slumping|slash|slashes|slashed|dive|dives|dived|"
           "halves|halved|nosedive|nosedives"},
    {-1.5, "fall|falls|fell|falling|fallen|drop|drops|dropped|dropping|decline|declines|declined|declining|"
           "decrease|decreases|decreased|decreasing|slide|slides|slid|sliding|shrink|shrinks|shrank|shrinking|"
           "contract|contracts|contracted|cut|cuts|cutting|lower|lowers|lowered|lowering|reduce|reduces|reduced|"
           "narrow|narrows|narrowed|narrowing|trim|trims|trimmed|down|retreat|retreats|retreated|erode|erodes|"
           "eroded|scrap|scraps|scrapped|weaken|weakens|weakened|slow|slows|slowed"},
    {-0.8, "edges down|edged down|inches down|inched down|ticks down|ticked down|dip|dips|dipped|ease|eases|eased|"
           "smaller|narrower|fewer|below|less"},
};

constexpr auto adverseThings
    = "loss|losses|deficit|deficits|debt|debts|cost|costs|expense|expenses|unemployment|inflation|default|defaults|"
      "layoffs|jobless claims|claims|bankruptcies|delinquencies|churn|outflows|shortfall|leverage|arrears|"
      "provisions|bad loans|loan losses|complaints|defects|downtime|job cuts|vacancies|foreclosures|"
      "borrowing costs|borrowings|tariffs|tariff|liabilities|cancellations|injuries|fines|risk|risks";

constexpr auto favourableThings
    = "profit|profits|earnings|income|revenue|revenues|sales|turnover|margin|margins|dividend|dividends|guidance|"
      "outlook|forecast|forecasts|target|targets|price target|shares|share|stock|stocks|orders|demand|output|"
      "production|deliveries|shipments|subscribers|users|customers|bookings|backlog|cash flow|returns|rating|"
      "ratings|growth|market share|jobs|headcount|investment|exports|capacity|traffic|index|market|markets|"
      "estimates|profitability|payout|workforce|productivity|inflows|deposits";

constexpr auto negatorWords
    = "not|no|never|without|neither|nor|cannot|can't|won't|didn't|doesn't|don't|isn't|wasn't|aren't|weren't|hasn't|"
      "haven't|unlikely|hardly|fail to|fails to|failed to|lacks|lack|denies|denied|deny|avoids|avoid|avoided|averts|"
      "avert|averted|rules out|ruled out|no longer|dismisses|dismissed";

constexpr Group intensifierWords[] = {
    {1.5, "massively|hugely|dramatically|extremely|overwhelmingly"},
    {1.3, "sharply|significantly|substantially|strongly|steeply|very|far|considerably|heavily|markedly|rapidly|"
          "record|much|handily|easily|deeply|more than expected"},
    {0.7, "slightly|modestly|marginally|somewhat|moderately|mildly|a bit|a little|barely|partly|partially|"
          "gradually|narrowly"},
    {0.8, "may|might|could|possibly|reportedly|perhaps"},
};

constexpr auto clauseWords
    = "but|however|despite|although|though|while|as|after|amid|because|following|even|yet|whereas|before|offsetting";

QStringList split(const char *terms)
{
    return QString::fromLatin1(terms).split(u'|', Qt::SkipEmptyParts);
}

QSet<QString> setOf(const char *terms)
{
    const QStringList list = split(terms);
    return {list.cbegin(), list.cend()};
}

} // namespace

void Lexicon::addTone(const QString &term, double weight)
{
    tones.insert(term, weight);
    longestPhrase = std::max(longestPhrase, term.count(u' ') + 1);
}

Lexicon Lexicon::standard()
{
    Lexicon lexicon;
    for (const Group &group : testlab::tones) {
        const QStringList terms = split(group.terms);
        for (const QString &term : terms)
            lexicon.addTone(term, group.weight);
    }
    for (const Group &group : testlab::directions) {
        const QStringList terms = split(group.terms);
        for (const QString &term : terms)
            lexicon.directions.insert(term, group.weight);
    }
    for (const Group &group : intensifierWords) {
        const QStringList terms = split(group.terms);
        for (const QString &term : terms)
            lexicon.intensifiers.insert(term, group.weight);
    }
    lexicon.adverse = setOf(adverseThings);
    lexicon.favourable = setOf(favourableThings);
    lexicon.negators = setOf(negatorWords);
    lexicon.clauseStarts = setOf(clauseWords);
    return lexicon;
}

} // namespace chatelaine::testlab
