// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/EncryptedFileVault.h"

#include "core/base/Background.h"
#include "core/base/Paths.h"
#include "core/base/Sentence.h"
#include "core/vault/EncryptedFile.h"

#include <QFile>
#include <QFileInfo>
#include <QPointer>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace chatelaine {

namespace {

using encryptedfile::Items;
using encryptedfile::KdfParams;
using encryptedfile::Key;
using KeyResult = Result<std::shared_ptr<const Key>>;

tl::unexpected<Error> lockedError()
{
    return failure(
        ErrorCode::Locked, Sentence::tr("The encrypted vault is locked. Run: chatelaine unlock"));
}

tl::unexpected<Error> fileError(const QString &path, int reason)
{
    if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG) {
        return failure(ErrorCode::DiskFull,
            Sentence::tr("The disk is full: %1 could not be written and is as it was. "
                         "Free some space and try again.")
                .arg(path));
    }
    return failure(ErrorCode::VaultUnavailable,
        Sentence::tr("The encrypted vault %1 can't be read or written: %2. Nothing in it "
                     "was changed.")
            .arg(path, QString::fromLocal8Bit(std::strerror(reason))));
}

// nullopt: there is no file yet.
Result<std::optional<QByteArray>> readFile(const QString &path)
{
    // 64 MiB is a thousand times what a person's tokens need.
    constexpr qint64 mostBytes = 64 * 1024 * 1024;
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return std::optional<QByteArray>();
    if (fd < 0)
        return fileError(path, errno);
    QFile file;
    if (!file.open(fd, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return fileError(path, EIO);
    if (file.size() > mostBytes) {
        return failure(ErrorCode::VaultUnavailable,
            Sentence::tr("%1 is too large for an encrypted vault: more than 64 MiB. It was left "
                         "as it is; put back a copy, or move it away and sign in again.")
                .arg(path));
    }
    return std::optional(file.readAll());
}

bool writeAll(int fd, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t count =
            ::write(fd, bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
        if (count < 0 && errno != EINTR)
            return false;
        done += std::max<ssize_t>(count, 0);
    }
    return ::fsync(fd) == 0;
}

Result<void> replaceFile(const QString &path, const QByteArray &bytes)
{
    if (auto made = ensurePrivateDirectory(QFileInfo(path).path()); !made)
        return made;
    const QByteArray target = QFile::encodeName(path);
    QByteArray temporary = target + ".XXXXXX";
    // Mode 0600, by POSIX.
    const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);
    if (fd < 0)
        return fileError(path, errno);
    const bool written = writeAll(fd, bytes);
    int reason = errno;
    ::close(fd);
    if (!written || ::rename(temporary.constData(), target.constData()) != 0) {
        reason = written ? errno : reason;
        ::unlink(temporary.constData());
        return fileError(path, reason);
    }
    // The new name is on the disk once its directory is.
    const int dir = ::open(
        QFile::encodeName(QFileInfo(path).path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir >= 0) {
        ::fsync(dir);
        ::close(dir);
    }
    return {};
}

} // namespace

struct EncryptedFileVault::Private
{
    QString path;
    std::shared_ptr<const Key> key; ///< set: open
    KdfParams params;
    Items items;
    quint64 locks = 0; ///< how often lock() was called: one that comes meanwhile wins
    std::optional<Completion<bool>> saving; ///< set while the file is being written

    /// Puts the value in, or takes the item out, once the file says so. One after another.
    static Task<Result<void>> change(
        std::shared_ptr<Private> self, QString name, std::optional<Secret> value);
};

Task<Result<void>> EncryptedFileVault::Private::change(
    std::shared_ptr<Private> self, QString name, std::optional<Secret> value)
{
    while (self->saving) {
        const Completion<bool> before = *self->saving;
        co_await before;
    }
    if (!self->key)
        co_return lockedError();
    Items next = self->items;
    if (value)
        next.insert(name, *value);
    else if (next.remove(name) == 0)
        co_return {};

    Completion<bool> saved;
    self->saving = saved;
    const quint64 locks = self->locks;
    auto work = [next, path = self->path, params = self->params, key = self->key] {
        return replaceFile(path, encryptedfile::seal(next, params, *key));
    };
    Result<void> done = co_await inThread(std::move(work));
    if (done && self->locks == locks)
        self->items = std::move(next);
    self->saving.reset();
    saved.set(true);
    co_return done;
}

EncryptedFileVault::EncryptedFileVault(QString path)
    : m(std::make_shared<Private>())
{
    m->path = std::move(path);
    setState(State::Locked);
}

EncryptedFileVault::~EncryptedFileVault() = default;

Vault::Kind EncryptedFileVault::kind() const
{
    return Kind::EncryptedFile;
}

QString EncryptedFileVault::description() const
{
    return (state() == State::Open ? Sentence::tr("Secrets are in the encrypted file %1.")
                                   : Sentence::tr("The encrypted file %1 is locked."))
        .arg(m->path);
}

bool EncryptedFileVault::isNew() const
{
    return !m->key && !QFileInfo::exists(m->path);
}

Task<Result<Secret>> EncryptedFileVault::read(QString key, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return cancelled();
    if (!m->key)
        co_return lockedError();
    const auto item = m->items.constFind(key);
    if (item == m->items.cend()) {
        co_return failure(
            ErrorCode::NotFound, Sentence::tr("The vault holds no item named %1.").arg(key));
    }
    co_return *item;
}

Task<Result<void>> EncryptedFileVault::write(QString key, Secret value)
{
    if (!m->key)
        co_return lockedError();
    co_return co_await Private::change(m, std::move(key), std::move(value));
}

Task<Result<void>> EncryptedFileVault::remove(QString key)
{
    if (!m->key)
        co_return lockedError();
    co_return co_await Private::change(m, std::move(key), std::nullopt);
}

Task<Result<void>> EncryptedFileVault::unlock(Secret passphrase, std::stop_token stop)
{
    if (m->key)
        co_return {};
    if (passphrase.isEmpty()) {
        co_return failure(ErrorCode::InvalidInput,
            Sentence::tr("The encrypted vault needs a passphrase that is not "
                         "empty."));
    }
    const std::shared_ptr<Private> self = m;
    const QPointer<EncryptedFileVault> vault(this);
    const quint64 locks = self->locks;
    // What was being written when the lock came is not in the file yet.
    while (self->saving) {
        const Completion<bool> before = *self->saving;
        co_await before;
    }
    if (!vault || self->locks != locks)
        co_return cancelled();
    if (self->key)
        co_return {};
    Result<std::optional<QByteArray>> file = readFile(self->path);
    if (!file) {
        setState(State::Unavailable);
        co_return failure(std::move(file).error());
    }
    KdfParams params = encryptedfile::newParams();
    if (*file) {
        const auto read = encryptedfile::readParams(**file);
        if (!read) {
            setState(State::Unavailable);
            co_return failure(read.error());
        }
        params = *read;
    }

    auto derive = [passphrase, params] { return encryptedfile::deriveKey(passphrase, params); };
    KeyResult key = co_await orCancelled(inThread(std::move(derive)), stop);
    if (!key)
        co_return failure(std::move(key).error());
    if (!vault || self->locks != locks)
        co_return cancelled();
    if (self->key)
        co_return {};

    Items items;
    if (*file) {
        auto opened = encryptedfile::open(**file, **key);
        if (!opened) {
            const bool wrong = opened.error().code == ErrorCode::Locked;
            vault->setState(wrong ? State::Locked : State::Unavailable);
            co_return failure(std::move(opened).error());
        }
        items = std::move(*opened);
    }
    if (!*file) {
        auto make = [path = self->path, params, made = *key] {
            return replaceFile(path, encryptedfile::seal({}, params, *made));
        };
        Result<void> made = co_await inThread(std::move(make));
        if (!made)
            co_return failure(std::move(made).error());
        if (!vault || self->locks != locks)
            co_return cancelled();
    }
    self->params = params;
    self->key = *key;
    self->items = std::move(items);
    vault->setState(State::Open);
    co_return {};
}

void EncryptedFileVault::lock()
{
    ++m->locks;
    m->key.reset();
    m->items.clear();
    if (state() == State::Open)
        setState(State::Locked);
}

} // namespace chatelaine
