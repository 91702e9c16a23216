// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/Sentiment.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <cmath>

namespace chatelaine::testlab {

namespace {

constexpr double negationFactor = -0.74;
constexpr double normalisation = 15;
constexpr qsizetype negationWindow = 3;
constexpr qsizetype intensifierWindow = 2;
constexpr qsizetype thingWindow = 5;
constexpr double neutralBelow = 0.1;

double rounded(double value)
{
    return std::round(value * 1000) / 1000;
}

/// The percentage a word states, without its sign; 0 when it states none.
double percentage(const QString &word)
{
    if (!word.endsWith(u'%'))
        return 0;
    return std::abs(word.chopped(1).toDouble());
}

} // namespace

/// A word of the text, lower case, and the clause it is in.
struct Sentiment::Word
{
    QString text;
    int clause = 0;
};

struct Sentiment::Hit
{
    SentimentMatch match;
    qsizetype first = 0;
    qsizetype last = 0;
    bool directional = false;
};

QJsonObject SentimentVerdict::toJson() const
{
    QJsonArray list;
    for (const SentimentMatch &match : matches) {
        list.append(QJsonObject {{QStringLiteral("term"), match.term},
                                 {QStringLiteral("weight"), rounded(match.weight)},
                                 {QStringLiteral("contribution"), rounded(match.contribution)},
                                 {QStringLiteral("effects"), QJsonArray::fromStringList(match.effects)}});
    }
    return {{QStringLiteral("label"), label},
            {QStringLiteral("score"), rounded(score)},
            {QStringLiteral("confidence"), rounded(confidence)},
            {QStringLiteral("matches"), list}};
}

Sentiment::Sentiment()
    : m_lexicon(Lexicon::standard())
{
}

void Sentiment::addTerm(const QString &term, double weight)
{
    m_lexicon.addTone(term.simplified().toLower(), weight);
}

QList<Sentiment::Word> Sentiment::words(const QString &text) const
{
    static const QRegularExpression token(
        QStringLiteral("[+-]?\\d[\\d,.]*\\d?\\s?(?:%|percent\\b|pct\\b)|[\\p{L}\\d]+(?:['.&-][\\p{L}\\d]+)*|[,;:.!?]"));
    QString normal = text.toLower();
    normal.replace(QChar(0x2019), u'\'').replace(QChar(0x2212), u'-');
    QList<Word> result;
    int clause = 0;
    auto matches = token.globalMatch(normal);
    while (matches.hasNext()) {
        QString word = matches.next().captured();
        if (word.size() == 1 && !word.at(0).isLetterOrNumber()) {
            ++clause;
            continue;
        }
        if (word.at(0).isDigit() || word.at(0) == u'+' || word.at(0) == u'-') {
            static const QRegularExpression percent(QStringLiteral("\\s?(?:percent|pct|%)$"));
            word.replace(percent, QStringLiteral("%"));
            word.remove(u',');
        }
        // Whatever begins a clause belongs to it.
        if (m_lexicon.clauseStarts.contains(word))
            ++clause;
        result.append({word, clause});
    }
    return result;
}

QList<Sentiment::Hit> Sentiment::hits(const QList<Word> &words) const
{
    QList<Hit> found;
    for (qsizetype i = 0; i < words.size();) {
        qsizetype length = std::min(m_lexicon.longestPhrase, words.size() - i);
        for (; length > 0; --length) {
            QStringList parts;
            for (qsizetype k = 0; k < length; ++k)
                parts.append(words.at(i + k).text);
            const QString term = parts.join(u' ');
            Hit hit;
            hit.match.term = term;
            hit.first = i;
            hit.last = i + length - 1;
            if (words.at(hit.last).clause != words.at(i).clause)
                continue;
            if (const auto tone = m_lexicon.tones.constFind(term); tone != m_lexicon.tones.constEnd()) {
                hit.match.weight = *tone;
            } else if (const auto way = m_lexicon.directions.constFind(term);
                       way != m_lexicon.directions.constEnd()) {
                hit.match.weight = *way;
                hit.directional = true;
            } else if (length == 1 && percentage(term) > 0 && (term.at(0) == u'+' || term.at(0) == u'-')) {
                hit.match.weight = term.at(0) == u'+' ? 1.0 : -1.0;
                hit.directional = true;
            } else {
                continue;
            }
            found.append(hit);
            break;
        }
        i += std::max<qsizetype>(length, 1);
    }
    return found;
}

/// Turns a movement round where the nearest thing of the clause is one whose growth is bad.
void Sentiment::direct(Hit &hit, const QList<Word> &words) const
{
    hit.match.contribution = hit.match.weight;
    if (!hit.directional)
        return;
    const int clause = words.at(hit.first).clause;
    const auto kind = [&](qsizetype at) {
        if (at < 0 || at >= words.size() || words.at(at).clause != clause)
            return 0;
        const QString pair = at > 0 ? words.at(at - 1).text + u' ' + words.at(at).text : QString();
        if (m_lexicon.adverse.contains(words.at(at).text) || m_lexicon.adverse.contains(pair))
            return -1;
        return m_lexicon.favourable.contains(words.at(at).text) || m_lexicon.favourable.contains(pair) ? 1 : 0;
    };
    for (qsizetype distance = 1; distance <= thingWindow; ++distance) {
        for (const qsizetype at : {hit.last + distance, hit.first - distance}) {
            const int found = kind(at);
            if (found == 0)
                continue;
            if (found < 0) {
                hit.match.weight = -hit.match.weight;
                hit.match.contribution = hit.match.weight;
                hit.match.effects.append(QStringLiteral("good or bad turned round by \"%1\"").arg(words.at(at).text));
            }
            return;
        }
    }
    // "less", "below" and their like say nothing unless a thing is named.
    if (std::abs(hit.match.weight) < 1 && !hit.match.term.contains(u' ') && !hit.match.term.endsWith(u'%'))
        hit.match.contribution = 0;
}

/// "fell less than expected", "rose more than forecast".
void Sentiment::applyExpectations(QList<Hit> &hits, const QList<Word> &words) const
{
    static const QSet<QString> expectation {QStringLiteral("expected"), QStringLiteral("feared"),
                                            QStringLiteral("forecast"), QStringLiteral("anticipated"),
                                            QStringLiteral("estimated"), QStringLiteral("predicted")};
    for (qsizetype i = 0; i + 2 < words.size(); ++i) {
        const QString &word = words.at(i).text;
        if ((word != u"less" && word != u"more") || words.at(i + 1).text != u"than"
            || !expectation.contains(words.at(i + 2).text))
            continue;
        Hit *target = nullptr;
        for (Hit &hit : hits) {
            if (hit.first == i)
                hit.match.contribution = 0;
            else if (hit.directional && hit.last < i && words.at(hit.last).clause == words.at(i).clause)
                target = &hit;
        }
        if (!target)
            continue;
        target->match.contribution *= word == u"less" ? -0.6 : 1.3;
        target->match.effects.append(word + QStringLiteral(" than ") + words.at(i + 2).text);
    }
}

void Sentiment::applyNeighbours(Hit &hit, const QList<Word> &words) const
{
    const int clause = words.at(hit.first).clause;
    const auto near = [&](qsizetype at) {
        return at >= 0 && at < words.size() && words.at(at).clause == clause && (at < hit.first || at > hit.last);
    };
    for (qsizetype distance = 1; distance <= negationWindow; ++distance) {
        const qsizetype at = hit.first - distance;
        if (!near(at))
            break;
        const QString pair = near(at + 1) ? words.at(at).text + u' ' + words.at(at + 1).text : QString();
        const bool one = m_lexicon.negators.contains(words.at(at).text);
        if (one || m_lexicon.negators.contains(pair)) {
            hit.match.contribution *= negationFactor;
            hit.match.effects.append(QStringLiteral("negated by ") + (one ? words.at(at).text : pair));
            break;
        }
    }
    for (qsizetype at = hit.first - intensifierWindow; at <= hit.last + intensifierWindow; ++at) {
        if (!near(at))
            continue;
        const double factor = m_lexicon.intensifiers.value(words.at(at).text, 1);
        if (factor == 1)
            continue;
        hit.match.contribution *= factor;
        hit.match.effects.append((factor > 1 ? QStringLiteral("strengthened by ") : QStringLiteral("weakened by "))
                                 + words.at(at).text);
    }
    if (!hit.directional)
        return;
    // How far something moved says how much it matters, up to half as much again at 20 %.
    for (qsizetype at = hit.last + 1; at <= hit.last + 4; ++at) {
        if (near(at) && percentage(words.at(at).text) > 0) {
            hit.match.contribution *= 1 + std::min(percentage(words.at(at).text), 20.0) / 40;
            hit.match.effects.append(words.at(at).text);
            break;
        }
    }
}

/// What follows "but" is the point; what follows "despite" is not.
void Sentiment::applyContrast(QList<Hit> &hits, const QList<Word> &words) const
{
    static const QSet<QString> turns {QStringLiteral("but"), QStringLiteral("however"), QStringLiteral("yet")};
    static const QSet<QString> concessions {QStringLiteral("despite"), QStringLiteral("although"),
                                            QStringLiteral("though"), QStringLiteral("even")};
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words.at(i).text;
        const bool turn = turns.contains(word);
        if (!turn && !concessions.contains(word))
            continue;
        for (Hit &hit : hits) {
            const bool after = hit.first > i;
            const bool same = words.at(hit.first).clause == words.at(i).clause;
            if (turn) {
                hit.match.contribution *= after ? 1.5 : 0.5;
                hit.match.effects.append((after ? QStringLiteral("after ") : QStringLiteral("before ")) + word);
            } else if (after && same) {
                hit.match.contribution *= 0.5;
                hit.match.effects.append(QStringLiteral("conceded by ") + word);
            }
        }
    }
}

SentimentVerdict Sentiment::analyze(const QString &text) const
{
    const QList<Word> all = words(text);
    QList<Hit> found = hits(all);
    for (Hit &hit : found)
        direct(hit, all);
    applyExpectations(found, all);
    for (Hit &hit : found)
        applyNeighbours(hit, all);
    applyContrast(found, all);

    SentimentVerdict verdict;
    double sum = 0;
    double weight = 0;
    for (const Hit &hit : std::as_const(found)) {
        if (hit.match.contribution == 0)
            continue;
        sum += hit.match.contribution;
        weight += std::abs(hit.match.contribution);
        verdict.matches.append(hit.match);
    }
    if (text.trimmed().endsWith(u'?'))
        sum *= 0.7;
    verdict.score = sum / std::sqrt(sum * sum + normalisation);
    verdict.label = verdict.score >= neutralBelow ? QStringLiteral("positive")
        : verdict.score <= -neutralBelow         ? QStringLiteral("negative")
                                                 : QStringLiteral("neutral");
    // How much there was to go by, times how far it agrees with itself.
    const double evidence = 1 - std::exp(-weight / 2);
    const double agreement = weight > 0 ? std::abs(sum) / weight : 0;
    verdict.confidence = weight > 0 ? std::min(1.0, evidence * (0.4 + 0.6 * agreement)) : 0.2;
    return verdict;
}

} // namespace chatelaine::testlab
