// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Records.h"

#include "core/base/Json.h"

#include <array>
#include <utility>

namespace chatelaine::store {

namespace {

template <typename Enum>
using Name = std::pair<Enum, QLatin1StringView>;

constexpr std::array resourceModes{
    Name<ResourceMode>{ResourceMode::Auto, QLatin1StringView("auto")},
    Name<ResourceMode>{ResourceMode::Custom, QLatin1StringView("custom")},
    Name<ResourceMode>{ResourceMode::Omit, QLatin1StringView("omit")},
};
constexpr std::array accountStates{
    Name<AccountState>{AccountState::SignedOut, QLatin1StringView("signed_out")},
    Name<AccountState>{AccountState::SignedIn, QLatin1StringView("signed_in")},
    Name<AccountState>{AccountState::Expired, QLatin1StringView("expired")},
    Name<AccountState>{AccountState::NeedsSignIn, QLatin1StringView("needs_sign_in")},
    Name<AccountState>{AccountState::Error, QLatin1StringView("error")},
};
constexpr std::array registrationKinds{
    Name<RegistrationKind>{RegistrationKind::PreRegistered, QLatin1StringView("pre_registered")},
    Name<RegistrationKind>{
        RegistrationKind::ClientIdMetadata, QLatin1StringView("client_id_metadata")},
    Name<RegistrationKind>{RegistrationKind::Dynamic, QLatin1StringView("dynamic")},
};
constexpr std::array grantLifetimes{
    Name<GrantLifetime>{GrantLifetime::Once, QLatin1StringView("once")},
    Name<GrantLifetime>{GrantLifetime::Session, QLatin1StringView("session")},
    Name<GrantLifetime>{GrantLifetime::Until, QLatin1StringView("until")},
    Name<GrantLifetime>{GrantLifetime::UntilLock, QLatin1StringView("until_lock")},
    Name<GrantLifetime>{GrantLifetime::Always, QLatin1StringView("always")},
};

template <typename Enum, size_t N>
QString nameOf(const std::array<Name<Enum>, N> &names, Enum value)
{
    for (const auto &[candidate, name] : names) {
        if (candidate == value)
            return name;
    }
    return {};
}

template <typename Enum, size_t N>
std::optional<Enum> valueOf(const std::array<Name<Enum>, N> &names, const QString &name)
{
    for (const auto &[value, candidate] : names) {
        if (candidate == name)
            return value;
    }
    return std::nullopt;
}

} // namespace

QString accountStateName(AccountState state)
{
    return nameOf(accountStates, state);
}

std::optional<AccountState> accountStateFromName(const QString &name)
{
    return valueOf(accountStates, name);
}

QString registrationKindName(RegistrationKind kind)
{
    return nameOf(registrationKinds, kind);
}

std::optional<RegistrationKind> registrationKindFromName(const QString &name)
{
    return valueOf(registrationKinds, name);
}

QString grantLifetimeName(GrantLifetime lifetime)
{
    return nameOf(grantLifetimes, lifetime);
}

std::optional<GrantLifetime> grantLifetimeFromName(const QString &name)
{
    return valueOf(grantLifetimes, name);
}

QJsonObject ServerSettings::toJson() const
{
    const ServerSettings usual;
    QJsonObject object;
    const auto text = [&](QLatin1StringView key, const QString &value) {
        if (!value.isEmpty())
            object.insert(key, value);
    };
    if (redirectHost != usual.redirectHost)
        text(QLatin1StringView("redirect_host"), redirectHost);
    if (redirectPort != usual.redirectPort)
        object.insert(QLatin1StringView("redirect_port"), redirectPort);
    if (resourceMode != usual.resourceMode)
        text(QLatin1StringView("resource_mode"), nameOf(resourceModes, resourceMode));
    text(QLatin1StringView("resource_value"), resourceValue);
    text(QLatin1StringView("scope"), scopes.join(u' '));
    if (!authorizationParams.isEmpty()) {
        QJsonObject params;
        for (auto it = authorizationParams.cbegin(); it != authorizationParams.cend(); ++it)
            params.insert(it.key(), it.value());
        object.insert(QLatin1StringView("authorization_params"), params);
    }
    text(QLatin1StringView("ca_file"), caFile);
    text(QLatin1StringView("client_metadata_url"), clientMetadataUrl);
    text(QLatin1StringView("protocol_version"), protocolVersion);
    return object;
}

ServerSettings ServerSettings::fromJson(const QJsonObject &object)
{
    ServerSettings settings;
    const auto text = [&](QLatin1StringView key, QString &to) {
        to = json::string(object, key).value_or(to);
    };
    text(QLatin1StringView("redirect_host"), settings.redirectHost);
    const auto port = json::integer(object, QLatin1StringView("redirect_port"));
    if (port && *port >= 0 && *port <= 65535)
        settings.redirectPort = static_cast<quint16>(*port);
    QString mode;
    text(QLatin1StringView("resource_mode"), mode);
    settings.resourceMode = valueOf(resourceModes, mode).value_or(settings.resourceMode);
    text(QLatin1StringView("resource_value"), settings.resourceValue);
    QString scope;
    text(QLatin1StringView("scope"), scope);
    settings.scopes = scope.split(u' ', Qt::SkipEmptyParts);
    const QJsonObject params = object.value(QLatin1StringView("authorization_params")).toObject();
    for (auto it = params.begin(); it != params.end(); ++it) {
        if (it->isString())
            settings.authorizationParams.insert(it.key(), it->toString());
    }
    text(QLatin1StringView("ca_file"), settings.caFile);
    text(QLatin1StringView("client_metadata_url"), settings.clientMetadataUrl);
    text(QLatin1StringView("protocol_version"), settings.protocolVersion);
    return settings;
}

} // namespace chatelaine::store
