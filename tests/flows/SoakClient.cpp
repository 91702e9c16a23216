// SPDX-License-Identifier: GPL-3.0-or-later
// One process of borrowers: chatelaine-soak-client SOCKET COUNTERS CONNECTIONS SERVERS RESOURCE
#include "tests/flows/SoakCounters.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QRandomGenerator>
#include <QTimer>

#include <cstring>
#include <utility>

using namespace chatelaine::test;

namespace {

constexpr int longestPauseMs = 2000;

struct Job
{
    SoakCounters *counters;
    int servers;
    QString resource; ///< of the first server; the others' have its number behind
};

void complain(const Job &job, const QByteArray &what)
{
    std::strncpy(job.counters->lastError, what.constData(), sizeof(job.counters->lastError) - 1);
}

bool isRight(const Job &job, int server, const QString &token)
{
    const QByteArray payload = token.toLatin1().split('.').value(1);
    const QJsonObject claims =
        QJsonDocument::fromJson(QByteArray::fromBase64(payload, QByteArray::Base64UrlEncoding))
            .object();
    const QString audience = QStringLiteral("%1/%2").arg(job.resource).arg(server);
    return claims.value(QLatin1StringView("aud")).toString() == audience
        && claims.value(QLatin1StringView("sub")).toString()
        == QStringLiteral("person-%1").arg(server)
        && claims.value(QLatin1StringView("exp")).toInteger() >= QDateTime::currentSecsSinceEpoch();
}

// True where the token ran out in an outage, or on a machine too busy for the keychain.
bool saysAway(const QJsonObject &error)
{
    const QString code = error.value(QLatin1StringView("data"))
                             .toObject()
                             .value(QLatin1StringView("code"))
                             .toString();
    return code == QLatin1StringView("unreachable") || code == QLatin1StringView("timed_out")
        || code == QLatin1StringView("vault_unavailable");
}

/// Asks for the token of any server, looks at it, waits a little, and asks again.
class Borrower : public QObject
{
public:
    Borrower(const Job &job, const QString &socket)
        : m_job(job)
    {
        connect(&m_socket, &QLocalSocket::connected, this, [this] { pause(); });
        connect(&m_socket, &QLocalSocket::readyRead, this, [this] { hear(); });
        connect(&m_socket, &QLocalSocket::disconnected, this, [this] { ++m_job.counters->hungUp; });
        connect(&m_pause, &QTimer::timeout, this, [this] { ask(); });
        m_pause.setSingleShot(true);
        m_socket.connectToServer(socket);
    }

private:
    void pause() { m_pause.start(QRandomGenerator::global()->bounded(longestPauseMs)); }
    void ask()
    {
        m_server = QRandomGenerator::global()->bounded(m_job.servers) + 1;
        m_socket.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"token/get\",\"params\":"
                       "{\"server\":\"server-"
            + QByteArray::number(m_server) + "\"}}\n");
    }
    void hear()
    {
        if (!m_socket.canReadLine())
            return;
        const QByteArray line = m_socket.readLine();
        const QJsonObject answer = QJsonDocument::fromJson(line).object();
        const QJsonObject result = answer.value(QLatin1StringView("result")).toObject();
        const QString token = result.value(QLatin1StringView("access_token")).toString();
        if (token.isEmpty() && saysAway(answer.value(QLatin1StringView("error")).toObject())) {
            ++m_job.counters->away;
        } else if (token.isEmpty()) {
            ++m_job.counters->refused;
            complain(m_job, line);
        } else {
            ++m_job.counters->received;
            if (!isRight(m_job, m_server, token)) {
                ++m_job.counters->wrong;
                complain(m_job, "asked for server-" + QByteArray::number(m_server));
            }
        }
        if (!std::exchange(m_begun, true))
            ++m_job.counters->begun;
        pause();
    }

    const Job &m_job;
    QLocalSocket m_socket;
    QTimer m_pause;
    int m_server = 0;
    bool m_begun = false;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 6)
        return 2;
    QFile file(words.at(2));
    const Job job{SoakCounters::in(file), words.at(4).toInt(), words.at(5)};
    if (!job.counters)
        return 1;
    std::vector<std::unique_ptr<Borrower>> borrowers;
    for (int i = 0; i < words.at(3).toInt(); ++i)
        borrowers.push_back(std::make_unique<Borrower>(job, words.at(1)));
    return QCoreApplication::exec();
}
