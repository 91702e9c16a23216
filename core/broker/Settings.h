// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Policy.h"
#include "core/vault/Vault.h"

#include <QSettings>

#include <memory>

namespace chatelaine::broker {

/// What a person may set about the broker: an INI file, or memory for a private one. The vault and
/// the client metadata URL count from the next start; the policy at once.
class Settings
{
public:
    /// An empty path keeps everything in memory and allows every loan: a private broker serves the
    /// one program that started it.
    explicit Settings(const QString &file);

    Policy policy() const { return m_policy; }
    Vault::Kind vault() const { return m_vault; }
    QString clientMetadataUrl() const { return m_clientMetadataUrl; }

    QJsonObject toJson() const;
    /// InvalidInput for a name or a value that does not exist, with those that do.
    Result<void> set(const QString &name, const QString &value);

private:
    Result<void> take(const QString &name, const QString &value);

    std::unique_ptr<QSettings> m_file;
    Policy m_policy = Policy::Ask;
    Vault::Kind m_vault = Vault::Kind::Keychain;
    QString m_clientMetadataUrl;
};

} // namespace chatelaine::broker
