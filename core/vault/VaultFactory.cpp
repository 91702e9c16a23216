// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/VaultFactory.h"

#include "core/vault/EncryptedFileVault.h"
#include "core/vault/KeychainVault.h"
#include "core/vault/MemoryVault.h"

#include <QCryptographicHash>

namespace chatelaine {

QString keychainPrefix(const Paths &paths)
{
    const QString usual = qEnvironmentVariable("HOME") + QStringLiteral("/.local/share/chatelaine");
    if (paths.dataDir == usual)
        return {};
    const QByteArray hash =
        QCryptographicHash::hash(paths.dataDir.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().first(12)) + u'/';
}

std::unique_ptr<Vault> createVault(Vault::Kind kind, const Paths &paths, Clock &clock)
{
    switch (kind) {
    case Vault::Kind::Keychain:
        return std::make_unique<KeychainVault>(
            clock, QStringLiteral("chatelaine"), keychainPrefix(paths));
    case Vault::Kind::EncryptedFile:
        return std::make_unique<EncryptedFileVault>(paths.vaultFile());
    case Vault::Kind::Memory:
        break;
    }
    return std::make_unique<MemoryVault>();
}

} // namespace chatelaine
