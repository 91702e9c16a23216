// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/broker/ReceptionHouse.h"

#include <QFile>

#include <cstring>
#include <sys/resource.h>
#include <sys/un.h>

using namespace chatelaine;
using namespace chatelaine::broker;
using namespace chatelaine::test;
using client::BrokerClient;
using client::Message;

/// How much of everything one program may take, and all of them.
class LimitsTest : public QObject, private ReceptionHouse
{
    Q_OBJECT

private Q_SLOTS:
    void init() { enter(); }
    void cleanup() { leave(); }

    void aSlowReaderIsDropped()
    {
        ReceptionLimits limits;
        limits.unsentBytes = 256 * 1024;
        open(limits);
        BrokerClient slow = comeIn();
        BrokerClient quick = comeIn();
        for (int i = 0; i < 100; ++i)
            QVERIFY(slow.send(QStringLiteral("big")));
        QTRY_COMPARE(m_reception->connections().size(), 1U);
        QVERIFY(quick.send(QStringLiteral("ping")));
        QCOMPARE(next(quick).id, 1);
    }

    void oneProcessGetsSoMuchMemory()
    {
        ReceptionLimits limits;
        limits.bytesOfOneProcess = 500 * 1024;
        open(limits);
        // Half lines, each of them within bounds.
        BrokerClient first = comeIn();
        BrokerClient second = comeIn();
        write(first, QByteArray(200 * 1024, 'x'));
        write(second, QByteArray(200 * 1024, 'x'));
        QTRY_COMPARE(m_reception->connections().size(), 1U);
        // What was kept for the one that went is free again.
        BrokerClient third = comeIn();
        const QJsonObject large {{QStringLiteral("text"), QString(60 * 1024, u'x')}};
        QVERIFY(third.send(QStringLiteral("hold"), large));
        QTRY_VERIFY(m_log->held);
        QVERIFY(third.send(QStringLiteral("ping"), large));
        QCOMPARE(next(third).error.value_or(Error {}).code, ErrorCode::TooManyRequests);
        m_log->held->set(Reply {});
        QCOMPARE(next(third).id, 1);
        QVERIFY(third.send(QStringLiteral("ping"), large));
        const Message again = next(third);
        QCOMPARE(again.id, 3);
        QVERIFY(!again.error);
    }

    void thereIsSoMuchMemoryInAll()
    {
        ReceptionLimits limits;
        limits.bytesInAll = 100 * 1024;
        open(limits);
        BrokerClient client = comeIn();
        BrokerClient other = comeIn();
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
        BrokerClient one = comeIn();
        BrokerClient two = comeIn();
        // Each of them lags behind by less than one may.
        for (int i = 0; i < 10; ++i) {
            QVERIFY(one.send(QStringLiteral("big")));
            QVERIFY(two.send(QStringLiteral("big")));
        }
        // All of them are looked at before an answer is fetched, however slow that is.
        for (int i = 0; i < 100; ++i)
            QCoreApplication::processEvents();
        const auto refusals = [](BrokerClient &client) {
            int refused = 0;
            for (int i = 0; i < 10; ++i)
                refused += next(client).error.value_or(Error{}).code == ErrorCode::TooManyRequests;
            return refused;
        };
        // There is still room to say so, and what was fetched is free again.
        QVERIFY(refusals(one) + refusals(two) > 0);
        QVERIFY(one.send(QStringLiteral("ping")));
        QVERIFY(!next(one).error);
        // Who does not even fetch the refusals is dropped.
        for (int i = 0; i < 10; ++i)
            QVERIFY(one.send(QStringLiteral("big")));
        for (int i = 0; i < 10000 && m_reception->connections().size() == 2U; ++i) {
            QVERIFY(one.send(QStringLiteral("ping")));
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(m_reception->connections().size(), 1U);
    }

    void whatWasFetchedIsFreeAgain()
    {
        ReceptionLimits limits;
        limits.bytesOfOneProcess = 512 * 1024;
        limits.bytesInAll = 512 * 1024;
        open(limits);
        BrokerClient client = comeIn();
        for (int i = 1; i <= 20; ++i) {
            QVERIFY(client.send(QStringLiteral("big")));
            QCOMPARE(next(client).id, i);
        }
        // Nor does one that left with its answers unread hold on to anything.
        for (int i = 0; i < 20; ++i) {
            BrokerClient leaving = comeIn();
            QVERIFY(leaving.send(QStringLiteral("big")));
            QVERIFY(leaving.send(QStringLiteral("hold"),
                {{QStringLiteral("text"), QString(60 * 1024, u'x')}}));
            QTRY_VERIFY(m_log->held);
            write(leaving, QByteArray(30 * 1024, 'x'));
            leaving.close();
            QTRY_COMPARE(m_reception->connections().size(), 1U);
            m_log->held.reset();
        }
        QVERIFY(client.send(
            QStringLiteral("ping"), {{QStringLiteral("text"), QString(60 * 1024, u'x')}}));
        const Message last = next(client);
        QCOMPARE(last.id, 21);
        QVERIFY(!last.error);
    }

    void withoutADescriptorOneIsTurnedAway()
    {
        open();
        const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        rlimit before = {};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        // From the next descriptor on there is none.
        const int free = ::dup(fd);
        ::close(free);
        const rlimit full{static_cast<rlim_t>(free), before.rlim_max};
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, QFile::encodeName(path()).constData(),
            sizeof(address.sun_path) - 1);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &full), 0);
        const int outcome =
            ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof(address));
        char byte = 0;
        ssize_t count = -1;
        for (int i = 0; i < 10 && count < 0; ++i) {
            QCoreApplication::processEvents();
            count = ::recv(fd, &byte, 1, 0);
        }
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        ::close(fd);
        QCOMPARE(outcome, 0);
        // Not left in the queue, where it would wake the broker for ever.
        QCOMPARE(count, 0);
        BrokerClient client = comeIn();
        QVERIFY(client.send(QStringLiteral("ping")));
        QCOMPARE(next(client).id, 1);
    }

    void oneProcessGetsSoManyConnections()
    {
        ReceptionLimits limits;
        limits.connectionsOfOneProcess = 2;
        open(limits);
        const BrokerClient first = comeIn();
        std::optional<BrokerClient> second(comeIn());
        BrokerClient third = comeIn();
        QCOMPARE(next(third).error.value_or(Error {}).code, ErrorCode::TooManyRequests);
        second.reset();
        QTRY_COMPARE(m_reception->connections().size(), 1U);
        BrokerClient again = comeIn();
        QVERIFY(again.send(QStringLiteral("ping")));
        QCOMPARE(next(again).id, 1);
    }

    void thereAreSoManyConnectionsInAll()
    {
        ReceptionLimits limits;
        limits.connections = 1;
        open(limits);
        const BrokerClient first = comeIn();
        BrokerClient second = comeIn();
        QCOMPARE(next(second).error.value_or(Error {}).code, ErrorCode::TooManyRequests);
    }

    void borrowersLeaveConnectionsToManage()
    {
        ReceptionLimits limits;
        limits.connections = 2;
        limits.connectionsToManage = 2;
        open(limits);
        std::optional<BrokerClient> first(comeIn());
        const BrokerClient second = comeIn();
        BrokerClient third = comeIn();
        QCOMPARE(next(third).error.value_or(Error{}).code, ErrorCode::TooManyRequests);
        BrokerClient manager = comeInToManage();
        QVERIFY(manager.send(QStringLiteral("ping")));
        QVERIFY(!next(manager).error);
        // One that borrows there takes no room from those who manage.
        QVERIFY(manager.send(QStringLiteral("join")));
        QCOMPARE(next(manager).error.value_or(Error{}).code, ErrorCode::TooManyRequests);
        first.reset();
        QTRY_COMPARE(m_reception->connections().size(), 2U);
        QVERIFY(manager.send(QStringLiteral("join")));
        QVERIFY(!next(manager).error);
        BrokerClient another = comeInToManage();
        BrokerClient onlooker = comeInToManage();
        BrokerClient tooMany = comeInToManage();
        QCOMPARE(next(tooMany).error.value_or(Error{}).code, ErrorCode::TooManyRequests);
        BrokerClient borrower = comeIn();
        QCOMPARE(next(borrower).error.value_or(Error{}).code, ErrorCode::TooManyRequests);
        manager.close();
        QTRY_COMPARE(m_reception->connections().size(), 3U);
        borrower = comeIn();
        QVERIFY(borrower.send(QStringLiteral("ping")));
        QVERIFY(!next(borrower).error);
    }

    void borrowersLeaveMemoryToManage()
    {
        ReceptionLimits limits;
        limits.bytesInAll = 200 * 1024;
        limits.bytesToManage = 300 * 1024;
        open(limits);
        const QJsonObject large{{QStringLiteral("text"), QString(60 * 1024, u'x')}};
        BrokerClient borrower = comeIn();
        QVERIFY(borrower.send(QStringLiteral("hold"), large));
        QTRY_VERIFY(m_log->held);
        const auto held = *m_log->held;
        QVERIFY(borrower.send(QStringLiteral("ping"), large));
        QCOMPARE(next(borrower).error.value_or(Error{}).code, ErrorCode::TooManyRequests);
        BrokerClient manager = comeInToManage();
        QVERIFY(manager.send(QStringLiteral("ping"), large));
        QVERIFY(!next(manager).error);
        // There is no room among the borrowers for what it holds.
        QVERIFY(manager.send(QStringLiteral("join"), large));
        QCOMPARE(next(manager).error.value_or(Error{}).code, ErrorCode::TooManyRequests);
        Completion<Result<Reply>> done = held;
        done.set(Reply{});
        QVERIFY(!next(borrower).error);
        // Once it is one of them, so is all that it has running.
        m_log->held.reset();
        QVERIFY(manager.send(QStringLiteral("hold"), large));
        QTRY_VERIFY(m_log->held);
        QVERIFY(manager.send(QStringLiteral("join")));
        QVERIFY(!next(manager).error);
        QVERIFY(borrower.send(QStringLiteral("ping"), large));
        QCOMPARE(next(borrower).error.value_or(Error{}).code, ErrorCode::TooManyRequests);
        m_log->held->set(Reply{});
        QVERIFY(!next(manager).error);
        QVERIFY(borrower.send(QStringLiteral("ping"), large));
        QVERIFY(!next(borrower).error);
    }

    void descriptorsAreLeftToManage()
    {
        rlimit before = {};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        const rlimit few{256, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &few), 0);
        const ReceptionLimits limits = ReceptionLimits::ofThisProcess();
        const rlimit many{before.rlim_max, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &many), 0);
        const ReceptionLimits usual = ReceptionLimits::ofThisProcess();
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        QCOMPARE(limits.connections, 96);
        QCOMPARE(limits.connectionsToManage, 16);
        QCOMPARE(usual.connections, ReceptionLimits().connections);
        QCOMPARE(usual.connectionsToManage, ReceptionLimits().connectionsToManage);
    }

    void aConnectionRunsSoManyRequests()
    {
        ReceptionLimits limits;
        limits.requestsOfOneConnection = 1;
        open(limits);
        BrokerClient client = comeIn();
        QVERIFY(client.send(QStringLiteral("hold")));
        QVERIFY(client.send(QStringLiteral("ping")));
        const Message refused = next(client);
        QCOMPARE(refused.id, 2);
        QCOMPARE(refused.error.value_or(Error {}).code, ErrorCode::TooManyRequests);
    }
};

QTEST_GUILESS_MAIN(LimitsTest)
#include "LimitsTest.moc"
