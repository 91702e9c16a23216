// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <QString>

namespace chatelaine::testlab {

/// The words of financial news that say how it went. All lower case; a phrase has single spaces.
/// The choice and the weights are our own. The idea that finance needs its own list, in which
/// "liability", "tax" or "cost" are things and not bad news, is that of T. Loughran and
/// B. McDonald, "When Is a Liability Not a Liability?", Journal of Finance 66 (2011).
struct Lexicon
{
    /// Good or bad by itself, about -3 to 3.
    QHash<QString, double> tones;
    /// Says that something goes up (positive) or down (negative); good or bad by what it is that
    /// moves.
    QHash<QString, double> directions;
    /// Things whose growth is bad news, and things whose growth is good news.
    QSet<QString> adverse;
    QSet<QString> favourable;
    QSet<QString> negators;
    /// Words that strengthen (above 1) or weaken (below 1) what they stand by.
    QHash<QString, double> intensifiers;
    /// Words that begin a new clause; "but" and "despite" also shift the weight.
    QSet<QString> clauseStarts;
    qsizetype longestPhrase = 1; ///< in words

    static Lexicon standard();
    void addTone(const QString &term, double weight);
};

} // namespace chatelaine::testlab
