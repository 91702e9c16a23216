// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/LinuxPeerIdentity.h"
#include "core/broker/Reception.h"
#include "core/client/BrokerClient.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::broker;
using client::BrokerClient;
using client::Message;

namespace {

// Nobody may come in.
class ClosedDoor : public PeerIdentity
{
public:
    Result<std::unique_ptr<Peer>> identify(int) override
    {
        return failure(ErrorCode::Refused, QStringLiteral("You are another user."));
    }
};

struct Log
{
    std::optional<Completion<Result<Reply>>> held;
    int cancelled = 0;
    QStringList methods;
};

Task<Result<Reply>> answer(std::shared_ptr<Log> log, Call call)
{
    log->methods.append(call.method);
    if (call.method == QLatin1StringView("hold")) {
        log->held.emplace();
        const Completion<Result<Reply>> held = *log->held;
        Result<Reply> reply = co_await orCancelled(held, call.stop);
        if (!reply)
            ++log->cancelled;
        co_return reply;
    }
    if (call.method == QLatin1StringView("big"))
        co_return Reply {{{QStringLiteral("bytes"), QString(64 * 1024, u'x')}}};
    if (call.method == QLatin1StringView("cancel")) {
        const bool found = call.connection->cancel(call.params.value(QLatin1StringView("id")));
        co_return Reply {{{QStringLiteral("found"), found}}};
    }
    co_return Reply {{{QStringLiteral("method"), call.method},
                      {QStringLiteral("pid"), call.caller->pid}}};
}

} // namespace

/// Real sockets; the handler stands for the methods.
class ReceptionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir.emplace();
        m_log = std::make_shared<Log>();
    }

    void cleanup()
    {
        m_reception.reset();
        m_dir.reset();
    }

    void answers()
    {
        open();
        BrokerClient client = connect();
        QVERIFY(client.send(QStringLiteral("ping")));
        const Message message = next(client);
        QCOMPARE(message.id, 1);
        QCOMPARE(message.object.value(QLatin1StringView("method")).toString(),
                 QStringLiteral("ping"));
        QCOMPARE(message.object.value(QLatin1StringView("pid")).toInteger(), ::getpid());
    }

    void requestsDoNotWaitForEachOther()
    {
        open();
        BrokerClient client = connect();
        QVERIFY(client.send(QStringLiteral("hold")));
        QVERIFY(client.send(QStringLiteral("ping")));
        QCOMPARE(next(client).id, 2);
        m_log->held->set(Reply {});
        QCOMPARE(next(client).id, 1);
    }

    void manyInOneWrite()
    {
        open();
        BrokerClient client = connect();
        QByteArray lines;
        for (int i = 1; i <= 500; ++i)
            lines += R"({"jsonrpc":"2.0","id":)" + QByteArray::number(i) + ",\"method\":\"a\"}\n";
        write(client, lines);
        for (int i = 1; i <= 500; ++i)
            QCOMPARE(next(client).id, i);
    }

    void whoAsksMuchHoldsUpNobody()
    {
        open();
        BrokerClient greedy = connect();
        BrokerClient modest = connect();
        QByteArray lines;
        for (int i = 1; i <= 100; ++i)
            lines += R"({"jsonrpc":"2.0","id":)" + QByteArray::number(i) + ",\"method\":\"a\"}\n";
        // Both are there before the loop turns.
        QCOMPARE(::send(greedy.fd(), lines.data(), static_cast<size_t>(lines.size()), MSG_NOSIGNAL),
            lines.size());
        QVERIFY(modest.send(QStringLiteral("b")));
        for (int i = 1; i <= 100; ++i)
            QCOMPARE(next(greedy).id, i);
        QCOMPARE(next(modest).id, 1);
        QVERIFY(m_log->methods.indexOf(QStringLiteral("b")) < 10);
    }

    // A whole line left over is looked at although the socket has nothing more to say.
    void whatIsLeftIsTakenBeforeAHangUp()
    {
        open();
        BrokerClient client = connect();
        QByteArray lines;
        for (int i = 1; i <= 30; ++i)
            lines += R"({"jsonrpc":"2.0","id":)" + QByteArray::number(i) + ",\"method\":\"a\"}\n";
        QCOMPARE(::send(client.fd(), lines.data(), static_cast<size_t>(lines.size()), MSG_NOSIGNAL),
            lines.size());
        QCOMPARE(::shutdown(client.fd(), SHUT_WR), 0);
        QCOMPARE(readToEnd(client).count('\n'), 30);
        QCOMPARE(m_log->methods.size(), 30);
    }

    void notificationsGetNoAnswer()
    {
        open();
        BrokerClient client = connect();
        write(client, "{\"jsonrpc\":\"2.0\",\"method\":\"quiet\"}\n");
        QVERIFY(client.send(QStringLiteral("ping")));
        QCOMPARE(next(client).id, 1);
        QCOMPARE(m_log->methods, QStringList {QStringLiteral("ping")});
    }

    void whatIsNoRequestEndsTheConnection_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::newRow("garbage") << QByteArray("\x01\x02garbage\n") << -32700;
        QTest::newRow("batch") << QByteArray("[]\n") << -32600;
        QTest::newRow("long line") << QByteArray(300 * 1024, 'x') << -32600;
        QTest::newRow("long line with its end")
            << QByteArray(QByteArray(300 * 1024, 'x') + '\n') << -32600;
    }

    void whatIsNoRequestEndsTheConnection()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        open();
        BrokerClient client = connect();
        write(client, bytes);
        const QByteArray said = readToEnd(client);
        QVERIFY2(said.contains("\"code\":" + QByteArray::number(code)), said.constData());
        QCOMPARE(said.count('\n'), 1);
        QTRY_VERIFY(m_reception->connections().empty());
    }

    void whoLeavesCallsItsRequestsOff()
    {
        open();
        BrokerClient client = connect();
        QVERIFY(client.send(QStringLiteral("hold")));
        QTRY_VERIFY(m_log->held);
        client.close();
        QTRY_COMPARE(m_log->cancelled, 1);
        QVERIFY(m_reception->connections().empty());
    }

    void whoAsksNoMoreStillGetsItsAnswer()
    {
        open();
        BrokerClient client = connect();
        QVERIFY(client.send(QStringLiteral("hold")));
        ::shutdown(client.fd(), SHUT_WR);
        QTRY_VERIFY(m_log->held);
        QCOMPARE(m_reception->connections().size(), 1U);
        m_log->held->set(Reply {});
        QCOMPARE(next(client).id, 1);
        QTRY_VERIFY(m_reception->connections().empty());
        QCOMPARE(m_log->cancelled, 0);
    }

    void cancelsById()
    {
        open();
        BrokerClient client = connect();
        QVERIFY(client.send(QStringLiteral("hold")));
        QVERIFY(client.send(QStringLiteral("cancel"), {{QStringLiteral("id"), 1}}));
        QVERIFY(client.send(QStringLiteral("cancel"), {{QStringLiteral("id"), 99}}));
        QSet<qint64> found;
        for (int i = 0; i < 3; ++i) {
            const Message message = next(client);
            if (message.id == 1)
                QCOMPARE(message.error.value_or(Error {}).code, ErrorCode::Cancelled);
            else if (message.object.value(QLatin1StringView("found")).toBool())
                found.insert(message.id);
        }
        QCOMPARE(found, QSet<qint64> {2});
    }

    void aSlowReaderIsDropped()
    {
        ReceptionLimits limits;
        limits.unsentBytes = 256 * 1024;
        open(limits);
        BrokerClient slow = connect();
        BrokerClient quick = connect();
        for (int i = 0; i < 100; ++i)
            QVERIFY(slow.send(QStringLiteral("big")));
        QTRY_COMPARE(m_reception->connections().size(), 1U);
        QVERIFY(quick.send(QStringLiteral("ping")));
        QCOMPARE(next(quick).id, 1);
    }

    void oneProcessGetsSoMuchMemory()
    {
        ReceptionLimits limits;
        limits.bytesOfOneProcess = 300 * 1024;
        open(limits);
        // Half lines, each of them within bounds.
        BrokerClient first = connect();
        BrokerClient second = connect();
        write(first, QByteArray(200 * 1024, 'x'));
        write(second, QByteArray(200 * 1024, 'x'));
        QTRY_COMPARE(m_reception->connections().size(), 1U);
        // What was kept for the one that went is free again.
        BrokerClient third = connect();
        const QJsonObject large {{QStringLiteral("text"), QString(60 * 1024, u'x')}};
        QVERIFY(third.send(QStringLiteral("hold"), large));
        QTRY_VERIFY(m_log->held);
        QVERIFY(third.send(QStringLiteral("ping"), large));
        QCOMPARE(next(third).error.value_or(Error {}).code, ErrorCode::TooManyRequests);
        m_log->held->set(Reply {});
        QCOMPARE(next(third).id, 1);
        QVERIFY(third.send(QStringLiteral("ping"), large));
        QCOMPARE(next(third).id, 3);
    }

    void thereIsSoMuchMemoryInAll()
    {
        ReceptionLimits limits;
        limits.bytesInAll = 100 * 1024;
        open(limits);
        BrokerClient client = connect();
        BrokerClient other = connect();
        QVERIFY(other.send(QStringLiteral("ping")));
        QCOMPARE(next(other).id, 1);
        write(client, QByteArray(150 * 1024, 'x'));
        QTRY_COMPARE(m_reception->connections().size(), 1U);
        QVERIFY(other.send(QStringLiteral("ping")));
        QCOMPARE(next(other).id, 2);
    }

    void manyUnreadAnswersOfOneProcessAreTooMuch()
    {
        ReceptionLimits limits;
        limits.bytesOfOneProcess = 512 * 1024;
        open(limits);
        BrokerClient one = connect();
        BrokerClient two = connect();
        // Each of them lags behind by less than one may.
        for (int i = 0; i < 10; ++i) {
            QVERIFY(one.send(QStringLiteral("big")));
            QVERIFY(two.send(QStringLiteral("big")));
        }
        QTRY_VERIFY(m_reception->connections().size() < 2U);
    }

    void oneProcessGetsSoManyConnections()
    {
        ReceptionLimits limits;
        limits.connectionsOfOneProcess = 2;
        open(limits);
        const BrokerClient first = connect();
        std::optional<BrokerClient> second(connect());
        BrokerClient third = connect();
        QCOMPARE(next(third).error.value_or(Error {}).code, ErrorCode::TooManyRequests);
        second.reset();
        QTRY_COMPARE(m_reception->connections().size(), 1U);
        BrokerClient again = connect();
        QVERIFY(again.send(QStringLiteral("ping")));
        QCOMPARE(next(again).id, 1);
    }

    void thereAreSoManyConnectionsInAll()
    {
        ReceptionLimits limits;
        limits.connections = 1;
        open(limits);
        const BrokerClient first = connect();
        BrokerClient second = connect();
        QCOMPARE(next(second).error.value_or(Error {}).code, ErrorCode::TooManyRequests);
    }

    void aConnectionRunsSoManyRequests()
    {
        ReceptionLimits limits;
        limits.requestsOfOneConnection = 1;
        open(limits);
        BrokerClient client = connect();
        QVERIFY(client.send(QStringLiteral("hold")));
        QVERIFY(client.send(QStringLiteral("ping")));
        const Message refused = next(client);
        QCOMPARE(refused.id, 2);
        QCOMPARE(refused.error.value_or(Error {}).code, ErrorCode::TooManyRequests);
    }

    void whoMayNotComeHearsWhy()
    {
        ClosedDoor closed;
        open({}, &closed);
        BrokerClient client = connect();
        QCOMPARE(next(client).error.value_or(Error {}).code, ErrorCode::Refused);
        QVERIFY(m_reception->connections().empty());
    }

    void closingTimeCallsEverythingOff()
    {
        open();
        BrokerClient client = connect();
        QVERIFY(client.send(QStringLiteral("hold")));
        QTRY_VERIFY(m_log->held);
        bool drained = false;
        const auto wait = [](Task<void> task, bool &done) -> Task<void> {
            co_await task;
            done = true;
        };
        detach(wait(m_reception->drain(), drained));
        QTRY_VERIFY(drained);
        QCOMPARE(m_log->cancelled, 1);
        QCOMPARE(next(client).error.value_or(Error {}).code, ErrorCode::Cancelled);
        QVERIFY(!BrokerClient::connectTo(path()));
    }

private:
    QString path() const { return m_dir->filePath(QStringLiteral("s")); }

    void open(ReceptionLimits limits = {}, PeerIdentity *identity = nullptr)
    {
        const auto handler = [log = m_log](Call call) { return answer(log, std::move(call)); };
        m_reception.emplace(identity ? *identity : m_identity, handler, limits);
        auto socket = ListeningSocket::bind(path());
        QVERIFY(socket);
        m_reception->listen(std::move(*socket), Right::Borrow);
    }

    BrokerClient connect()
    {
        const size_t before = m_reception->connections().size();
        Result<BrokerClient> client = BrokerClient::connectTo(path());
        if (!client)
            qFatal("No connection: %s", qPrintable(client.error().message));
        // So that the order of arrival is that of the calls.
        for (int i = 0; i < 10 && m_reception->connections().size() == before; ++i)
            QCoreApplication::processEvents();
        return std::move(*client);
    }

    static Message next(BrokerClient &client)
    {
        std::optional<Message> message;
        const auto arrived = [&] {
            Result<std::optional<Message>> got = client.receive(0);
            if (!got)
                qFatal("The connection broke: %s", qPrintable(got.error().message));
            message = std::move(*got);
            return message.has_value();
        };
        if (!QTest::qWaitFor(arrived, 30'000))
            qFatal("No message came.");
        return *message;
    }

    // As much as the other side takes: it may close before it has read all.
    static void write(const BrokerClient &client, QByteArrayView bytes)
    {
        while (!bytes.isEmpty()) {
            const ssize_t count = ::send(client.fd(), bytes.data(),
                                         static_cast<size_t>(bytes.size()),
                                         MSG_NOSIGNAL | MSG_DONTWAIT);
            if (count > 0)
                bytes = bytes.sliced(count);
            else if (errno != EAGAIN)
                return;
            QCoreApplication::processEvents();
        }
    }

    static QByteArray readToEnd(const BrokerClient &client)
    {
        QByteArray said;
        const auto ended = [&] {
            char chunk[4096];
            const ssize_t count = ::recv(client.fd(), chunk, sizeof(chunk), MSG_DONTWAIT);
            if (count > 0)
                said.append(chunk, count);
            return count == 0 || (count < 0 && errno != EAGAIN);
        };
        if (!QTest::qWaitFor(ended, 30'000))
            qFatal("The connection was not closed.");
        return said;
    }

    std::optional<QTemporaryDir> m_dir;
    std::shared_ptr<Log> m_log;
    LinuxPeerIdentity m_identity {{QString(), static_cast<uint>(::geteuid())}};
    std::optional<Reception> m_reception;
};

QTEST_GUILESS_MAIN(ReceptionTest)
#include "ReceptionTest.moc"
