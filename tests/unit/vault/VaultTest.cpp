// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/EncryptedFile.h"
#include "core/vault/EncryptedFileVault.h"
#include "core/vault/MemoryVault.h"
#include "core/vault/VaultFactory.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

// proc_pid_status(5): what mlock keeps in memory.
qint64 lockedKiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf("VmLck:") + 6;
    return text.mid(at, text.indexOf("kB", at) - at).trimmed().toLongLong();
}

const QString key = QStringLiteral("tokens/a1");

Secret secret(const char *text)
{
    return Secret::copyOf(text);
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("can't write");
    file.write(bytes);
}

} // namespace

class VaultTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    QString m_path;
    int m_count = 0;

    std::unique_ptr<Vault> vaultOf(const QString &kind)
    {
        if (kind == QStringLiteral("memory"))
            return std::make_unique<MemoryVault>();
        return std::make_unique<EncryptedFileVault>(m_path);
    }

    static void kinds()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("memory") << QStringLiteral("memory");
        QTest::newRow("file") << QStringLiteral("file");
    }

private Q_SLOTS:
    void init() { m_path = m_dir.filePath(QStringLiteral("%1/vault.bin").arg(++m_count)); }

    void itemsComeBack_data() { kinds(); }
    void itemsComeBack()
    {
        QFETCH(const QString, kind);
        const auto vault = vaultOf(kind);
        QVERIFY(await(vault->unlock(secret("pw"), {})));
        QCOMPARE(vault->state(), Vault::State::Open);
        QCOMPARE(await(vault->read(key, {})).error().code, ErrorCode::NotFound);
        QVERIFY(await(vault->write(key, secret("one"))));
        QVERIFY(await(vault->write(key, secret("two"))));
        const Secret binary = Secret(QByteArray("\0\xff\n", 3).repeated(10'000));
        QVERIFY(await(vault->write(QStringLiteral("audit/key"), binary)));
        QCOMPARE(await(vault->read(key, {}))->expose(), QByteArrayView("two"));
        QVERIFY(await(vault->read(QStringLiteral("audit/key"), {})).value() == binary);
        QVERIFY(await(vault->remove(key)));
        QVERIFY(await(vault->remove(key)));
        QCOMPARE(await(vault->read(key, {})).error().code, ErrorCode::NotFound);
    }

    void aLockedVaultLosesNothing_data() { kinds(); }
    void aLockedVaultLosesNothing()
    {
        QFETCH(const QString, kind);
        const auto vault = vaultOf(kind);
        QVERIFY(await(vault->unlock(secret("pw"), {})));
        QVERIFY(await(vault->write(key, secret("one"))));
        QSignalSpy spy(vault.get(), &Vault::stateChanged);
        vault->lock();
        QCOMPARE(vault->state(), Vault::State::Locked);
        QCOMPARE(await(vault->read(key, {})).error().code, ErrorCode::Locked);
        QCOMPARE(await(vault->write(key, secret("two"))).error().code, ErrorCode::Locked);
        QCOMPARE(await(vault->remove(key)).error().code, ErrorCode::Locked);
        QVERIFY(await(vault->unlock(secret("pw"), {})));
        QCOMPARE(spy.size(), 2);
        QCOMPARE(await(vault->read(key, {}))->expose(), QByteArrayView("one"));
    }

    void aStopComesBackAsCancelled_data() { kinds(); }
    void aStopComesBackAsCancelled()
    {
        QFETCH(const QString, kind);
        const auto vault = vaultOf(kind);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(await(vault->read(key, stop.get_token())).error().code, ErrorCode::Cancelled);
    }

    void theFileOutlivesTheVault()
    {
        {
            EncryptedFileVault vault(m_path);
            QCOMPARE(vault.state(), Vault::State::Locked);
            QVERIFY(await(vault.unlock(secret("pw"), {})));
            QVERIFY(await(vault.write(key, secret("one"))));
        }
        QVERIFY(!(QFile::permissions(m_path) & (QFile::ReadGroup | QFile::ReadOther)));
        QVERIFY(!contents(m_path).contains("one"));
        QVERIFY(!contents(m_path).contains("tokens"));
        EncryptedFileVault vault(m_path);
        QCOMPARE(await(vault.unlock(secret("wrong"), {})).error().code, ErrorCode::Locked);
        QCOMPARE(vault.state(), Vault::State::Locked);
        QVERIFY(await(vault.unlock(secret("pw"), {})));
        QCOMPARE(await(vault.read(key, {}))->expose(), QByteArrayView("one"));
        const QStringList files = QDir(QFileInfo(m_path).path()).entryList(QDir::Files);
        QCOMPARE(files, QStringList{QStringLiteral("vault.bin")});
    }

    void anEmptyPassphraseIsRefused()
    {
        EncryptedFileVault vault(m_path);
        QCOMPARE(await(vault.unlock({}, {})).error().code, ErrorCode::InvalidInput);
        QVERIFY(!QFile::exists(m_path));
    }

    void writesAtOnceAllHold()
    {
        EncryptedFileVault vault(m_path);
        QVERIFY(await(vault.unlock(secret("pw"), {})));
        std::vector<Task<Result<void>>> writes;
        for (int i = 0; i < 20; ++i)
            writes.push_back(vault.write(QString::number(i), Secret(QByteArray::number(i))));
        for (auto &write : writes)
            QVERIFY(await(std::move(write)));
        EncryptedFileVault again(m_path);
        QVERIFY(await(again.unlock(secret("pw"), {})));
        for (int i = 0; i < 20; ++i) {
            const auto item = await(again.read(QString::number(i), {}));
            QCOMPARE(item->expose().toByteArray(), QByteArray::number(i));
        }
    }

    void lockingDuringUnlockWins()
    {
        EncryptedFileVault vault(m_path);
        auto unlocking = vault.unlock(secret("pw"), {});
        vault.lock();
        QCOMPARE(await(std::move(unlocking)).error().code, ErrorCode::Cancelled);
        QCOMPARE(await(vault.read(key, {})).error().code, ErrorCode::Locked);
    }

    void unlockingWaitsForWhatIsBeingWritten()
    {
        const QString other = QStringLiteral("tokens/a2");
        EncryptedFileVault vault(m_path);
        QVERIFY(await(vault.unlock(secret("pw"), {})));
        // It is not on the disk in the same moment.
        const Secret large = Secret(QByteArray(4 * 1024 * 1024, 'x'));
        auto writing = vault.write(key, large);
        vault.lock();
        QVERIFY(await(vault.unlock(secret("pw"), {})));
        QVERIFY(await(std::move(writing)));
        QVERIFY(await(vault.write(other, secret("later"))));
        EncryptedFileVault again(m_path);
        QVERIFY(await(again.unlock(secret("pw"), {})));
        QVERIFY(await(again.read(other, {})));
        const auto kept = await(again.read(key, {}));
        QVERIFY2(kept, kept ? "" : qPrintable(kept.error().message));
        QVERIFY(*kept == large);
    }

    void aStopCallsUnlockingOff()
    {
        EncryptedFileVault vault(m_path);
        std::stop_source stop;
        auto unlocking = vault.unlock(secret("pw"), stop.get_token());
        QVERIFY(!unlocking.isReady());
        stop.request_stop();
        QVERIFY(unlocking.isReady());
        QCOMPARE(await(std::move(unlocking)).error().code, ErrorCode::Cancelled);
    }

    void noTwoFilesHaveTheirRandomnessInCommon()
    {
        const encryptedfile::KdfParams params = encryptedfile::newParams();
        QVERIFY(params.salt != encryptedfile::newParams().salt);
        // A nonce that comes twice under one key gives AES-GCM away: not within a file, not from
        // one writing to the next.
        const encryptedfile::Key key;
        QSet<QByteArray> nonces;
        for (int i = 0; i < 2; ++i) {
            const QByteArray file =
                encryptedfile::seal({{QStringLiteral("a"), secret("b")}}, params, key);
            nonces.insert(file.mid(40, 12));
            nonces.insert(file.mid(40 + 12 + 16, 12));
        }
        QCOMPARE(nonces.size(), 4);
    }

    void theCostOfGuessingHasBounds_data()
    {
        QTest::addColumn<quint32>("log2N");
        QTest::addColumn<quint32>("r");
        QTest::addColumn<quint32>("p");
        QTest::addColumn<bool>("taken");
        const auto row = [](const char *name, quint32 log2N, quint32 r, quint32 p, bool taken) {
            QTest::newRow(name) << log2N << r << p << taken;
        };
        row("the least", 14, 8, 1, true);
        row("the most", 20, 8, 4, true);
        row("too cheap", 13, 8, 1, false);
        row("nothing", 0, 8, 1, false);
        row("too dear", 21, 8, 1, false);
        row("smaller blocks", 17, 7, 1, false);
        row("larger blocks", 17, 9, 1, false);
        row("never", 17, 8, 0, false);
        row("too often", 17, 8, 5, false);
    }
    void theCostOfGuessingHasBounds()
    {
        QFETCH(const quint32, log2N);
        QFETCH(const quint32, r);
        QFETCH(const quint32, p);
        QFETCH(const bool, taken);
        encryptedfile::KdfParams params = encryptedfile::newParams();
        params.log2N = log2N;
        params.r = r;
        params.p = p;
        const auto read =
            encryptedfile::readParams(encryptedfile::seal({}, params, encryptedfile::Key()));
        QCOMPARE(read.has_value(), taken);
        if (!read)
            QCOMPARE(read.error().code, ErrorCode::VaultUnavailable);
    }

    void damageIsNoWrongPassphrase_data()
    {
        QTest::addColumn<int>("at");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("magic") << 0 << ErrorCode::VaultUnavailable;
        QTest::newRow("version") << 11 << ErrorCode::VaultUnavailable;
        QTest::newRow("cost that takes all memory") << 12 << ErrorCode::VaultUnavailable;
        QTest::newRow("cost that is nothing") << 15 << ErrorCode::VaultUnavailable;
        QTest::newRow("block size") << 19 << ErrorCode::VaultUnavailable;
        QTest::newRow("parallelism") << 20 << ErrorCode::VaultUnavailable;
        // These make another key, which nobody can tell from another passphrase.
        QTest::newRow("salt") << 24 << ErrorCode::Locked;
        QTest::newRow("check") << 41 << ErrorCode::Locked;
        QTest::newRow("nonce") << 70 << ErrorCode::VaultUnavailable;
        QTest::newRow("tag") << 82 << ErrorCode::VaultUnavailable;
        QTest::newRow("length") << 96 << ErrorCode::VaultUnavailable;
        QTest::newRow("contents") << 110 << ErrorCode::VaultUnavailable;
        QTest::newRow("cut") << -1 << ErrorCode::VaultUnavailable;
        QTest::newRow("empty") << -2 << ErrorCode::VaultUnavailable;
    }
    void damageIsNoWrongPassphrase()
    {
        QFETCH(const int, at);
        QFETCH(const ErrorCode, code);
        {
            EncryptedFileVault vault(m_path);
            QVERIFY(await(vault.unlock(secret("pw"), {})));
            QVERIFY(await(vault.write(key, secret("one"))));
        }
        QByteArray bytes = contents(m_path);
        if (at >= 0)
            bytes[at] = static_cast<char>(bytes[at] ^ 0x7f);
        else
            bytes = at == -1 ? bytes.chopped(1) : QByteArray();
        put(m_path, bytes);
        EncryptedFileVault vault(m_path);
        QCOMPARE(await(vault.unlock(secret("pw"), {})).error().code, code);
        QCOMPARE(await(vault.read(key, {})).error().code, ErrorCode::Locked);
        QCOMPARE(contents(m_path), bytes);
    }

    void parametersAreAuthenticated()
    {
        // Another valid cost under the same key is still another header.
        using namespace encryptedfile;
        KdfParams params = newParams();
        params.log2N = 14;
        const auto derived = deriveKey(secret("pw"), params);
        QVERIFY(derived);
        QByteArray file = seal({{key, secret("one")}}, params, **derived);
        QCOMPARE(encryptedfile::open(file, **derived)->size(), 1);
        file[23] = 2;
        QVERIFY(readParams(file));
        QVERIFY(!encryptedfile::open(file, **derived));
    }

    void aKeyStaysOutOfSwap()
    {
        const qint64 before = lockedKiB();
        {
            const encryptedfile::Key key;
            QVERIFY(lockedKiB() > before);
        }
        QCOMPARE(lockedKiB(), before);
    }

    void aKeyIsNoPartOfADump()
    {
        const encryptedfile::Key key;
        // proc(5), /proc/PID/smaps: "dd" is MADV_DONTDUMP.
        QFile smaps(QStringLiteral("/proc/self/smaps"));
        QVERIFY(smaps.open(QIODevice::ReadOnly));
        const auto at = reinterpret_cast<quintptr>(key.data());
        bool inside = false;
        QByteArray flags;
        const QList<QByteArray> lines = smaps.readAll().split('\n');
        for (const QByteArray &line : lines) {
            const QList<QByteArray> range = line.left(line.indexOf(' ')).split('-');
            if (range.size() == 2)
                inside = at >= range.at(0).toULongLong(nullptr, 16)
                    && at < range.at(1).toULongLong(nullptr, 16);
            else if (inside && line.startsWith("VmFlags:"))
                flags = line + ' ';
        }
        QVERIFY2(flags.contains(" dd "), flags.constData());
    }

    void eachKindHasItsVault()
    {
        FakeClock clock;
        const Paths paths = Paths::under(m_dir.path());
        for (const auto kind :
            {Vault::Kind::Keychain, Vault::Kind::EncryptedFile, Vault::Kind::Memory})
            QCOMPARE(createVault(kind, paths, clock)->kind(), kind);
        QVERIFY(!keychainPrefix(paths).isEmpty());
        QVERIFY(keychainPrefix(paths) != keychainPrefix(Paths::under(QStringLiteral("/x"))));
        Paths usual;
        usual.dataDir = qEnvironmentVariable("HOME") + QStringLiteral("/.local/share/chatelaine");
        QVERIFY(keychainPrefix(usual).isEmpty());
    }
};

QTEST_GUILESS_MAIN(VaultTest)
#include "VaultTest.moc"
