// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/LinuxPeerIdentity.h"
#include "core/broker/ListeningSocket.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <poll.h>
#include <unistd.h>

namespace chatelaine::test {

inline const QString peerProgram = QStringLiteral(PEER_PROGRAM);

inline broker::LinuxPeerIdentity::Options options(const QString &transparent = {})
{
    return {transparent, static_cast<uint>(::geteuid())};
}

/// A socket, and real programs that connect to it.
class PeerHouse
{
protected:
    bool enter()
    {
        m_dir.emplace();
        auto socket = broker::ListeningSocket::bind(m_dir->filePath(QStringLiteral("s")));
        if (socket)
            m_socket = std::move(*socket);
        return socket.has_value();
    }
    void leave()
    {
        m_processes.clear();
        m_socket.reset();
        m_dir.reset();
    }

    /// Comes back once the program has connected, or has ended.
    QProcess *run(const QString &program, const QStringList &arguments)
    {
        std::unique_ptr<QProcess, Killer> process(new QProcess);
        process->start(program, arguments);
        while (process->state() != QProcess::NotRunning && !process->canReadLine())
            process->waitForReadyRead();
        m_processes.push_back(std::move(process));
        return m_processes.back().get();
    }

    static bool writeFile(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }

    int accept()
    {
        pollfd one{m_socket->fd(), POLLIN, 0};
        ::poll(&one, 1, 30'000);
        return m_socket->accept();
    }

    std::unique_ptr<broker::Peer> identify(const broker::LinuxPeerIdentity::Options &with)
    {
        broker::LinuxPeerIdentity identity(with);
        m_connection = accept();
        auto peer = identity.identify(m_connection);
        return peer ? std::move(*peer) : nullptr;
    }

private:
    struct Killer
    {
        void operator()(QProcess *process) const
        {
            process->kill();
            process->waitForFinished();
            delete process;
        }
    };

protected:
    std::optional<QTemporaryDir> m_dir;
    std::unique_ptr<broker::ListeningSocket> m_socket;
    std::vector<std::unique_ptr<QProcess, Killer>> m_processes;
    int m_connection = -1;
};

} // namespace chatelaine::test
