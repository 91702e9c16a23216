// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/base/Time.h"
#include "core/credentials/DueTimes.h"

namespace chatelaine::credentials {

struct Parts;

/// Looks at an account when a token ends that nothing renews, so that it says "expired" whether or
/// not somebody borrows. What it says is the Refresher's to decide, by the vault's item. Alarms are
/// set by boot time, none where every account can renew its token.
class LapseWatch
{
public:
    explicit LapseWatch(Parts &parts);
    ~LapseWatch();
    Q_DISABLE_COPY_MOVE(LapseWatch)

    /// The account is new, or other than it was. Nothing is watched while locked.
    void note(const QString &accountId);
    /// The same for all: at the start, and at the end of a lock.
    void noteAll();
    /// Watches none any more.
    void end();

private:
    static Task<void> look(std::shared_ptr<Parts> parts, QString accountId);
    void watch(const QString &accountId, UtcMs until);

    Parts &m_parts;
    DueTimes m_due;
};

} // namespace chatelaine::credentials
