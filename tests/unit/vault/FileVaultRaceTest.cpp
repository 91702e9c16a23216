// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/EncryptedFileVault.h"
#include "tests/support/Await.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

const QString key = QStringLiteral("tokens/a1");
const QString other = QStringLiteral("tokens/a2");

Secret secret(const char *text)
{
    return Secret::copyOf(text);
}

/// Stands where the answers of the threads come in.
class Doorkeeper : public QObject
{
public:
    Doorkeeper() { QCoreApplication::instance()->installEventFilter(this); }

    /// Does it right before the answer of that number comes in.
    void before(int number, std::function<void()> what)
    {
        m_number = m_seen + number;
        m_what = std::move(what);
    }
    /// The answer of that number waits until it is let in.
    void holdBack(int number) { m_heldNumber = m_seen + number; }
    bool holds() const { return m_held != nullptr; }
    void letIn()
    {
        m_heldNumber = 0;
        QCoreApplication::postEvent(m_held, new QEvent(QEvent::User));
    }

protected:
    bool eventFilter(QObject *receiver, QEvent *event) override
    {
        if (event->type() != QEvent::User)
            return false;
        ++m_seen;
        if (m_seen == m_number)
            m_what();
        if (m_seen != m_heldNumber)
            return false;
        m_held = receiver;
        return true;
    }

private:
    int m_seen = 0;
    int m_number = 0;
    int m_heldNumber = 0;
    std::function<void()> m_what;
    QObject *m_held = nullptr;
};

} // namespace

/// What overlaps with the work of the encrypted file's threads.
class FileVaultRaceTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    QString m_path;
    int m_count = 0;

    void make() const
    {
        EncryptedFileVault vault(m_path);
        QVERIFY(await(vault.unlock(secret("pw"), {})));
        QVERIFY(await(vault.write(key, secret("one"))));
    }

private Q_SLOTS:
    void init() { m_path = m_dir.filePath(QStringLiteral("%1/vault.bin").arg(++m_count)); }

    void aLockThatComesWhileTheKeyIsMadeWins()
    {
        make();
        EncryptedFileVault vault(m_path);
        Doorkeeper door;
        door.before(1, [&vault] { vault.lock(); });
        QCOMPARE(await(vault.unlock(secret("pw"), {})).error().code, ErrorCode::Cancelled);
        QCOMPARE(vault.state(), Vault::State::Locked);
        QCOMPARE(await(vault.read(key, {})).error().code, ErrorCode::Locked);
    }

    void aLockThatComesWhileTheFileIsMadeWins()
    {
        EncryptedFileVault vault(m_path);
        Doorkeeper door;
        door.before(2, [&vault] { vault.lock(); });
        QCOMPARE(await(vault.unlock(secret("pw"), {})).error().code, ErrorCode::Cancelled);
        QCOMPARE(vault.state(), Vault::State::Locked);
        QCOMPARE(await(vault.read(key, {})).error().code, ErrorCode::Locked);
        // The file is there, and its passphrase is chosen.
        QVERIFY(!vault.isNew());
        QCOMPARE(await(vault.unlock(secret("other"), {})).error().code, ErrorCode::Locked);
        QVERIFY(await(vault.unlock(secret("pw"), {})));
    }

    void aVaultThatGoesMeanwhileCancelsTheUnlock_data()
    {
        QTest::addColumn<bool>("made");
        QTest::addColumn<int>("answer");
        QTest::newRow("while the key is made") << true << 1;
        QTest::newRow("while the file is made") << false << 2;
    }
    void aVaultThatGoesMeanwhileCancelsTheUnlock()
    {
        QFETCH(const bool, made);
        QFETCH(const int, answer);
        if (made)
            make();
        auto vault = std::make_unique<EncryptedFileVault>(m_path);
        Doorkeeper door;
        door.before(answer, [&vault] { vault.reset(); });
        QCOMPARE(await(vault->unlock(secret("pw"), {})).error().code, ErrorCode::Cancelled);
    }

    /// It has read the file before the other one's write.
    void anUnlockThatIsOvertakenTakesNothingBack()
    {
        make();
        EncryptedFileVault vault(m_path);
        Doorkeeper door;
        door.holdBack(2);
        auto one = vault.unlock(secret("pw"), {});
        auto two = vault.unlock(secret("pw"), {});
        QTRY_VERIFY_WITH_TIMEOUT(door.holds() && (one.isReady() || two.isReady()), 30'000);
        QVERIFY(await(vault.write(other, secret("two"))));
        door.letIn();
        QVERIFY(await(std::move(one)));
        QVERIFY(await(std::move(two)));
        QCOMPARE(await(vault.read(other, {}))->expose(), QByteArrayView("two"));
        // Nor from the file.
        QVERIFY(await(vault.write(key, secret("three"))));
        EncryptedFileVault again(m_path);
        QVERIFY(await(again.unlock(secret("pw"), {})));
        QCOMPARE(await(again.read(other, {}))->expose(), QByteArrayView("two"));
    }

    /// The items it would add itself to are wiped.
    void aWriteThatStandsInLineWhenTheLockComesIsRefused()
    {
        EncryptedFileVault vault(m_path);
        QVERIFY(await(vault.unlock(secret("pw"), {})));
        auto first = vault.write(key, secret("one"));
        auto second = vault.write(other, secret("two"));
        auto third = vault.remove(key);
        vault.lock();
        QVERIFY(await(std::move(first)));
        QCOMPARE(await(std::move(second)).error().code, ErrorCode::Locked);
        QCOMPARE(await(std::move(third)).error().code, ErrorCode::Locked);
        QVERIFY(await(vault.unlock(secret("pw"), {})));
        QCOMPARE(await(vault.read(key, {}))->expose(), QByteArrayView("one"));
        QCOMPARE(await(vault.read(other, {})).error().code, ErrorCode::NotFound);
    }

    void removingWhatIsNotThereWritesNothing()
    {
        EncryptedFileVault vault(m_path);
        QVERIFY(await(vault.unlock(secret("pw"), {})));
        // Without the file a write would make one.
        QVERIFY(QFile::remove(m_path));
        QVERIFY(await(vault.remove(key)));
        QVERIFY(!QFile::exists(m_path));
        // Nor does an open one become new by that.
        QVERIFY(!vault.isNew());
    }

    void aVaultIsNewUntilItHasAFile()
    {
        EncryptedFileVault vault(m_path);
        QVERIFY(vault.isNew());
        QVERIFY(await(vault.unlock(secret("pw"), {})));
        QVERIFY(!vault.isNew());
        vault.lock();
        QVERIFY(!vault.isNew());
    }

    void whatCanNotBeReadIsUnavailableAndStaysSo()
    {
        QFile inTheWay(m_dir.filePath(QString::number(m_count)));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        EncryptedFileVault vault(m_path);
        QCOMPARE(await(vault.unlock(secret("pw"), {})).error().code, ErrorCode::VaultUnavailable);
        QCOMPARE(vault.state(), Vault::State::Unavailable);
        vault.lock();
        QCOMPARE(vault.state(), Vault::State::Unavailable);
    }
};

QTEST_GUILESS_MAIN(FileVaultRaceTest)
#include "FileVaultRaceTest.moc"
