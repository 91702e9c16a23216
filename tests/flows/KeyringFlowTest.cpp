// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Estate.h"
#include "tests/support/Keyring.h"

#include <QJsonArray>
#include <QTest>

#include <csignal>

using namespace chatelaine;
using namespace chatelaine::test;

/// A keyring that is locked: told apart from one that is empty, and nothing is lost by it.
class KeyringFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLockedKeyringLosesNothing()
    {
        Estate estate;
        estate.startBroker();
        estate.signIn();
        estate.must(words("grants add --server demo --any-client"));
        const QByteArray before = estate.must(words("token demo")).out;
        estate.stopBroker();

        lockKeyring();
        estate.startBroker();
        const Outcome locked = estate.run(words("token demo"));
        QCOMPARE(locked.exit, 5);
        QVERIFY2(locked.err.contains("lock"), locked.err.constData());
        QVERIFY(locked.out.isEmpty());
        const Outcome login = estate.run(words("login demo"));
        QCOMPARE(login.exit, 5);
        // No lock of ours: what needs no secret is answered.
        Wire wire(estate.brokerSocket());
        const QJsonObject followed = wire.call(
            QStringLiteral("subscribe"), {{QStringLiteral("server"), QStringLiteral("demo")}});
        QVERIFY(followed.contains(QLatin1StringView("result")));
        const QJsonObject listed = wire.call(QStringLiteral("servers/list"));
        QCOMPARE(listed.value(QLatin1StringView("result"))
                     .toObject()
                     .value(QLatin1StringView("servers"))
                     .toArray()
                     .size(),
            1);

        unlockKeyring();
        estate.must(words("unlock"));
        QCOMPARE(estate.must(words("token demo")).out, before);
        const QJsonObject verified = estate.must(words("audit verify --json")).json();
        QVERIFY2(verified.value(QLatin1StringView("ok")).toBool(),
            qPrintable(verified.value(QLatin1StringView("reason")).toString()));
    }

    void aHungKeyringIsToldAndRecoveredFrom()
    {
        Estate estate;
        estate.startBroker();
        estate.signIn();
        estate.must(words("grants add --server demo --any-client"));
        const QByteArray before = estate.must(words("token demo")).out;
        estate.stopBroker();
        estate.startBroker();
        const pid_t keyring = keyringPid();
        QVERIFY(keyring > 0);
        ::kill(keyring, SIGSTOP);
        const Outcome hung = estate.run(words("token demo"));
        const Outcome next = estate.run(words("token demo"));
        const QJsonObject status = estate.run(words("status --json")).json();
        ::kill(keyring, SIGCONT);
        QCOMPARE(hung.exit, 5);
        QVERIFY2(hung.err.contains("The keychain has not answered for 10 s"), hung.err.constData());
        QVERIFY2(next.err.contains("has not answered"), next.err.constData());
        QVERIFY(hung.out.isEmpty() && next.out.isEmpty());
        QCOMPARE(status.value(QLatin1StringView("vault"))
                     .toObject()
                     .value(QLatin1StringView("state"))
                     .toString(),
            QStringLiteral("unavailable"));
        // The same broker, as soon as the keyring answers again.
        QTRY_COMPARE(estate.run(words("token demo")).out, before);
    }

    void aRestartedKeyringIsToldAndRecoveredFrom()
    {
        Estate estate;
        estate.startBroker();
        estate.signIn();
        estate.must(words("grants add --server demo --any-client"));
        const QByteArray before = estate.must(words("token demo")).out;
        estate.stopBroker();
        estate.startBroker();
        killKeyring();
        const Outcome gone = estate.run(words("token demo"));
        QCOMPARE(gone.exit, 5);
        QVERIFY2(gone.err.contains("No keychain is running"), gone.err.constData());
        startKeyring();
        QCOMPARE(estate.must(words("token demo")).out, before);
        QVERIFY(estate.must(words("audit verify --json"))
                    .json()
                    .value(QLatin1StringView("ok"))
                    .toBool());
    }

    void anItemDeletedBehindOurBackAsksForASignIn()
    {
        Estate estate;
        estate.startBroker();
        estate.signIn();
        estate.must(words("grants add --server demo --any-client"));
        estate.must(words("token demo"));
        // What is in memory is good until it is needed anew.
        clearKeyringItems("tokens/");
        estate.must(words("token demo"));
        estate.stopBroker();
        estate.startBroker();
        const Outcome gone = estate.run(words("token demo"));
        QCOMPARE(gone.exit, 3);
        QVERIFY2(gone.err.contains("chatelaine login demo"), gone.err.constData());
        estate.must(words("login demo"));
        estate.must(words("token demo"));
        QVERIFY(estate.must(words("audit verify --json"))
                    .json()
                    .value(QLatin1StringView("ok"))
                    .toBool());
    }
};

QTEST_GUILESS_MAIN(KeyringFlowTest)
#include "KeyringFlowTest.moc"
