// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"
#include "core/base/Secret.h"

#include <QObject>

namespace chatelaine {

/// The place of secrets. Keys are ours: "tokens/<account id>", "client/<registration id>",
/// "audit/key", "audit/head". Every call is limited in time and comes back with
///  - Locked: there, but closed; nothing was lost and unlock() may open it;
///  - VaultUnavailable: absent, hung or broken; the sentence says which and what to do;
///  - NotFound: open, and holds no such item. Only this one means that the item is gone.
/// A vault never falls back to another one and never deletes because it could not read. Lives in
/// one thread; calls may overlap.
class Vault : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Keychain, EncryptedFile, Memory };
    Q_ENUM(Kind)
    enum class State { Unknown, Open, Locked, Unavailable };
    Q_ENUM(State)

    virtual Kind kind() const = 0;
    State state() const { return m_state; }
    /// One sentence for people about the state: "GNOME Keyring", "waits for 12 s on reading …".
    virtual QString description() const = 0;

    virtual Task<Result<Secret>> read(QString key, std::stop_token stop) = 0;
    /// Replaces the whole item at once: a reader sees the old one or the new one.
    virtual Task<Result<void>> write(QString key, Secret value) = 0;
    /// Removing what is not there is a success.
    virtual Task<Result<void>> remove(QString key) = 0;

    /// There is no encrypted file yet: the passphrase of the next unlock() is chosen, not checked.
    virtual bool isNew() const { return false; }

    /// Asks for the vault to be opened; the keychain shows its own prompt. The encrypted file takes
    /// the passphrase; the others ignore it.
    virtual Task<Result<void>> unlock(Secret passphrase, std::stop_token stop) = 0;
    /// Forgets what opens it, where there is such a thing.
    virtual void lock() = 0;

Q_SIGNALS:
    void stateChanged(chatelaine::Vault::State state);

protected:
    void setState(State state);

private:
    State m_state = State::Unknown;
};

QString vaultKindName(Vault::Kind kind); ///< "keychain", "encrypted_file", "memory"
QString vaultStateName(Vault::State state); ///< "unknown", "open", "locked", "unavailable"

} // namespace chatelaine
