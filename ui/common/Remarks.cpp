// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Retelling.h"
#include "ui/common/Words.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace chatelaine::ui {

namespace {

/// The context of these words for Linguist.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// One of the history's fixed phrases.
QString phraseText(const QString &detail)
{
    static const char *const known[] = {
        QT_TRANSLATE_NOOP("Words", "denied by the user"),
        QT_TRANSLATE_NOOP("Words", "denied by policy"),
        QT_TRANSLATE_NOOP("Words", "denied by the user on the terminal"),
        QT_TRANSLATE_NOOP("Words", "denied by the user a moment before"),
        QT_TRANSLATE_NOOP("Words", "put to the person on the terminal"),
        QT_TRANSLATE_NOOP("Words", "nobody answered in time"),
        QT_TRANSLATE_NOOP("Words", "no grant, and no window to ask in"),
        QT_TRANSLATE_NOOP(
            "Words", "the program was changed since its grant, and no window to ask in"),
        QT_TRANSLATE_NOOP("Words", "asked for"),
        QT_TRANSLATE_NOOP("Words", "not used for a while"),
        QT_TRANSLATE_NOOP("Words", "the screen was locked"),
        QT_TRANSLATE_NOOP("Words", "the machine goes to sleep"),
        QT_TRANSLATE_NOOP("Words", "by the keychain"),
        QT_TRANSLATE_NOOP("Words", "with the passphrase"),
    };
    for (const char *phrase : known) {
        if (detail == QLatin1StringView(phrase))
            return QCoreApplication::translate("Words", phrase);
    }
    return {};
}

/// Whom a grant was given, or taken back from, and for how long.
QString grantText(const QString &detail)
{
    static const QRegularExpression form(QStringLiteral(
        "^for (.+), (once|session|until|until_lock|always)(?: (\\S+))?(?:: (.+))?$"));
    const QRegularExpressionMatch match = form.match(detail);
    if (!match.hasMatch())
        return {};
    const QString name = match.captured(2);
    const QString whom = match.captured(1) == QLatin1StringView("any client")
        ? Words::tr("any program")
        : match.captured(1);
    const QString span = name == QLatin1StringView("once") ? Words::tr("once")
        : name == QLatin1StringView("session")             ? Words::tr("while it runs")
        : name == QLatin1StringView("until_lock")          ? Words::tr("until locked")
        : name == QLatin1StringView("always")
        ? Words::tr("always")
        : Words::tr("until %1", "date and time")
              .arg(absoluteTime(fromRfc3339(match.captured(3)).value_or(0)));
    const QString text = Words::tr("for %1, %2", "a program, how long").arg(whom, span);
    const QString why = match.captured(4);
    return why.isEmpty() ? text : text + QStringLiteral(": ") + remarkText(why);
}

} // namespace

QString remarkText(const QString &detail)
{
    if (const QString phrase = phraseText(detail); !phrase.isEmpty())
        return phrase;
    if (const QString grant = grantText(detail); !grant.isEmpty())
        return grant;
    static const QRegularExpression more(
        QStringLiteral("^(.*); (\\d+) more like it within a minute$"));
    if (const QRegularExpressionMatch match = more.match(detail); match.hasMatch()) {
        return Words::tr("%1; %n more like it within a minute", nullptr, match.captured(2).toInt())
            .arg(remarkText(match.captured(1)));
    }
    static const QRegularExpression others(
        QStringLiteral("^(\\d+) more refused or failed within a minute$"));
    if (const QRegularExpressionMatch match = others.match(detail); match.hasMatch()) {
        return Words::tr("%n more refused or failed within a minute", nullptr,
            match.captured(1).toInt());
    }
    static const QRegularExpression client(QStringLiteral("^(\\S+) at (https?://\\S+)$"));
    if (const QRegularExpressionMatch match = client.match(detail); match.hasMatch()) {
        return Words::tr("%1 at %2", "a client id, an authorization server")
            .arg(match.captured(1), match.captured(2));
    }
    static const QRegularExpression scope(
        QStringLiteral("^scope not granted by the server: (.+)$"));
    if (const QRegularExpressionMatch match = scope.match(detail); match.hasMatch())
        return Words::tr("scope not granted by the server: %1").arg(match.captured(1));
    static const QRegularExpression changed(QStringLiteral("^(.+), went on with this token$"));
    if (const QRegularExpressionMatch match = changed.match(detail); match.hasMatch())
        return Words::tr("%1, went on with this token", "a tool").arg(match.captured(1));
    return retold(detail);
}

} // namespace chatelaine::ui
