// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditQuery.h"
#include "core/broker/Lending.h"

#include <QObject>

namespace chatelaine::broker {

/// Who wants to hear of what: `subscribe` and `audit/follow`. A connection that closes is forgotten.
class Subscriptions : public QObject
{
    Q_OBJECT

public:
    Subscriptions(credentials::Credentials &credentials, audit::AuditLog &audit, Lending &lending);

    /// From now on notifications about one account's server, or about all with an empty id. A
    /// second subscription of a connection is added to the first.
    void subscribe(const std::shared_ptr<Connection> &connection, const QString &serverId);
    /// Instead of what the connection followed before.
    void follow(const std::shared_ptr<Connection> &connection, const audit::Filter &filter);

    void sayLocked(bool locked);

private:
    struct Subscriber
    {
        std::weak_ptr<Connection> connection;
        QString serverId;
    };
    struct Follower
    {
        std::weak_ptr<Connection> connection;
        audit::Filter filter;
    };

    void sayAboutAccount(const QString &accountId, bool token);
    void sayRemoved(const QString &fullName);
    void sayRecord(const audit::Record &record);
    void forgetClosed();

    credentials::Credentials &m_credentials;
    Lending &m_lending;
    QList<Subscriber> m_subscribers;
    QList<Follower> m_followers;
};

} // namespace chatelaine::broker
