// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Settings.h"

#include "core/base/Paths.h"

#include <QFileInfo>
#include <QLoggingCategory>
#include <QUrl>

namespace chatelaine::broker {

Q_LOGGING_CATEGORY(settingsLog, "chatelaine.settings")

namespace {

const QString policyKey = QStringLiteral("policy");
const QString vaultKey = QStringLiteral("vault");
const QString metadataKey = QStringLiteral("client_metadata_url");

} // namespace

Settings::Settings(const QString &file)
{
    if (file.isEmpty()) {
        m_policy = Policy::Allow;
        m_vault = Vault::Kind::Memory;
        return;
    }
    m_file = std::make_unique<QSettings>(file, QSettings::IniFormat);
    for (const QString &name : {policyKey, vaultKey, metadataKey}) {
        const QString value = m_file->value(name).toString();
        if (value.isEmpty())
            continue;
        // A value that we don't understand must not open a door: the default is the stricter one.
        if (const Result<void> taken = take(name, value); !taken)
            qCWarning(settingsLog) << file << taken.error().message;
    }
}

Result<void> Settings::take(const QString &name, const QString &value)
{
    if (name == policyKey) {
        const std::optional<Policy> policy = policyFromName(value);
        if (!policy) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("policy is ask, allow or deny, not \"%1\".").arg(value));
        }
        m_policy = *policy;
    } else if (name == vaultKey) {
        const auto kind = value == vaultKindName(Vault::Kind::EncryptedFile)
            ? Vault::Kind::EncryptedFile
            : Vault::Kind::Keychain;
        if (value != vaultKindName(kind)) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("vault is keychain or encrypted_file, not \"%1\".")
                               .arg(value));
        }
        m_vault = kind;
    } else if (name == metadataKey) {
        // draft-ietf-oauth-client-id-metadata-document, section 3: https, with a path.
        const QUrl url(value, QUrl::StrictMode);
        if (!value.isEmpty()
            && (!url.isValid() || url.scheme() != QLatin1StringView("https")
                || url.path().size() < 2 || url.hasFragment() || !url.userInfo().isEmpty())) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("client_metadata_url is an https URL with a path and "
                                          "without a fragment, or empty."));
        }
        m_clientMetadataUrl = value;
    } else {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("There is no setting \"%1\". There are policy, vault and "
                                      "client_metadata_url.")
                           .arg(name));
    }
    return {};
}

Result<void> Settings::set(const QString &name, const QString &value)
{
    if (const Result<void> taken = take(name, value); !taken)
        return taken;
    if (!m_file)
        return {};
    const QString directory = QFileInfo(m_file->fileName()).path();
    if (const Result<void> made = ensurePrivateDirectory(directory); !made)
        return made;
    m_file->setValue(name, value);
    m_file->sync();
    if (m_file->status() != QSettings::NoError) {
        return failure(ErrorCode::Internal,
                       QStringLiteral("%1 can't be written, so the setting holds only until the "
                                      "broker ends. Check the file and its directory.")
                           .arg(m_file->fileName()));
    }
    return {};
}

QJsonObject Settings::toJson() const
{
    return {{policyKey, policyName(m_policy)},
            {vaultKey, vaultKindName(m_vault)},
            {metadataKey, m_clientMetadataUrl}};
}

} // namespace chatelaine::broker
