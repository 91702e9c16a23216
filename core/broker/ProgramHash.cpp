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

// Closed with the last who has it: who waited for the thread that opens it may have left.
struct OpenFile
{
    explicit OpenFile(const QByteArray &path)
        : fd(::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK))
    { }
    ~OpenFile()
    {
        if (fd >= 0)
            ::close(fd);
    }
    Q_DISABLE_COPY_MOVE(OpenFile)

    const int fd;
};

bool isFile(const FileStamp &stamp)
{
    return stamp.inode != 0 && stamp.size <= mostBytes;
}

// The number of the process may have gone to another since: then this is another file.
bool isMeant(const OpenFile &file, const FileStamp &stamp)
{
    return file.fd >= 0 && isFile(stamp) && ProcessDirectory::stampOf(file.fd) == stamp;
}

// Empty when the file changed under our hands.
QString digest(const OpenFile &file, const FileStamp &stamp)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
        EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    bool ok = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
    QByteArray chunk(256 * 1024, Qt::Uninitialized);
    qint64 total = 0;
    while (ok) {
        const ssize_t count = ::read(file.fd, chunk.data(), static_cast<size_t>(chunk.size()));
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
        && ProcessDirectory::stampOf(file.fd) == stamp;
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
    const FileStamp stamp = caller->file;
    if (caller->slowFile) {
        // Opened in the thread, too: that alone may hang.
        const auto work = [path, stamp]() -> Result<QString> {
            const OpenFile file(path);
            return isMeant(file, stamp) ? digest(file, stamp) : QString();
        };
        const Result<QString> hash = co_await readInThread(work, stamp, stop);
        co_return hash.value_or(QString());
    }
    const auto file = std::make_shared<const OpenFile>(path);
    if (!isMeant(*file, stamp))
        co_return QString();
    if (stamp.size <= smallBytes && !m_reading.contains(stamp)) {
        ++m_filesRead;
        const QString hash = digest(*file, stamp);
        remember(stamp, hash);
        co_return hash;
    }
    const auto work = [file, stamp]() -> Result<QString> { return digest(*file, stamp); };
    const Result<QString> hash = co_await readInThread(work, stamp, {});
    co_return hash.value_or(QString());
}

Task<Result<QString>> ProgramHash::ofFile(QString path, std::stop_token stop)
{
    struct Opened
    {
        std::shared_ptr<const OpenFile> file;
        FileStamp stamp;
    };
    const auto open = [name = QFile::encodeName(path)]() -> Result<Opened> {
        const auto file = std::make_shared<const OpenFile>(name);
        return Opened{file, ProcessDirectory::stampOf(file->fd)};
    };
    const Completion<Result<Opened>> opening = inThread(open);
    const Result<Opened> opened = co_await orCancelled(opening, stop);
    if (!opened)
        co_return failure(opened.error());
    if (!isFile(opened->stamp))
        co_return QString();
    const FileStamp stamp = opened->stamp;
    if (const QString before = known(stamp); !before.isEmpty())
        co_return before;
    const auto work = [file = opened->file, stamp]() -> Result<QString> {
        return digest(*file, stamp);
    };
    Result<QString> hash = co_await readInThread(work, stamp, stop);
    co_return hash;
}

Task<Result<QString>> ProgramHash::readInThread(
    std::function<Result<QString>()> work, FileStamp stamp, std::stop_token stop)
{
    if (!m_reading.contains(stamp)) {
        ++m_filesRead;
        m_reading.insert(stamp, inThread(std::move(work)));
    }
    const Completion<Result<QString>> underWay = m_reading.value(stamp);
    const Result<QString> hash = co_await orCancelled(underWay, stop);
    // Nothing of this may be touched then: the broker may be about to end.
    if (stop.stop_requested())
        co_return hash;
    remember(stamp, hash.value_or(QString()));
    co_return hash;
}

void ProgramHash::remember(const FileStamp &stamp, const QString &hash)
{
    if (m_known.size() >= mostKnown)
        m_known.clear();
    if (!hash.isEmpty())
        m_known.insert(stamp, hash);
    m_reading.remove(stamp);
}

} // namespace chatelaine::broker
