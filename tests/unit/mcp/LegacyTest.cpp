// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/mcp/ScriptedServer.h"

#include <QPointer>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::mcp;
using test::await;
using test::McpPair;
using test::RawHttpServer;

namespace {

using Request = RawHttpServer::Request;

QStringList story(std::initializer_list<const char *> lines)
{
    QStringList list;
    for (const char *line : lines)
        list.append(QString::fromLatin1(line));
    return list;
}

/// A server of 2025-11-25 with sessions that knows nothing newer.
class LegacyServer
{
public:
    void operator()(QTcpSocket &socket, const Request &request)
    {
        const QString method = McpPair::method(request);
        if (request.method == "DELETE") {
            socket.write(RawHttpServer::response(204, ""));
        } else if (method == QLatin1StringView("initialize")) {
            ++*sessions;
            socket.write(RawHttpServer::response(200,
                McpPair::answer(request,
                    "\"result\":{\"protocolVersion\":\"" + version + "\",\"capabilities\":{}}"),
                "application/json", "Mcp-Session-Id: s" + QByteArray::number(*sessions) + "\r\n"));
        } else if (request.header("Mcp-Session-Id").isEmpty()) {
            socket.write(RawHttpServer::response(400, "no session", "text/plain"));
        } else if (method == QLatin1StringView("notifications/initialized")) {
            socket.write(RawHttpServer::response(202, ""));
        } else if (request.header("Mcp-Session-Id") != "s" + QByteArray::number(*sessions)) {
            socket.write(RawHttpServer::response(404, "", "text/plain"));
        } else {
            socket.write(McpPair::result(request, R"({"tools":[]})"));
        }
    }

    QByteArray version = "2025-11-25";
    std::shared_ptr<int> sessions = std::make_shared<int>(0);
};

} // namespace

class LegacyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fallsBackToInitialize()
    {
        McpPair mcp{LegacyServer()};
        const auto tools = await(mcp.client.listTools({}));
        QVERIFY2(tools, tools ? "" : qPrintable(tools.error().message));
        QCOMPARE(mcp.client.protocolVersion(), QStringLiteral("2025-11-25"));
        QVERIFY(await(mcp.client.callTool(QStringLiteral("t"), {}, {})));
        mcp.close();
        QCOMPARE(mcp.story(),
            story({"POST tools/list", "POST initialize", "POST notifications/initialized",
                "POST tools/list", "POST tools/call", "DELETE"}));
        QVERIFY(mcp.server.requests().at(1).header("MCP-Protocol-Version").isEmpty());
        for (int i = 2; i < 6; ++i) {
            QCOMPARE(mcp.server.requests().at(i).header("Mcp-Session-Id"), "s1");
            QCOMPARE(mcp.server.requests().at(i).header("MCP-Protocol-Version"), "2025-11-25");
            QVERIFY(mcp.server.requests().at(i).header("Mcp-Method").isEmpty());
        }
        QVERIFY(!mcp.server.requests().at(3).body.contains("_meta"));
    }

    void aServerThatDoesNotSayGoodbyeIsNotWaitedFor()
    {
        // It takes the DELETE, and never answers.
        McpPair mcp([server = LegacyServer()](QTcpSocket &socket, const Request &request) mutable {
            if (request.method != "DELETE")
                server(socket, request);
        });
        QVERIFY(await(mcp.client.listTools({})));
        std::stop_source stop;
        const auto closing = mcp.client.close(stop.get_token());
        QTRY_COMPARE(mcp.story().last(), QStringLiteral("DELETE"));
        QVERIFY(!closing.isReady());
        stop.request_stop();
        QVERIFY(closing.isReady());
        // Called off before: not even begun.
        QVERIFY(await(mcp.client.listTools({})));
        const qsizetype before = mcp.story().size();
        mcp.close(stop.get_token());
        QCOMPARE(mcp.story().size(), before);
    }

    void startsWhereItWasTold_data()
    {
        QTest::addColumn<QString>("pinned");
        QTest::addColumn<QString>("known");
        QTest::newRow("pinned") << QStringLiteral("2025-06-18") << QString();
        QTest::newRow("known") << QString() << QStringLiteral("2025-06-18");
    }
    void startsWhereItWasTold()
    {
        QFETCH(QString, pinned);
        QFETCH(QString, known);
        LegacyServer server;
        server.version = "2025-06-18";
        McpClient::Options options;
        options.pinnedVersion = pinned;
        options.knownVersion = known;
        McpPair mcp(server, options);
        QVERIFY(await(mcp.client.listTools({})));
        QCOMPARE(mcp.client.protocolVersion(), QStringLiteral("2025-06-18"));
        QCOMPARE(mcp.story(),
            story({"POST initialize", "POST notifications/initialized", "POST tools/list"}));
        QVERIFY(mcp.server.requests().first().body.contains(
            pinned.isEmpty() ? "2025-11-25" : "2025-06-18"));
    }

    void theOldestRevisionHasNoVersionHeader_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::newRow("2025-03-26") << QByteArray("2025-03-26");
        QTest::newRow("2024-11-05 over Streamable HTTP") << QByteArray("2024-11-05");
    }
    void theOldestRevisionHasNoVersionHeader()
    {
        QFETCH(QByteArray, version);
        LegacyServer server;
        server.version = version;
        McpPair mcp(server);
        QVERIFY(await(mcp.client.listTools({})));
        QCOMPARE(mcp.client.protocolVersion(), QStringLiteral("2025-03-26"));
        QVERIFY(mcp.server.requests().last().header("MCP-Protocol-Version").isEmpty());
    }

    void refusesAVersionNobodyKnows()
    {
        LegacyServer server;
        server.version = "1999-01-01";
        McpPair mcp(server);
        const auto tools = await(mcp.client.listTools({}));
        QCOMPARE(tools.error().code, ErrorCode::ProtocolViolation);
        QVERIFY(tools.error().message.contains(QLatin1StringView("1999-01-01")));
    }

    void looksAgainWhenTheServerBecameModern()
    {
        McpClient::Options options;
        options.knownVersion = QStringLiteral("2025-11-25");
        McpPair mcp(
            [](QTcpSocket &socket, const Request &request) {
                socket.write(McpPair::method(request) == QLatin1StringView("initialize")
                        ? McpPair::error(request, 400, -32020)
                        : McpPair::result(request, R"({"resultType":"complete","tools":[]})"));
            },
            options);
        QVERIFY(await(mcp.client.listTools({})));
        QCOMPARE(mcp.client.protocolVersion(), QStringLiteral("2026-07-28"));
        QCOMPARE(mcp.story(), story({"POST initialize", "POST tools/list"}));
    }

    void goesBackWhenAModernAnswerNamesOlderVersions()
    {
        McpPair mcp([server = LegacyServer()](QTcpSocket &socket, const Request &request) mutable {
            if (!request.header("Mcp-Method").isEmpty())
                socket.write(
                    McpPair::error(request, 400, -32022, R"({"supported":["2025-11-25"]})"));
            else
                server(socket, request);
        });
        QVERIFY(await(mcp.client.listTools({})));
        QCOMPARE(mcp.client.protocolVersion(), QStringLiteral("2025-11-25"));
    }

    void beginsAnotherSessionOnce()
    {
        LegacyServer server;
        McpPair mcp(server);
        QVERIFY(await(mcp.client.listTools({})));
        ++*server.sessions;
        QVERIFY(await(mcp.client.listTools({})));
        QCOMPARE(mcp.server.requests().last().header("Mcp-Session-Id"), "s3");

        mcp.server.setHandler([server](QTcpSocket &socket, const Request &request) mutable {
            if (McpPair::method(request) == QLatin1StringView("tools/list"))
                socket.write(RawHttpServer::response(404, "", "text/plain"));
            else
                server(socket, request);
        });
        const qsizetype before = mcp.server.requests().size();
        QVERIFY(!await(mcp.client.listTools({})));
        QCOMPARE(mcp.server.requests().size() - before, 4);
    }

    void resumesAStreamThatClosedEarly()
    {
        McpPair mcp([server = LegacyServer(), id = QByteArray(), gets = 0](
                        QTcpSocket &socket, const Request &request) mutable {
            if (McpPair::method(request) == QLatin1StringView("tools/call")) {
                id = McpPair::answer(request, "\"result\":{\"content\":[]}");
                socket.write(McpPair::stream("id: e1\nretry: 1\ndata:\n\n"));
            } else if (request.method == "GET" && ++gets == 1) {
                socket.write(McpPair::stream("id: e2\ndata:\n\n"));
            } else if (request.method == "GET") {
                socket.write(McpPair::stream("data: " + id + "\n\n"));
            } else {
                server(socket, request);
            }
        });
        QVERIFY(await(mcp.client.listTools({})));
        const auto result = await(mcp.client.callTool(QStringLiteral("t"), {}, {}));
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        const auto &requests = mcp.server.requests();
        QCOMPARE(requests.at(requests.size() - 2).header("Last-Event-ID"), "e1");
        QCOMPARE(requests.last().header("Last-Event-ID"), "e2");
        QCOMPARE(requests.last().header("Mcp-Session-Id"), "s1");
    }

    void resumesThreeTimesAtMost()
    {
        McpPair mcp([server = LegacyServer()](QTcpSocket &socket, const Request &request) mutable {
            if (request.method == "GET"
                || McpPair::method(request) == QLatin1StringView("tools/call"))
                socket.write(McpPair::stream("id: e\nretry: 1\ndata:\n\n"));
            else
                server(socket, request);
        });
        QVERIFY(await(mcp.client.listTools({})));
        const qsizetype before = mcp.server.requests().size();
        QVERIFY(!await(mcp.client.callTool(QStringLiteral("t"), {}, {})));
        QCOMPARE(mcp.server.requests().size() - before, 4);
    }

    void answersAPingAndDeclinesTheRest()
    {
        QList<QByteArray> replies;
        QPointer<QTcpSocket> waiting;
        QByteArray answer;
        McpPair mcp(
            [&, server = LegacyServer()](QTcpSocket &socket, const Request &request) mutable {
                if (McpPair::method(request) == QLatin1StringView("tools/call")) {
                    waiting = &socket;
                    answer = McpPair::answer(request, "\"result\":{}");
                    socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                                 "data: {\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}\n\n"
                                 "data: {\"jsonrpc\":\"2.0\",\"id\":\"s\",\"method\":"
                                 "\"sampling/createMessage\"}\n\n");
                } else if (request.method == "POST" && McpPair::method(request).isEmpty()) {
                    replies.append(request.body);
                    socket.write(RawHttpServer::response(202, ""));
                    if (replies.size() == 2 && waiting)
                        waiting->write("data: " + answer + "\n\n");
                } else {
                    server(socket, request);
                }
            });
        QVERIFY(await(mcp.client.listTools({})));
        QVERIFY(await(mcp.client.callTool(QStringLiteral("t"), {}, {})));
        std::sort(replies.begin(), replies.end());
        QCOMPARE(replies.size(), 2);
        QVERIFY(replies.first().contains("-32601"));
        QVERIFY(replies.last().contains("\"result\":{}"));
    }

    void fallsBackToHttpSse()
    {
        QPointer<QTcpSocket> events;
        McpPair mcp([&events](QTcpSocket &socket, const Request &request) {
            if (request.method == "GET") {
                events = &socket;
                socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                             "event: endpoint\ndata: /messages?session=1\n\n");
            } else if (request.target == "/mcp") {
                socket.write(RawHttpServer::response(405, "", "text/plain"));
            } else {
                socket.write(RawHttpServer::response(202, "Accepted", "text/plain"));
                const QByteArray result =
                    McpPair::method(request) == QLatin1StringView("initialize")
                    ? R"({"protocolVersion":"2024-11-05"})"
                    : R"({"tools":[]})";
                if (events)
                    events->write("event: message\ndata: "
                        + McpPair::answer(request, "\"result\":" + result) + "\n\n");
            }
        });
        const auto tools = await(mcp.client.listTools({}));
        QVERIFY2(tools, tools ? "" : qPrintable(tools.error().message));
        QCOMPARE(mcp.client.protocolVersion(), QStringLiteral("2024-11-05"));
        QVERIFY(await(mcp.client.callTool(QStringLiteral("t"), {}, {})));
        QCOMPARE(mcp.story(),
            story({"POST tools/list", "POST initialize", "GET", "POST initialize",
                "POST notifications/initialized", "POST tools/list", "POST tools/call"}));
        QCOMPARE(mcp.server.requests().last().target, "/messages?session=1");
        mcp.close();
        QTRY_VERIFY(!events || events->state() == QAbstractSocket::UnconnectedState);
    }

    void doesNotPostToAnotherOrigin()
    {
        RawHttpServer other([](QTcpSocket &socket, const Request &) {
            socket.write(RawHttpServer::response(202, ""));
        });
        McpClient::Options options;
        options.pinnedVersion = QStringLiteral("2024-11-05");
        McpPair mcp(
            [&other](QTcpSocket &socket, const Request &) {
                socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                             "event: endpoint\ndata: "
                    + other.url().toEncoded() + "\n\n");
            },
            options);
        const auto tools = await(mcp.client.listTools({}));
        QCOMPARE(tools.error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(other.requests().size(), 0);
    }

    void namesTheFirstTroubleWhenNothingFits()
    {
        McpPair mcp([](QTcpSocket &socket, const Request &request) {
            socket.write(RawHttpServer::response(
                request.method == "GET" ? 200 : 404, "<html>", "text/html"));
        });
        const auto tools = await(mcp.client.listTools({}));
        QVERIFY(tools.error().message.contains(QLatin1StringView("404")));
        QCOMPARE(mcp.story(), story({"POST tools/list", "POST initialize", "GET"}));
    }
};

QTEST_GUILESS_MAIN(LegacyTest)
#include "LegacyTest.moc"
