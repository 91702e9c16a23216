// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Policy.h"
#include "core/net/WayOut.h"
#include "core/vault/Vault.h"

#include <QSettings>

#include <memory>

namespace chatelaine::broker {

/// What a person may set about the broker: an INI file, or memory for a private one. A row of the
/// table in Settings.cpp is a setting. The vault and the client metadata URL count from the next
/// start, all else at once. A change by a person goes through Broker::changeSetting(), which writes
/// it into the history.
class Settings : public QObject
{
    Q_OBJECT

public:
    /// What is set, as the rest of the program uses it.
    struct Values
    {
        Policy policy = Policy::Ask;
        Vault::Kind vault = Vault::Kind::Keychain;
        QString clientMetadataUrl = {};
        qint64 lockAfterIdleMin = 0; ///< minutes; 0: never
        bool lockOnScreenLock = true;
        bool lockBeforeSleep = true;
        qint64 historyKeepDays = 0; ///< 0: for ever
        qint64 historyKeepMegabytes = 0; ///< of 1,000,000 bytes; 0: no limit
        /// Where the MCP Registry's API begins: https, or http on this machine.
        QString registryUrl = QStringLiteral("https://registry.modelcontextprotocol.io");
        QString proxy = QStringLiteral("system"); ///< as net::proxyFromText() reads it
        QString caFile = {};
    };

    /// An empty path keeps everything in memory and allows every loan: a private broker serves the
    /// one program that started it.
    explicit Settings(const QString &file);

    const Values &values() const { return m_values; }
    Policy policy() const { return m_values.policy; }
    Vault::Kind vault() const { return m_values.vault; }
    QString clientMetadataUrl() const { return m_values.clientMetadataUrl; }
    net::WayOut wayOut() const;

    /// Each by its name: a string, a number or true and false.
    QJsonObject toJson() const;
    /// The value as it stands in the file. InvalidInput for a name or a value that does not exist,
    /// with those that do.
    Result<void> set(const QString &name, const QString &value);

Q_SIGNALS:
    /// A value is another one than before.
    void changed(const QString &name);

private:
    std::unique_ptr<QSettings> m_file;
    Values m_values;
};

} // namespace chatelaine::broker
