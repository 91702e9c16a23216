// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/GrantBook.h"

#include "core/broker/ProcessFacts.h"

#include <QLoggingCategory>

#include <algorithm>

namespace chatelaine::broker {

Q_LOGGING_CATEGORY(grantsLog, "chatelaine.grants")

namespace {

constexpr qint64 usedEveryMs = 60'000;

bool stillRuns(const store::Grant &grant, Clock &clock)
{
    // Ticks since boot say nothing across a boot.
    if (grant.createdAt < clock.utcMs() - clock.bootMs())
        return false;
    const std::optional<ProcessStat> stat = ProcessDirectory(grant.sessionPid).stat();
    return stat && stat->startTime == grant.sessionStart;
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
        qCWarning(grantsLog) << "The use of a grant could not be noted:" << saved.error().message;
}

} // namespace

GrantBook::GrantBook(store::Store &store, Clock &clock)
    : m_store(store)
    , m_clock(clock)
{
}

void GrantBook::load(const QList<store::Grant> &grants)
{
    m_grants.clear();
    for (const store::Grant &grant : grants) {
        const bool over = (grant.lifetime == store::GrantLifetime::Until
                           && grant.expiresAt <= m_clock.utcMs())
            || (grant.lifetime == store::GrantLifetime::Session && !stillRuns(grant, m_clock));
        if (over)
            detach(removeRow(m_store, grant.id));
        else
            m_grants.append(grant);
    }
}

QString GrantBook::newId(Random &random)
{
    return u'g' + QString::fromLatin1(random.text(6));
}

Task<Result<store::Grant>> GrantBook::add(store::Grant grant)
{
    grant.createdAt = m_clock.utcMs();
    const Result<void> saved = co_await m_store.save(grant);
    if (!saved)
        co_return failure(saved.error());
    m_grants.append(grant);
    co_return grant;
}

Task<Result<void>> GrantBook::remove(QString id)
{
    if (!take(id)) {
        co_return failure(ErrorCode::NotFound,
                          QStringLiteral("There is no grant %1. See: chatelaine grants").arg(id));
    }
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
    return grant;
}

void GrantBook::putBack(const store::Grant &grant)
{
    m_grants.append(grant);
}

void GrantBook::used(const QString &id)
{
    for (qsizetype i = 0; i < m_grants.size(); ++i) {
        if (m_grants.at(i).id != id)
            continue;
        const UtcMs now = m_clock.utcMs();
        if (now - m_grants.at(i).lastUsed >= usedEveryMs) {
            m_grants[i].lastUsed = now;
            detach(saveRow(m_store, m_grants.at(i)));
        }
        return;
    }
}

void GrantBook::keepOnly(const QStringList &serverIds, const QStringList &accountIds)
{
    m_grants.removeIf([&](const store::Grant &grant) {
        return !serverIds.contains(grant.serverId)
            || (!grant.accountId.isEmpty() && !accountIds.contains(grant.accountId));
    });
}

} // namespace chatelaine::broker
