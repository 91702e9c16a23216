// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditLog.h"

#include <functional>

namespace chatelaine::audit {

/// What a walk over the whole history found.
struct Verification
{
    bool ok = true;
    qint64 rows = 0; ///< good ones before the first bad one
    std::optional<qint64> firstBadSeq; ///< of the row that is wrong or missing
    QString reason; ///< one sentence, empty when ok
    qint64 headSeq = 0; ///< of the last row that was read
    QByteArray headHash;
    qint64 firstSeq = 1; ///< of the first row there has to be: older ones were removed
    UtcMs removedAt = 0; ///< when the last of those was; 0: none was removed
};

/// Recomputes the chain row by row, from where the history begins (Begin.h), in the database's
/// reading thread, with flat memory.
class AuditVerifier
{
public:
    /// `known` is a head the caller vouches for (AuditLog::head()), beside the vault's checkpoint.
    AuditVerifier(
        std::shared_ptr<store::Database> database, Vault &vault, std::optional<Head> known = {});

    /// Called now and then in the caller's thread: rows done, rows there are.
    using Progress = std::function<void(qint64 done, qint64 total)>;

    /// A history that is not as it was is no error but `ok` = false. Errors: what the vault and the
    /// database fail with, Cancelled. The verifier must outlive it.
    Task<Result<Verification>> verify(Progress progress, std::stop_token stop);

private:
    std::shared_ptr<store::Database> m_database;
    Vault &m_vault;
    std::optional<Head> m_known;
};

} // namespace chatelaine::audit
