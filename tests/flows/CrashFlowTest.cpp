// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Secret.h"
#include "tests/flows/Estate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

/// Power gone in the middle of a stream of loans.
class CrashFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLoanThatWasMadeIsWrittenDown()
    {
        Estate estate;
        estate.startBroker();
        estate.signIn();
        estate.must(words("grants add --server demo --any-client"));

        int received = 0;
        for (int round = 0; round < 8; ++round) {
            {
                // Several clients at once, each with requests under way when the broker dies.
                std::vector<std::unique_ptr<Wire>> clients;
                for (int i = 0; i < 8; ++i) {
                    clients.push_back(std::make_unique<Wire>(estate.brokerSocket()));
                    QVERIFY(clients.back()->isConnected());
                    for (int id = 1; id <= 200; ++id)
                        clients.back()->send(id, QStringLiteral("token/get"),
                            {{QStringLiteral("server"), QStringLiteral("demo")}});
                }
                // A different moment in each round: after so many answers.
                const int enough = 1 + round * 57;
                for (int answers = 0; answers < enough; ++answers) {
                    const QJsonObject answer = clients[static_cast<size_t>(answers) % 8]->receive();
                    QVERIFY(answer.contains(QLatin1StringView("result")));
                    ++received;
                }
                estate.killBroker();
                // What was already on its way counts too: the client has it.
                for (const auto &client : clients) {
                    for (QJsonObject answer = client->receive(); !answer.isEmpty();
                         answer = client->receive())
                        received += answer.contains(QLatin1StringView("result"));
                }
            }
            estate.startBroker();
        }
        QVERIFY(received > 1000);

        int written = 0;
        qint64 after = 0;
        for (;;) {
            const QJsonObject answer =
                Wire(estate.home() + QStringLiteral("/run/control.sock"))
                    .call(QStringLiteral("audit/query"),
                        {{QStringLiteral("event"), QStringLiteral("loan.token")},
                            {QStringLiteral("ascending"), true},
                            {QStringLiteral("after_seq"), after}, {QStringLiteral("limit"), 1000}});
            const QJsonObject result = answer.value(QLatin1StringView("result")).toObject();
            const QJsonArray records = result.value(QLatin1StringView("records")).toArray();
            written += static_cast<int>(records.size());
            if (!result.value(QLatin1StringView("more")).toBool())
                break;
            after = records.last().toObject().value(QLatin1StringView("seq")).toInteger();
        }
        qInfo("%d tokens received, %d loans written down", received, written);
        QVERIFY(written >= received);
        const QJsonObject verified = estate.must(words("audit verify --json")).json();
        QVERIFY2(verified.value(QLatin1StringView("ok")).toBool(),
            qPrintable(verified.value(QLatin1StringView("reason")).toString()));
    }

    void aThousandAskersOnTheSocketCauseOneRefresh()
    {
        testlab::LabOptions options = Estate::autoApproving();
        options.accessTokenLifetimeS = 1;
        Estate estate(QStringLiteral("keychain"), options);
        estate.startBroker();
        estate.signIn();
        estate.must(words("grants add --server demo --any-client"));
        // Nobody has borrowed yet, so nothing was refreshed ahead: the token runs out.
        estate.lab.setAccessTokenLifetime(3600);
        const qint64 from = estate.clock.bootMs();
        QTRY_VERIFY_WITH_TIMEOUT(estate.clock.bootMs() - from > 1500, 5000);

        std::vector<std::unique_ptr<Wire>> clients;
        for (int i = 0; i < 250; ++i) { // a process may have 256
            clients.push_back(std::make_unique<Wire>(estate.brokerSocket()));
            QVERIFY(clients.back()->isConnected());
        }
        for (int id = 1; id <= 4; ++id) {
            for (const auto &client : clients)
                client->send(id, QStringLiteral("token/get"),
                    {{QStringLiteral("server"), QStringLiteral("demo")}});
        }
        QSet<QString> tokens;
        for (int answers = 0; answers < 4; ++answers) {
            for (const auto &client : clients) {
                const QJsonObject answer = client->receive();
                const QJsonObject result = answer.value(QLatin1StringView("result")).toObject();
                QVERIFY2(!result.isEmpty(),
                    QJsonDocument(answer).toJson(QJsonDocument::Compact).constData());
                tokens.insert(result.value(QLatin1StringView("access_token")).toString());
            }
        }
        QCOMPARE(tokens.size(), 1);
        QCOMPARE(estate.lab.requestCounts().value(QStringLiteral("token_refresh")), 1);
    }
};

QTEST_GUILESS_MAIN(CrashFlowTest)
#include "CrashFlowTest.moc"
