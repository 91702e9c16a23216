// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/Lexicon.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>

namespace chatelaine::testlab {

/// One term that counted, and what its surroundings made of it.
struct SentimentMatch
{
    QString term;
    double weight = 0; ///< as in the lexicon, turned round where the thing that moves is adverse
    double contribution = 0; ///< after all effects
    /// "negated by not", "strengthened by sharply", "falling costs", "less than expected", "12%",
    /// "before but" …
    QStringList effects;
};

struct SentimentVerdict
{
    QString label; ///< "positive", "negative", "neutral"
    double score = 0; ///< -1 to 1
    double confidence = 0; ///< 0 to 1
    QList<SentimentMatch> matches;

    QJsonObject toJson() const;
};

/// Judges short financial news in English by a lexicon and rules. The rules for negation (a window
/// of three words, the sign turned and damped by 0.74), for intensifiers, for "but", and the
/// normalisation x/sqrt(x²+15) follow C. Hutto and E. Gilbert, "VADER", ICWSM 2014. What moves up or
/// down is good or bad by the thing that moves ("costs fall"); expectations turn it round ("fell
/// less than expected").
class Sentiment
{
public:
    Sentiment();
    SentimentVerdict analyze(const QString &text) const;
    /// Adds or replaces a term, up to five words, case-insensitive; a weight from -3 to 3.
    void addTerm(const QString &term, double weight);

private:
    struct Word;
    struct Hit;
    QList<Word> words(const QString &text) const;
    QList<Hit> hits(const QList<Word> &words) const;
    void direct(Hit &hit, const QList<Word> &words) const;
    void applyExpectations(QList<Hit> &hits, const QList<Word> &words) const;
    void applyNeighbours(Hit &hit, const QList<Word> &words) const;
    void applyContrast(QList<Hit> &hits, const QList<Word> &words) const;

    Lexicon m_lexicon;
};

} // namespace chatelaine::testlab
