// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/broker/ReceptionHouse.h"

#include <fcntl.h>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;
using client::BrokerClient;
using client::Message;

namespace {

QByteArray requests(int count, const QByteArray &method = "a")
{
    QByteArray lines;
    for (int i = 1; i <= count; ++i) {
        lines += R"({"jsonrpc":"2.0","id":)" + QByteArray::number(i) + R"(,"method":")" + method
            + "\"}\n";
    }
    return lines;
}

// The loop does not turn meanwhile.
bool sendAtOnce(const BrokerClient &client, const QByteArray &bytes)
{
    return ::send(client.fd(), bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL)
        == bytes.size();
}

// Nobody may come in.
class ClosedDoor : public PeerIdentity
{
public:
    Result<std::unique_ptr<Peer>> identify(int) override
    {
        return failure(ErrorCode::Refused, QStringLiteral("You are another user."));
    }
};

// Was there when it connected, and is gone.
class GonePeer : public Peer
{
public:
    Result<std::shared_ptr<const CallerIdentity>> current() override
    {
        return failure(ErrorCode::Refused, QStringLiteral("It has ended."));
    }
    qint64 pid() const override { return 1; }
};

class OpenDoor : public PeerIdentity
{
public:
    Result<std::unique_ptr<Peer>> identify(int) override { return std::make_unique<GonePeer>(); }
};

} // namespace

/// Who comes, what is answered, and how it ends.
class ReceptionTest : public QObject, private ReceptionHouse
{
    Q_OBJECT

private Q_SLOTS:
    void init() { enter(); }
    void cleanup() { leave(); }

    void answers()
    {
        open();
        BrokerClient client = comeIn();
        QVERIFY(client.send(QStringLiteral("ping")));
        const Message message = next(client);
        QCOMPARE(message.id, 1);
        QCOMPARE(
            message.object.value(QLatin1StringView("method")).toString(), QStringLiteral("ping"));
        QCOMPARE(message.object.value(QLatin1StringView("pid")).toInteger(), ::getpid());
    }

    void requestsDoNotWaitForEachOther()
    {
        open();
        BrokerClient client = comeIn();
        QVERIFY(client.send(QStringLiteral("hold")));
        QVERIFY(client.send(QStringLiteral("ping")));
        QCOMPARE(next(client).id, 2);
        m_log->held->set(Reply{});
        QCOMPARE(next(client).id, 1);
    }

    void manyInOneWrite()
    {
        open();
        BrokerClient client = comeIn();
        write(client, requests(500));
        for (int i = 1; i <= 500; ++i)
            QCOMPARE(next(client).id, i);
    }

    void whoAsksMuchHoldsUpNobody()
    {
        open();
        BrokerClient greedy = comeIn();
        BrokerClient modest = comeIn();
        QVERIFY(sendAtOnce(greedy, requests(100)));
        QVERIFY(modest.send(QStringLiteral("b")));
        for (int i = 1; i <= 100; ++i)
            QCOMPARE(next(greedy).id, i);
        QCOMPARE(next(modest).id, 1);
        QVERIFY(m_log->methods.indexOf(QStringLiteral("b")) < 10);
    }

    // Of those who ask much each has one request begun, and whoever comes is next.
    void aTurnOfTheLoopIsNoLongerThanItMustBe()
    {
        open();
        BrokerClient greedy = comeIn();
        BrokerClient alike = comeIn();
        BrokerClient modest = comeIn();
        QVERIFY(sendAtOnce(greedy, requests(3, "toil 1")));
        QVERIFY(sendAtOnce(alike, requests(3, "toil 2")));
        QVERIFY(modest.send(QStringLiteral("b")));
        for (int i = 1; i <= 3; ++i) {
            QCOMPARE(next(greedy).id, i);
            QCOMPARE(next(alike).id, i);
        }
        QCOMPARE(next(modest).id, 1);
        QCOMPARE(m_log->methods.join(u','),
            QStringLiteral("toil 1,toil 2,b,toil 1,toil 2,toil 1,toil 2"));
    }

    // A whole line left over is looked at although the socket has nothing more to say.
    void whatIsLeftIsTakenBeforeAHangUp()
    {
        open();
        BrokerClient client = comeIn();
        QVERIFY(sendAtOnce(client, requests(30)));
        QCOMPARE(::shutdown(client.fd(), SHUT_WR), 0);
        QCOMPARE(readToEnd(client).count('\n'), 30);
        QCOMPARE(m_log->methods.size(), 30);
    }

    void notificationsGetNoAnswer()
    {
        open();
        BrokerClient client = comeIn();
        write(client, "{\"jsonrpc\":\"2.0\",\"method\":\"quiet\"}\n");
        QVERIFY(client.send(QStringLiteral("ping")));
        QCOMPARE(next(client).id, 1);
        QCOMPARE(m_log->methods, QStringList{QStringLiteral("ping")});
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
        BrokerClient client = comeIn();
        write(client, bytes);
        const QByteArray said = readToEnd(client);
        QVERIFY2(said.contains("\"code\":" + QByteArray::number(code)), said.constData());
        QCOMPARE(said.count('\n'), 1);
        QTRY_VERIFY(m_reception->connections().empty());
    }

    void whoLeavesCallsItsRequestsOff()
    {
        open();
        BrokerClient client = comeIn();
        QVERIFY(client.send(QStringLiteral("hold")));
        QTRY_VERIFY(m_log->held);
        client.close();
        QTRY_COMPARE(m_log->cancelled, 1);
        QVERIFY(m_reception->connections().empty());
    }

    void whoAsksNoMoreStillGetsItsAnswer()
    {
        open();
        BrokerClient client = comeIn();
        QVERIFY(client.send(QStringLiteral("hold")));
        ::shutdown(client.fd(), SHUT_WR);
        QTRY_VERIFY(m_log->held);
        QCOMPARE(m_reception->connections().size(), 1U);
        m_log->held->set(Reply{});
        QCOMPARE(next(client).id, 1);
        QTRY_VERIFY(m_reception->connections().empty());
        QCOMPARE(m_log->cancelled, 0);
    }

    void cancelsById()
    {
        open();
        BrokerClient client = comeIn();
        QVERIFY(client.send(QStringLiteral("hold")));
        QVERIFY(client.send(QStringLiteral("cancel"), {{QStringLiteral("id"), 1}}));
        QVERIFY(client.send(QStringLiteral("cancel"), {{QStringLiteral("id"), 99}}));
        QSet<qint64> found;
        for (int i = 0; i < 3; ++i) {
            const Message message = next(client);
            if (message.id == 1)
                QCOMPARE(message.error.value_or(Error{}).code, ErrorCode::Cancelled);
            else if (message.object.value(QLatin1StringView("found")).toBool())
                found.insert(message.id);
        }
        QCOMPARE(found, QSet<qint64>{2});
    }

    void whoMayNotComeHearsWhy()
    {
        ClosedDoor closed;
        open({}, &closed);
        BrokerClient client = comeIn();
        QCOMPARE(next(client).error.value_or(Error{}).code, ErrorCode::Refused);
        QVERIFY(m_reception->connections().empty());
    }

    void whoIsGoneGetsNothingAndIsLetGo()
    {
        OpenDoor door;
        ReceptionLimits limits;
        limits.bytesInAll = 200 * 1024;
        open(limits, &door);
        // Nor is anything kept for it: it would soon be too much.
        for (int i = 0; i < 5; ++i) {
            BrokerClient client = comeIn();
            QVERIFY(client.send(
                QStringLiteral("ping"), {{QStringLiteral("text"), QString(40 * 1024, u'x')}}));
            QCOMPARE(next(client).error.value_or(Error{}).code, ErrorCode::Refused);
            QTRY_VERIFY(m_reception->connections().empty());
        }
        QVERIFY(m_log->methods.isEmpty());
    }

    void closingTimeCallsEverythingOff()
    {
        open();
        BrokerClient client = comeIn();
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
        QCOMPARE(next(client).error.value_or(Error{}).code, ErrorCode::Cancelled);
        QVERIFY(!BrokerClient::connectTo(path()));
    }

    void afterClosingTimeNothingIsTaken()
    {
        open();
        BrokerClient client = comeIn();
        const Task<void> drained = m_reception->drain();
        QVERIFY(drained.isReady());
        QVERIFY(client.send(QStringLiteral("ping")));
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents();
        QVERIFY(m_log->methods.isEmpty());
    }

    void oneThatIsHandedInIsLikeTheOthers()
    {
        open();
        int ends[2] = {};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
        QVERIFY(m_reception->adopt(ends[0], Right::Control));
        QCOMPARE(m_reception->connections().size(), 1U);
        QVERIFY(::fcntl(ends[0], F_GETFD) & FD_CLOEXEC);
        QVERIFY(::fcntl(ends[0], F_GETFL) & O_NONBLOCK);
        ::close(ends[1]);
        QTRY_VERIFY(m_reception->connections().empty());
    }

private:
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
};

QTEST_GUILESS_MAIN(ReceptionTest)
#include "ReceptionTest.moc"
