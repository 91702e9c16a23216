// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/Commands.h"

#include "app/cli/Borrow.h"
#include "app/cli/Output.h"
#include "app/cli/Settings.h"
#include "core/base/Secret.h"
#include "core/base/Time.h"

namespace chatelaine::cli {

namespace {

Result<QJsonObject> borrowToken(const Invocation &invocation)
{
    QJsonObject params = serverOrResource(invocation.word(0));
    if (invocation.has("account"))
        params.insert(QStringLiteral("account"), invocation.value("account"));
    if (invocation.has("scope"))
        params.insert(QStringLiteral("scope"), scopeOf(invocation));
    if (invocation.has("min-valid")) {
        const std::optional<qint64> seconds = parseSpan(invocation.value("min-valid"));
        if (!seconds) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("--min-valid wants a span of time such as 90s or 10m."));
        }
        params.insert(QStringLiteral("min_valid_s"), *seconds);
    }
    if (invocation.has("no-prompt"))
        params.insert(QStringLiteral("interactive"), false);
    Result<Session> session = Session::open(invocation, client::Socket::Borrow);
    if (!session)
        return failure(std::move(session).error());
    return borrow(invocation, *session, QStringLiteral("token/get"), params);
}

} // namespace

Result<void> runToken(const Invocation &invocation)
{
    const Result<QJsonObject> answer = borrowToken(invocation);
    if (!answer)
        return failure(answer.error());
    if (invocation.json) {
        printJson(*answer);
        return {};
    }
    QByteArray token = answer->value(QLatin1StringView("access_token")).toString().toUtf8() + '\n';
    printBytes(token);
    wipe(token);
    return {};
}

Result<void> runHeaders(const Invocation &invocation)
{
    const Result<QJsonObject> answer = borrowToken(invocation);
    if (!answer)
        return failure(answer.error());
    // RFC 6750, 2.1; the broker lends no other type.
    printJson(QJsonObject {
        {QStringLiteral("Authorization"),
         QStringLiteral("Bearer ") + answer->value(QLatin1StringView("access_token")).toString()}});
    return {};
}

} // namespace chatelaine::cli
