// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/EncryptedFileVault.h"
#include "tests/support/Await.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

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

} // namespace

/// What the disk does to the encrypted file.
class FileVaultDiskTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    QString m_path;
    int m_count = 0;

private Q_SLOTS:
    void init() { m_path = m_dir.filePath(QStringLiteral("%1/vault.bin").arg(++m_count)); }

    void aFailedWriteLeavesThePreviousFile()
    {
        EncryptedFileVault vault(m_path);
        QVERIFY(await(vault.unlock(secret("pw"), {})));
        QVERIFY(await(vault.write(key, secret("one"))));
        const QByteArray before = contents(m_path);

        // A file that may not grow is how a full disk looks to write(2).
        struct sigaction ignore = {};
        ignore.sa_handler = SIG_IGN;
        struct sigaction previous = {};
        sigaction(SIGXFSZ, &ignore, &previous);
        rlimit limit = {};
        getrlimit(RLIMIT_FSIZE, &limit);
        const rlimit small{1000, limit.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        const auto written = await(vault.write(key, Secret(QByteArray(5000, 'x'))));
        setrlimit(RLIMIT_FSIZE, &limit);
        sigaction(SIGXFSZ, &previous, nullptr);

        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::DiskFull);
        QCOMPARE(contents(m_path), before);
        QCOMPARE(await(vault.read(key, {}))->expose(), QByteArrayView("one"));
        const QStringList files = QDir(QFileInfo(m_path).path()).entryList(QDir::Files);
        QCOMPARE(files, QStringList{QStringLiteral("vault.bin")});
    }

    void aFileThatIsTooLargeIsNoFullDisk()
    {
        constexpr qint64 most = 64 * 1024 * 1024;
        {
            EncryptedFileVault vault(m_path);
            QVERIFY(await(vault.unlock(secret("pw"), {})));
        }
        EncryptedFileVault vault(m_path);
        for (const qint64 size : {most, most + 1}) {
            QVERIFY(QFile::resize(m_path, size));
            const auto opened = await(vault.unlock(secret("pw"), {}));
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, ErrorCode::VaultUnavailable);
            const bool isTooLarge = opened.error().message.contains(QStringLiteral("64 MiB"));
            QCOMPARE(isTooLarge, size > most);
            QCOMPARE(opened.error().message.contains(m_path), isTooLarge);
            QCOMPARE(vault.state(), Vault::State::Unavailable);
            QCOMPARE(QFileInfo(m_path).size(), size);
        }
    }
};

QTEST_GUILESS_MAIN(FileVaultDiskTest)
#include "FileVaultDiskTest.moc"
