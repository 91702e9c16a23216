// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QJsonObject>
#include <QLocalServer>
#include <QTemporaryDir>

#include <functional>

class QLocalSocket;

namespace chatelaine::test {

/// The far end of both sockets, scripted: real Unix sockets under a CHATELAINE_HOME of its own.
class FakeBroker : public QObject
{
    Q_OBJECT

public:
    struct Request
    {
        QString socket; ///< "broker" or "control"
        QString method;
        QJsonObject params;
    };
    using Answer = std::function<Result<QJsonObject>(const Request &)>;

    FakeBroker();
    QString home() const { return m_home.path(); }

    /// What to answer to a method; without one it is an empty object.
    void answer(const QString &method, Answer answer) { m_answers[method] = std::move(answer); }
    void answer(const QString &method, const QJsonObject &result);
    void fail(const QString &method, const Error &error);
    /// Sends this notification when the method is asked and leaves the request open until release().
    void notifyAndHold(const QString &method, const QString &notification,
                       const QJsonObject &params);
    void release(const QString &method, const QJsonObject &result);
    void notify(const QString &notification, const QJsonObject &params);
    /// Whoever comes from now on is told this, and has nobody to talk to.
    void turnAway(const Error &why) { m_turnedAway = why; }

    const QList<Request> &requests() const { return m_requests; }
    /// The params of the last request of that method.
    QJsonObject paramsOf(const QString &method) const;
    bool wasAsked(const QString &method) const;
    int connections() const { return m_connections; }

private:
    void listen(QLocalServer &server, const QString &name);
    void take(QLocalSocket *socket, const QString &name);
    void send(QLocalSocket *socket, const QJsonObject &message);

    QTemporaryDir m_home;
    QLocalServer m_broker;
    QLocalServer m_control;
    std::map<QString, Answer> m_answers;
    std::map<QString, std::pair<QString, QJsonObject>> m_holds;
    std::map<QString, std::pair<QLocalSocket *, QJsonValue>> m_held;
    QList<Request> m_requests;
    QLocalSocket *m_last = nullptr;
    std::optional<Error> m_turnedAway;
    int m_connections = 0;
};

} // namespace chatelaine::test
