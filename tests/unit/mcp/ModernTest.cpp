// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/mcp/ScriptedServer.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::mcp;
using test::await;
using test::McpPair;
using test::RawHttpServer;

namespace {

using Request = RawHttpServer::Request;

const QByteArray oneTool = R"({"resultType":"complete","tools":[{"name":"t","inputSchema":
    {"type":"object","properties":{"r":{"type":"string","x-mcp-header":"Region"}}}}]})";

/// Lends "Bearer n" after the n-th challenge.
class CountingAuthorizer : public Authorizer
{
public:
    Task<Result<Secret>> authorization(std::stop_token) override
    {
        if (challenges == 0)
            co_return Secret();
        co_return Secret::copyOf(QByteArray("Bearer " + QByteArray::number(challenges)));
    }
    Task<Result<void>> challenged(net::HttpResponse response, std::stop_token) override
    {
        lastChallenge = response.header("WWW-Authenticate");
        if (++challenges > giveUpAfter)
            co_return failure(ErrorCode::SignInNeeded, QStringLiteral("Gave up."));
        co_return Result<void>();
    }

    int challenges = 0;
    int giveUpAfter = 3;
    QByteArray lastChallenge;
};

} // namespace

class ModernTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsAndCallsWithTheHeadersOfTheEra()
    {
        McpPair mcp([](QTcpSocket &socket, const Request &request) {
            socket.write(McpPair::method(request) == QLatin1StringView("tools/list")
                    ? McpPair::result(request, oneTool)
                    : McpPair::result(request, R"({"resultType":"complete","content":[]})"));
        });
        QVERIFY(mcp.client.protocolVersion().isEmpty());
        const auto tools = await(mcp.client.listTools({}));
        QVERIFY2(tools, tools ? "" : qPrintable(tools.error().message));
        QCOMPARE(tools->size(), 1);
        QCOMPARE(mcp.client.protocolVersion(), QStringLiteral("2026-07-28"));
        const QString odd = QStringLiteral("t");
        const auto result =
            await(mcp.client.callTool(odd, {{QStringLiteral("r"), QStringLiteral(" é")}}, {}));
        QVERIFY(result);
        QVERIFY(result->contains(QLatin1StringView("content")));

        const Request call = mcp.server.requests().last();
        QCOMPARE(call.header("MCP-Protocol-Version"), "2026-07-28");
        QCOMPARE(call.header("Mcp-Method"), "tools/call");
        QCOMPARE(call.header("Mcp-Name"), "t");
        QCOMPARE(call.header("Mcp-Param-Region"), "=?base64?IMOp?=");
        QCOMPARE(call.header("Accept"), "application/json, text/event-stream");
        QVERIFY(call.header("Authorization").isEmpty());
        const QJsonObject meta = McpPair::json(call)
                                     .value(QLatin1StringView("params"))
                                     .toObject()
                                     .value(QLatin1StringView("_meta"))
                                     .toObject();
        QCOMPARE(
            meta.value(QLatin1StringView("io.modelcontextprotocol/protocolVersion")).toString(),
            QStringLiteral("2026-07-28"));
        QVERIFY(
            meta.value(QLatin1StringView("io.modelcontextprotocol/clientCapabilities")).isObject());
        QCOMPARE(mcp.story(),
            QStringList({QStringLiteral("POST tools/list"), QStringLiteral("POST tools/call")}));
        mcp.close();
        QCOMPARE(mcp.server.requests().size(), 2);
    }

    void readsTheAnswerFromAStream()
    {
        McpPair mcp([](QTcpSocket &socket, const Request &request) {
            socket.write(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                ": hello\n\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"
                "data: "
                + McpPair::answer(request, "\"result\":{\"tools\":[]}") + "\n\n");
        });
        const auto tools = await(mcp.client.listTools({}));
        QVERIFY2(tools, tools ? "" : qPrintable(tools.error().message));
        // A result without resultType does not prove the era.
        QVERIFY(mcp.client.protocolVersion().isEmpty());
    }

    void followsTheCursor()
    {
        McpPair mcp([](QTcpSocket &socket, const Request &request) {
            const bool second = request.body.contains("\"cursor\":\"2\"");
            socket.write(McpPair::result(request,
                second ? R"({"resultType":"complete","tools":[{"name":"b"}]})"
                       : R"({"resultType":"complete","tools":[{"name":"a"}],"nextCursor":"2"})"));
        });
        const auto tools = await(mcp.client.listTools({}));
        QVERIFY(tools);
        QCOMPARE(tools->size(), 2);
    }

    void endsEndlessPages()
    {
        McpPair mcp([](QTcpSocket &socket, const Request &request) {
            socket.write(McpPair::result(request, R"({"resultType":"complete","nextCursor":"x"})"));
        });
        QCOMPARE(await(mcp.client.listTools({})).error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(mcp.server.requests().size(), 100);
    }

    void leavesOutToolsWithIllegalHeaders()
    {
        McpPair mcp([](QTcpSocket &socket, const Request &request) {
            socket.write(McpPair::result(request, R"({"resultType":"complete","tools":[
                {"name":"bad","inputSchema":{"properties":{"a":{"type":"number","x-mcp-header":"A"}}}},
                {"name":"good"}]})"));
        });
        QTest::ignoreMessage(
            QtWarningMsg, QRegularExpression(QStringLiteral("\"bad\" is left out")));
        const auto tools = await(mcp.client.listTools({}));
        QVERIFY(tools);
        QCOMPARE(tools->size(), 1);
        QCOMPARE(tools->first().toObject().value(QLatin1StringView("name")).toString(),
            QStringLiteral("good"));
    }

    void triesAListedVersionAgain()
    {
        McpPair mcp([n = 0](QTcpSocket &socket, const Request &request) mutable {
            socket.write(++n == 1
                    ? McpPair::error(request, 400, -32022, R"({"supported":["2026-07-28"]})")
                    : McpPair::result(request, oneTool));
        });
        QVERIFY(await(mcp.client.listTools({})));
        QCOMPARE(mcp.server.requests().size(), 2);
    }

    void saysWhichVersionsTheServerWants()
    {
        McpPair mcp([](QTcpSocket &socket, const Request &request) {
            socket.write(McpPair::error(request, 400, -32022, R"({"supported":["2031-01-01"]})"));
        });
        const auto tools = await(mcp.client.listTools({}));
        QVERIFY(!tools);
        QVERIFY(tools.error().message.contains(QLatin1StringView("2031-01-01")));
        QCOMPARE(mcp.server.requests().size(), 1);
    }

    void listsAgainAtAHeaderMismatch()
    {
        McpPair mcp([calls = 0](QTcpSocket &socket, const Request &request) mutable {
            if (McpPair::method(request) == QLatin1StringView("tools/list"))
                socket.write(McpPair::result(request, oneTool));
            else if (++calls == 1)
                socket.write(McpPair::error(request, 400, -32020));
            else
                socket.write(McpPair::result(request, R"({"resultType":"complete"})"));
        });
        QVERIFY(await(mcp.client.callTool(
            QStringLiteral("t"), {{QStringLiteral("r"), QStringLiteral("x")}}, {})));
        QCOMPARE(mcp.server.requests().last().header("Mcp-Param-Region"), "x");
        QCOMPARE(mcp.server.requests().size(), 3);
    }

    void staysModernAtAnUnknownMethod()
    {
        McpPair mcp([](QTcpSocket &socket, const Request &request) {
            socket.write(McpPair::error(request, 404, -32601));
        });
        const auto tools = await(mcp.client.listTools({}));
        QCOMPARE(tools.error().code, ErrorCode::ServerRefused);
        QCOMPARE(tools.error().data.value(QLatin1StringView("code")).toInteger(), -32601);
        QCOMPARE(mcp.server.requests().size(), 1);
    }

    void saysWhatIsAskedFor()
    {
        McpPair mcp([](QTcpSocket &socket, const Request &request) {
            socket.write(McpPair::result(request, R"({"resultType":"input_required","inputRequests":
                {"a":{"method":"elicitation/create","params":{}}}})"));
        });
        const auto result = await(mcp.client.callTool(QStringLiteral("t"), {}, {}));
        QCOMPARE(result.error().code, ErrorCode::ServerRefused);
        QVERIFY(result.error().message.contains(QLatin1StringView("elicitation/create")));
    }

    void takesTheServersStateBackToIt()
    {
        McpPair mcp([](QTcpSocket &socket, const Request &request) {
            const bool again = request.body.contains("\"requestState\":\"opaque\"");
            socket.write(McpPair::result(request,
                again ? R"({"resultType":"complete"})"
                      : R"({"resultType":"input_required","requestState":"opaque"})"));
        });
        QVERIFY(await(mcp.client.callTool(QStringLiteral("t"), {}, {})));
        QCOMPARE(mcp.server.requests().size(), 2);
    }

    void authorizesAndSendsTheSameAgain()
    {
        CountingAuthorizer authorizer;
        McpPair mcp(
            [](QTcpSocket &socket, const Request &request) {
                const QByteArray authorization = request.header("Authorization");
                if (authorization.isEmpty())
                    socket.write(RawHttpServer::response(
                        401, "{}", "application/json", "WWW-Authenticate: Bearer scope=\"a\"\r\n"));
                else if (authorization == "Bearer 1")
                    socket.write(RawHttpServer::response(403, "", "text/plain"));
                else
                    socket.write(McpPair::result(request, oneTool));
            },
            {}, &authorizer);
        QVERIFY(await(mcp.client.listTools({})));
        QCOMPARE(mcp.server.requests().size(), 3);
        QCOMPARE(mcp.server.requests().at(0).body, mcp.server.requests().at(2).body);
        QCOMPARE(authorizer.challenges, 2);
    }

    void boundsTheChallenges_data()
    {
        QTest::addColumn<int>("giveUpAfter");
        QTest::addColumn<int>("requests");
        QTest::newRow("the authorizer") << 2 << 3;
        QTest::newRow("the client") << 1000 << 9;
    }
    void boundsTheChallenges()
    {
        QFETCH(int, giveUpAfter);
        QFETCH(int, requests);
        CountingAuthorizer authorizer;
        authorizer.giveUpAfter = giveUpAfter;
        McpPair mcp(
            [](QTcpSocket &socket, const Request &) {
                socket.write(RawHttpServer::response(403, "", "text/plain"));
            },
            {}, &authorizer);
        QVERIFY(!await(mcp.client.listTools({})));
        QCOMPARE(mcp.server.requests().size(), requests);
    }

    void wantsASignInWithoutAnAuthorizer()
    {
        McpPair mcp([](QTcpSocket &socket, const Request &) {
            socket.write(RawHttpServer::response(401, "", "text/plain"));
        });
        QCOMPARE(await(mcp.client.listTools({})).error().code, ErrorCode::SignInNeeded);
    }

    void probesOnceWhateverComesBack()
    {
        CountingAuthorizer authorizer;
        McpPair mcp(
            [](QTcpSocket &socket, const Request &) {
                socket.write(RawHttpServer::response(
                    401, "no", "text/plain", "WWW-Authenticate: Bearer\r\n"));
            },
            {}, &authorizer);
        const auto response = await(mcp.client.probe({}));
        QVERIFY(response);
        QCOMPARE(response->status, 401);
        QCOMPARE(mcp.story(), QStringList{QStringLiteral("POST server/discover")});
        QCOMPARE(authorizer.challenges, 0);
    }

    void saysThatItIsNoMcpServer_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("page") << RawHttpServer::response(200, "<html>", "text/html")
                              << ErrorCode::ProtocolViolation << QStringLiteral("text/html");
        QTest::newRow("404") << RawHttpServer::response(404, "<html>", "text/html")
                             << ErrorCode::ProtocolViolation << QStringLiteral("404");
        QTest::newRow("500") << RawHttpServer::response(500, "oops", "text/plain")
                             << ErrorCode::Unreachable << QStringLiteral("500");
        QTest::newRow("429") << RawHttpServer::response(429, "", "text/plain")
                             << ErrorCode::TooManyRequests << QStringLiteral("429");
        QTest::newRow("moved") << RawHttpServer::response(
            301, "", "text/plain", "Location: /elsewhere\r\n")
                               << ErrorCode::ProtocolViolation << QStringLiteral("301");
        QTest::newRow("other JSON") << RawHttpServer::response(200, "{\"ok\":true}")
                                    << ErrorCode::ProtocolViolation << QStringLiteral("/mcp");
        QTest::newRow("empty stream")
            << McpPair::stream("") << ErrorCode::ProtocolViolation << QStringLiteral("stream");
    }
    void saysThatItIsNoMcpServer()
    {
        QFETCH(QByteArray, answer);
        QFETCH(ErrorCode, code);
        QFETCH(QString, says);
        McpPair mcp([answer](QTcpSocket &socket, const Request &) { socket.write(answer); });
        const auto tools = await(mcp.client.listTools({}));
        QVERIFY(!tools);
        QCOMPARE(errorCodeName(tools.error().code), errorCodeName(code));
        QVERIFY2(tools.error().message.contains(says), qPrintable(tools.error().message));
    }

    void pinnedStaysWhereItIs()
    {
        McpClient::Options options;
        options.pinnedVersion = QStringLiteral("2026-07-28");
        McpPair mcp(
            [](QTcpSocket &socket, const Request &) {
                socket.write(RawHttpServer::response(400, "", "text/plain"));
            },
            options);
        QVERIFY(!await(mcp.client.listTools({})));
        QCOMPARE(mcp.server.requests().size(), 1);
    }

    void cancelClosesTheConnection()
    {
        std::stop_source stop;
        bool closed = false;
        McpPair mcp([&](QTcpSocket &socket, const Request &) {
            QObject::connect(
                &socket, &QTcpSocket::disconnected, &socket, [&closed] { closed = true; });
            stop.request_stop();
        });
        const auto tools = await(mcp.client.listTools(stop.get_token()));
        QCOMPARE(tools.error().code, ErrorCode::Cancelled);
        QTRY_VERIFY(closed);
    }
};

QTEST_GUILESS_MAIN(ModernTest)
#include "ModernTest.moc"
