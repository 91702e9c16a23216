// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/RefreshSchedule.h"

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/credentials/Parts.h"

#include <algorithm>

namespace chatelaine::credentials {

namespace {

constexpr qint64 longestAheadMs = 5 * 60 * 1000;
constexpr qint64 firstBackoffMs = 1000;
constexpr qint64 longestBackoffMs = 5 * 60 * 1000;
constexpr qint64 longestRetryAfterS = 3600;

} // namespace

RefreshSchedule::RefreshSchedule(Parts &parts, std::function<void(const QString &)> due)
    : m_parts(parts)
    , m_onDue(std::move(due))
    , m_due(parts.context.clock, [this](const QStringList &accounts) { onDue(accounts); })
{ }

RefreshSchedule::~RefreshSchedule() = default;

void RefreshSchedule::end()
{
    m_due.clear();
}

std::optional<Error> RefreshSchedule::waiting(const QString &accountId) const
{
    const auto backoff = m_backoff.constFind(accountId);
    if (backoff == m_backoff.cend())
        return std::nullopt;
    const qint64 left = backoff->notBeforeBootMs - m_parts.context.clock.bootMs();
    if (left <= 0)
        return std::nullopt;
    Error error = backoff->last;
    error.data.insert(QStringLiteral("retry_after_s"), (left + 999) / 1000);
    return error;
}

void RefreshSchedule::failed(const QString &accountId, const Error &error, bool again)
{
    Backoff &backoff = m_backoff[accountId];
    const qint64 doubled = firstBackoffMs << std::min(backoff.failures, 10);
    const qint64 most = std::min(doubled, longestBackoffMs);
    const qint64 ours = most / 2 + m_parts.context.random.below(static_cast<quint32>(most / 2 + 1));
    const qint64 theirs = error.data.value(QLatin1StringView("retry_after_s")).toInteger();
    const qint64 wait = std::max(ours, std::min(theirs, longestRetryAfterS) * 1000);
    ++backoff.failures;
    backoff.notBeforeBootMs = m_parts.context.clock.bootMs() + wait;
    backoff.last = error;
    if (again && !m_parts.stopping.stop_requested())
        m_due.set(accountId, backoff.notBeforeBootMs);
}

void RefreshSchedule::forget(const QString &accountId)
{
    m_backoff.remove(accountId);
    m_due.remove(accountId);
}

void RefreshSchedule::noteUse(const QString &accountId)
{
    if (m_due.contains(accountId) || m_parts.stopping.stop_requested())
        return;
    const TokenItem *item = m_parts.tokens.inMemory(accountId);
    if (!item || item->refreshToken.isEmpty() || item->expiresAt == 0)
        return;
    // Ahead by a tenth of its life, at most five minutes, and up to a quarter of that earlier or
    // later, so that fifty accounts that were signed in together are not refreshed together.
    const qint64 life = item->expiresAt - item->issuedAt;
    const qint64 ahead = std::min(life / 10, longestAheadMs);
    const qint64 jitter =
        ahead < 4 ? 0 : m_parts.context.random.below(static_cast<quint32>(ahead / 2)) - ahead / 4;
    const qint64 inMs = std::max<qint64>(item->leftMs(m_parts.instant()) - ahead - jitter, 0);
    m_due.set(accountId, m_parts.context.clock.bootMs() + inMs);
}

void RefreshSchedule::onDue(const QStringList &accounts)
{
    // One attempt for each use: where nobody borrows any more, nothing is refreshed.
    for (const QString &accountId : accounts) {
        const bool isThere =
            m_parts.catalogue.state(accountId).has_value() && m_parts.tokens.inMemory(accountId);
        if (isThere && !m_parts.locked)
            m_onDue(accountId);
    }
}

} // namespace chatelaine::credentials
