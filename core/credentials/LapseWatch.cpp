// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/LapseWatch.h"

#include "core/base/Clock.h"
#include "core/credentials/Parts.h"

#include <algorithm>

namespace chatelaine::credentials {

namespace {

/// Between two looks at one account, whatever its item says.
constexpr qint64 notSoonerMs = 1000;

} // namespace

LapseWatch::LapseWatch(Parts &parts)
    : m_parts(parts)
    , m_due(parts.context.clock, [this](const QStringList &accounts) {
        for (const QString &accountId : accounts)
            detach(look(m_parts.shared_from_this(), accountId));
    })
{ }

LapseWatch::~LapseWatch() = default;

void LapseWatch::note(const QString &accountId)
{
    if (m_parts.locked || m_parts.stopping.stop_requested())
        return;
    const std::optional<AccountView> view = m_parts.catalogue.view(accountId);
    const bool endsByItself = view && view->account.state == store::AccountState::SignedIn
        && !view->account.hasRefreshToken && view->account.expiresAt > 0;
    if (endsByItself)
        watch(accountId, view->account.expiresAt);
    else
        m_due.remove(accountId);
}

void LapseWatch::noteAll()
{
    const QList<AccountView> views = m_parts.catalogue.views();
    for (const AccountView &view : views)
        note(view.account.id);
}

void LapseWatch::end()
{
    m_due.clear();
}

void LapseWatch::watch(const QString &accountId, UtcMs until)
{
    const qint64 left = std::max<qint64>(until - m_parts.now(), 0);
    m_due.set(accountId, m_parts.context.clock.bootMs() + left);
}

Task<void> LapseWatch::look(std::shared_ptr<Parts> parts, QString accountId)
{
    const std::stop_token stop = parts->stopping.get_token();
    const Result<Loan> loan = co_await parts->refresher.token(accountId, 0, stop);
    // The clock was set back, say. What can't be read now is seen when somebody borrows, or after
    // the next lock.
    if (loan && loan->expiresAt > 0 && !parts->locked && !stop.stop_requested())
        parts->lapses.watch(accountId, std::max(loan->expiresAt, parts->now() + notSoonerMs));
}

} // namespace chatelaine::credentials
