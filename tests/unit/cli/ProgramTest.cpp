// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/cli/ProgramRun.h"

#include <QFile>
#include <QJsonArray>

#include <csignal>

using namespace chatelaine;
using namespace chatelaine::test;

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

    void whoIsTurnedAwaySaysWhy()
    {
        FakeBroker broker;
        broker.turnAway({ErrorCode::TooManyRequests, QStringLiteral("There is no room.")});
        Run run(broker);
        for (const char *command : {"status", "grants", "token demo", "audit --follow"}) {
            QCOMPARE(run.run(words(command)), 1);
            QVERIFY2(run.err.contains("There is no room."), run.err.constData());
        }
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

        QCOMPARE(run.run(words("grants add --server demo --any-client --until-lock --for 8h")), 2);
        QCOMPARE(run.run(words("grants add --server demo --any-client --idle soon")), 2);
        QCOMPARE(run.run(words("grants add --server demo --any-client --until-lock --idle 7d --deny")),
                 0);
        QCOMPARE(broker.paramsOf(QStringLiteral("grants/add")),
                 object("{'server':'demo','any_client':true,'lifetime':'until_lock',"
                        "'idle_s':604800,'deny':true}"));
        QCOMPARE(run.run(words("grants add --server demo --exe flatpak:org.x.Y")), 0);
        QCOMPARE(broker.paramsOf(QStringLiteral("grants/add")).value(QLatin1StringView("exe")),
                 QStringLiteral("flatpak:org.x.Y"));
    }

    void grantsSayHowLongTheyHold()
    {
        FakeBroker broker;
        broker.answer(QStringLiteral("grants/list"),
                      object("{'grants':[{'id':'g1','exe':'/a','lifetime':'until_lock','idle_s':604800},"
                             "{'id':'g2','exe':'/b','lifetime':'session','session_pid':77},"
                             "{'id':'g3','any_client':true,'lifetime':'always','deny':true},"
                             "{'id':'g4','lifetime':'once','session_pid':78}]}"));
        Run run(broker);
        QCOMPARE(run.run(words("grants")), 0);
        for (const char *said : {"until locked, unless unused for 7d", "while process 77 runs",
                                 "denied always", "process 78"})
            QVERIFY2(run.out.contains(said), run.out.constData());
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

    /// Records 1 to 250, of which the first 100 are long gone, while retention goes on.
    void anExportThatLosesRecordsSaysSo_data()
    {
        QTest::addColumn<int>("removed");
        QTest::addColumn<int>("status");
        QTest::newRow("none") << 100 << 0;
        QTest::newRow("those that were read") << 200 << 0;
        QTest::newRow("one that was not") << 201 << 1;
    }

    void anExportThatLosesRecordsSaysSo()
    {
        QFETCH(const int, removed);
        QFETCH(const int, status);
        FakeBroker broker;
        int first = 101;
        broker.answer(QStringLiteral("audit/query"),
            [&](const FakeBroker::Request &request) -> Result<QJsonObject> {
                const QJsonObject &params = request.params;
                QJsonArray records;
                if (!params.value(QLatin1StringView("ascending")).toBool()) {
                    records << QJsonObject{{QStringLiteral("seq"), 250}};
                } else {
                    const int after = params.value(QLatin1StringView("after_seq")).toInt(0);
                    if (after > 0)
                        first = removed + 1;
                    for (int seq = std::max(after + 1, first); seq <= 250 && records.size() < 100;
                         ++seq)
                        records << QJsonObject{{QStringLiteral("seq"), seq}};
                }
                const bool more =
                    records.last().toObject().value(QLatin1StringView("seq")).toInt() < 250;
                return QJsonObject{{QStringLiteral("records"), records},
                    {QStringLiteral("more"), more},
                    {QStringLiteral("begins"), QJsonObject{{QStringLiteral("seq"), first}}}};
            });
        Run run(broker);
        const QString file = broker.home() + QStringLiteral("/h.jsonl");
        QCOMPARE(run.run(words("audit export --output") + QStringList{file}), status);
        QCOMPARE(run.err.contains("not complete"), status != 0);
        QFile lines(file);
        QVERIFY(lines.open(QIODevice::ReadOnly));
        QCOMPARE(lines.readAll().count('\n'), status == 0 ? 150 : 100);
        if (status != 0)
            QVERIFY(run.err.contains("another file"));
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
                                     "a     default  signed in  2026-07-28 12:00:00  https://a\n"));
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
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "ProgramTest.moc"
