// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/GrantBook.h"

#include "core/base/Sentence.h"
#include "core/broker/ProcessFacts.h"

#include <QLoggingCategory>

#include <algorithm>
#include <limits>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace chatelaine::broker {

Q_LOGGING_CATEGORY(grantsLog, "chatelaine.grants")

namespace {

constexpr qint64 writtenEveryMs = 60'000;
/// What is remembered of grants at most; one that is forgotten is written once more.
constexpr qsizetype mostWritten = 1024;

tl::unexpected<Error> noSuchGrant(const QString &id)
{
    return failure(
        ErrorCode::NotFound, Sentence::tr("There is no grant %1. See: chatelaine grants").arg(id));
}

bool isBound(const store::Grant &grant)
{
    return grant.sessionPid > 0;
}

Task<void> removeRow(store::Store &store, QString id)
{
    if (const Result<void> removed = co_await store.removeGrant(id); !removed)
        qCWarning(grantsLog) << "A grant that is over could not be removed:"
                             << removed.error().message;
}

Task<void> saveRow(store::Store &store, store::Grant grant)
{
    if (const Result<void> saved = co_await store.save(grant); !saved)
        qCWarning(grantsLog) << "A grant could not be written:" << saved.error().message;
}

} // namespace

/// One process that grants are bound to.
class GrantBook::Watch final : public Pollable
{
public:
    Watch(GrantBook &book, int pidfd, qint64 pid, quint64 startTime)
        : m_book(book)
        , m_pidfd(pidfd)
        , m_pid(pid)
        , m_startTime(startTime)
        , m_id(book.m_poller->add(pidfd, EPOLLIN, this))
    {
    }
    ~Watch() override
    {
        m_book.m_poller->remove(m_id, m_pidfd);
        ::close(m_pidfd);
    }
    // pidfd_open(2): readable when the process has ended. May destroy this.
    void ready(uint32_t) override { m_book.endOf(m_pid, m_startTime); }
    bool isOf(qint64 pid, quint64 startTime) const
    {
        return pid == m_pid && startTime == m_startTime;
    }
    bool isOf(const store::Grant &grant) const
    {
        return isOf(grant.sessionPid, grant.sessionStart);
    }

private:
    GrantBook &m_book;
    int m_pidfd;
    qint64 m_pid;
    quint64 m_startTime;
    Poller::Id m_id;
};

GrantBook::GrantBook(store::Store &store, Clock &clock)
    : m_store(store)
    , m_clock(clock)
    , m_alarm(clock.createAlarm())
{
    connect(m_alarm.get(), &Alarm::fired, this, &GrantBook::sweep);
}

GrantBook::~GrantBook() = default;

void GrantBook::load(const QList<store::Grant> &grants, bool locked)
{
    m_grants.clear();
    const Moment now = Moment::of(m_clock);
    for (const store::Grant &grant : grants) {
        // Ticks since boot say nothing across a boot.
        const bool otherBoot = grant.bootId.isEmpty()
            ? grant.createdAt < now.utcMs - now.bootMs
            : grant.bootId != now.bootId;
        const bool processGone = isBound(grant) && (otherBoot || !watch(grant));
        const bool lockedAway = locked && grant.lifetime == store::GrantLifetime::UntilLock;
        if (processGone || lockedAway || isOver(grant, now))
            detach(removeRow(m_store, grant.id));
        else
            m_grants.append(grant);
    }
    for (store::Grant &grant : m_grants)
        grant.idleSinceBootMs = now.bootMs - std::max<qint64>(idleFor(grant, now), 0);
    setAlarm();
}

QString GrantBook::newId(Random &random)
{
    return u'g' + QString::fromLatin1(random.text(6));
}

std::optional<store::Grant> GrantBook::find(const QString &id) const
{
    for (const store::Grant &grant : m_grants) {
        if (grant.id == id)
            return grant;
    }
    const auto taken = m_taken.constFind(id);
    return taken == m_taken.cend() ? std::nullopt : std::optional(taken->grant);
}

Task<Result<store::Grant>> GrantBook::add(store::Grant grant, qint64 forMs)
{
    grant.createdAt = m_clock.utcMs();
    grant.bootId = m_clock.bootId();
    grant.idleSinceBootMs = m_clock.bootMs();
    if (forMs > 0) {
        grant.expiresAt = grant.createdAt + forMs;
        grant.expiresBootMs = m_clock.bootMs() + forMs;
    }
    if (isBound(grant) && !watch(grant)) {
        co_return failure(ErrorCode::NotFound,
            Sentence::tr("The process %1 that the grant would be bound to has "
                         "ended.")
                .arg(grant.sessionPid));
    }
    const quint64 locks = m_locks;
    const Result<void> saved = co_await m_store.save(grant);
    if (!saved)
        co_return failure(saved.error());
    if (grant.lifetime == store::GrantLifetime::UntilLock && locks != m_locks) {
        detach(removeRow(m_store, grant.id));
        co_return failure(ErrorCode::Locked,
            Sentence::tr("The grant ended before it began: Chatelaine was locked meanwhile."));
    }
    m_grants.append(grant);
    replaceThoseOfOtherBytes(grant);
    setAlarm();
    // It may have ended while its grant was written.
    if (isBound(grant) && !watch(grant))
        endOf(grant.sessionPid, grant.sessionStart);
    co_return grant;
}

void GrantBook::replaceThoseOfOtherBytes(const store::Grant &by)
{
    const auto isStale = [&](const store::Grant &grant) {
        return !by.exeSha256.isEmpty() && !grant.exeSha256.isEmpty()
            && grant.exeSha256 != by.exeSha256 && grant.exe == by.exe
            && grant.serverId == by.serverId && grant.accountId == by.accountId
            && grant.scopes == by.scopes && grant.deny == by.deny;
    };
    const QList<store::Grant> all = m_grants;
    m_grants.removeIf(isStale);
    for (const store::Grant &grant : all) {
        if (isStale(grant))
            end(grant, QStringLiteral("the program was changed, and allowed anew"));
    }
}

Task<Result<void>> GrantBook::remove(QString id)
{
    const bool known = m_taken.remove(id)
        || m_grants.removeIf([&](const store::Grant &grant) { return grant.id == id; }) > 0;
    if (!known)
        co_return noSuchGrant(id);
    watchOnlyNeeded();
    setAlarm();
    Result<void> removed = co_await m_store.removeGrant(id);
    co_return removed;
}

std::optional<store::Grant> GrantBook::take(const QString &id)
{
    const auto found = std::find_if(m_grants.begin(), m_grants.end(),
                                    [&](const store::Grant &grant) { return grant.id == id; });
    if (found == m_grants.end())
        return std::nullopt;
    const store::Grant grant = *found;
    m_grants.erase(found);
    m_taken.insert(id, {grant});
    return grant;
}

void GrantBook::putBack(const QString &id)
{
    const auto found = m_taken.find(id);
    if (found == m_taken.end())
        return;
    const Taken taken = *found;
    m_taken.erase(found);
    if (isBound(taken.grant) && !watch(taken.grant)) {
        end(taken.grant, QStringLiteral("its process has ended"));
        return;
    }
    m_grants.append(taken.grant);
    if (taken.rowGone)
        detach(saveRow(m_store, taken.grant));
}

Task<Result<void>> GrantBook::spend(QString id)
{
    if (!m_taken.contains(id))
        co_return noSuchGrant(id);
    // Before the loan: a grant for once that is used twice is worse than one that is lost.
    Result<void> removed = co_await m_store.removeGrant(id);
    const auto found = m_taken.find(id);
    if (!removed)
        co_return removed;
    if (found == m_taken.end())
        co_return noSuchGrant(id);
    found->rowGone = true;
    co_return removed;
}

void GrantBook::spent(const QString &id)
{
    m_taken.remove(id);
    watchOnlyNeeded();
}

void GrantBook::used(const QString &id)
{
    for (qsizetype i = 0; i < m_grants.size(); ++i) {
        if (m_grants.at(i).id != id)
            continue;
        const qint64 now = m_clock.bootMs();
        m_grants[i].lastUsed = m_clock.utcMs();
        m_grants[i].idleSinceBootMs = now;
        const auto written = m_writtenAt.constFind(id);
        if (written != m_writtenAt.cend() && now - *written < writtenEveryMs)
            return;
        if (m_writtenAt.size() >= mostWritten)
            m_writtenAt.clear();
        m_writtenAt.insert(id, now);
        detach(saveRow(m_store, m_grants.at(i)));
        return;
    }
}

void GrantBook::keepOnly(const QStringList &serverIds, const QStringList &accountIds)
{
    m_grants.removeIf([&](const store::Grant &grant) {
        return !serverIds.contains(grant.serverId)
            || (!grant.accountId.isEmpty() && !accountIds.contains(grant.accountId));
    });
    watchOnlyNeeded();
}

void GrantBook::end(const store::Grant &grant, const QString &why)
{
    detach(removeRow(m_store, grant.id));
    Q_EMIT ended(grant, why);
}

void GrantBook::endOf(qint64 pid, quint64 startTime)
{
    const QList<store::Grant> all = m_grants;
    const auto isIts = [&](const store::Grant &grant) {
        return grant.sessionPid == pid && grant.sessionStart == startTime;
    };
    m_grants.removeIf(isIts);
    // Also for one that is with a loan (putBack() looks anew): the descriptor stays readable, and
    // would wake us all the while.
    std::erase_if(m_watches,
        [&](const std::unique_ptr<Watch> &watch) { return watch->isOf(pid, startTime); });
    for (const store::Grant &grant : all) {
        if (isIts(grant))
            end(grant, QStringLiteral("its process has ended"));
    }
}

void GrantBook::endAtLock()
{
    ++m_locks;
    const QList<store::Grant> all = m_grants;
    const auto isIts = [](const store::Grant &grant) {
        return grant.lifetime == store::GrantLifetime::UntilLock;
    };
    m_grants.removeIf(isIts);
    for (const store::Grant &grant : all) {
        if (isIts(grant))
            end(grant, QStringLiteral("locked"));
    }
}

void GrantBook::sweep()
{
    const Moment now = Moment::of(m_clock);
    const QList<store::Grant> all = m_grants;
    m_grants.removeIf([&](const store::Grant &grant) { return isOver(grant, now); });
    setAlarm();
    for (const store::Grant &grant : all) {
        if (isOver(grant, now)) {
            end(grant,
                isTimeUp(grant, now) ? QStringLiteral("its time is up")
                                     : QStringLiteral("it was not used for too long"));
        }
    }
}

void GrantBook::setAlarm()
{
    const Moment now = Moment::of(m_clock);
    constexpr qint64 never = std::numeric_limits<qint64>::max();
    qint64 next = never;
    for (const store::Grant &grant : std::as_const(m_grants)) {
        if (grant.lifetime == store::GrantLifetime::Until) {
            next = std::min(next, grant.expiresAt - now.utcMs);
            if (grant.expiresBootMs > 0 && grant.bootId == now.bootId)
                next = std::min(next, grant.expiresBootMs - now.bootMs);
        }
        if (grant.idleMs > 0)
            next = std::min(next, grant.idleMs - idleFor(grant, now));
    }
    if (next == never)
        m_alarm->clear();
    else
        m_alarm->set(now.bootMs + std::max<qint64>(next, 1));
}

// False when the process is not there any more.
bool GrantBook::watch(const store::Grant &grant)
{
    const auto isWatched = [&](const std::unique_ptr<Watch> &one) { return one->isOf(grant); };
    const int pidfd = static_cast<int>(::syscall(SYS_pidfd_open, grant.sessionPid, 0));
    // First the descriptor, then the look: what it names is what was looked at.
    const std::optional<ProcessStat> stat = ProcessDirectory(grant.sessionPid).stat();
    const bool runs = pidfd >= 0 && stat && stat->startTime == grant.sessionStart;
    if (!runs || std::any_of(m_watches.begin(), m_watches.end(), isWatched)) {
        if (pidfd >= 0)
            ::close(pidfd);
        return runs;
    }
    if (!m_poller)
        m_poller = std::make_unique<Poller>();
    m_watches.push_back(
        std::make_unique<Watch>(*this, pidfd, grant.sessionPid, grant.sessionStart));
    return true;
}

void GrantBook::watchOnlyNeeded()
{
    std::erase_if(m_watches, [this](const std::unique_ptr<Watch> &watch) {
        const auto isIts = [&](const store::Grant &grant) { return watch->isOf(grant); };
        const auto isTaken = [&](const Taken &taken) { return watch->isOf(taken.grant); };
        return std::none_of(m_grants.cbegin(), m_grants.cend(), isIts)
            && std::none_of(m_taken.cbegin(), m_taken.cend(), isTaken);
    });
}

} // namespace chatelaine::broker
