// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QHash>
#include <QString>

#include <memory>

/// The sockets' names in the file system. Own bind rather than QLocalServer::listen(name), which
/// makes the file world-readable for a moment or replaces a live one.
namespace chatelaine::broker {

/// flock on a file: of the runtime directory, so that one broker listens there, and of the data
/// directory, so that one has the database and the vault, wherever it listens. Held until
/// destruction, by the kernel for a process that dies.
class BrokerLock
{
public:
    /// Fails with AlreadyExists when another process holds it. `note` is what the file says then;
    /// nothing where the disk has no room for it.
    static Result<BrokerLock> acquire(const QString &path, const QString &note = {});
    /// Blocks until no other process holds it.
    static Result<void> awaitRelease(const QString &path);
    BrokerLock(BrokerLock &&other) noexcept;
    BrokerLock &operator=(BrokerLock &&) = delete;
    ~BrokerLock();

private:
    explicit BrokerLock(int fd);
    int m_fd;
};

/// A listening AF_UNIX stream socket, non-blocking.
class ListeningSocket
{
public:
    /// Binds at an absolute path in a directory that ensurePrivateDirectory has passed. What is
    /// there is removed only when it is a socket of ours that nobody listens on: AlreadyExists when
    /// somebody does, InvalidInput when it is something else. Mode 0600 from the start.
    static Result<std::unique_ptr<ListeningSocket>> bind(const QString &path);
    /// InvalidInput where a descriptor that was handed in is no such socket, or one at another
    /// path.
    static Result<void> examine(int fd, const QString &path);
    /// Takes over what passes examine(), the caller's own otherwise. The file stays when we go.
    static Result<std::unique_ptr<ListeningSocket>> adopt(int fd, const QString &path);

    /// Closes, and removes the file if it is still the one we made.
    ~ListeningSocket();
    Q_DISABLE_COPY_MOVE(ListeningSocket)

    int fd() const { return m_fd; }
    QString path() const { return m_path; }
    /// Handed in, and so may be handed on.
    bool isHandedIn() const { return m_inode == 0; }
    /// Whether one who connects to the path comes to us. Of one that was handed in, whose file is
    /// not ours, nothing is known: true.
    bool isReachable() const;
    /// A non-blocking connection; -1 when there is none (errno says why).
    int accept() const;

private:
    ListeningSocket(int fd, QString path);
    int m_fd;
    QString m_path;
    quint64 m_device = 0; ///< of the file we made; 0, 0: none
    quint64 m_inode = 0;
};

/// sd_listen_fds(3): the descriptors that systemd passed to this process, by name: "broker",
/// "control". InvalidInput, and all are closed, where one has another name or both have one. Takes
/// the variables out of the environment, so that no child believes in them.
Result<QHash<QString, int>> takeActivatedSockets();

} // namespace chatelaine::broker
