// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/LabWords.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace chatelaine::ui {

namespace {

/// The context of these words for Linguist.
class LabWords
{
    Q_DECLARE_TR_FUNCTIONS(LabWords)
};

} // namespace

QString exchangeText(const QString &what)
{
    static const struct
    {
        const char *name;
        const char *words;
    } known[] = {
        {"probe", QT_TRANSLATE_NOOP("LabWords", "MCP request without a token")},
        {"mcp", QT_TRANSLATE_NOOP("LabWords", "MCP request with a token")},
        {"resource_metadata", QT_TRANSLATE_NOOP("LabWords", "Protected resource metadata")},
        {"issuer_metadata", QT_TRANSLATE_NOOP("LabWords", "Issuer metadata")},
        {"registration", QT_TRANSLATE_NOOP("LabWords", "Client registration")},
        {"registration_read", QT_TRANSLATE_NOOP("LabWords", "Registration read")},
        {"registration_delete", QT_TRANSLATE_NOOP("LabWords", "Registration deleted")},
        {"authorization", QT_TRANSLATE_NOOP("LabWords", "Authorization request")},
        {"consent", QT_TRANSLATE_NOOP("LabWords", "The person's consent")},
        {"token_code", QT_TRANSLATE_NOOP("LabWords", "Tokens for a code")},
        {"token_refresh", QT_TRANSLATE_NOOP("LabWords", "Refresh")},
        {"token_other", QT_TRANSLATE_NOOP("LabWords", "Token request of another kind")},
        {"revocation", QT_TRANSLATE_NOOP("LabWords", "Revocation")},
        {"introspection", QT_TRANSLATE_NOOP("LabWords", "Introspection")},
        {"jwks", QT_TRANSLATE_NOOP("LabWords", "Public keys")},
        {"other", QT_TRANSLATE_NOOP("LabWords", "Nothing the lab knows")},
    };
    for (const auto &one : known) {
        if (what == QLatin1StringView(one.name))
            return QCoreApplication::translate("LabWords", one.words);
    }
    return what;
}

StateText statusText(const testlab::Exchange &exchange)
{
    if (exchange.status == 0)
        return {Tone::Error, QStringLiteral("clock"), LabWords::tr("no answer")};
    const QString number = QString::number(exchange.status);
    if (exchange.status >= 500)
        return {Tone::Error, QStringLiteral("error"), number};
    if (exchange.status >= 400)
        return {Tone::Warning, QStringLiteral("warning"), number};
    if (exchange.status >= 300)
        return {Tone::Info, QStringLiteral("link"), number};
    return {Tone::Ok, QStringLiteral("ok"), number};
}

QString placeText(testlab::Exchange::Place place)
{
    switch (place) {
    case testlab::Exchange::Place::Resource:
        return LabWords::tr("MCP server");
    case testlab::Exchange::Place::Issuer:
        return LabWords::tr("Authorization server");
    case testlab::Exchange::Place::SecondIssuer:
        return LabWords::tr("Second authorization server");
    }
    return {};
}

QString clockTime(UtcMs time)
{
    return QLocale().toString(
        QDateTime::fromMSecsSinceEpoch(time).time(), QStringLiteral("HH:mm:ss"));
}

QString durationText(const testlab::Exchange &exchange)
{
    if (exchange.tookMs < 0)
        return {};
    return exchange.tookMs == 0 ? LabWords::tr("< 1 ms") : milliseconds(exchange.tookMs);
}

QString sentenceOf(const testlab::Exchange &exchange)
{
    QStringList parts{clockTime(exchange.time), placeText(exchange.place),
        exchange.method + u' ' + exchange.path};
    parts.append(exchange.rpc.isEmpty() ? exchangeText(exchange.what) : exchange.rpc);
    parts.append(statusText(exchange).word);
    if (const QString took = durationText(exchange); !took.isEmpty())
        parts.append(took);
    return parts.join(QStringLiteral(", "));
}

QString faultSentence(const testlab::FaultText &fault)
{
    return QCoreApplication::translate("Faults", fault.sentence);
}

QString faultGroupText(testlab::FaultGroup group)
{
    switch (group) {
    case testlab::FaultGroup::Metadata:
        return LabWords::tr("Issuer metadata");
    case testlab::FaultGroup::Registration:
        return LabWords::tr("Registration of clients");
    case testlab::FaultGroup::Authorization:
        return LabWords::tr("Authorization");
    case testlab::FaultGroup::Tokens:
        return LabWords::tr("Tokens");
    case testlab::FaultGroup::Resource:
        return LabWords::tr("Protected resource");
    case testlab::FaultGroup::Everywhere:
        return LabWords::tr("Everywhere");
    }
    return {};
}

QString tokenKindText(testlab::IssuedToken::Kind kind)
{
    return kind == testlab::IssuedToken::Kind::Access ? LabWords::tr("Access token")
                                                      : LabWords::tr("Refresh token");
}

StateText tokenState(const testlab::IssuedToken &token, UtcMs now)
{
    if (token.revoked)
        return {Tone::Error, QStringLiteral("close"), LabWords::tr("Revoked")};
    if (token.used)
        return {Tone::Neutral, QStringLiteral("refresh"), LabWords::tr("Exchanged")};
    if (token.expires <= now)
        return {Tone::Warning, QStringLiteral("clock"), LabWords::tr("Expired")};
    return {Tone::Ok, QStringLiteral("ok"), remaining(token.expires, now)};
}

QString clientKindText(const QString &kind)
{
    if (kind == QLatin1StringView("pre_registered"))
        return LabWords::tr("Registered beforehand");
    if (kind == QLatin1StringView("dynamic"))
        return LabWords::tr("Registered by itself");
    return LabWords::tr("By its metadata document");
}

} // namespace chatelaine::ui
