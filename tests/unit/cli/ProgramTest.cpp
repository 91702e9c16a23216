// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/cli/FakeBroker.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

/// JSON with the quotes that C++ has no quarrel with.
QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(QByteArray(json).replace('\'', '"')).object();
}

/// The program itself, run against the fake.
class Run
{
public:
    explicit Run(const FakeBroker &broker)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CHATELAINE_HOME"), broker.home());
        environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"})
            environment.remove(QString::fromLatin1(name));
        process.setProcessEnvironment(environment);
        process.setProgram(qEnvironmentVariable("CHATELAINE_BIN") + QStringLiteral("/chatelaine"));
        // No controlling terminal unless a test gives one.
        process.setChildProcessModifier([] { ::setsid(); });
    }
    ~Run()
    {
        process.kill();
        process.waitForFinished();
    }

    void set(const char *name, const QString &value)
    {
        QProcessEnvironment environment = process.processEnvironment();
        environment.insert(QString::fromLatin1(name), value);
        process.setProcessEnvironment(environment);
    }
    void start(const QStringList &arguments, bool keepStdin = false)
    {
        process.setArguments(arguments);
        process.start();
        if (!keepStdin)
            process.closeWriteChannel();
    }
    bool ends()
    {
        return QTest::qWaitFor([this] { return process.state() == QProcess::NotRunning; }, 20'000);
    }
    int run(const QStringList &arguments)
    {
        start(arguments);
        if (!ends())
            return -1;
        out = process.readAllStandardOutput();
        err = process.readAllStandardError();
        return process.exitCode();
    }

    QProcess process;
    QByteArray out;
    QByteArray err;
};

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '));
}

const QJsonObject openNotice = object(
    "{'url':'https://as.example/authorize?state=x','host':'as.example','server':'demo',"
                    "'scopes':['a','b'],'redirect_uri':'http://127.0.0.1:5/callback'}");

} // namespace

class ProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokenGoesToStdoutAlone()
    {
        FakeBroker broker;
        broker.answer(QStringLiteral("token/get"),
                      object("{'access_token':'s3cret','token_type':'Bearer','server':'demo'}"));
        Run run(broker);
        QCOMPARE(run.run(words("token demo --scope a --scope b --min-valid 5m --no-prompt")), 0);
        QCOMPARE(run.out, QByteArray("s3cret\n"));
        QCOMPARE(run.err, QByteArray());
        QCOMPARE(broker.requests().last().socket, QStringLiteral("broker"));
        QCOMPARE(broker.paramsOf(QStringLiteral("token/get")),
                 object("{'server':'demo','scope':'a b','min_valid_s':300,'interactive':false}"));

        QCOMPARE(run.run(words("headers https://mcp.example/mcp")), 0);
        QCOMPARE(run.out, QByteArray("{\"Authorization\":\"Bearer s3cret\"}\n"));
        QCOMPARE(broker.paramsOf(QStringLiteral("token/get")),
                 object("{'resource':'https://mcp.example/mcp'}"));
    }

    void errorsHaveTheirStatus_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, ErrorCode code, int status) {
            QTest::newRow(name) << static_cast<int>(code) << status;
        };
        row("not found", ErrorCode::NotFound, 1);
        row("cancelled", ErrorCode::Cancelled, 1);
        row("bad input", ErrorCode::InvalidInput, 2);
        row("sign-in", ErrorCode::SignInNeeded, 3);
        row("refused", ErrorCode::Refused, 4);
        row("scope", ErrorCode::ScopeMissing, 4);
        row("locked", ErrorCode::Locked, 5);
        row("unreachable", ErrorCode::Unreachable, 6);
        row("too many", ErrorCode::TooManyRequests, 1);
    }
    void errorsHaveTheirStatus()
    {
        QFETCH(int, code);
        QFETCH(int, status);
        FakeBroker broker;
        broker.fail(QStringLiteral("token/get"),
                    Error {static_cast<ErrorCode>(code), QStringLiteral("What\nhappened\u001b[0m.")});
        Run run(broker);
        QCOMPARE(run.run(words("token demo --json")), status);
        QCOMPARE(run.out, QByteArray());
        QVERIFY2(run.err.startsWith("chatelaine: What\\u000ahappened\\u001b[0m."), run.err.constData());
        QCOMPARE(run.err.count('\n'), 1);
        QCOMPARE(run.err.contains("chatelaine login demo"), code == static_cast<int>(ErrorCode::SignInNeeded));
    }

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
        int master = -1;
        int slave = -1;
        QCOMPARE(::openpty(&master, &slave, nullptr, nullptr, nullptr), 0);
        ::fcntl(master, F_SETFL, O_NONBLOCK);
        Run run(broker);
        run.process.setChildProcessModifier([slave] {
            ::setsid();
            ::ioctl(slave, TIOCSCTTY, 0);
            ::dup2(slave, STDIN_FILENO);
            ::dup2(slave, STDERR_FILENO);
        });
        run.start(words("token demo"));
        QByteArray seen;
        const auto sees = [&](const char *text) {
            char buffer[1024];
            const ssize_t n = ::read(master, buffer, sizeof buffer);
            seen.append(buffer, std::max<ssize_t>(n, 0));
            return seen.contains(text);
        };
        QTRY_VERIFY_WITH_TIMEOUT(sees("[N]o: "), 10'000);
        QVERIFY2(seen.contains("/usr/bin/agent wants to use your access to demo"), seen.constData());
        QCOMPARE(::write(master, typed.constData(), static_cast<size_t>(typed.size())), typed.size());
        QVERIFY(run.ends());
        ::close(master);
        ::close(slave);
        QCOMPARE(run.process.exitCode(), lifetime.isEmpty() ? 4 : 0);
        QCOMPARE(run.process.readAllStandardOutput(),
                 lifetime.isEmpty() ? QByteArray() : QByteArray("s3cret\n"));
        QCOMPARE(broker.wasAsked(QStringLiteral("grants/add")), !lifetime.isEmpty());
        if (!lifetime.isEmpty()) {
            const QJsonObject grant = broker.paramsOf(QStringLiteral("grants/add"));
            QCOMPARE(grant.value(QLatin1StringView("lifetime")).toString(), lifetime);
            QCOMPARE(grant.value(QLatin1StringView("caller")).toBool(), true);
            QCOMPARE(grant.value(QLatin1StringView("server")).toString(), QStringLiteral("demo"));
        }
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
        QVERIFY2(err.endsWith("chatelaine: cancelled\n"), err.constData());
    }

    void secretsComeFromADescriptor()
    {
        FakeBroker broker;
        broker.answer(QStringLiteral("servers/add"), object("{'name':'demo'}"));
        Run run(broker);
        run.start(words("add https://a --client-id c --client-secret-stdin --json"), true);
        run.process.write("s3cret\n");
        run.process.closeWriteChannel();
        QVERIFY(run.ends());
        QCOMPARE(run.process.exitCode(), 0);
        QCOMPARE(broker.paramsOf(QStringLiteral("servers/add")),
                 object("{'url':'https://a','client_id':'c','client_secret':'s3cret'}"));
        QCOMPARE(run.process.readAllStandardOutput(), QByteArray("{\"name\":\"demo\"}\n"));
    }

    void grantsNameRealPrograms()
    {
        FakeBroker broker;
        Run run(broker);
        QCOMPARE(run.run(words("grants add --server demo --exe /nonexistent")), 2);
        QCOMPARE(run.run(words("grants add --server demo")), 2);
        QCOMPARE(run.run(words("grants add --server demo --any-client --once --session")), 2);
        QCOMPARE(run.run(words("grants add --server demo --any-client --once --for 8h")), 2);
        QVERIFY(broker.requests().isEmpty());
        QCOMPARE(run.run(words("grants add --server demo --session")), 0);
        QCOMPARE(broker.paramsOf(QStringLiteral("grants/add")),
                 object("{'server':'demo','caller':true,'lifetime':'session'}"));
        QCOMPARE(run.run(words("grants add --server demo --exe /proc/self/exe/../exe --for 8h")), 2);
        QVERIFY(QFile::link(run.process.program(), broker.home() + QStringLiteral("/link")));
        QCOMPARE(run.run({QStringLiteral("grants"), QStringLiteral("add"), QStringLiteral("--server=demo"),
                          QStringLiteral("--exe"), broker.home() + QStringLiteral("/link"),
                          QStringLiteral("--for=8h")}), 0);
        const QJsonObject params = broker.paramsOf(QStringLiteral("grants/add"));
        QCOMPARE(params.value(QLatin1StringView("exe")).toString(),
                 QFileInfo(run.process.program()).canonicalFilePath());
        QCOMPARE(params.value(QLatin1StringView("for_s")).toInt(), 8 * 3600);
    }

    void toolsAnswerForPeopleAndPrograms()
    {
        FakeBroker broker;
        const QJsonObject result = object("{'content':[{'type':'text','text':'fine\\nweather'},"
                    "{'type':'image','mimeType':'image/png','data':''}]}");
        broker.answer(QStringLiteral("mcp/call"), result);
        Run run(broker);
        QCOMPARE(run.run({QStringLiteral("call"), QStringLiteral("demo"), QStringLiteral("forecast"),
                          QStringLiteral("{\"day\":1}")}), 0);
        QCOMPARE(run.out, QByteArray("fine\nweather\n[image image/png; see it with --json]\n"));
        QCOMPARE(broker.paramsOf(QStringLiteral("mcp/call")),
                 object("{'server':'demo','tool':'forecast','arguments':{'day':1}}"));
        QCOMPARE(run.run(words("call https://a/mcp forecast --json")), 0);
        QCOMPARE(QJsonDocument::fromJson(run.out).object(), result);
        QCOMPARE(run.run(words("call demo forecast [1]")), 2);
        broker.answer(QStringLiteral("mcp/call"), object("{'content':[],'isError':true}"));
        QCOMPARE(run.run(words("call demo forecast")), 1);
    }

    void historyIsReadInPages()
    {
        FakeBroker broker;
        broker.answer(QStringLiteral("audit/query"), [](const FakeBroker::Request &request) -> Result<QJsonObject> {
            const QJsonObject &params = request.params;
            const bool up = params.value(QLatin1StringView("ascending")).toBool();
            const int limit = params.value(QLatin1StringView("limit")).toInt();
            QJsonArray records;
            int seq = up ? params.value(QLatin1StringView("after_seq")).toInt(0) + 1
                         : params.value(QLatin1StringView("before_seq")).toInt(251) - 1;
            for (; records.size() < limit && seq >= 1 && seq <= 250; seq += up ? 1 : -1)
                records << QJsonObject {{QStringLiteral("seq"), seq},
                                        {QStringLiteral("event"), QStringLiteral("a,b")}};
            return QJsonObject {{QStringLiteral("records"), records},
                                {QStringLiteral("more"), seq >= 1 && seq <= 250}};
        });
        Run run(broker);
        QCOMPARE(run.run(words("audit --limit 120 --json")), 0);
        QCOMPARE(run.out.count('\n'), 120);
        QVERIFY(run.out.startsWith("{\"event\":\"a,b\",\"seq\":131}\n"));
        QVERIFY(run.out.endsWith("\"seq\":250}\n"));
        QCOMPARE(run.run(words("audit export")), 0);
        QCOMPARE(run.out.count('\n'), 250);
        QVERIFY(run.out.startsWith("{\"event\":\"a,b\",\"seq\":1}\n"));
        const QString file = broker.home() + QStringLiteral("/h.csv");
        const QStringList toFile = words("audit export --format csv --output") + QStringList {file};
        QCOMPARE(run.run(toFile), 0);
        QFile csv(file);
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QByteArray text = csv.readAll();
        QCOMPARE(text.count("\r\n"), 251);
        QVERIFY(text.contains("\r\n250,,\"a,b\","));
        QCOMPARE(run.run(toFile), 2); // never over a file that is there
        QCOMPARE(run.run(words("audit --since yesterday")), 2);
    }

    void followingMissesNothing()
    {
        FakeBroker broker;
        broker.answer(QStringLiteral("audit/follow"), [&broker](const FakeBroker::Request &) -> Result<QJsonObject> {
            broker.notify(QStringLiteral("audit/record"), object("{'record':{'seq':2}}"));
            return object("{'following':true}");
        });
        broker.answer(QStringLiteral("audit/query"), object("{'records':[{'seq':2},{'seq':1}],'more':false}"));
        Run run(broker);
        run.start(words("audit --follow --json"));
        QByteArray out;
        const auto printed = [&run, &out](const char *all) {
            out += run.process.readAllStandardOutput();
            return out == all;
        };
        QTRY_VERIFY_WITH_TIMEOUT(printed("{\"seq\":1}\n{\"seq\":2}\n"), 10'000);
        broker.notify(QStringLiteral("audit/record"), object("{'record':{'seq':3}}"));
        QTRY_VERIFY_WITH_TIMEOUT(printed("{\"seq\":1}\n{\"seq\":2}\n{\"seq\":3}\n"), 10'000);
        ::kill(static_cast<pid_t>(run.process.processId()), SIGINT);
        QVERIFY(run.ends());
        QCOMPARE(run.process.exitCode(), 0);
    }

    void alteredHistoryFails()
    {
        FakeBroker broker;
        broker.answer(QStringLiteral("audit/verify"), object("{'ok':true,'rows':9}"));
        Run run(broker);
        QCOMPARE(run.run(words("audit verify")), 0);
        QVERIFY(run.out.contains("9 records"));
        broker.answer(QStringLiteral("audit/verify"),
                      object("{'ok':false,'rows':9,'first_bad_seq':4,'reason':'The hash is wrong.'}"));
        QCOMPARE(run.run(words("audit verify --json")), 1);
        QVERIFY(run.err.contains("at record 4: The hash is wrong."));
        QVERIFY(QJsonDocument::fromJson(run.out).object().contains(QLatin1StringView("first_bad_seq")));
    }

    void listsAreArrays()
    {
        FakeBroker broker;
        broker.answer(QStringLiteral("servers/list"),
                      object("{'servers':[{'name':'a','account':'default','state':'signed_in',"
                    "'url':'https://a','expires_at':'2026-07-28T12:00:00Z'}]}"));
        Run run(broker);
        QCOMPARE(run.run(words("list --json")), 0);
        QCOMPARE(QJsonDocument::fromJson(run.out).array().size(), 1);
        QCOMPARE(run.run(words("list --names")), 0);
        QCOMPARE(run.out, QByteArray("a\n"));
        QCOMPARE(run.run(words("list")), 0);
        QCOMPARE(run.out, QByteArray("NAME  ACCOUNT  STATE      EXPIRES              URL\n"
                                     "a     default  signed_in  2026-07-28 12:00:00  https://a\n"));
    }

    void discoveryWithAProblemFails()
    {
        FakeBroker broker;
        broker.answer(QStringLiteral("discover"), object("{'protected':true,'steps':[],"
                    "'problems':[{'message':'No S256.','remedy':'Ask its people.'}]}"));
        Run run(broker);
        QCOMPARE(run.run(words("discover https://a --json")), 1);
        QVERIFY(!run.out.isEmpty());
        QCOMPARE(run.err, QByteArray("chatelaine: No S256. Ask its people.\n"));
    }

private:
    static Error refusal()
    {
        return Error {ErrorCode::Refused, QStringLiteral("Nobody could be asked."), {},
                      object("{'by':'policy','ask':{'server':'demo','account':'default',"
                    "'client':{'exe':'/usr/bin/agent'}}}")};
    }
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "ProgramTest.moc"
