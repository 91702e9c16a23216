// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/ProgramHash.h"

#include "core/base/Background.h"
#include "core/broker/ProcessFacts.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <openssl/evp.h>
#include <unistd.h>

namespace chatelaine::broker {

namespace {

constexpr qint64 mostBytes = 2LL * 1024 * 1024 * 1024;
/// Read in the event loop: a tenth of a millisecond.
constexpr qint64 smallBytes = 64 * 1024;
constexpr qsizetype mostKnown = 4096;

int openFile(const QByteArray &path)
{
    return ::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

// The number of the process may have gone to another since: then this is another file.
bool isMeant(int fd, const FileStamp &stamp)
{
    return fd >= 0 && stamp.inode != 0 && stamp.size <= mostBytes
        && ProcessDirectory::stampOf(fd) == stamp;
}

// Closes the descriptor. Empty when the file changed under our hands.
QString digest(int fd, const FileStamp &stamp)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
        EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    bool ok = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
    QByteArray chunk(256 * 1024, Qt::Uninitialized);
    qint64 total = 0;
    while (ok) {
        const ssize_t count = ::read(fd, chunk.data(), static_cast<size_t>(chunk.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            ok = count == 0;
            break;
        }
        total += count;
        ok = total <= stamp.size
            && EVP_DigestUpdate(context.get(), chunk.constData(), static_cast<size_t>(count)) == 1;
    }
    QByteArray hash(EVP_MAX_MD_SIZE, '\0');
    unsigned int length = 0;
    ok = ok && total == stamp.size
        && EVP_DigestFinal_ex(
               context.get(), reinterpret_cast<unsigned char *>(hash.data()), &length)
            == 1
        && ProcessDirectory::stampOf(fd) == stamp;
    ::close(fd);
    return ok ? QString::fromLatin1(hash.first(length).toHex()) : QString();
}

} // namespace

Task<QString> ProgramHash::ofCaller(
    std::shared_ptr<const CallerIdentity> caller, std::stop_token stop)
{
    if (caller->file.inode == 0)
        co_return QString();
    const QString before = known(caller->file);
    if (!before.isEmpty())
        co_return before;
    const QByteArray path = caller->script.isEmpty() || !caller->package.isEmpty()
        ? "/proc/" + QByteArray::number(caller->pid) + "/exe"
        : QFile::encodeName(caller->script);
    if (caller->slowFile) {
        QString hash = co_await readSlowly(path, caller->file, stop);
        co_return hash;
    }
    const int fd = openFile(path);
    QString hash = co_await read(fd, caller->file);
    co_return hash;
}

Task<QString> ProgramHash::ofFile(QString path)
{
    const int fd = openFile(QFile::encodeName(path));
    const FileStamp stamp = ProcessDirectory::stampOf(fd);
    QString hash = co_await read(fd, stamp);
    co_return hash;
}

// Takes the descriptor.
Task<QString> ProgramHash::read(int fd, FileStamp stamp)
{
    if (!isMeant(fd, stamp)) {
        if (fd >= 0)
            ::close(fd);
        co_return QString();
    }
    if (const QString before = known(stamp); !before.isEmpty()) {
        ::close(fd);
        co_return before;
    }
    if (m_reading.contains(stamp)) {
        ::close(fd);
        const Completion<Result<QString>> underWay = m_reading.value(stamp);
        const Result<QString> hash = co_await underWay;
        co_return hash.value_or(QString());
    }
    ++m_filesRead;
    QString hash;
    if (stamp.size <= smallBytes) {
        hash = digest(fd, stamp);
    } else {
        m_reading.insert(stamp, {});
        const auto work = [fd, stamp] { return digest(fd, stamp); };
        const Completion<QString> done = inThread(work);
        hash = co_await done;
    }
    remember(stamp, hash);
    co_return hash;
}

// Opened in the thread, too: that alone may hang. Who waits may leave before the thread is done.
Task<QString> ProgramHash::readSlowly(QByteArray path, FileStamp stamp, std::stop_token stop)
{
    if (!m_reading.contains(stamp)) {
        ++m_filesRead;
        const auto work = [path, stamp]() -> Result<QString> {
            const int fd = openFile(path);
            if (isMeant(fd, stamp))
                return digest(fd, stamp);
            if (fd >= 0)
                ::close(fd);
            return QString();
        };
        m_reading.insert(stamp, inThread(work));
    }
    const Completion<Result<QString>> underWay = m_reading.value(stamp);
    const Result<QString> hash = co_await orCancelled(underWay, stop);
    // Nothing of this may be touched then: the broker may be about to end.
    if (!hash)
        co_return QString();
    remember(stamp, *hash);
    co_return *hash;
}

void ProgramHash::remember(const FileStamp &stamp, const QString &hash)
{
    if (m_known.size() >= mostKnown)
        m_known.clear();
    if (!hash.isEmpty())
        m_known.insert(stamp, hash);
    if (m_reading.contains(stamp)) {
        Completion<Result<QString>> reading = m_reading.take(stamp);
        reading.set(hash);
    }
}

} // namespace chatelaine::broker
