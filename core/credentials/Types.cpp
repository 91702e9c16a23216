// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Types.h"

namespace chatelaine::credentials {

QString AccountView::fullName() const
{
    return account.name.isEmpty() ? server.name : server.name + u'/' + account.name;
}

QJsonObject AccountView::toJson() const
{
    QJsonObject json{
        {QStringLiteral("name"), server.name},
        {QStringLiteral("url"), server.url.toString(QUrl::FullyEncoded)},
        {QStringLiteral("account"), account.name},
        {QStringLiteral("state"), store::accountStateName(account.state)},
        {QStringLiteral("registration"),
            registration ? store::registrationKindName(registration->kind)
                         : QStringLiteral("none")},
        {QStringLiteral("has_refresh_token"), account.hasRefreshToken},
    };
    const auto known = [&json](const QString &key, const QString &value) {
        if (!value.isEmpty())
            json.insert(key, value);
    };
    known(QStringLiteral("resource"), server.resource);
    known(QStringLiteral("issuer"), account.issuer);
    known(QStringLiteral("client_id"), registration ? registration->clientId : QString());
    known(QStringLiteral("scope"), account.grantedScopes.join(u' '));
    known(QStringLiteral("expires_at"),
        account.expiresAt > 0 ? toRfc3339(account.expiresAt) : QString());
    known(QStringLiteral("last_error"), account.lastError);
    return json;
}

QString adviceName(Advice advice)
{
    switch (advice) {
    case Advice::RetryWithNewToken:
        return QStringLiteral("retry_with_new_token");
    case Advice::SignInNeeded:
        return QStringLiteral("sign_in_needed");
    case Advice::StepUp:
        return QStringLiteral("step_up");
    case Advice::GiveUp:
        return QStringLiteral("give_up");
    }
    return {};
}

} // namespace chatelaine::credentials
