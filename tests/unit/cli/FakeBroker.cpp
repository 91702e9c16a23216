// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/cli/FakeBroker.h"

#include "core/base/Paths.h"
#include "core/client/Protocol.h"

#include <QDir>
#include <QJsonDocument>
#include <QLocalSocket>

namespace chatelaine::test {

FakeBroker::FakeBroker()
{
    const Paths paths = Paths::under(m_home.path());
    QDir().mkpath(paths.runtimeDir);
    QFile::setPermissions(paths.runtimeDir,
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    listen(m_broker, paths.brokerSocket());
    listen(m_control, paths.controlSocket());
}

void FakeBroker::listen(QLocalServer &server, const QString &path)
{
    if (!server.listen(path))
        qFatal("The fake broker can't listen.");
    const QString name = &server == &m_broker ? QStringLiteral("broker") : QStringLiteral("control");
    connect(&server, &QLocalServer::newConnection, this, [this, &server, name] {
        QLocalSocket *socket = server.nextPendingConnection();
        ++m_connections;
        if (m_turnedAway) {
            send(socket,
                {{QStringLiteral("id"), QJsonValue::Null},
                    {QStringLiteral("error"), protocol::toRpcError(*m_turnedAway)}});
            socket->disconnectFromServer();
            socket->deleteLater();
            return;
        }
        connect(socket, &QLocalSocket::readyRead, this, [this, socket, name] { take(socket, name); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            m_last = m_last == socket ? nullptr : m_last;
            socket->deleteLater();
        });
        take(socket, name);
    });
}

void FakeBroker::take(QLocalSocket *socket, const QString &name)
{
    while (socket->canReadLine()) {
        const QJsonObject line = QJsonDocument::fromJson(socket->readLine()).object();
        const QString method = line.value(QLatin1StringView("method")).toString();
        const QJsonValue id = line.value(QLatin1StringView("id"));
        const Request request {name, method, line.value(QLatin1StringView("params")).toObject()};
        m_requests << request;
        m_last = socket;
        if (const auto hold = m_holds.find(method); hold != m_holds.end()) {
            m_held[method] = {socket, id};
            QJsonObject params = hold->second.second;
            params.insert(QStringLiteral("id"), id);
            send(socket, {{QStringLiteral("method"), hold->second.first},
                          {QStringLiteral("params"), params}});
            continue;
        }
        const auto found = m_answers.find(method);
        const Result<QJsonObject> answer
            = found == m_answers.end() ? QJsonObject() : found->second(request);
        QJsonObject message {{QStringLiteral("id"), id}};
        if (answer)
            message.insert(QStringLiteral("result"), *answer);
        else
            message.insert(QStringLiteral("error"), protocol::toRpcError(answer.error()));
        send(socket, message);
    }
}

void FakeBroker::send(QLocalSocket *socket, const QJsonObject &message)
{
    QJsonObject line = message;
    line.insert(QStringLiteral("jsonrpc"), QStringLiteral("2.0"));
    socket->write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    socket->flush();
}

void FakeBroker::answer(const QString &method, const QJsonObject &result)
{
    answer(method, [result](const Request &) -> Result<QJsonObject> { return result; });
}

void FakeBroker::fail(const QString &method, const Error &error)
{
    answer(method, [error](const Request &) -> Result<QJsonObject> { return failure(error); });
}

void FakeBroker::notifyAndHold(const QString &method, const QString &notification,
                               const QJsonObject &params)
{
    m_holds[method] = {notification, params};
}

void FakeBroker::release(const QString &method, const QJsonObject &result)
{
    const auto [socket, id] = m_held[method];
    send(socket, {{QStringLiteral("id"), id}, {QStringLiteral("result"), result}});
}

void FakeBroker::notify(const QString &notification, const QJsonObject &params)
{
    send(m_last, {{QStringLiteral("method"), notification}, {QStringLiteral("params"), params}});
}

QJsonObject FakeBroker::paramsOf(const QString &method) const
{
    for (auto it = m_requests.rbegin(); it != m_requests.rend(); ++it) {
        if (it->method == method)
            return it->params;
    }
    return {};
}

bool FakeBroker::wasAsked(const QString &method) const
{
    return std::any_of(m_requests.begin(), m_requests.end(),
                       [&method](const Request &request) { return request.method == method; });
}

} // namespace chatelaine::test
