// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Estate.h"
#include "tests/support/Keyring.h"

#include <QTest>

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

        unlockKeyring();
        estate.must(words("unlock"));
        QCOMPARE(estate.must(words("token demo")).out, before);
        const QJsonObject verified = estate.must(words("audit verify --json")).json();
        QVERIFY2(verified.value(QLatin1StringView("ok")).toBool(),
            qPrintable(verified.value(QLatin1StringView("reason")).toString()));
    }
};

QTEST_GUILESS_MAIN(KeyringFlowTest)
#include "KeyringFlowTest.moc"
