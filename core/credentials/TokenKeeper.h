// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/credentials/TokenItem.h"

#include <QHash>

#include <optional>

namespace chatelaine {
class Vault;
}

namespace chatelaine::credentials {

/// The tokens of all accounts: in memory while in use, in the vault for good. Whoever asks for the
/// same account at the same time shares one reading of the vault. One thread.
class TokenKeeper
{
public:
    explicit TokenKeeper(Vault &vault);

    /// What memory has; null when it has to be read first. Valid until the next call.
    const TokenItem *inMemory(const QString &accountId) const;
    /// The same, but only what the vault has taken: what may be handed out.
    const TokenItem *kept(const QString &accountId) const;
    /// NotFound: the vault is open and has no such item. Who waits for another's reading or writing
    /// is let go by `stop`; that other goes on for the rest.
    Task<Result<TokenItem>> get(QString accountId, std::stop_token stop);
    enum class OnFailure {
        Keep, ///< the old item may be spent already (a rotation): hold on to the new one and write
              ///< it again at the next `get`
        Undo, ///< the old item is as good as before (a sign-in): go back to it; where the vault
              ///< only hung, the new one may still get there, so that the old one is to be
              ///< written again, or the new one removed where there was none
    };
    /// Replaces the item: in memory at once, in the vault when it comes back.
    Task<Result<void>> put(QString accountId, TokenItem item, OnFailure onFailure);
    /// Removes the item if it is still of that generation: the loser of a race must not delete the
    /// winner's tokens. A negative generation removes any.
    Task<Result<void>> drop(QString accountId, qint64 generation);
    /// Whether memory has what the vault does not have, or may come to lose.
    bool holdsUnsaved() const;
    /// The accounts whose tokens only memory has.
    QStringList unsaved() const;
    /// The accounts of holdsUnsaved().
    QStringList toBeWritten() const;
    /// Writes it, or waits for the writing under way. Nothing to do is a success.
    Task<Result<void>> rewrite(QString accountId);
    /// Removes from the vault what a write that was given up has brought there after all; for when
    /// the vault answers again. What was put there later stays. Cancelled: the vault may be gone.
    Task<Result<void>> removeLate(std::stop_token stop);
    /// Forgets what memory holds, but for what the vault has not taken yet.
    void forget();
    /// While true, memory keeps nothing that the vault has: a refresh that ends while the broker is
    /// locked leaves nothing behind.
    void setForgetting(bool forgetting);

private:
    struct Entry
    {
        TokenItem item;
        bool saved = true;
        bool doubtful = false; ///< saved, but a write that was given up may still replace it
        std::optional<Completion<Result<void>>> writing = {};

        bool isNeeded() const { return !saved || doubtful; }
    };
    static QString key(const QString &accountId);
    bool mayBeLate(const QString &accountId, qint64 generation) const;

    Vault &m_vault;
    QHash<QString, Entry> m_entries;
    QHash<QString, Completion<Result<TokenItem>>> m_reading;
    QHash<QString, qint64> m_late; ///< generations of given-up writes where there was no item
    bool m_forgetting = false;
    quint64 m_epoch = 0; ///< grows at forget(): a reading begun before does not fill memory again
};

} // namespace chatelaine::credentials
