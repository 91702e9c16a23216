// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/client/BrokerClient.h"

#include <QAnyStringView>
#include <QHash>

#include <functional>

namespace chatelaine::test {

/// A program at a real socket of the broker. It is this process; what it sends and hears is its
/// own.
class Caller
{
public:
    explicit Caller(const QString &path, const QString &server = QStringLiteral("demo"));

    /// Gives the request's id.
    qint64 say(QAnyStringView method, const QJsonObject &params = {});
    /// token/get for the server.
    qint64 ask(const QString &scope = {});
    /// The answer to that request; nullopt when it has not come yet.
    std::optional<client::Message> answerTo(qint64 id);
    /// The answer to the last request; the event loop runs meanwhile.
    client::Message answer();
    /// Whether it is there already.
    bool isAnswered() { return answerTo(m_last).has_value(); }
    client::Message call(QAnyStringView method, const QJsonObject &params = {});
    client::Message token(const QString &scope = {});
    void leave() { m_client.reset(); }
    /// Called with what comes that is no answer.
    std::function<void(const client::Message &)> onNotification;

private:
    std::unique_ptr<client::BrokerClient> m_client;
    QString m_server;
    QHash<qint64, client::Message> m_answers;
    qint64 m_last = 0;
};

/// Internal where the answer is no error.
ErrorCode codeOf(const client::Message &message);

} // namespace chatelaine::test
