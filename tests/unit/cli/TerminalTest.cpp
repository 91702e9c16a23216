// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/cli/ProgramRun.h"

#include <QFile>

#include <csignal>
#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

const QJsonObject openNotice = object(
    "{'url':'https://as.example/authorize?state=x','host':'as.example','server':'demo',"
                    "'scopes':['a','b'],'redirect_uri':'http://127.0.0.1:5/callback'}");

/// The terminal of a program, with somebody at it.
class Terminal
{
public:
    Terminal()
    {
        if (::openpty(&m_master, &m_slave, nullptr, nullptr, nullptr) != 0)
            qFatal("No terminal.");
        ::fcntl(m_master, F_SETFL, O_NONBLOCK);
    }
    ~Terminal()
    {
        ::close(m_master);
        ::close(m_slave);
    }
    Q_DISABLE_COPY_MOVE(Terminal)

    void attachTo(QProcess &process)
    {
        process.setChildProcessModifier([slave = m_slave] {
            ::setsid();
            ::ioctl(slave, TIOCSCTTY, 0);
            ::dup2(slave, STDIN_FILENO);
            ::dup2(slave, STDERR_FILENO);
        });
    }
    /// Whether the one text has come, and the other after it.
    bool sees(QByteArrayView text, QByteArrayView after)
    {
        char buffer[1024];
        const ssize_t n = ::read(m_master, buffer, sizeof buffer);
        m_seen.append(buffer, std::max<ssize_t>(n, 0));
        const qsizetype at = m_seen.indexOf(text);
        return at >= 0 && m_seen.indexOf(after, at) >= 0;
    }
    void type(const QByteArray &line)
    {
        if (::write(m_master, line.constData(), static_cast<size_t>(line.size())) != line.size())
            qFatal("Nothing could be typed.");
    }

private:
    int m_master = -1;
    int m_slave = -1;
    QByteArray m_seen;
};

} // namespace

class TerminalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutATerminalThePolicyIsExplained()
    {
        FakeBroker broker;
        broker.fail(QStringLiteral("token/get"), refusal());
        Run run(broker);
        QCOMPARE(run.run(words("token demo")), 4);
        QVERIFY2(run.err.contains("chatelaine grants add --server demo --exe /usr/bin/agent"), run.err.constData());
        QVERIFY(!broker.wasAsked(QStringLiteral("grants/add")));
    }

    void onATerminalTheQuestionIsPut_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QString>("lifetime");
        QTest::newRow("once") << QByteArray("o\n") << QStringLiteral("once");
        QTest::newRow("always") << QByteArray("always\n") << QStringLiteral("always");
        QTest::newRow("nothing") << QByteArray("\n") << QString();
        QTest::newRow("no") << QByteArray("n\n") << QString();
    }
    void onATerminalTheQuestionIsPut()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QString, lifetime);
        FakeBroker broker;
        broker.answer(QStringLiteral("token/get"), [&](const FakeBroker::Request &) -> Result<QJsonObject> {
            if (!broker.wasAsked(QStringLiteral("grants/add")))
                return failure(refusal());
            return object("{'access_token':'s3cret'}");
        });
        Terminal terminal;
        Run run(broker);
        terminal.attachTo(run.process);
        run.start(words("token demo"));
        QTRY_VERIFY_WITH_TIMEOUT(
            terminal.sees("/usr/bin/agent wants to use your access to demo", "[N]o: "), 10'000);
        terminal.type(typed);
        QVERIFY(run.ends());
        QCOMPARE(run.process.exitCode(), lifetime.isEmpty() ? 4 : 0);
        QCOMPARE(run.process.readAllStandardOutput(),
                 lifetime.isEmpty() ? QByteArray() : QByteArray("s3cret\n"));
        QCOMPARE(broker.wasAsked(QStringLiteral("grants/add")), !lifetime.isEmpty());
        // The broker hears that it is asked here, and what the answer was.
        const QJsonObject last = broker.paramsOf(QStringLiteral("token/get"));
        QCOMPARE(last.contains(QLatin1StringView("denied_on_terminal")), lifetime.isEmpty());
        if (!lifetime.isEmpty()) {
            const QJsonObject grant = broker.paramsOf(QStringLiteral("grants/add"));
            QCOMPARE(grant.value(QLatin1StringView("lifetime")).toString(), lifetime);
            QCOMPARE(grant.value(QLatin1StringView("caller")).toBool(), true);
            QCOMPARE(grant.value(QLatin1StringView("server")).toString(), QStringLiteral("demo"));
        }
    }

    /// A server that wants more scopes for it: another question, and no second command.
    void aCallThatGainsScopesIsAskedAboutAgain_data()
    {
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<int>("exit");
        QTest::newRow("once more") << QByteArray("o\n") << 0;
        QTest::newRow("no") << QByteArray("n\n") << 4;
    }
    void aCallThatGainsScopesIsAskedAboutAgain()
    {
        QFETCH(const QByteArray, second);
        QFETCH(const int, exit);
        FakeBroker broker;
        QStringList granted;
        broker.answer(QStringLiteral("grants/add"),
            [&](const FakeBroker::Request &request) -> Result<QJsonObject> {
                granted.append(request.params.value(QLatin1StringView("scope")).toString());
                return QJsonObject{};
            });
        broker.answer(
            QStringLiteral("mcp/call"), [&](const FakeBroker::Request &) -> Result<QJsonObject> {
                if (granted.size() == 2)
                    return object("{'content':[{'type':'text','text':'positive'}]}");
                Error error = refusal();
                QJsonObject ask = error.data.value(QLatin1StringView("ask")).toObject();
                ask.insert(QStringLiteral("scope"),
                    granted.isEmpty() ? QStringLiteral("read") : QStringLiteral("read batch"));
                error.data.insert(QStringLiteral("ask"), ask);
                return failure(error);
            });
        Terminal terminal;
        Run run(broker);
        terminal.attachTo(run.process);
        run.start(words("call demo analyze {}"));
        QTRY_VERIFY_WITH_TIMEOUT(terminal.sees("scope read.", "[N]o: "), 10'000);
        terminal.type("o\n");
        QTRY_VERIFY_WITH_TIMEOUT(terminal.sees("scope read batch.", "[N]o: "), 10'000);
        terminal.type(second);
        QVERIFY(run.ends());
        QCOMPARE(run.process.exitCode(), exit);
        QCOMPARE(granted.size(), exit == 0 ? 2 : 1);
        QCOMPARE(broker.paramsOf(QStringLiteral("mcp/call"))
                     .contains(QLatin1StringView("denied_on_terminal")),
            exit != 0);
    }

    void aGrantThatDoesNotFitIsNotAskedForTwice()
    {
        FakeBroker broker;
        broker.fail(QStringLiteral("token/get"), refusal());
        Terminal terminal;
        Run run(broker);
        terminal.attachTo(run.process);
        run.start(words("token demo"));
        QTRY_VERIFY_WITH_TIMEOUT(terminal.sees("demo", "[N]o: "), 10'000);
        terminal.type("o\n");
        QVERIFY(run.ends());
        QCOMPARE(run.process.exitCode(), 4);
    }

    void signInOpensTheBrowserWithoutAShell()
    {
        FakeBroker broker;
        broker.notifyAndHold(QStringLiteral("login"), QStringLiteral("login/open"), openNotice);
        Run run(broker);
        const QString seen = broker.home() + QStringLiteral("/seen");
        const QString program = broker.home() + QStringLiteral("/browser");
        QFile script(program);
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nprintf '%s|' \"$@\" >" + seen.toUtf8() + ".part\n"
                     "mv " + seen.toUtf8() + ".part " + seen.toUtf8() + "\n");
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        script.close();
        // The first does not exist, the second fails, the third opens it.
        run.set("BROWSER", QStringLiteral("/nonexistent:false:%1 --new; %s").arg(program));
        run.start(words("login demo"));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(seen), 10'000);
        QFile args(seen);
        QVERIFY(args.open(QIODevice::ReadOnly));
        QCOMPARE(args.readAll(), QByteArray("--new;|https://as.example/authorize?state=x|"));
        broker.release(QStringLiteral("login"), object("{'name':'demo','account':'default'}"));
        QVERIFY(run.ends());
        QCOMPARE(run.process.exitCode(), 0);
        const QByteArray err = run.process.readAllStandardError();
        QVERIFY2(err.contains("Opening the browser for as.example"), err.constData());
        QVERIFY2(err.contains("(scopes: a b)"), err.constData());
    }

    void pastedCallbackGoesToTheBroker()
    {
        FakeBroker broker;
        broker.notifyAndHold(QStringLiteral("login"), QStringLiteral("login/open"), openNotice);
        Run run(broker);
        run.start(words("login demo --no-browser"), true);
        QByteArray err;
        QTRY_VERIFY_WITH_TIMEOUT((err += run.process.readAllStandardError())
                                     .contains("https://as.example/authorize?state=x"), 10'000);
        run.process.write("\nhttp://127.0.0.1:5/callback?code=c&state=x\n");
        QTRY_VERIFY_WITH_TIMEOUT(broker.wasAsked(QStringLiteral("login/callback")), 10'000);
        QCOMPARE(broker.paramsOf(QStringLiteral("login/callback")),
                 object("{'url':'http://127.0.0.1:5/callback?code=c&state=x'}"));
        broker.release(QStringLiteral("login"), object("{'name':'demo'}"));
        QVERIFY(run.ends());
        QCOMPARE(run.process.exitCode(), 0);
    }

    void whereNoBrowserStartsTheUrlIsPrinted()
    {
        FakeBroker broker;
        broker.notifyAndHold(QStringLiteral("login"), QStringLiteral("login/open"), openNotice);
        Run run(broker);
        run.set("BROWSER", QStringLiteral("false"));
        run.start(words("login demo"));
        QByteArray err;
        QTRY_VERIFY_WITH_TIMEOUT((err += run.process.readAllStandardError())
                                     .contains("  https://as.example/authorize?state=x\n"), 10'000);
    }

    void aWickedSignInPageIsNotOpened()
    {
        FakeBroker broker;
        QJsonObject notice = openNotice;
        notice.insert(QStringLiteral("url"), QStringLiteral("file:///etc/passwd"));
        broker.notifyAndHold(QStringLiteral("login"), QStringLiteral("login/open"), notice);
        Run run(broker);
        const QString seen = broker.home() + QStringLiteral("/seen");
        run.set("BROWSER", QStringLiteral("touch %1").arg(seen));
        QCOMPARE(run.run(words("login demo")), 1);
        QVERIFY(!QFile::exists(seen));
        QVERIFY(!run.err.contains("file:"));
        QTRY_VERIFY(broker.wasAsked(QStringLiteral("cancel")));
    }

    void interruptCancels()
    {
        FakeBroker broker;
        broker.notifyAndHold(QStringLiteral("login"), QStringLiteral("login/open"), openNotice);
        Run run(broker);
        run.start(words("login demo --no-browser"), true);
        QByteArray err;
        QTRY_VERIFY_WITH_TIMEOUT((err += run.process.readAllStandardError()).contains("https:"), 10'000);
        ::kill(static_cast<pid_t>(run.process.processId()), SIGINT);
        QVERIFY(run.ends());
        QCOMPARE(run.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(run.process.exitCode(), 1);
        QTRY_VERIFY(broker.wasAsked(QStringLiteral("cancel")));
        err += run.process.readAllStandardError();
        QVERIFY2(err.endsWith("chatelaine: Cancelled.\n"), err.constData());
    }
};

QTEST_GUILESS_MAIN(TerminalTest)
#include "TerminalTest.moc"
