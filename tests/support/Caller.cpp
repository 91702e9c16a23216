// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Caller.h"

#include <QTest>

namespace chatelaine::test {

Caller::Caller(const QString &path, const QString &server)
    : m_server(server)
{
    auto connected = client::BrokerClient::connectTo(path);
    if (!connected)
        qFatal("%s", qPrintable(connected.error().message));
    m_client = std::make_unique<client::BrokerClient>(std::move(*connected));
}

qint64 Caller::say(QAnyStringView method, const QJsonObject &params)
{
    const Result<qint64> id = m_client->send(method.toString(), params);
    if (!id)
        qFatal("Nothing can be sent: %s", qPrintable(id.error().message));
    m_last = *id;
    return m_last;
}

qint64 Caller::ask(const QString &scope)
{
    QJsonObject params{{QStringLiteral("server"), m_server}};
    if (!scope.isEmpty())
        params.insert(QStringLiteral("scope"), scope);
    return say("token/get", params);
}

std::optional<client::Message> Caller::answerTo(qint64 id)
{
    for (;;) {
        const Result<std::optional<client::Message>> message = m_client->receive(0);
        if (!message || !*message)
            break;
        if ((*message)->id > 0)
            m_answers.insert((*message)->id, **message);
        else if (onNotification)
            onNotification(**message);
    }
    const auto found = m_answers.constFind(id);
    return found == m_answers.cend() ? std::nullopt : std::optional(*found);
}

client::Message Caller::answer()
{
    if (!QTest::qWaitFor([this] { return isAnswered(); }, 30'000))
        qFatal("There is no answer.");
    return *answerTo(m_last);
}

client::Message Caller::call(QAnyStringView method, const QJsonObject &params)
{
    say(method, params);
    return answer();
}

client::Message Caller::token(const QString &scope)
{
    ask(scope);
    return answer();
}

ErrorCode codeOf(const client::Message &message)
{
    return message.error ? message.error->code : ErrorCode::Internal;
}

} // namespace chatelaine::test
