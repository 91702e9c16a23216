// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/WwwAuthenticate.h"

#include <utility>

namespace chatelaine::net {

namespace {

// RFC 9110 §5.6.2
bool isTokenChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || (c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
}

// RFC 9110 §11.2
bool isToken68Char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || (c != '\0' && QByteArrayView("-._~+/=").contains(c));
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

class Reader
{
public:
    explicit Reader(QByteArrayView text)
        : m_text(text)
    { }

    QList<Challenge> read()
    {
        QList<Challenge> challenges;
        for (;;) {
            skip(true);
            if (atEnd())
                return challenges;
            const QByteArrayView word = take(isTokenChar);
            if (word.isEmpty()) {
                ++m_at;
                continue;
            }
            // A word and "=" is a parameter of the challenge at hand, any other word begins a new
            // one.
            const qsizetype afterWord = m_at;
            skip(false);
            if (peek() == '=') {
                ++m_at;
                addParameter(word, challenges);
                continue;
            }
            m_at = afterWord;
            Challenge challenge;
            challenge.scheme = word.toByteArray();
            if (isSpace(peek()))
                challenge.token68 = readToken68();
            challenges.append(std::move(challenge));
        }
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }

    void skip(bool commas)
    {
        while (!atEnd() && (isSpace(peek()) || (commas && peek() == ',')))
            ++m_at;
    }

    QByteArrayView take(bool (*accepts)(char))
    {
        const qsizetype begin = m_at;
        while (!atEnd() && accepts(m_text[m_at]))
            ++m_at;
        return m_text.sliced(begin, m_at - begin);
    }

    // A token68 stands alone: what follows it is a comma or the end. Otherwise the word is a
    // parameter's name or the next scheme, and is left where it is.
    QByteArray readToken68()
    {
        const qsizetype begin = m_at;
        skip(false);
        const QByteArrayView word = take(isToken68Char);
        skip(false);
        const qsizetype sign = word.indexOf('=');
        const bool padded = sign < 0 || word.sliced(sign).count('=') == word.size() - sign;
        if (!word.isEmpty() && padded && sign != 0 && (atEnd() || peek() == ','))
            return word.toByteArray();
        m_at = begin;
        return {};
    }

    void addParameter(QByteArrayView name, QList<Challenge> &challenges)
    {
        skip(false);
        QByteArray value;
        if (peek() == '"') {
            value = readQuoted();
        } else {
            // Servers send URLs without quotes; they end where a space or a comma does.
            value = take([](char c) { return !isSpace(c) && c != ','; }).toByteArray();
        }
        if (challenges.isEmpty())
            return;
        QMap<QByteArray, QString> &params = challenges.last().params;
        const QByteArray key = name.toByteArray().toLower();
        if (!params.contains(key))
            params.insert(key, QString::fromUtf8(value));
    }

    QByteArray readQuoted()
    {
        QByteArray value;
        for (++m_at; !atEnd(); ++m_at) {
            if (m_text[m_at] == '"') {
                ++m_at;
                break;
            }
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            value.append(m_text[m_at]);
        }
        return value;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

} // namespace

bool Challenge::isScheme(QByteArrayView name) const
{
    return scheme.compare(name, Qt::CaseInsensitive) == 0;
}

QString Challenge::param(QByteArrayView name) const
{
    return params.value(name.toByteArray());
}

QList<Challenge> parseChallenges(const QList<QByteArray> &values)
{
    QList<Challenge> challenges;
    for (const QByteArray &value : values)
        challenges.append(Reader(value).read());
    return challenges;
}

std::optional<Challenge> bearerChallenge(const HttpResponse &response)
{
    const QList<Challenge> challenges = parseChallenges(response.headersNamed("WWW-Authenticate"));
    for (const Challenge &challenge : challenges) {
        if (challenge.isScheme("Bearer") || challenge.isScheme("DPoP"))
            return challenge;
    }
    return std::nullopt;
}

} // namespace chatelaine::net
