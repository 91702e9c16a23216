// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/vault/Vault.h"

#include <memory>

namespace chatelaine {

/// One file, encrypted with AES-256-GCM under a key that scrypt (RFC 7914; N = 2^17, r = 8, p = 1)
/// makes of a passphrase. Only where the person chose it. The whole file is rewritten at each
/// change, to a temporary beside it that replaces it once it is on the disk: a write that fails
/// leaves the previous file. EncryptedFile.h describes the format.
///
/// Locked until unlock(), which makes the file at its first use; Locked is also what a wrong
/// passphrase gives, VaultUnavailable what a damaged file gives. The key is derived and the file
/// written in threads of their own.
class EncryptedFileVault : public Vault
{
    Q_OBJECT

public:
    explicit EncryptedFileVault(QString path);
    ~EncryptedFileVault() override;

    Kind kind() const override;
    QString description() const override;
    bool isNew() const override;
    Task<Result<Secret>> read(QString key, std::stop_token stop) override;
    Task<Result<void>> write(QString key, Secret value) override;
    Task<Result<void>> remove(QString key) override;
    Task<Result<void>> unlock(Secret passphrase, std::stop_token stop) override;
    /// Wipes the key and the items from memory.
    void lock() override;

private:
    struct Private;
    std::shared_ptr<Private> m;
};

} // namespace chatelaine
