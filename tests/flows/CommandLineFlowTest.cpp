// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Estate.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

#include <csignal>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

QSet<QString> keysOf(const QJsonObject &object)
{
    const QStringList keys = object.keys();
    return QSet<QString>(keys.cbegin(), keys.cend());
}

void expectKeys(const QJsonObject &object, const char *names)
{
    for (const QString &name : words(names))
        QVERIFY2(object.contains(name), qPrintable(name + QStringLiteral(" is missing")));
}

/// How many accounts `list` has; -1 where it says no list.
qsizetype listed(Estate &estate)
{
    const QJsonDocument list = QJsonDocument::fromJson(estate.must(words("list --json")).out);
    return list.isArray() ? list.array().size() : -1;
}

} // namespace

/// The main job as a person and a script do it: real programs, a real keyring, real sockets.
class CommandLineFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWholeJob()
    {
        Estate estate;
        estate.startBroker();

        const QJsonObject report =
            estate.must({QStringLiteral("discover"), estate.lab.mcpUrl(), QStringLiteral("--json")})
                .json();
        expectKeys(report, "steps resource issuer registration scope protected problems");
        QCOMPARE(estate.lab.requestCounts().value(QStringLiteral("registration")), 0);

        estate.signIn();
        const QJsonObject shown = estate.must(words("show demo --json")).json();
        expectKeys(shown,
            "name url resource account state issuer client_id registration scope "
            "expires_at has_refresh_token");
        QCOMPARE(shown.value(QLatin1StringView("state")).toString(), QStringLiteral("signed_in"));
        QCOMPARE(listed(estate), 1);

        // The keychain holds them, where other tools of the desktop see them too.
        QProcess search;
        search.start(
            QStringLiteral("secret-tool"), words("search --all --unlock server chatelaine"));
        QVERIFY(search.waitForFinished());
        const QByteArray items = search.readAllStandardOutput() + search.readAllStandardError();
        QVERIFY2(items.contains("tokens/"), items.constData());
        QVERIFY(items.contains("audit/key"));

        // No grant, no terminal: refused, and nothing lent.
        const Outcome refused = estate.run(words("token demo"));
        QCOMPARE(refused.exit, 4);
        QVERIFY(refused.out.isEmpty());
        QVERIFY2(refused.err.contains("grants add"), refused.err.constData());

        estate.must(words("grants add --server demo --any-client --for 1h"));
        const QJsonObject token = estate.must(words("token demo --json")).json();
        QCOMPARE(keysOf(token),
            QSet<QString>({QStringLiteral("access_token"), QStringLiteral("token_type"),
                QStringLiteral("expires_at"), QStringLiteral("scope"), QStringLiteral("resource"),
                QStringLiteral("server"), QStringLiteral("account")}));
        const QByteArray bare = estate.must(words("token demo")).out;
        QCOMPARE(QString::fromUtf8(bare.trimmed()),
            token.value(QLatin1StringView("access_token")).toString());
        const QJsonObject headers = estate.must(words("headers demo")).json();
        QCOMPARE(headers.value(QLatin1StringView("Authorization")).toString(),
            QStringLiteral("Bearer ") + QString::fromUtf8(bare.trimmed()));

        const QJsonObject tools = estate.must(words("call demo --json")).json();
        QCOMPARE(tools.value(QLatin1StringView("tools")).toArray().size(), 3);
        const Outcome verdict = estate.must(
            {QStringLiteral("call"), QStringLiteral("demo"), QStringLiteral("analyze_sentiment"),
                QStringLiteral("{\"text\":\"Profit plunges\"}"), QStringLiteral("--json")});
        QVERIFY2(verdict.out.contains("negative"), verdict.out.constData());
        // A step-up opens the browser again; the lab approves.
        estate.must({QStringLiteral("call"), QStringLiteral("demo"),
            QStringLiteral("analyze_batch"), QStringLiteral("{\"texts\":[\"Up\"]}")});
        QCOMPARE(estate.lab.requestCounts().value(QStringLiteral("authorization")), 2);

        const auto records = estate.must(words("audit --json --limit 1000")).lines();
        QStringList events;
        for (const QJsonObject &record : records) {
            expectKeys(record, "seq time event outcome hash");
            events.append(record.value(QLatin1StringView("event")).toString());
        }
        for (const char *event :
            {"server.added", "client.registered", "account.signed_in", "loan.token", "loan.call"})
            QVERIFY2(events.contains(QString::fromLatin1(event)), event);
        const auto denials = estate.must(words("audit --json --outcome denied")).lines();
        QVERIFY(!denials.isEmpty());
        expectKeys(denials.first().value(QLatin1StringView("client")).toObject(), "pid exe chain");

        const QJsonObject verified = estate.must(words("audit verify --json")).json();
        QCOMPARE(verified.value(QLatin1StringView("ok")).toBool(), true);
        QVERIFY(verified.value(QLatin1StringView("rows")).toInt() >= records.size());

        QCOMPARE(estate.must(words("audit export --format jsonl")).lines().size(),
            verified.value(QLatin1StringView("rows")).toInt());
        const QByteArray csv = estate.must(words("audit export --format csv")).out;
        QVERIFY(csv.startsWith("seq,time,event"));

        const QJsonObject left = estate.must(words("logout demo --only-if-revoked --json")).json();
        QVERIFY(left.value(QLatin1StringView("revoked")).toBool());
        QCOMPARE(estate.run(words("token demo")).exit, 3);
        QCOMPARE(estate.run(words("logout demo --only-if-revoked")).exit, 1);
        estate.must(words("remove demo"));
        QCOMPARE(listed(estate), 0);
    }

    void signInSurvivesARestart()
    {
        Estate estate;
        estate.startBroker();
        estate.signIn();
        estate.must(words("grants add --server demo --any-client"));
        const QByteArray before = estate.must(words("token demo")).out;
        estate.stopBroker();
        estate.startBroker();
        QCOMPARE(estate.must(words("token demo")).out, before);
        QVERIFY(estate.must(words("audit verify --json"))
                    .json()
                    .value(QLatin1StringView("ok"))
                    .toBool());
    }

    void theBrokerStartsOnDemand()
    {
        Estate estate;
        const QJsonObject status = estate.must(words("status --json")).json();
        const qint64 pid = status.value(QLatin1StringView("pid")).toInteger();
        QVERIFY(pid > 0);
        QCOMPARE(
            estate.must(words("status --json")).json().value(QLatin1StringView("pid")).toInteger(),
            pid);
        QCOMPARE(::kill(static_cast<pid_t>(pid), SIGTERM), 0);
        QTRY_VERIFY(
            ::kill(static_cast<pid_t>(pid), 0) != 0 || !QFile::exists(estate.brokerSocket()));
    }

    void privateLeavesNothingBehind()
    {
        Estate estate;
        const Outcome outcome = estate.must({QStringLiteral("call"), QStringLiteral("--private"),
            estate.lab.mcpUrl(), QStringLiteral("analyze_sentiment"),
            QStringLiteral("{\"text\":\"Shares surge\"}"), QStringLiteral("--json")});
        QVERIFY(outcome.out.contains("positive"));
        QVERIFY(QDir(estate.home()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).isEmpty());
    }

    void lockingStopsLending()
    {
        Estate estate;
        estate.startBroker();
        estate.signIn();
        estate.must(words("grants add --server demo --any-client"));
        estate.must(words("token demo"));
        estate.must(words("lock"));
        const Outcome locked = estate.run(words("token demo"));
        QCOMPARE(locked.exit, 5);
        QVERIFY(locked.err.contains("unlock"));
        estate.must(words("unlock"));
        estate.must(words("token demo"));
    }
};

QTEST_GUILESS_MAIN(CommandLineFlowTest)
#include "CommandLineFlowTest.moc"
