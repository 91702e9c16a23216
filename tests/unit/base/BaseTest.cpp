// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Clock.h"
#include "core/base/Json.h"
#include "core/base/Log.h"
#include "core/base/Paths.h"
#include "core/base/Secret.h"
#include "core/base/Text.h"
#include "core/base/Time.h"
#include "core/client/Protocol.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"

#include <QDebug>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>
#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::test;

class BaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretPrintsAsSecret()
    {
        QString text;
        QDebug(&text) << Secret::fromString(QStringLiteral("hunter2"));
        QCOMPARE(text.trimmed(), QStringLiteral("<secret>"));
    }

    void secretWipesTheArrayItWasGiven()
    {
        QByteArray bytes("a very secret token");
        bytes.detach();
        const char *const where = bytes.constData();
        const qsizetype size = bytes.size();
        const Secret secret(std::move(bytes));
        QCOMPARE(secret.expose(), QByteArrayView("a very secret token"));
        QVERIFY(bytes.isEmpty());
        // The array keeps its memory, so that it can be looked at.
        QCOMPARE(bytes.constData(), where);
        QCOMPARE(QByteArray(where, size), QByteArray(size, '\0'));
    }

    void secretsCompareByContent()
    {
        QVERIFY(Secret::copyOf("abc") == Secret::copyOf("abc"));
        QVERIFY(!(Secret::copyOf("abc") == Secret::copyOf("abd")));
        QVERIFY(!(Secret::copyOf("abc") == Secret::copyOf("ab")));
        QVERIFY(Secret() == Secret::copyOf(""));
    }

    void fingerprintIsTheHeadOfTheHash()
    {
        // FIPS 180-2, appendix B.1.
        QCOMPARE(Secret::copyOf("abc").fingerprint(), QStringLiteral("ba7816bf8f01"));
    }

    void jsonTellsWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("not json") << QByteArray("<html>") << QStringLiteral("is not JSON");
        QTest::newRow("array") << QByteArray("[1]") << QStringLiteral("not an object");
        QTest::newRow("deep") << QByteArray(200, '[') << QStringLiteral("too deeply");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("is not JSON");
    }
    void jsonTellsWhatIsWrong()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, says);
        const auto result = json::parseObject(bytes, QStringLiteral("The answer"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::ProtocolViolation);
        QVERIFY2(result.error().message.contains(says), qPrintable(result.error().message));
    }

    void jsonBracketsInStringsAreNoDepth()
    {
        const QByteArray bytes = "{\"a\":\"" + QByteArray(500, '{') + "\\\"{\"}";
        QVERIFY(json::parseObject(bytes, QStringLiteral("It")));
    }

    void integersComeInThreeShapes()
    {
        const QJsonObject object {{QStringLiteral("a"), 3600},
                                  {QStringLiteral("b"), QStringLiteral("3600")},
                                  {QStringLiteral("c"), 1.5},
                                  {QStringLiteral("d"), QStringLiteral("soon")},
                                  {QStringLiteral("e"), 1e300}};
        QCOMPARE(json::integer(object, QLatin1StringView("a")), std::optional<qint64>(3600));
        QCOMPARE(json::integer(object, QLatin1StringView("b")), std::optional<qint64>(3600));
        QVERIFY(!json::integer(object, QLatin1StringView("c")));
        QVERIFY(!json::integer(object, QLatin1StringView("d")));
        QVERIFY(!json::integer(object, QLatin1StringView("e")));
        QVERIFY(!json::integer(object, QLatin1StringView("f")));
    }

    void spansAreRead()
    {
        QCOMPARE(parseSpan(QStringLiteral("90")), std::optional<qint64>(90));
        QCOMPARE(parseSpan(QStringLiteral("8h")), std::optional<qint64>(28800));
        QCOMPARE(parseSpan(QStringLiteral("2w")), std::optional<qint64>(1209600));
        QVERIFY(!parseSpan(QStringLiteral("h")));
        QVERIFY(!parseSpan(QStringLiteral("-1h")));
        QVERIFY(!parseSpan(QStringLiteral("99999999999999w")));
    }

    void timesAreRfc3339()
    {
        QCOMPARE(toRfc3339(0), QStringLiteral("1970-01-01T00:00:00.000Z"));
        QCOMPARE(toRfc3339(-1), QStringLiteral("1969-12-31T23:59:59.999Z"));
        QCOMPARE(toRfc3339(1'709'164'799'042), QStringLiteral("2024-02-28T23:59:59.042Z"));
        QCOMPARE(toRfc3339(1'709'164'800'000), QStringLiteral("2024-02-29T00:00:00.000Z"));
        QCOMPARE(toRfc3339(253'402'300'799'999), QStringLiteral("9999-12-31T23:59:59.999Z"));
        QCOMPARE(toRfc3339(253'402'300'800'000), QString());
        QCOMPARE(fromRfc3339(QStringLiteral("1970-01-01T02:00:00+02:00")), std::optional<UtcMs>(0));
        QVERIFY(!fromRfc3339(QStringLiteral("1970-01-01T02:00:00")));
        QVERIFY(!fromRfc3339(QStringLiteral("yesterday")));
    }

    void logLinesAreRedacted_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("header") << QStringLiteral("Authorization: Bearer abcdefgh12345678SECRET");
        QTest::newRow("json") << QStringLiteral("{\"access_token\":\"abcSECRETdef\",\"a\":1}");
        QTest::newRow("form") << QStringLiteral("grant_type=x&refresh_token=SECRET&scope=a");
        QTest::newRow("query") << QStringLiteral("/callback?code=SECRET&iss=x");
        QTest::newRow("jwt") << QStringLiteral("got eyJhbGciOiJFUzI1NiJ9.SECRETeyJ.SECRETsig now");
    }
    void logLinesAreRedacted()
    {
        QFETCH(const QString, line);
        const QString clean = redacted(line);
        QVERIFY2(!clean.contains(QStringLiteral("SECRET")), qPrintable(clean));
        QVERIFY(clean.contains(QStringLiteral("<secret>")));
    }

    void privateDirectoryIsMadeClosed()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("a/b"));
        QVERIFY(ensurePrivateDirectory(path));
        const auto open = QFile::ReadGroup | QFile::ReadOther | QFile::ExeGroup | QFile::ExeOther;
        QVERIFY(!(QFile::permissions(path) & open));
        // One that was open before is closed.
        QVERIFY(QFile::setPermissions(path, QFile::permissions(path) | open));
        QVERIFY(ensurePrivateDirectory(path));
        QVERIFY(!(QFile::permissions(path) & open));
    }

    void aDirectoryOfAnotherUserIsRefused()
    {
        QTemporaryDir dir;
        // Root can give a directory away; anybody else finds one of root's.
        QString path = QStringLiteral("/usr");
        if (::geteuid() == 0) {
            path = dir.path();
            QCOMPARE(::chown(QFile::encodeName(path).constData(), 65534, 65534), 0);
        }
        const auto result = ensurePrivateDirectory(path);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::InvalidInput);
        QVERIFY(result.error().message.contains(QStringLiteral("another user")));
    }

    void theSocketsAreNeverInASharedPlace()
    {
        const QByteArray own = qgetenv("CHATELAINE_HOME");
        const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
        qunsetenv("CHATELAINE_HOME");
        // Not set, and set to something that depends on where one stands.
        for (const char *value : {"", "run", "./run"}) {
            qputenv("XDG_RUNTIME_DIR", value);
            QTemporaryDir runUser;
            const QString usual = runUser.filePath(QString::number(::geteuid()));
            const auto paths = Paths::fromEnvironment(runUser.path());
            QVERIFY(paths);
            QCOMPARE(paths->runtimeDir, paths->dataDir + QStringLiteral("/run"));
            QVERIFY(QDir::isAbsolutePath(paths->controlSocket()));
            // The one of the user's session, where somebody came without its variables.
            QVERIFY(QDir().mkdir(usual));
            QVERIFY(QFile::setPermissions(usual,
                QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));
            QCOMPARE(Paths::fromEnvironment(runUser.path())->runtimeDir,
                usual + QStringLiteral("/chatelaine"));
            QVERIFY(QFile::setPermissions(usual,
                QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner
                    | QFileDevice::ExeOther));
            QCOMPARE(Paths::fromEnvironment(runUser.path())->runtimeDir, paths->runtimeDir);
            QVERIFY(QDir().rmdir(usual));
            QVERIFY(QFile::link(QDir::rootPath(), usual));
            QCOMPARE(Paths::fromEnvironment(runUser.path())->runtimeDir, paths->runtimeDir);
        }
        qputenv("XDG_RUNTIME_DIR", "/run/user/7");
        const auto paths = Paths::fromEnvironment();
        QCOMPARE(paths->runtimeDir, QStringLiteral("/run/user/7/chatelaine"));
        runtime.isNull() ? qunsetenv("XDG_RUNTIME_DIR") : qputenv("XDG_RUNTIME_DIR", runtime);
        if (!own.isNull())
            qputenv("CHATELAINE_HOME", own);
    }

    void privateDirectoryIsNoSymlink()
    {
        QTemporaryDir dir;
        const QString target = dir.filePath(QStringLiteral("target"));
        QVERIFY(QDir().mkpath(target));
        const QString link = dir.filePath(QStringLiteral("link"));
        QVERIFY(QFile::link(target, link));
        const auto result = ensurePrivateDirectory(link);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::InvalidInput);
    }

    void waitingFollowsTheClock()
    {
        FakeClock clock;
        std::stop_source stop;
        auto early = clock.wait(1000, stop.get_token());
        clock.advance(999);
        QVERIFY(!early.isReady());
        clock.advance(1);
        QVERIFY(early.isReady());
        QVERIFY(await(std::move(early)).has_value());
    }

    void waitingCanBeCalledOff()
    {
        FakeClock clock;
        std::stop_source stop;
        auto waiting = clock.wait(1000, stop.get_token());
        stop.request_stop();
        QVERIFY(waiting.isReady());
        QCOMPARE(await(std::move(waiting)).error().code, ErrorCode::Cancelled);
        QCOMPARE(clock.alarmsSet(), 0);
    }

    void aRealAlarmGoesOff()
    {
        SystemClock clock;
        const qint64 before = clock.bootMs();
        QVERIFY(await(clock.wait(20, {})).has_value());
        QVERIFY(clock.bootMs() - before >= 20);
    }

    void anAlarmCountsTheTimeAsleepToo()
    {
        // proc(5), /proc/PID/fdinfo: timerfd_create(2)'s clock. No test can put the machine to
        // sleep.
        const auto alarmsByBootTime = [] {
            int found = 0;
            const QString dir = QStringLiteral("/proc/self/fdinfo/");
            const QStringList names = QDir(dir).entryList(QDir::Files);
            for (const QString &name : names) {
                QFile file(dir + name);
                found += file.open(QIODevice::ReadOnly)
                    && file.readAll().contains("clockid: " + QByteArray::number(CLOCK_BOOTTIME));
            }
            return found;
        };
        const int before = alarmsByBootTime();
        SystemClock clock;
        const std::unique_ptr<Alarm> alarm = clock.createAlarm();
        QCOMPARE(alarmsByBootTime(), before + 1);
    }

    void oneAnswerReachesAllWhoWait()
    {
        Completion<int> answer;
        int sum = 0;
        const auto add = [](Completion<int> from, int &to) -> Task<void> { to += co_await from; };
        for (int i = 0; i < 3; ++i)
            add(answer, sum);
        answer.set(7);
        answer.set(100);
        QCOMPARE(sum, 21);
    }

    void errorsSurviveTheSocket()
    {
        Error error {ErrorCode::ScopeMissing, QStringLiteral("Not granted.")};
        error.data.insert(QStringLiteral("missing"), QStringLiteral("a b"));
        const QJsonObject wire = protocol::toRpcError(error);
        QCOMPARE(wire.value(QLatin1StringView("code")).toInt(), -32005);
        const Error back = protocol::fromRpcError(wire);
        QCOMPARE(back.code, ErrorCode::ScopeMissing);
        QCOMPARE(back.message, error.message);
        QCOMPARE(back.data.value(QLatin1StringView("missing")).toString(), QStringLiteral("a b"));
    }

    void foreignTextIsCleaned()
    {
        QCOMPARE(sanitized(QStringLiteral(" a\r\n\tb\x1b[31m ")), QStringLiteral("a b[31m"));
        QCOMPARE(sanitized(QStringLiteral("a\u202Eb\u200Bc")), QStringLiteral("abc"));
        QCOMPARE(sanitized(QString(1000, QLatin1Char('x')), 10).size(), 10);
        QCOMPARE(sanitized(QString()), QString());
    }

    void whatIsRepeatedHasNoPassword_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("repeated");

        const auto row = [](const char *typed, const char *repeated) {
            QTest::addRow("%s", typed)
                << QString::fromLatin1(typed) << QString::fromLatin1(repeated);
        };
        row("", "");
        row("mcp.example.com", "mcp.example.com");
        row("https://mcp.example.com/mcp", "https://mcp.example.com/mcp");
        row("https://ada:hunter2@mcp.example.com/mcp", "https://mcp.example.com/mcp");
        row("https://ada:hunt/er2@mcp.example.com", "https://mcp.example.com");
        row("https://ada:hunt@er2@mcp.example.com", "https://mcp.example.com");
        row("ada:hunter2@mcp.example.com", "mcp.example.com");
        row("https://mcp.example.com/mcp?key=hunter2", "https://mcp.example.com/mcp");
    }

    void whatIsRepeatedHasNoPassword()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, repeated);
        QCOMPARE(repeatable(typed), repeated);
    }
};

QTEST_GUILESS_MAIN(BaseTest)
#include "BaseTest.moc"
