// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/vault/Vault.h"

#include <memory>

namespace chatelaine {

/// The desktop's keychain through QtKeychain: on Linux whoever owns org.freedesktop.secrets (the
/// Secret Service specification). An item carries the attributes server = `service` and
/// user = prefix + key, so that `secret-tool search --all server chatelaine` lists them.
///
/// One job at a time, each limited in time. While one hangs, all others fail at once with
/// VaultUnavailable, and when it comes back the vault recovers by itself. Whether a keychain is
/// there and open is asked before each job, so that nothing but unlock() ever makes the keychain
/// show a prompt.
class KeychainVault : public Vault
{
    Q_OBJECT

public:
    struct Limits
    {
        qint64 jobMs = 10'000; ///< a read, write or remove
        qint64 unlockMs = 120'000; ///< a person has to type
    };

    explicit KeychainVault(Clock &clock, QString service = QStringLiteral("chatelaine"),
        QString prefix = {}, Limits limits = Limits{10'000, 120'000});
    /// Those who still wait get Cancelled.
    ~KeychainVault() override;

    Kind kind() const override;
    QString description() const override;
    /// A stop gives up the waiting; the job itself may still run to its end.
    Task<Result<Secret>> read(QString key, std::stop_token stop) override;
    Task<Result<void>> write(QString key, Secret value) override;
    Task<Result<void>> remove(QString key) override;
    Task<Result<void>> unlock(Secret passphrase, std::stop_token stop) override;
    /// Does nothing: the keychain is the session's, and other programs use it.
    void lock() override;

private:
    struct Private;
    std::shared_ptr<Private> m;
};

} // namespace chatelaine
