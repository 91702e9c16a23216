// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Estate.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

constexpr int kills = 100;
constexpr int servers = 6;

QString nameOf(int server)
{
    return QStringLiteral("server-%1").arg(server);
}

testlab::LabOptions shortLives()
{
    testlab::LabOptions options = Estate::autoApproving();
    // Half a life is enough for a token: each account is refreshed twice a second.
    options.accessTokenLifetimeS = 1;
    options.moreResources = servers;
    return options;
}

} // namespace

/// kill -9 at any moment, in the middle of rotations first of all, with an authorization server
/// that withdraws the whole grant when a refresh token comes twice.
class KillFlowTest : public QObject
{
    Q_OBJECT

public:
    static void initMain() { qputenv("QTEST_FUNCTION_TIMEOUT", "470000"); }

private Q_SLOTS:
    void noAccountIsLostBecauseOfUs();

private:
    void ask(Wire &wire, int server);
    void hear(Wire &wire, bool again);
    void untilTheMoment();
    void judge(int server);
    void signIn(int server);

    std::unique_ptr<Estate> m_estate;
    QRandomGenerator m_random;
    std::vector<std::unique_ptr<Wire>> m_clients;
    QSet<QByteArray> m_heard; ///< tokens that a client got
    int m_lost = 0;
};

void KillFlowTest::ask(Wire &wire, int server)
{
    wire.send(server, QStringLiteral("token/get"), {{QStringLiteral("server"), nameOf(server)}});
}

void KillFlowTest::hear(Wire &wire, bool again)
{
    for (QJsonObject answer = wire.take(); !answer.isEmpty(); answer = wire.take()) {
        const int server = answer.value(QLatin1StringView("id")).toInt();
        const QByteArray token = answer.value(QLatin1StringView("result"))
                                     .toObject()
                                     .value(QLatin1StringView("access_token"))
                                     .toString()
                                     .toLatin1();
        if (!token.isEmpty()) {
            m_heard.insert(token);
            QCOMPARE(claimsOf(token).value(QLatin1StringView("aud")).toString(),
                m_estate->lab.mcpUrl(server));
        }
        if (again)
            ask(wire, server);
    }
}

/// Some time later; or as soon as the server has had a refresh; or a little after that.
void KillFlowTest::untilTheMoment()
{
    const auto refreshes = [this] {
        return m_estate->lab.requestCounts().value(QStringLiteral("token_refresh"));
    };
    const int before = refreshes();
    const quint32 kind = m_random.bounded(3U);
    QDeadlineTimer limit(kind == 0 ? m_random.bounded(250) : 2000);
    bool seen = false;
    while (!limit.hasExpired()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        for (const auto &client : m_clients)
            hear(*client, true);
        if (kind == 0 || seen || refreshes() == before)
            continue;
        seen = true;
        if (kind == 1)
            return;
        limit.setPreciseRemainingTime(0, m_random.bounded(15'000'000)); // 15 ms
    }
}

/// It works, or it says why it does not, and then it is so.
void KillFlowTest::judge(int server)
{
    Wire wire(m_estate->brokerSocket());
    const QJsonObject answer =
        wire.call(QStringLiteral("token/get"), {{QStringLiteral("server"), nameOf(server)}});
    const QString url = m_estate->lab.mcpUrl(server);
    const QByteArray text = QJsonDocument(answer).toJson(QJsonDocument::Compact);
    if (answer.contains(QLatin1StringView("result"))) {
        const QJsonObject result = answer.value(QLatin1StringView("result")).toObject();
        const QByteArray token =
            result.value(QLatin1StringView("access_token")).toString().toLatin1();
        m_heard.insert(token);
        QCOMPARE(claimsOf(token).value(QLatin1StringView("aud")).toString(), url);
        return;
    }
    const QJsonObject data = answer.value(QLatin1StringView("error"))
                                 .toObject()
                                 .value(QLatin1StringView("data"))
                                 .toObject();
    QVERIFY2(data.value(QLatin1StringView("code")).toString() == QStringLiteral("sign_in_needed"),
        text.constData());
    QVERIFY2(
        data.value(QLatin1StringView("reason")).toString() == QStringLiteral("refresh_interrupted"),
        text.constData());
    // Nobody has had the tokens that the server gave last: they never reached the vault.
    QByteArray newest;
    const QList<Secret> issued = m_estate->lab.issuedTokens();
    for (const Secret &one : issued) {
        if (claimsOf(one.expose()).value(QLatin1StringView("aud")).toString() == url)
            newest = one.expose().toByteArray();
    }
    QVERIFY2(!m_heard.contains(newest), text.constData());
    ++m_lost;
    signIn(server);
}

/// Whether it worked is seen when the account is judged next: on a busy machine the new token may
/// be at its end before the server is tried with it, and then login says so.
void KillFlowTest::signIn(int server)
{
    m_estate->run({QStringLiteral("login"), nameOf(server)});
}

void KillFlowTest::noAccountIsLostBecauseOfUs()
{
    m_random.seed(seedOfThisRun());
    m_estate = std::make_unique<Estate>(QStringLiteral("keychain"), shortLives());
    m_estate->startBroker();
    for (int server = 1; server <= servers; ++server) {
        m_estate->must({QStringLiteral("add"), m_estate->lab.mcpUrl(server),
            QStringLiteral("--name"), nameOf(server)});
        signIn(server);
        m_estate->must({QStringLiteral("grants"), QStringLiteral("add"), QStringLiteral("--server"),
            nameOf(server), QStringLiteral("--any-client")});
    }
    for (int kill = 0; kill < kills; ++kill) {
        for (int server = 1; server <= servers; ++server) {
            m_clients.push_back(std::make_unique<Wire>(m_estate->brokerSocket()));
            ask(*m_clients.back(), server);
        }
        untilTheMoment();
        m_estate->killBroker();
        for (const auto &client : m_clients)
            hear(*client, false);
        m_clients.clear();
        m_estate->startBroker();
        for (int server = 1; server <= servers; ++server) {
            judge(server);
            if (QTest::currentTestFailed())
                return;
        }
    }
    const auto counts = m_estate->lab.requestCounts();
    qInfo("%d kills, %d refreshes, %d of them cut off between the server's rotation and the vault",
        kills, counts.value(QStringLiteral("token_refresh")), m_lost);
    // No refresh token came twice but those.
    QCOMPARE(counts.value(QStringLiteral("refresh_reused")), m_lost);
    QVERIFY(counts.value(QStringLiteral("token_refresh")) > kills);
    const QJsonObject verified = m_estate->must(words("audit verify --json")).json();
    QVERIFY2(verified.value(QLatin1StringView("ok")).toBool(),
        qPrintable(verified.value(QLatin1StringView("reason")).toString()));
    m_estate.reset();
}

QTEST_GUILESS_MAIN(KillFlowTest)
#include "KillFlowTest.moc"
