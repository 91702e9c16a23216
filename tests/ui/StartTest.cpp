// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/House.h"
#include "core/broker/ListeningSocket.h"
#include "tests/ui/Play.h"
#include "ui/shell/FailureWindow.h"
#include "ui/shell/TakeoverWindow.h"

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

#include <array>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

/// Another broker, which hears that it is to end and goes on for a while.
class SlowBroker
{
public:
    explicit SlowBroker(const Paths &paths)
    {
        if (!ensurePrivateDirectory(paths.runtimeDir))
            qFatal("There is no folder.");
        auto held = broker::BrokerLock::acquire(paths.lockFile());
        auto bound = broker::ListeningSocket::bind(paths.controlSocket());
        if (!held || !bound)
            qFatal("The place is taken.");
        m_lock.emplace(std::move(*held));
        m_socket = std::move(*bound);
    }
    ~SlowBroker()
    {
        if (m_asker >= 0)
            ::close(m_asker);
    }
    Q_DISABLE_COPY_MOVE(SlowBroker)

    bool isAsked() const
    {
        if (m_asker < 0)
            m_asker = m_socket->accept();
        char request[256];
        const ssize_t size =
            m_asker < 0 ? 0 : ::recv(m_asker, request, sizeof(request), MSG_PEEK | MSG_DONTWAIT);
        return size > 0 && QByteArrayView(request, size).contains("shutdown");
    }
    /// Says that it goes, and gives these along (unix(7)).
    void handOver(const std::array<int, 2> &descriptors) const
    {
        QByteArray line("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"stopping\":true,"
                        "\"handed_over\":[\"broker\",\"control\"]}}\n");
        iovec piece{line.data(), static_cast<size_t>(line.size())};
        alignas(cmsghdr) char aside[CMSG_SPACE(sizeof(descriptors))] = {};
        msghdr message = {};
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        message.msg_control = aside;
        message.msg_controllen = sizeof(aside);
        cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(descriptors));
        std::memcpy(CMSG_DATA(header), descriptors.data(), sizeof(descriptors));
        QCOMPARE(::sendmsg(m_asker, &message, MSG_NOSIGNAL), line.size());
    }
    /// Whether who asked has not turned away.
    bool isAwaited() const
    {
        pollfd asker{m_asker, POLLRDHUP, 0};
        return ::poll(&asker, 1, 0) == 0;
    }

private:
    std::optional<broker::BrokerLock> m_lock;
    std::unique_ptr<broker::ListeningSocket> m_socket;
    mutable int m_asker = -1;
};

} // namespace

/// The whole application, where its start does not go as it should.
class StartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QApplication::setQuitOnLastWindowClosed(false); }

    void whatNobodyWaitsForBeginsByItself_data()
    {
        QTest::addColumn<bool>("background");
        QTest::newRow("behind a window") << false;
        QTest::newRow("in the background") << true;
    }

    void whatNobodyWaitsForBeginsByItself()
    {
        QFETCH(bool, background);
        const QTemporaryDir dir;
        House house(*qApp, Paths::under(dir.path()), background);
        QSignalSpy ended(&house, &House::ended);
        detach(house.open());
        QTRY_VERIFY(topLevel<ui::MainWindow>());
        auto *window = topLevel<ui::MainWindow>();
        // Fetching the history's key is the first that is heard of the keychain.
        QTRY_VERIFY(child<QLabel>(*window, "vault")->text().endsWith(QStringLiteral(", open")));
        QCOMPARE(window->isVisible(), !background);
        detach(house.close());
        QTRY_COMPARE(ended.size(), 1);
    }

    void aStartThatFailsIsToldAndTriedAgain()
    {
        const QTemporaryDir dir;
        const Paths paths = Paths::under(dir.path());
        QFile inTheWay(paths.dataDir);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        House house(*qApp, paths, false);
        QSignalSpy ended(&house, &House::ended);
        detach(house.open());
        QTRY_VERIFY(topLevel<ui::FailureWindow>());
        auto *failure = topLevel<ui::FailureWindow>();
        QVERIFY(child<QLabel>(*failure, "failureDetail")->text().contains(paths.dataDir));
        QVERIFY(!topLevel<ui::MainWindow>());
        // It is not mended yet.
        QTest::mouseClick(child<QPushButton>(*failure, "retry"), Qt::LeftButton);
        QTRY_VERIFY(topLevel<ui::FailureWindow>() && topLevel<ui::FailureWindow>() != failure);
        QVERIFY(inTheWay.remove());
        QTest::keyClick(topLevel<ui::FailureWindow>(), Qt::Key_Return);
        QTRY_VERIFY(topLevel<ui::MainWindow>() && topLevel<ui::MainWindow>()->isVisible());
        QTRY_VERIFY(!topLevel<ui::FailureWindow>());
        QVERIFY(ended.isEmpty());
        detach(house.close());
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended.first().first().toInt(), 0);
    }

    void aStartThatFailsCanBeLeft()
    {
        const QTemporaryDir dir;
        const Paths paths = Paths::under(dir.path());
        QFile inTheWay(paths.dataDir);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        House house(*qApp, paths, true);
        QSignalSpy ended(&house, &House::ended);
        detach(house.open());
        QTRY_VERIFY(topLevel<ui::FailureWindow>());
        QTest::keyClick(topLevel<ui::FailureWindow>(), Qt::Key_Escape);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended.first().first().toInt(), 1);
    }

    void aBrokerThatTakesItsTimeIsWaitedForInSight()
    {
        const QTemporaryDir dir;
        const Paths paths = Paths::under(dir.path());
        auto other = std::make_unique<SlowBroker>(paths);
        House house(*qApp, paths, false);
        QSignalSpy ended(&house, &House::ended);
        detach(house.open());
        QTRY_VERIFY(topLevel<ui::TakeoverWindow>(true));
        QVERIFY(!topLevel<ui::MainWindow>());
        // It is still being asked, and nobody is kept by that.
        QTRY_VERIFY(other->isAsked());
        QVERIFY(other->isAwaited());
        house.raise(QStringLiteral("kwin-4"));
        QCOMPARE(qEnvironmentVariable("XDG_ACTIVATION_TOKEN"), QStringLiteral("kwin-4"));
        qunsetenv("XDG_ACTIVATION_TOKEN");
        QTRY_VERIFY(topLevel<ui::TakeoverWindow>(true)->isActiveWindow());
        other.reset();
        QTRY_VERIFY(topLevel<ui::MainWindow>(true));
        QTRY_VERIFY(!topLevel<ui::TakeoverWindow>());
        detach(house.close());
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended.first().first().toInt(), 0);
    }

    void whatAnotherBrokerGivesIsLookedAtFirst()
    {
        const QTemporaryDir dir;
        const Paths paths = Paths::under(dir.path());
        auto other = std::make_unique<SlowBroker>(paths);
        House house(*qApp, paths, false);
        QSignalSpy ended(&house, &House::ended);
        detach(house.open());
        QTRY_VERIFY(other->isAsked());
        // One is no socket, the other listens elsewhere.
        int ends[2] = {};
        QCOMPARE(::pipe(ends), 0);
        const auto elsewhere =
            broker::ListeningSocket::bind(dir.filePath(QStringLiteral("elsewhere.sock")));
        QVERIFY(elsewhere);
        other->handOver({ends[1], (*elsewhere)->fd()});
        ::close(ends[1]);
        other.reset();
        QTRY_VERIFY(topLevel<ui::MainWindow>(true));
        QVERIFY(!topLevel<ui::FailureWindow>());
        // It made sockets of its own, and what it was given is closed.
        QVERIFY(QFile::exists(paths.brokerSocket()));
        char byte = 0;
        QCOMPARE(::read(ends[0], &byte, 1), 0);
        ::close(ends[0]);
        detach(house.close());
        QTRY_COMPARE(ended.size(), 1);
    }

    void theWaitForAnotherBrokerCanBeLeft()
    {
        const QTemporaryDir dir;
        const Paths paths = Paths::under(dir.path());
        const SlowBroker other(paths);
        House house(*qApp, paths, true);
        QSignalSpy ended(&house, &House::ended);
        detach(house.open());
        QTRY_VERIFY(other.isAsked());
        // A start at login shows nothing until somebody wants the window.
        QVERIFY(!topLevel<ui::TakeoverWindow>());
        house.raise();
        QTRY_VERIFY(topLevel<ui::TakeoverWindow>(true));
        auto *quit = child<QPushButton>(*topLevel<ui::TakeoverWindow>(), "quit");
        QTest::mouseClick(quit, Qt::LeftButton);
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended.first().first().toInt(), 1);
        QVERIFY(!topLevel<ui::MainWindow>());
        QVERIFY(!topLevel<ui::FailureWindow>());
    }
};

QTEST_MAIN(StartTest)
#include "StartTest.moc"
