// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/ListeningSocket.h"

#include "core/base/Descriptor.h"
#include "core/base/Sentence.h"

#include <QFile>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace chatelaine::broker {

namespace {

tl::unexpected<Error> anotherRuns(const QString &where)
{
    return failure(ErrorCode::AlreadyExists,
        Sentence::tr("Another broker of this user is running (%1), so this one leaves. "
                     "Stop it first if you want a new one.")
            .arg(where));
}

// Who asks holds the broker's lock: no broker listens there.
tl::unexpected<Error> isHeld(const QString &path)
{
    return failure(ErrorCode::AlreadyExists,
        Sentence::tr("%1 is held, and by no broker: systemd does that, to start one for whoever "
                     "connects. Let it, or take its sockets away first: systemctl --user stop "
                     "chatelaine-broker.socket chatelaine-broker-control.socket")
            .arg(path));
}

tl::unexpected<Error> cannot(const QString &path, int error)
{
    return failure(error == ENOSPC ? ErrorCode::DiskFull : ErrorCode::Internal,
        Sentence::tr("The broker can't listen at %1: %2. Check the directory, or choose "
                     "another with CHATELAINE_HOME.")
            .arg(path, QString::fromLocal8Bit(std::strerror(error))));
}

Result<sockaddr_un> addressOf(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (!name.startsWith('/') || name.size() >= static_cast<qsizetype>(sizeof(address.sun_path))) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("%1 can't be the path of a socket: it has to be absolute and "
                         "shorter than %2 bytes. Choose a shorter CHATELAINE_HOME.")
                .arg(path)
                .arg(sizeof(address.sun_path)));
    }
    std::memcpy(address.sun_path, name.constData(), static_cast<size_t>(name.size()));
    return address;
}

bool somebodyListens(const sockaddr_un &address)
{
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return true;
    const int outcome =
        ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof(address));
    // A full queue (EAGAIN) is somebody too; when in doubt it is not ours to remove.
    const bool nobody = outcome != 0 && (errno == ECONNREFUSED || errno == ENOENT);
    ::close(fd);
    return !nobody;
}

Result<void> clearPath(const QString &path, const sockaddr_un &address)
{
    struct stat info = {};
    if (::lstat(address.sun_path, &info) != 0)
        return {};
    if (!S_ISSOCK(info.st_mode) || info.st_uid != ::geteuid()) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("%1 is in the way and is not a socket of yours. Look at it, "
                         "move it away and try again.")
                .arg(path));
    }
    if (somebodyListens(address))
        return isHeld(path);
    ::unlink(address.sun_path);
    return {};
}

// Where a listening socket was bound; empty where it has no name.
QString pathOf(int fd)
{
    sockaddr_un address = {};
    socklen_t length = sizeof(address);
    if (::getsockname(fd, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        return {};
    const size_t size = qMin<size_t>(length, sizeof(address)) - offsetof(sockaddr_un, sun_path);
    return QFile::decodeName(QByteArray(address.sun_path, ::strnlen(address.sun_path, size)));
}

// By two names, too: a directory may be a symbolic link.
bool isSameFile(const QString &one, const QString &other)
{
    struct stat a = {};
    struct stat b = {};
    return one == other
        || (::stat(QFile::encodeName(one).constData(), &a) == 0
            && ::stat(QFile::encodeName(other).constData(), &b) == 0 && a.st_dev == b.st_dev
            && a.st_ino == b.st_ino);
}

} // namespace

Result<BrokerLock> BrokerLock::acquire(const QString &path, const QString &note)
{
    const int fd = ::open(QFile::encodeName(path).constData(),
                          O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return cannot(path, errno);
    BrokerLock lock(fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? anotherRuns(path) : cannot(path, errno);
    const QByteArray line = QFile::encodeName(note);
    // The lock holds without the note, and half a note would send people somewhere else.
    if (::ftruncate(fd, 0) == 0
        && ::pwrite(fd, line.constData(), static_cast<size_t>(line.size()), 0) != line.size())
        [[maybe_unused]] const int emptied = ::ftruncate(fd, 0);
    return lock;
}

Result<void> BrokerLock::awaitRelease(const QString &path)
{
    const Descriptor file(::open(
        QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0)
        return cannot(path, errno);
    while (::flock(file.get(), LOCK_SH) != 0) {
        if (errno != EINTR)
            return cannot(path, errno);
    }
    return {};
}

BrokerLock::BrokerLock(int fd)
    : m_fd(fd)
{
}

BrokerLock::BrokerLock(BrokerLock &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
{
}

BrokerLock::~BrokerLock()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

ListeningSocket::ListeningSocket(int fd, QString path)
    : m_fd(fd)
    , m_path(std::move(path))
{
}

Result<std::unique_ptr<ListeningSocket>> ListeningSocket::bind(const QString &path)
{
    const Result<sockaddr_un> address = addressOf(path);
    if (!address)
        return failure(address.error());
    if (const Result<void> clear = clearPath(path, *address); !clear)
        return failure(clear.error());
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return cannot(path, errno);
    std::unique_ptr<ListeningSocket> socket(new ListeningSocket(fd, path));
    // The file takes its mode from the socket's inode, so that it is never open to others.
    struct stat info = {};
    if (::fchmod(fd, 0600) != 0
        || ::bind(fd, reinterpret_cast<const sockaddr *>(&*address), sizeof(*address)) != 0) {
        return errno == EADDRINUSE ? isHeld(path) : cannot(path, errno);
    }
    if (::lstat(address->sun_path, &info) != 0)
        return cannot(path, errno);
    socket->m_device = info.st_dev;
    socket->m_inode = info.st_ino;
    if (::chmod(address->sun_path, 0600) != 0 || ::listen(fd, SOMAXCONN) != 0)
        return cannot(path, errno);
    return socket;
}

Result<void> ListeningSocket::examine(int fd, const QString &path)
{
    int listening = 0;
    int type = 0;
    int domain = 0;
    socklen_t length = sizeof(int);
    if (::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length) != 0 || listening != 1
        || ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) != 0 || type != SOCK_STREAM
        || ::getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &length) != 0 || domain != AF_UNIX) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("The descriptor %1 that was passed in is not a listening Unix "
                         "stream socket. Check the socket unit.")
                .arg(fd));
    }
    if (const QString actual = pathOf(fd); !isSameFile(actual, path)) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("The socket that was passed in listens at %1, and programs look for the "
                         "broker at %2. Set ListenStream= in the socket unit to that.")
                .arg(actual, path));
    }
    return {};
}

Result<std::unique_ptr<ListeningSocket>> ListeningSocket::adopt(int fd, const QString &path)
{
    if (const Result<void> fit = examine(fd, path); !fit)
        return failure(fit.error());
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    return std::unique_ptr<ListeningSocket>(new ListeningSocket(fd, path));
}

ListeningSocket::~ListeningSocket()
{
    if (m_inode != 0 && isReachable())
        ::unlink(QFile::encodeName(m_path).constData());
    ::close(m_fd);
}

bool ListeningSocket::isReachable() const
{
    struct stat info = {};
    return m_inode == 0
        || (::lstat(QFile::encodeName(m_path).constData(), &info) == 0 && info.st_dev == m_device
            && info.st_ino == m_inode);
}

int ListeningSocket::accept() const
{
    return ::accept4(m_fd, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

Result<QHash<QString, int>> takeActivatedSockets()
{
    constexpr int first = 3; // SD_LISTEN_FDS_START
    const bool ours = qEnvironmentVariableIntValue("LISTEN_PID") == ::getpid();
    const int count = ours ? qEnvironmentVariableIntValue("LISTEN_FDS") : 0;
    const QStringList names = qEnvironmentVariable("LISTEN_FDNAMES").split(u':');
    qunsetenv("LISTEN_PID");
    qunsetenv("LISTEN_FDS");
    qunsetenv("LISTEN_FDNAMES");
    QHash<QString, int> sockets;
    const QStringList known{QStringLiteral("broker"), QStringLiteral("control")};
    for (int i = 0; i < count; ++i) {
        ::fcntl(first + i, F_SETFD, FD_CLOEXEC);
        sockets.insert(names.value(i), first + i);
    }
    for (int i = 0; i < count; ++i) {
        if (known.contains(names.value(i)) && sockets.size() == count)
            continue;
        for (int fd = first; fd < first + count; ++fd)
            ::close(fd);
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("The sockets that were passed in are named \"%1\"; one has to be "
                         "\"broker\" and one \"control\". Set FileDescriptorName= in the socket "
                         "units.")
                .arg(names.join(u':')));
    }
    return sockets;
}

} // namespace chatelaine::broker
