// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/KeychainVault.h"

#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/Keyring.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

const QString key = QStringLiteral("tokens/a1");

Secret secret(const char *text)
{
    return Secret::copyOf(text);
}

QString output(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished())
        qFatal("%s did not finish", qPrintable(program));
    return QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError());
}

} // namespace

class KeychainVaultTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itemsComeBack()
    {
        FakeClock clock;
        KeychainVault vault(clock);
        QCOMPARE(await(vault.read(key, {})).error().code, ErrorCode::NotFound);
        QCOMPARE(vault.state(), Vault::State::Open);
        QVERIFY(await(vault.write(key, secret("one"))));
        QVERIFY(await(vault.write(key, secret("two"))));
        QCOMPARE(await(vault.read(key, {}))->expose(), QByteArrayView("two"));
        const Secret large(QByteArray("\0\xff\n\x80", 4).repeated(5'000));
        QVERIFY(await(vault.write(key, large)));
        QVERIFY(await(vault.read(key, {})).value() == large);
        QVERIFY(await(vault.remove(key)));
        QVERIFY(await(vault.remove(key)));
        QCOMPARE(await(vault.read(key, {})).error().code, ErrorCode::NotFound);
        QCOMPARE(clock.alarmsSet(), 0);
    }

    void secretToolSeesTheItems()
    {
        FakeClock clock;
        KeychainVault vault(clock, QStringLiteral("chatelaine"), QStringLiteral("abc/"));
        QVERIFY(await(vault.write(key, secret("one"))));
        const QString found = output(QStringLiteral("secret-tool"),
            {QStringLiteral("search"), QStringLiteral("--all"), QStringLiteral("server"),
                QStringLiteral("chatelaine")});
        QVERIFY2(
            found.contains(QStringLiteral("attribute.user = abc/tokens/a1")), qPrintable(found));
        // Another profile's item of that name is another item.
        KeychainVault other(clock);
        QCOMPARE(await(other.read(key, {})).error().code, ErrorCode::NotFound);
    }

    void fiveHundredItemsAtOnce()
    {
        FakeClock clock;
        KeychainVault vault(clock, QStringLiteral("chatelaine-many"));
        std::vector<Task<Result<void>>> writes;
        for (int i = 0; i < 500; ++i)
            writes.push_back(vault.write(QString::number(i), Secret(QByteArray::number(i))));
        for (auto &write : writes)
            QVERIFY(await(std::move(write)));
        std::vector<Task<Result<Secret>>> reads;
        for (int i = 0; i < 500; ++i)
            reads.push_back(vault.read(QString::number(i), {}));
        for (int i = 0; i < 500; ++i) {
            const auto item = await(std::move(reads[static_cast<size_t>(i)]));
            QCOMPARE(item->expose().toByteArray(), QByteArray::number(i));
        }
    }

    void deletedBehindOurBackIsNotFound()
    {
        FakeClock clock;
        KeychainVault vault(clock, QStringLiteral("chatelaine-gone"));
        QVERIFY(await(vault.write(key, secret("one"))));
        output(QStringLiteral("secret-tool"),
            {QStringLiteral("clear"), QStringLiteral("server"), QStringLiteral("chatelaine-gone")});
        QCOMPARE(await(vault.read(key, {})).error().code, ErrorCode::NotFound);
    }

    void aLockedKeyringIsLockedAndLosesNothing()
    {
        FakeClock clock;
        KeychainVault vault(clock);
        QSignalSpy spy(&vault, &Vault::stateChanged);
        QVERIFY(await(vault.write(key, secret("one"))));
        lockKeyring();
        QCOMPARE(await(vault.read(key, {})).error().code, ErrorCode::Locked);
        QCOMPARE(vault.state(), Vault::State::Locked);
        QCOMPARE(await(vault.write(key, secret("two"))).error().code, ErrorCode::Locked);
        QCOMPARE(await(vault.remove(key)).error().code, ErrorCode::Locked);
        unlockKeyring();
        QCOMPARE(await(vault.read(key, {}))->expose(), QByteArrayView("one"));
        QCOMPARE(vault.state(), Vault::State::Open);
        QCOMPARE(spy.size(), 3);
    }

    void unlockingAnOpenKeyringIsASuccess()
    {
        FakeClock clock;
        KeychainVault vault(clock);
        QVERIFY(await(vault.unlock({}, {})));
        QCOMPARE(vault.state(), Vault::State::Open);
        QCOMPARE(clock.alarmsSet(), 0);
    }

    void aPromptThatCanNotBeShownLeavesItLocked()
    {
        FakeClock clock;
        KeychainVault vault(clock);
        lockKeyring();
        // Without a display there is no prompter.
        const auto opened = await(vault.unlock({}, {}));
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Locked);
        QCOMPARE(vault.state(), Vault::State::Locked);
        unlockKeyring();
    }

    void aStopEndsTheWaitingAlone()
    {
        FakeClock clock;
        KeychainVault vault(clock);
        const auto written = await(vault.write(key, secret("one")));
        QVERIFY2(written, written ? "" : qPrintable(written.error().message));
        std::stop_source stop;
        auto reading = vault.read(key, stop.get_token());
        stop.request_stop();
        QVERIFY(reading.isReady());
        QCOMPARE(await(std::move(reading)).error().code, ErrorCode::Cancelled);
        QCOMPARE(await(vault.read(key, {}))->expose(), QByteArrayView("one"));
    }

    void aVaultThatGoesCancelsWhatWaits()
    {
        FakeClock clock;
        auto vault = std::make_unique<KeychainVault>(clock);
        auto first = vault->read(key, {});
        auto second = vault->read(key, {});
        vault.reset();
        QCOMPARE(await(std::move(first)).error().code, ErrorCode::Cancelled);
        QCOMPARE(await(std::move(second)).error().code, ErrorCode::Cancelled);
    }

    void aHungKeyringIsToldAndRecoversByItself()
    {
        FakeClock clock;
        KeychainVault vault(clock);
        QVERIFY(await(vault.write(key, secret("one"))));
        const pid_t pid = keyringPid();
        QVERIFY(pid > 0);
        ::kill(pid, SIGSTOP);
        auto hung = vault.read(key, {});
        auto behind = vault.write(key, secret("two"));
        clock.advance(9'999);
        QVERIFY(!hung.isReady());
        clock.advance(1);
        const auto told = await(std::move(hung));
        QCOMPARE(told.error().code, ErrorCode::VaultUnavailable);
        QVERIFY2(told.error().message.contains(
                     QStringLiteral("not answered for 10 s (waiting to read tokens/a1)")),
            qPrintable(told.error().message));
        QCOMPARE(await(std::move(behind)).error().code, ErrorCode::VaultUnavailable);
        QCOMPARE(vault.state(), Vault::State::Unavailable);
        // While it hangs, nobody waits.
        auto later = vault.read(key, {});
        QVERIFY(later.isReady());
        QCOMPARE(await(std::move(later)).error().code, ErrorCode::VaultUnavailable);

        QSignalSpy spy(&vault, &Vault::stateChanged);
        ::kill(pid, SIGCONT);
        QVERIFY(!spy.isEmpty() || spy.wait());
        QCOMPARE(await(vault.read(key, {}))->expose(), QByteArrayView("one"));
        QCOMPARE(vault.state(), Vault::State::Open);
    }

    /// A newer one may have been written since, by who was told.
    void aWriteThatWasGivenUpIsNotDoneLater()
    {
        FakeClock clock;
        KeychainVault vault(clock);
        QVERIFY(await(vault.write(key, secret("one"))));
        const pid_t pid = keyringPid();
        QVERIFY(pid > 0);
        ::kill(pid, SIGSTOP);
        auto hung = vault.write(key, secret("two"));
        clock.advance(10'000);
        QCOMPARE(await(std::move(hung)).error().code, ErrorCode::VaultUnavailable);
        // Until it answers it says what it waits for.
        QVERIFY2(vault.description().contains(QStringLiteral("waiting to write tokens/a1")),
            qPrintable(vault.description()));
        QSignalSpy spy(&vault, &Vault::stateChanged);
        ::kill(pid, SIGCONT);
        QVERIFY(!spy.isEmpty() || spy.wait());
        QCOMPARE(vault.state(), Vault::State::Open);
        QCOMPARE(await(vault.read(key, {}))->expose(), QByteArrayView("one"));
        QCOMPARE(clock.alarmsSet(), 0);
    }

    void aKeyringThatDiesIsToldAndRecovers()
    {
        FakeClock clock;
        KeychainVault vault(clock);
        QVERIFY(await(vault.write(key, secret("one"))));
        killKeyring();
        const auto dead = await(vault.read(key, {}));
        QCOMPARE(dead.error().code, ErrorCode::VaultUnavailable);
        QVERIFY(dead.error().message.contains(QStringLiteral("No keychain is running")));
        startKeyring();
        const auto back = await(vault.read(key, {}));
        QVERIFY2(back, back ? "" : qPrintable(back.error().message + back.error().detail));
        QCOMPARE(back->expose(), QByteArrayView("one"));
    }

    void noSessionBusIsTold_data()
    {
        QTest::addColumn<QByteArray>("address");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("nobody there") << QByteArray("unix:path=/nonexistent/bus");
    }
    void noSessionBusIsTold()
    {
        QFETCH(const QByteArray, address);
        const QByteArray before = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        if (address.isEmpty())
            qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        else
            qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        FakeClock clock;
        KeychainVault vault(clock);
        const auto read = await(vault.read(key, {}));
        const auto opened = await(vault.unlock({}, {}));
        qputenv("DBUS_SESSION_BUS_ADDRESS", before);
        QCOMPARE(read.error().code, ErrorCode::VaultUnavailable);
        QCOMPARE(opened.error().code, ErrorCode::VaultUnavailable);
        // The bus came up meanwhile.
        QVERIFY(await(vault.write(key, secret("one"))));
        QCOMPARE(vault.state(), Vault::State::Open);
    }
};

QTEST_GUILESS_MAIN(KeychainVaultTest)
#include "KeychainVaultTest.moc"
