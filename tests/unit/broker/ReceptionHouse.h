// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/LinuxPeerIdentity.h"
#include "core/broker/Reception.h"
#include "core/client/BrokerClient.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

namespace chatelaine::test {

struct Log
{
    std::optional<Completion<Result<broker::Reply>>> held;
    int cancelled = 0;
    QStringList methods;
};

inline Task<Result<broker::Reply>> answer(std::shared_ptr<Log> log, broker::Call call)
{
    log->methods.append(call.method);
    if (call.method.startsWith(QLatin1StringView("toil"))) {
        // Longer than a turn of the loop should be.
        QElapsedTimer working;
        working.start();
        while (working.elapsed() < 2) { }
    }
    if (call.method == QLatin1StringView("hold")) {
        log->held.emplace();
        const Completion<Result<broker::Reply>> held = *log->held;
        Result<broker::Reply> reply = co_await orCancelled(held, call.stop);
        if (!reply)
            ++log->cancelled;
        co_return reply;
    }
    if (call.method == QLatin1StringView("big"))
        co_return broker::Reply {{{QStringLiteral("bytes"), QString(64 * 1024, u'x')}}};
    if (call.method == QLatin1StringView("join")) {
        const Result<void> joined = call.connection->joinBorrowers();
        if (!joined)
            co_return failure(joined.error());
    }
    if (call.method == QLatin1StringView("cancel")) {
        const bool found = call.connection->cancel(call.params.value(QLatin1StringView("id")));
        co_return broker::Reply {{{QStringLiteral("found"), found}}};
    }
    co_return broker::Reply {{{QStringLiteral("method"), call.method},
                      {QStringLiteral("pid"), call.caller->pid}}};
}

/// A reception on a real socket; the handler stands for the methods.
class ReceptionHouse
{
protected:
    void enter()
    {
        m_dir.emplace();
        m_log = std::make_shared<Log>();
    }
    void leave()
    {
        m_reception.reset();
        m_dir.reset();
    }

    QString path() const { return m_dir->filePath(QStringLiteral("s")); }
    QString controlPath() const { return m_dir->filePath(QStringLiteral("c")); }

    void open(broker::ReceptionLimits limits = {}, broker::PeerIdentity *identity = nullptr)
    {
        const auto handler = [log = m_log](broker::Call call) {
            return answer(log, std::move(call));
        };
        m_reception.emplace(identity ? *identity : m_identity, handler, limits);
        listen(path(), broker::Right::Borrow);
        listen(controlPath(), broker::Right::Control);
    }
    void listen(const QString &where, broker::Right right)
    {
        auto socket = broker::ListeningSocket::bind(where);
        if (!socket)
            qFatal("No socket: %s", qPrintable(socket.error().message));
        m_reception->listen(std::move(*socket), right);
    }

    client::BrokerClient comeIn() { return comeInAt(path()); }
    client::BrokerClient comeInToManage() { return comeInAt(controlPath()); }
    client::BrokerClient comeInAt(const QString &where)
    {
        const size_t before = m_reception->connections().size();
        Result<client::BrokerClient> client = client::BrokerClient::connectTo(where);
        if (!client)
            qFatal("No connection: %s", qPrintable(client.error().message));
        // So that the order of arrival is that of the calls.
        for (int i = 0; i < 10 && m_reception->connections().size() == before; ++i)
            QCoreApplication::processEvents();
        return std::move(*client);
    }

    static client::Message next(client::BrokerClient &client)
    {
        std::optional<client::Message> message;
        const auto arrived = [&] {
            Result<std::optional<client::Message>> got = client.receive(0);
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
    static void write(const client::BrokerClient &client, QByteArrayView bytes)
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

    std::optional<QTemporaryDir> m_dir;
    std::shared_ptr<Log> m_log;
    broker::LinuxPeerIdentity m_identity {{QString(), static_cast<uint>(::geteuid())}};
    std::optional<broker::Reception> m_reception;
};

} // namespace chatelaine::test
