// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Subscriptions.h"

namespace chatelaine::broker {

Subscriptions::Subscriptions(credentials::Credentials &credentials, audit::AuditLog &audit,
                             Lending &lending)
    : m_credentials(credentials)
    , m_lending(lending)
{
    connect(&credentials, &credentials::Credentials::tokenChanged, this,
            [this](const QString &id) { sayAboutAccount(id, true); });
    connect(&credentials, &credentials::Credentials::accountChanged, this,
            [this](const QString &id) { sayAboutAccount(id, false); });
    connect(&credentials, &credentials::Credentials::accountRemoved, this,
            [this](const QString &, const QString &fullName) { sayRemoved(fullName); });
    connect(&audit, &audit::AuditLog::appended, this, &Subscriptions::sayRecord);
}

void Subscriptions::forgetClosed()
{
    const auto closed = [](const auto &one) {
        const std::shared_ptr<Connection> connection = one.connection.lock();
        return !connection || !connection->isOpen();
    };
    m_subscribers.removeIf(closed);
    m_followers.removeIf(closed);
}

void Subscriptions::subscribe(const std::shared_ptr<Connection> &connection,
                              const QString &serverId)
{
    forgetClosed();
    // One notification for one event, however often somebody subscribes.
    m_subscribers.removeIf([&](const Subscriber &one) {
        return one.connection.lock() == connection
            && (one.serverId == serverId || serverId.isEmpty());
    });
    m_subscribers.append({connection, serverId});
}

void Subscriptions::follow(const std::shared_ptr<Connection> &connection,
                           const audit::Filter &filter)
{
    forgetClosed();
    // One record is told once, however often somebody follows.
    m_followers.removeIf(
        [&](const Follower &one) { return one.connection.lock() == connection; });
    m_followers.append({connection, filter});
}

void Subscriptions::sayAboutAccount(const QString &accountId, bool token)
{
    if (m_subscribers.isEmpty() || m_credentials.isLocked())
        return;
    const std::optional<credentials::AccountView> account = m_credentials.account(accountId);
    if (!account)
        return;
    QJsonObject params {{QStringLiteral("server"), account->server.name},
                        {QStringLiteral("account"), account->account.name}};
    if (!token)
        params.insert(QStringLiteral("state"), store::accountStateName(account->account.state));
    else if (account->account.expiresAt > 0)
        params.insert(QStringLiteral("expires_at"), toRfc3339(account->account.expiresAt));
    const QList<Subscriber> subscribers = m_subscribers;
    for (const Subscriber &subscriber : subscribers) {
        const std::shared_ptr<Connection> connection = subscriber.connection.lock();
        if (!connection || !connection->isOpen()
            || (!subscriber.serverId.isEmpty() && subscriber.serverId != account->server.id)) {
            continue;
        }
        const Result<std::shared_ptr<const CallerIdentity>> caller = connection->caller();
        if (!caller)
            continue;
        const Decision::Kind kind = m_lending.look(**caller, *account).kind;
        if (connection->right() == Right::Control || kind == Decision::Kind::Allow) {
            connection->notify(token ? QStringLiteral("token/changed")
                                     : QStringLiteral("server/state"),
                               params);
        }
    }
}

void Subscriptions::sayRemoved(const QString &fullName)
{
    const QList<Subscriber> subscribers = m_subscribers;
    for (const Subscriber &subscriber : subscribers) {
        const std::shared_ptr<Connection> connection = subscriber.connection.lock();
        if (connection && connection->right() == Right::Control) {
            connection->notify(QStringLiteral("server/state"),
                               {{QStringLiteral("server"), fullName.section(u'/', 0, 0)},
                                {QStringLiteral("account"), fullName.section(u'/', 1)},
                                {QStringLiteral("state"), QStringLiteral("removed")}});
        }
    }
}

void Subscriptions::sayLocked(bool locked)
{
    const QList<Subscriber> subscribers = m_subscribers;
    for (const Subscriber &subscriber : subscribers) {
        if (const std::shared_ptr<Connection> connection = subscriber.connection.lock())
            connection->notify(QStringLiteral("broker/locked"),
                               {{QStringLiteral("locked"), locked}});
    }
}

void Subscriptions::sayRecord(const audit::Record &record)
{
    if (m_followers.isEmpty())
        return;
    const QList<Follower> followers = m_followers;
    for (const Follower &follower : followers) {
        const std::shared_ptr<Connection> connection = follower.connection.lock();
        if (connection && audit::matches(follower.filter, record))
            connection->notify(QStringLiteral("audit/record"),
                               {{QStringLiteral("record"), record.toJson()}});
    }
}

} // namespace chatelaine::broker
