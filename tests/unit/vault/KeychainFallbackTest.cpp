// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/KeychainVault.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

/// QtKeychain takes a desktop's own wallet where it finds one, and keeps secrets in a settings file
/// where that does not answer and it is let. It looks at the desktop once in a process.
class KeychainFallbackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CURRENT_DESKTOP", "KDE");
        qputenv("KDE_SESSION_VERSION", "4");
    }

    void withoutAWalletNothingIsKeptInPlainText()
    {
        const QString key = QStringLiteral("tokens/a1");
        FakeClock clock;
        KeychainVault vault(clock);
        const auto written = await(vault.write(key, Secret::copyOf("one")));
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::VaultUnavailable);
        QCOMPARE(vault.state(), Vault::State::Unavailable);
        QVERIFY(!await(vault.read(key, {})));
        QDirIterator files(qEnvironmentVariable("XDG_CONFIG_HOME"), QDir::Files | QDir::Hidden,
            QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("tokens"), qPrintable(file.fileName()));
        }
    }
};

QTEST_GUILESS_MAIN(KeychainFallbackTest)
#include "KeychainFallbackTest.moc"
