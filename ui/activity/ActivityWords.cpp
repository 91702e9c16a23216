// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/ActivityWords.h"

#include "ui/common/Times.h"

#include <QCoreApplication>
#include <QDateTime>

namespace chatelaine::ui {

namespace {

/// The context of these words for Linguist.
class ActivityWords
{
    Q_DECLARE_TR_FUNCTIONS(ActivityWords)
};

} // namespace

QString preciseTime(UtcMs time)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time);
    return timeText(time, DayStyle::Long, ClockStyle::Milliseconds)
        + local.toOffsetFromUtc(local.offsetFromUtc()).toString(QStringLiteral(" t"));
}

QString programName(const audit::ClientFacts &client)
{
    const QString name = client.exe.section(u'/', -1);
    return name.isEmpty() ? client.argv0.section(u'/', -1) : name;
}

QList<EventChoice> eventChoices()
{
    return {
        {QString(), ActivityWords::tr("All events")},
        {QStringLiteral("loan."), ActivityWords::tr("All loans")},
        {QStringLiteral("loan.token"), eventText(QStringLiteral("loan.token"))},
        {QStringLiteral("loan.call"), eventText(QStringLiteral("loan.call"))},
        {QStringLiteral("account."), ActivityWords::tr("All about accounts")},
        {QStringLiteral("account.signed_in"), eventText(QStringLiteral("account.signed_in"))},
        {QStringLiteral("account.signed_out"), eventText(QStringLiteral("account.signed_out"))},
        {QStringLiteral("account.sign_in"), eventText(QStringLiteral("account.sign_in"))},
        {QStringLiteral("token."), ActivityWords::tr("All about tokens")},
        {QStringLiteral("token.refreshed"), eventText(QStringLiteral("token.refreshed"))},
        {QStringLiteral("token.refresh"), eventText(QStringLiteral("token.refresh"))},
        {QStringLiteral("token.revocation"), eventText(QStringLiteral("token.revocation"))},
        {QStringLiteral("token.rejected"), eventText(QStringLiteral("token.rejected"))},
        {QStringLiteral("grant."), ActivityWords::tr("All about grants")},
        {QStringLiteral("grant.added"), eventText(QStringLiteral("grant.added"))},
        {QStringLiteral("grant.removed"), eventText(QStringLiteral("grant.removed"))},
        {QStringLiteral("grant.ended"), eventText(QStringLiteral("grant.ended"))},
        {QStringLiteral("server."), ActivityWords::tr("All about servers")},
        {QStringLiteral("client.registered"), eventText(QStringLiteral("client.registered"))},
        {QStringLiteral("broker."), ActivityWords::tr("All about the broker")},
        {QStringLiteral("history."), ActivityWords::tr("Gaps in the history")},
    };
}

} // namespace chatelaine::ui
