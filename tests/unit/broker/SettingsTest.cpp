// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Settings.h"

#include "tests/unit/net/Certificates.h"

#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::broker;

class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesAreJudged_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QJsonValue>("kept"); ///< undefined: refused

        const auto row = [](const char *name, const char *value, const QJsonValue &kept) {
            QTest::addRow("%s=%s", name, value)
                << QString::fromLatin1(name) << QString::fromLatin1(value) << kept;
        };
        const QJsonValue refused = QJsonValue::Undefined;
        row("policy", "deny", QStringLiteral("deny"));
        row("policy", "Deny", refused);
        row("policy", "", refused);
        row("vault", "encrypted_file", QStringLiteral("encrypted_file"));
        row("vault", "memory", refused);
        row("client_metadata_url", "https://app.example/client.json",
            QStringLiteral("https://app.example/client.json"));
        row("client_metadata_url", "", QString());
        row("client_metadata_url", "http://app.example/client.json", refused);
        row("client_metadata_url", "https://app.example/", refused);
        row("client_metadata_url", "https://app.example/c#f", refused);
        row("client_metadata_url", "https://u@app.example/c", refused);
        row("lock_after_idle", "0", 0);
        row("lock_after_idle", "15", 15);
        row("lock_after_idle", "10080", 10080);
        row("lock_after_idle", "10081", refused);
        row("lock_after_idle", "-1", refused);
        row("lock_after_idle", "+5", refused);
        row("lock_after_idle", "5.5", refused);
        row("lock_after_idle", "99999999999999999999", refused);
        row("lock_after_idle", "", refused);
        row("lock_on_screen_lock", "false", false);
        row("lock_on_screen_lock", "no", refused);
        row("lock_before_sleep", "false", false);
        row("lock_before_sleep", "", refused);
        row("history_keep_days", "365", 365);
        row("history_keep_days", "36501", refused);
        row("history_keep_megabytes", "200", 200);
        row("history_keep_megabytes", "200 MB", refused);
        for (const char *url : {"https://registry.example.com",
                 "https://registry.example.com/team/v0", "http://127.0.0.1:8080",
                 "http://localhost/"})
            row("registry_url", url, QString::fromLatin1(url));
        for (const char *url : {"", "registry.example.com", "http://registry.example.com",
                 "ftp://registry.example.com", "https://user:word@registry.example.com",
                 "https://registry.example.com/?q=1", "https://registry.example.com/#here",
                 "https://169.254.169.254/"})
            row("registry_url", url, refused);
        row("proxy", "none", QStringLiteral("none"));
        row("proxy", "http://proxy.example:8080", QStringLiteral("http://proxy.example:8080"));
        row("proxy", "socks5://[::1]:9050", QStringLiteral("socks5://[::1]:9050"));
        row("proxy", "", refused);
        row("proxy", "https://proxy.example:8080", refused);
        row("ca_file", "", QString());
        row("no_such_setting", "1", refused);
    }

    void valuesAreJudged()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        QFETCH(const QJsonValue, kept);

        const QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("config/settings.ini"));
        Settings settings(file);
        const QJsonObject before = settings.toJson();
        const Result<void> set = settings.set(name, value);
        QCOMPARE(set.has_value(), !kept.isUndefined());
        if (set) {
            QCOMPARE(settings.toJson().value(name), kept);
            QCOMPARE(Settings(file).toJson(), settings.toJson());
        } else {
            QCOMPARE(set.error().code, ErrorCode::InvalidInput);
            QCOMPARE(settings.toJson(), before);
            QCOMPARE(Settings(file).toJson(), before);
        }
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("says");

        const auto row = [](const char *name, const char *value, const char *says) {
            QTest::addRow("%s=%s", name, value)
                << QString::fromLatin1(name) << QString::fromLatin1(value)
                << QString::fromLatin1(says);
        };
        row("policy", "always", "ask, allow or deny");
        row("proxy", "proxy.example", "http://host:8080");
        row("proxy", "http://proxy.example", "http://proxy.example:8080");
        row("proxy", "socks5://proxy.example", "socks5://proxy.example:1080");
        row("proxy", "http://proxy.example:8080/pac", "no path");
        row("proxy", "http://ada:hunter2@proxy.example:8080", "no place for a password");
        row("proxy", "ftp://ada:hunter2@proxy.example:8080", "http://host:8080");
        row("proxy", "http://ada:hunter2@proxy x", "\"http://proxy x\"");
        row("registry_url", "https://ada:hunter2@registry.example", "\"https://registry.example\"");
        row("registry_url", "https://registry.example/v0?key=hunter2", "https://registry.example/v0");
        row("client_metadata_url", "https://ada:hunter2@app.example/c", "https://app.example/c");
        row("ca_file", "ca.pem", "whole path");
        row("ca_file", "/nonexistent.pem", "There is no certificate in /nonexistent.pem");
        row("ca_file", "/etc/passwd", "There is no certificate in /etc/passwd");
        row("colour", "blue", "proxy");
    }

    void whatIsWrongIsSaid()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        QFETCH(const QString, says);

        Settings settings{QString()};
        const QJsonObject before = settings.toJson();
        const Result<void> set = settings.set(name, value);
        QVERIFY(!set);
        QVERIFY2(set.error().message.contains(says), qPrintable(set.error().message));
        // A password that has no business here does not go into a sentence either.
        QVERIFY(!set.error().message.contains(QStringLiteral("hunter2")));
        QCOMPARE(settings.toJson(), before);
    }

    void theWayOutIsWhatWasSet()
    {
        const QTemporaryDir dir;
        QFile pem(dir.filePath(QStringLiteral("authority.pem")));
        QVERIFY(pem.open(QIODevice::WriteOnly));
        pem.write(test::makeAuthority(QStringLiteral("Office")).certificate.toPem());
        pem.close();
        Settings settings{QString()};
        QVERIFY(!settings.wayOut().proxy);
        QVERIFY(settings.set(QStringLiteral("proxy"), QStringLiteral("socks5://[::1]:9050")));
        QCOMPARE(settings.wayOut().proxy->type(), QNetworkProxy::Socks5Proxy);
        QCOMPARE(settings.wayOut().proxy->hostName(), QStringLiteral("::1"));
        QCOMPARE(settings.wayOut().proxy->port(), 9050);
        QVERIFY(settings.set(QStringLiteral("proxy"), QStringLiteral("none")));
        QCOMPARE(settings.wayOut().proxy->type(), QNetworkProxy::NoProxy);
        QVERIFY(settings.set(QStringLiteral("proxy"), QStringLiteral("system")));
        QVERIFY(!settings.wayOut().proxy);
        QVERIFY(settings.set(QStringLiteral("ca_file"), pem.fileName()));
        QCOMPARE(settings.wayOut().caFile, pem.fileName());
        QVERIFY(settings.set(QStringLiteral("ca_file"), QString()));
        QVERIFY(settings.wayOut().caFile.isEmpty());
    }

    void aCertificateFileIsNamedByItsWholePath()
    {
        // Which file a relative one is depends on where the broker was started.
        const QTemporaryDir dir;
        QFile pem(dir.filePath(QStringLiteral("ca.pem")));
        QVERIFY(pem.open(QIODevice::WriteOnly));
        pem.write(test::makeAuthority(QStringLiteral("Office")).certificate.toPem());
        pem.close();
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(dir.path()));
        Settings settings{QString()};
        const Result<void> set = settings.set(QStringLiteral("ca_file"), QStringLiteral("ca.pem"));
        QVERIFY(QDir::setCurrent(before));
        QVERIFY(!set);
        QVERIFY2(set.error().message.contains(QStringLiteral("whole path")),
            qPrintable(set.error().message));
        QVERIFY(settings.wayOut().caFile.isEmpty());
    }

    void theirDirectoryIsClosedToOthers()
    {
        const QTemporaryDir dir;
        const QString config = dir.filePath(QStringLiteral("config"));
        QVERIFY(QDir().mkdir(config));
        QVERIFY(QFile::setPermissions(config, QFile::Permissions(0x7055)));
        Settings settings(config + QStringLiteral("/settings.ini"));
        QVERIFY(settings.set(QStringLiteral("policy"), QStringLiteral("deny")));
        QCOMPARE(QFileInfo(config).permissions()
                & (QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
                    | QFile::WriteOther | QFile::ExeOther),
            QFile::Permissions());
    }

    void aDirectoryOfAnotherPlaceIsNotWrittenTo()
    {
        const QTemporaryDir dir;
        const QString elsewhere = dir.filePath(QStringLiteral("elsewhere"));
        QVERIFY(QDir().mkdir(elsewhere));
        QVERIFY(QFile::link(elsewhere, dir.filePath(QStringLiteral("config"))));
        Settings settings(dir.filePath(QStringLiteral("config/settings.ini")));
        const Result<void> set = settings.set(QStringLiteral("policy"), QStringLiteral("deny"));
        QVERIFY(!set);
        QVERIFY2(set.error().message.contains(QStringLiteral("symbolic link")),
            qPrintable(set.error().message));
        QVERIFY(QDir(elsewhere).isEmpty());
        // What was asked for holds meanwhile.
        QCOMPARE(settings.policy(), Policy::Deny);
    }

    void theDefaults()
    {
        const Settings settings(QTemporaryDir().filePath(QStringLiteral("none.ini")));
        const Settings::Values &values = settings.values();
        QCOMPARE(values.policy, Policy::Ask);
        QCOMPARE(values.vault, Vault::Kind::Keychain);
        QCOMPARE(values.lockAfterIdleMin, 0);
        QVERIFY(values.lockOnScreenLock);
        QVERIFY(values.lockBeforeSleep);
        QCOMPARE(values.historyKeepDays, 0);
        QCOMPARE(values.historyKeepMegabytes, 0);
    }

    void whatIsNotUnderstoodLeavesTheDefault()
    {
        const QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("settings.ini")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("policy=everybody\nlock_on_screen_lock=maybe\nlock_after_idle=10\n");
        file.close();
        QTest::ignoreMessage(QtWarningMsg,
            QRegularExpression(QStringLiteral("policy is ask, allow or deny, not .*everybody")));
        QTest::ignoreMessage(QtWarningMsg,
            QRegularExpression(QStringLiteral("lock_on_screen_lock is true or false")));
        const Settings settings(file.fileName());
        QCOMPARE(settings.policy(), Policy::Ask);
        QVERIFY(settings.values().lockOnScreenLock);
        QCOMPARE(settings.values().lockAfterIdleMin, 10);
    }

    void aChangeIsToldOnce()
    {
        Settings settings{QString()};
        QSignalSpy changes(&settings, &Settings::changed);
        QVERIFY(settings.set(QStringLiteral("lock_after_idle"), QStringLiteral("5")));
        QVERIFY(settings.set(QStringLiteral("lock_after_idle"), QStringLiteral("5")));
        QVERIFY(!settings.set(QStringLiteral("lock_after_idle"), QStringLiteral("soon")));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes.first().first().toString(), QStringLiteral("lock_after_idle"));
    }

    void aFileThatCannotBeWrittenIsTold()
    {
        const QTemporaryDir dir;
        // A directory stands where the file should be, which stops root too.
        QVERIFY(QDir(dir.path()).mkpath(QStringLiteral("settings.ini/full")));
        Settings settings(dir.filePath(QStringLiteral("settings.ini")));
        const Result<void> set = settings.set(QStringLiteral("policy"), QStringLiteral("deny"));
        QVERIFY(!set);
        QVERIFY2(set.error().message.contains(QStringLiteral("can't be written")),
            qPrintable(set.error().message));
        QCOMPARE(settings.policy(), Policy::Deny);
    }
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "SettingsTest.moc"
