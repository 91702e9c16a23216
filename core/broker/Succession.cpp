// SPDX-License-Identifier: GPL-3.0-or-later
// How one broker comes after another: the place they have one after the other, and the sockets of a
// service manager, which stay as they are.
#include "core/base/Background.h"
#include "core/broker/Broker.h"

#include <unistd.h>

namespace chatelaine::broker {

Broker::~Broker()
{
    for (const int fd : std::as_const(m_options.activated))
        ::close(fd);
}

Task<Result<void>> Broker::occupy()
{
    if (isPrivate())
        co_return Result<void>{};
    for (const QString &dir : {m_options.paths.runtimeDir, m_options.paths.dataDir}) {
        if (const Result<void> made = ensurePrivateDirectory(dir); !made)
            co_return made;
    }
    const QString lockFile = m_options.paths.lockFile();
    for (;;) {
        Result<BrokerLock> lock = BrokerLock::acquire(lockFile);
        if (lock) {
            m_lock.emplace(std::move(*lock));
            break;
        }
        if (!m_options.waitForTurn || lock.error().code != ErrorCode::AlreadyExists)
            co_return failure(std::move(lock).error());
        const auto await = [lockFile] {
            return BrokerLock::awaitRelease(lockFile).map([] { return true; });
        };
        const Result<bool> released = co_await orCancelled(inThread(await), m_stop.get_token());
        if (!released)
            co_return failure(released.error());
    }
    // The runtime directory is the session's: who came with su or cron has another one, and the
    // same database and keychain. That one is not waited for: nobody is served here meanwhile.
    Result<BrokerLock> dataLock =
        BrokerLock::acquire(m_options.paths.dataLockFile(), m_options.paths.runtimeDir);
    if (!dataLock) {
        m_lock.reset();
        co_return failure(std::move(dataLock).error());
    }
    m_dataLock.emplace(std::move(*dataLock));
    co_return Result<void>{};
}

QStringList Broker::handOver(Connection &to)
{
    QStringList names;
    // One gets them.
    if (m_successor.get() >= 0)
        return names;
    std::vector<int> descriptors;
    for (const auto &[name, right] : {std::pair{QStringLiteral("broker"), Right::Borrow},
             std::pair{QStringLiteral("control"), Right::Control}}) {
        const int fd = m_reception ? m_reception->handedIn(right) : -1;
        if (fd < 0)
            continue;
        names.append(name);
        descriptors.push_back(fd);
    }
    if (!names.isEmpty())
        m_successor = to.handOver(descriptors);
    return names;
}

} // namespace chatelaine::broker
