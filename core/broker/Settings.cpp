// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Settings.h"

#include "core/base/Paths.h"
#include "core/base/Sentence.h"
#include "core/base/Text.h"
#include "core/net/AddressRules.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QUrl>

#include <algorithm>
#include <array>

namespace chatelaine::broker {

Q_LOGGING_CATEGORY(settingsLog, "chatelaine.settings")

namespace {

using Values = Settings::Values;

/// One setting: how its text is read and how it is told.
struct Row
{
    const char *name;
    const char *meaning; ///< what may stand there, for the sentence where nothing explains it
    bool (*take)(Values &values, const QString &text); ///< false leaves the values as they were
    QJsonValue (*say)(const Values &values);
    /// What is wrong with a text that was not taken, where the meaning alone does not tell.
    Error (*explain)(const QString &text) = nullptr;
};

template <bool Values::*Member>
bool takeFlag(Values &values, const QString &text)
{
    if (text != QLatin1StringView("true") && text != QLatin1StringView("false"))
        return false;
    values.*Member = text == QLatin1StringView("true");
    return true;
}

template <qint64 Values::*Member, qint64 Most>
bool takeNumber(Values &values, const QString &text)
{
    const bool digits = !text.isEmpty()
        && std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool fits = false;
    const qint64 number = text.toLongLong(&fits);
    if (!digits || !fits || number > Most)
        return false;
    values.*Member = number;
    return true;
}

template <auto Member>
QJsonValue sayPlainly(const Values &values)
{
    return QJsonValue(values.*Member);
}

bool takePolicy(Values &values, const QString &text)
{
    const std::optional<Policy> policy = policyFromName(text);
    if (policy)
        values.policy = *policy;
    return policy.has_value();
}

bool takeVault(Values &values, const QString &text)
{
    for (const Vault::Kind kind : {Vault::Kind::Keychain, Vault::Kind::EncryptedFile}) {
        if (text == vaultKindName(kind)) {
            values.vault = kind;
            return true;
        }
    }
    return false;
}

bool takeMetadataUrl(Values &values, const QString &text)
{
    // draft-ietf-oauth-client-id-metadata-document, section 3: https, with a path.
    const QUrl url(text, QUrl::StrictMode);
    const bool good = text.isEmpty()
        || (url.isValid() && url.scheme() == QLatin1StringView("https") && url.path().size() > 1
            && !url.hasFragment() && url.userInfo().isEmpty());
    if (good)
        values.clientMetadataUrl = text;
    return good;
}

bool takeRegistryUrl(Values &values, const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const auto literal = net::literalAddress(url.host());
    const bool here = net::isLocalhostName(url.host())
        || (literal && net::classify(*literal) == net::AddressKind::Loopback);
    const bool good =
        net::checkUrl(url, here ? net::Reach::Loopback : net::Reach::Private).has_value()
        && !url.hasQuery() && !url.hasFragment();
    if (good)
        values.registryUrl = text;
    return good;
}

Error explainRegistryUrl(const QString &text)
{
    return {ErrorCode::InvalidInput,
        Sentence::tr("A registry's address is an https URL without a query (http on this machine "
                     "alone), not \"%1\".")
            .arg(repeatable(text))};
}

bool takeProxy(Values &values, const QString &text)
{
    const bool good = net::proxyFromText(text).has_value();
    if (good)
        values.proxy = text;
    return good;
}

Error explainProxy(const QString &text)
{
    return net::proxyFromText(text).error();
}

bool takeCaFile(Values &values, const QString &text)
{
    const bool good = text.isEmpty() || (QDir::isAbsolutePath(text) && net::certificatesIn(text));
    if (good)
        values.caFile = text;
    return good;
}

Error explainCaFile(const QString &text)
{
    if (QDir::isAbsolutePath(text))
        return net::certificatesIn(text).error();
    return {ErrorCode::InvalidInput,
        Sentence::tr("A certificate file is named by its whole path, beginning with \"/\".")};
}

const std::array rows{
    Row{"policy", QT_TRANSLATE_NOOP("Sentence", "ask, allow or deny"), takePolicy,
        [](const Values &values) { return QJsonValue(policyName(values.policy)); }},
    Row{"vault", QT_TRANSLATE_NOOP("Sentence", "keychain or encrypted_file"), takeVault,
        [](const Values &values) { return QJsonValue(vaultKindName(values.vault)); }},
    Row{"client_metadata_url",
        QT_TRANSLATE_NOOP("Sentence", "an https URL with a path and without a fragment, or empty"),
        takeMetadataUrl, sayPlainly<&Values::clientMetadataUrl>},
    Row{"lock_after_idle",
        QT_TRANSLATE_NOOP("Sentence", "a number of minutes up to 10080 (a week), or 0 for never"),
        takeNumber<&Values::lockAfterIdleMin, 7 * 24 * 60>, sayPlainly<&Values::lockAfterIdleMin>},
    Row{"lock_on_screen_lock", QT_TRANSLATE_NOOP("Sentence", "true or false"),
        takeFlag<&Values::lockOnScreenLock>, sayPlainly<&Values::lockOnScreenLock>},
    Row{"lock_before_sleep", QT_TRANSLATE_NOOP("Sentence", "true or false"),
        takeFlag<&Values::lockBeforeSleep>, sayPlainly<&Values::lockBeforeSleep>},
    Row{"history_keep_days",
        QT_TRANSLATE_NOOP("Sentence", "a number of days up to 36500, or 0 for ever"),
        takeNumber<&Values::historyKeepDays, 36'500>, sayPlainly<&Values::historyKeepDays>},
    Row{"history_keep_megabytes",
        QT_TRANSLATE_NOOP("Sentence", "a number of megabytes up to 1000000, or 0 for no limit"),
        takeNumber<&Values::historyKeepMegabytes, 1'000'000>,
        sayPlainly<&Values::historyKeepMegabytes>},
    Row{"registry_url", nullptr, takeRegistryUrl, sayPlainly<&Values::registryUrl>,
        explainRegistryUrl},
    Row{"proxy", nullptr, takeProxy, sayPlainly<&Values::proxy>, explainProxy},
    Row{"ca_file", nullptr, takeCaFile, sayPlainly<&Values::caFile>, explainCaFile},
};

QString nameOf(const Row &row)
{
    return QString::fromLatin1(row.name);
}

Result<void> take(Values &values, const QString &name, const QString &text)
{
    QStringList names;
    for (const Row &row : rows) {
        if (name != nameOf(row)) {
            names.append(nameOf(row));
            continue;
        }
        if (row.take(values, text))
            return {};
        if (row.explain)
            return failure(row.explain(text));
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("%1 is %2, not \"%3\".")
                .arg(name, Sentence::tr(row.meaning), repeatable(text)));
    }
    const QString last = names.takeLast();
    return failure(ErrorCode::InvalidInput,
        Sentence::tr("There is no setting \"%1\". There are %2 and %3.")
            .arg(name, names.join(QStringLiteral(", ")), last));
}

} // namespace

Settings::Settings(const QString &file)
{
    if (file.isEmpty()) {
        m_values.policy = Policy::Allow;
        m_values.vault = Vault::Kind::Memory;
        return;
    }
    m_file = std::make_unique<QSettings>(file, QSettings::IniFormat);
    for (const Row &row : rows) {
        const QString name = nameOf(row);
        const QString value = m_file->value(name).toString();
        if (value.isEmpty())
            continue;
        // A value that we don't understand must not open a door: the default policy is the stricter
        // one, and locking with the screen is on.
        if (const Result<void> taken = take(m_values, name, value); !taken)
            qCWarning(settingsLog) << file << taken.error().message;
    }
}

Result<void> Settings::set(const QString &name, const QString &value)
{
    const QJsonValue before = toJson().value(name);
    if (const Result<void> taken = take(m_values, name, value); !taken)
        return taken;
    Result<void> kept;
    if (m_file) {
        const QString directory = QFileInfo(m_file->fileName()).path();
        kept = ensurePrivateDirectory(directory);
        if (kept) {
            m_file->setValue(name, value);
            m_file->sync();
            if (m_file->status() != QSettings::NoError) {
                kept = failure(ErrorCode::Internal,
                    Sentence::tr("%1 can't be written, so the setting holds only "
                                 "until the broker ends. Check the file and its "
                                 "directory.")
                        .arg(m_file->fileName()));
            }
        }
    }
    if (toJson().value(name) != before)
        Q_EMIT changed(name);
    return kept;
}

net::WayOut Settings::wayOut() const
{
    // What is kept was understood once.
    return {net::proxyFromText(m_values.proxy).value_or(std::nullopt), m_values.caFile};
}

QJsonObject Settings::toJson() const
{
    QJsonObject object;
    for (const Row &row : rows)
        object.insert(nameOf(row), row.say(m_values));
    return object;
}

} // namespace chatelaine::broker
