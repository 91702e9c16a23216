// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Estate.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using namespace chatelaine;
using namespace chatelaine::test;
using testlab::Fault;

namespace {

/// A secret as it might stand in a file: raw, base64, hex, percent-encoded.
QList<QByteArray> shapesOf(const Secret &secret)
{
    const QByteArray raw = secret.expose().toByteArray();
    return {raw, raw.toBase64(), raw.toHex(), raw.toPercentEncoding()};
}

/// What anybody sees of a process beside its memory: arguments, and the environment where it may be
/// looked at.
QByteArray shownBy(qint64 pid)
{
    QByteArray shown;
    for (const char *name : {"cmdline", "environ"}) {
        QFile file(QStringLiteral("/proc/%1/%2").arg(pid).arg(QLatin1StringView(name)));
        if (file.open(QIODevice::ReadOnly))
            shown += file.readAll();
    }
    return shown;
}

QByteArray secretTool(const QStringList &args)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("secret-tool"), args);
    process.waitForFinished();
    return process.readAllStandardOutput();
}

/// What the keychain has under a name that ends so, as other tools of the desktop see it.
QList<Secret> keptAs(const QString &name)
{
    QList<Secret> found;
    const QRegularExpression user(QStringLiteral("attribute.user = (\\S*%1)\n").arg(name));
    const QString items =
        QString::fromUtf8(secretTool(words("search --all --unlock server chatelaine")));
    for (const QRegularExpressionMatch &item : user.globalMatch(items)) {
        found.append(Secret::copyOf(
            secretTool(words("lookup server chatelaine user") << item.captured(1)).trimmed()));
    }
    return found;
}

} // namespace

/// Everything is done, everything goes wrong, and then everything that was written is searched for
/// every secret there was.
class SecretsFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noSecretIsOutsideTheVault()
    {
        // The log at its wordiest.
        qputenv("CHATELAINE_DEBUG", "1");
        qputenv("QT_LOGGING_RULES", "*=true");
        testlab::LabOptions options = Estate::autoApproving();
        options.clientId = QStringLiteral("given-client");
        options.clientSecret = Secret::copyOf("given-client-secret-7f3a91");
        options.accessTokenLifetimeS = 2;
        Estate estate(QStringLiteral("keychain"), options);
        estate.startBroker();
        estate.signIn();
        estate.must({QStringLiteral("add"), estate.lab.mcpUrl(), QStringLiteral("--name"),
                        QStringLiteral("given"), QStringLiteral("--client-id"),
                        QStringLiteral("given-client"), QStringLiteral("--client-secret-stdin")},
            "given-client-secret-7f3a91\n");
        estate.must(words("login given"));
        estate.must(words("grants add --server demo --any-client"));

        // Lent, refused, refreshed.
        estate.must(words("token demo"));
        QCOMPARE(estate.run(words("token given")).exit, 4);
        const qint64 from = estate.clock.bootMs();
        QTRY_VERIFY_WITH_TIMEOUT(estate.clock.bootMs() - from > 2500, 6000);
        estate.must(words("token demo"));
        estate.must(words("call demo analyze_sentiment {\"text\":\"x\"}"));

        // Failed in the ways the lab knows that touch a secret.
        for (const Fault fault : {Fault::Token500, Fault::TokenHtml, Fault::TokenHalfResponse,
                 Fault::TokenTypeMac, Fault::IssWrong, Fault::Token429, Fault::RefreshInvalidGrant,
                 Fault::Revocation500}) {
            estate.lab.setFault(fault);
            Q_UNUSED(estate.run(words("login demo")));
            Q_UNUSED(estate.run(words("token demo")));
            estate.lab.clearFaults();
        }
        estate.must(words("login demo"));
        estate.must(words("audit --limit 1000"));
        estate.must(words("show demo"));
        estate.must(words("status"));
        estate.killBroker();
        estate.startBroker();
        estate.must(words("audit verify"));

        // Stepped up, locked and opened, trimmed, read out, and asked everything for programs.
        estate.must({QStringLiteral("call"), QStringLiteral("demo"),
            QStringLiteral("analyze_batch"), QStringLiteral("{\"texts\":[\"x\"]}")});
        estate.must(words("lock"));
        QCOMPARE(estate.run(words("token demo")).exit, 5);
        estate.must(words("unlock"));
        Wire control(estate.home() + QStringLiteral("/run/control.sock"));
        for (const char *name : {"history_keep_days", "history_keep_megabytes"}) {
            QVERIFY(control
                        .call(QStringLiteral("settings/set"),
                            {{QStringLiteral("name"), QLatin1StringView(name)},
                                {QStringLiteral("value"), 1}})
                        .contains(QLatin1StringView("result")));
        }
        for (const char *format : {"jsonl", "csv"}) {
            estate.must(words("audit export --format") << QLatin1StringView(format));
            estate.must(words("audit export --format")
                << QLatin1StringView(format) << QStringLiteral("--output")
                << estate.home() + QStringLiteral("/export.") + QLatin1StringView(format));
        }
        for (const char *command :
            {"list", "show demo", "show given", "discover", "login given", "call demo", "clients",
                "grants list", "audit", "audit verify", "status", "version", "lock", "unlock"}) {
            QStringList args = words(command) << QStringLiteral("--json");
            if (args.first() == QStringLiteral("discover"))
                args.insert(1, estate.lab.mcpUrl());
            estate.must(args);
        }
        Q_UNUSED(estate.run(words("grants add --server given --any-client --for 1h --json")));
        Q_UNUSED(estate.run(words("grants remove no-such --json")));
        Q_UNUSED(estate.run(words("token given --json")));
        Q_UNUSED(estate.run(words("headers given")));
        estate.must(words("logout given --json"));
        estate.must(words("remove given --json"));
        estate.must(words("logout demo"));

        QList<Secret> secrets = estate.lab.issuedTokens();
        secrets.append(options.clientSecret);
        QVERIFY(secrets.size() > 10);
        const QList<Secret> historyKeys = keptAs(QStringLiteral("audit/key"));
        QVERIFY(!historyKeys.isEmpty() && historyKeys.first().size() >= 32);
        secrets.append(historyKeys);

        // Home, data, runtime; and what Qt or the libraries may have put elsewhere.
        QStringList places{estate.home()};
        for (const char *variable :
            {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
            places.append(qEnvironmentVariable(variable));
        int files = 0;
        for (const QString &place : std::as_const(places)) {
            if (place.isEmpty())
                continue;
            QDirIterator all(place, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            while (all.hasNext()) {
                const QString path = all.next();
                QFile file(path);
                if (!file.open(QIODevice::ReadOnly))
                    continue;
                const QByteArray bytes = file.readAll();
                ++files;
                for (const Secret &secret : std::as_const(secrets)) {
                    for (const QByteArray &shape : shapesOf(secret))
                        QVERIFY2(!bytes.contains(shape), qPrintable(path));
                }
            }
        }
        QVERIFY(files > 3);
        const QByteArray said = estate.everythingSaid();
        QVERIFY(!said.isEmpty());
        for (const Secret &secret : std::as_const(secrets)) {
            for (const QByteArray &shape : shapesOf(secret))
                QVERIFY2(!said.contains(shape), "a secret was printed");
        }
        // The search itself works: it finds what is there.
        QVERIFY(said.contains("demo"));
        qunsetenv("CHATELAINE_DEBUG");
        qunsetenv("QT_LOGGING_RULES");
    }

    void argumentsAndEnvironmentHoldNone()
    {
        testlab::LabOptions options = Estate::autoApproving();
        options.clientId = QStringLiteral("given-client");
        options.clientSecret = Secret::copyOf("given-client-secret-7f3a91");
        Estate estate(QStringLiteral("keychain"), options);
        // Who has a secret to hand on starts the broker.
        const QByteArray passphrase("correct-horse-battery-staple-93");
        estate.must(words("unlock --passphrase-fd 0"), passphrase + '\n');
        estate.must({QStringLiteral("add"), estate.lab.mcpUrl(), QStringLiteral("--name"),
                        QStringLiteral("given"), QStringLiteral("--client-id"),
                        QStringLiteral("given-client"), QStringLiteral("--client-secret-stdin")},
            "given-client-secret-7f3a91\n");
        estate.must(words("login given"));
        QList<Secret> secrets = estate.lab.issuedTokens();
        QVERIFY(!secrets.isEmpty());
        secrets << options.clientSecret << Secret::copyOf(passphrase);
        const QJsonObject status = estate.must(words("status --json")).json();
        const qint64 pid = status.value(QLatin1StringView("pid")).toInteger();
        const QByteArray shown = shownBy(pid);
        QVERIFY2(shown.contains("chatelaine-broker"), shown.constData());
        for (const Secret &secret : std::as_const(secrets))
            QVERIFY(!shown.contains(secret.expose().toByteArray()));
        // No core dump may be written of it (RLIMIT_CORE 0).
        QFile limits(QStringLiteral("/proc/%1/limits").arg(pid));
        QVERIFY(limits.open(QIODevice::ReadOnly));
        const QByteArray text = limits.readAll();
        const qsizetype at = text.indexOf("Max core file size");
        QVERIFY(at >= 0);
        QVERIFY(text.mid(at + 18, 40).simplified().startsWith("0 0"));
        QCOMPARE(::kill(static_cast<pid_t>(pid), SIGTERM), 0);
        QTRY_VERIFY(!QFile::exists(estate.brokerSocket()));
    }

    void whoHandsASecretOnShowsNone_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("client secret") << QStringLiteral(
            "add https://example.com/mcp --name given --client-id c --client-secret-stdin");
        QTest::newRow("passphrase") << QStringLiteral("unlock --passphrase-fd 0");
    }
    void whoHandsASecretOnShowsNone()
    {
        QFETCH(const QString, command);
        Estate estate;
        // A broker that hears everything and answers nothing, so that the command stays.
        QVERIFY(QDir().mkpath(estate.home() + QStringLiteral("/run")));
        QLocalServer broker;
        QVERIFY(broker.listen(estate.home() + QStringLiteral("/run/control.sock")));
        const QByteArray secret("correct-horse-battery-staple-93");
        QProcess process;
        process.setProcessEnvironment(estate.environment());
        process.start(qEnvironmentVariable("CHATELAINE_BIN") + QStringLiteral("/chatelaine"),
            words(qPrintable(command)));
        process.write(secret + '\n');
        process.closeWriteChannel();
        QTRY_VERIFY(broker.hasPendingConnections());
        QLocalSocket *const connection = broker.nextPendingConnection();
        QByteArray heard;
        const auto handedOn = [&] {
            heard += connection->readAll();
            return heard.contains(secret);
        };
        QTRY_VERIFY2(handedOn(), heard.constData());
        const QByteArray shown = shownBy(process.processId());
        QVERIFY2(shown.contains(command.section(u' ', 0, 0).toLatin1()), shown.constData());
        QVERIFY(!shown.contains(secret));
        process.kill();
        QVERIFY(process.waitForFinished());
    }
};

QTEST_GUILESS_MAIN(SecretsFlowTest)
#include "SecretsFlowTest.moc"
