// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Time.h"

#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <QUrl>

#include <optional>

/// What the database holds, row by row. No secret is among it. Ids are 16 random bytes as base64url
/// text; an empty id is none. Times are UTC milliseconds; 0 is unknown or never.
namespace chatelaine::store {

/// How the `resource` parameter (RFC 8707) is sent to a server's issuer.
enum class ResourceMode {
    Auto, ///< byte for byte what the protected resource metadata says
    Custom,
    Omit, ///< some issuers refuse the parameter (Entra, AADSTS9010010)
};

/// What a person may set about a server. All of it optional.
struct ServerSettings
{
    QString redirectHost = QStringLiteral("127.0.0.1"); ///< or "localhost"
    quint16 redirectPort = 0; ///< 0: any free one
    ResourceMode resourceMode = ResourceMode::Auto;
    QString resourceValue;
    QStringList scopes; ///< instead of those the specification's order chooses
    QMap<QString, QString> authorizationParams; ///< extra ones; never replace standard ones
    QString caFile; ///< PEM, trusted for this server's and its issuer's TLS beside the system's
    QString clientMetadataUrl; ///< instead of the one in the settings
    QString protocolVersion; ///< speak only this MCP revision; empty: find out

    /// The names of docs/broker-protocol.md (`servers/add`); what is as usual is left out.
    QJsonObject toJson() const;
    /// Members of another type or out of range are as if absent: whoever takes them from a person
    /// checks them first.
    static ServerSettings fromJson(const QJsonObject &object);
    bool operator==(const ServerSettings &) const = default;
};

struct Server
{
    QString id;
    QString name; ///< unique; [A-Za-z0-9._-]+
    QUrl url; ///< the MCP endpoint as the person gave it
    QString resource; ///< raw string of the protected resource metadata; empty before discovery
    ServerSettings settings;
    QString protocolVersion; ///< what the server was found to speak; empty: not known yet
    UtcMs createdAt = 0;
};

/// The states an account can be in; core/credentials/AccountState.h has the transitions.
enum class AccountState { SignedOut, SignedIn, Expired, NeedsSignIn, Error };
QString accountStateName(AccountState state); ///< "signed_out", "signed_in", …
std::optional<AccountState> accountStateFromName(const QString &name);

/// One identity at a server. The tokens are in the vault under "tokens/<id>".
struct Account
{
    QString id;
    QString serverId;
    QString name; ///< empty for the first one; then "work" in "github/work"
    AccountState state = AccountState::SignedOut;
    QString issuer; ///< whose tokens these are; empty before the first sign-in
    QString registrationId;
    QString resource; ///< the resource parameter the tokens were asked with; empty: omitted
    QStringList grantedScopes;
    QStringList requestedScopes; ///< what the last authorization asked; a step-up adds to these
    UtcMs expiresAt = 0; ///< of the access token, by our clock; 0: the server did not say
    bool hasRefreshToken = false;
    QString tokenFingerprint;
    qint64 generation =
        0; ///< grows with every new token set: compare-and-delete, wanted by threats
    QString lastError;
    UtcMs signedInAt = 0;
    UtcMs createdAt = 0;
    /// When a refresh went out whose answer never came: the issuer may have rotated. 0: none.
    UtcMs refreshSentAt = 0;
};

enum class RegistrationKind { PreRegistered, ClientIdMetadata, Dynamic };
QString registrationKindName(RegistrationKind kind); ///< "pre_registered", …
std::optional<RegistrationKind> registrationKindFromName(const QString &name);

/// A client id at one issuer. Its secret and its registration access token are in the vault under
/// "client/<id>" and "registration/<id>".
struct Registration
{
    QString id;
    QString issuer; ///< never used with another
    QString serverId; ///< pre-registered ones belong to a server; empty: any at that issuer
    RegistrationKind kind = RegistrationKind::Dynamic;
    QString clientId;
    QString tokenEndpointAuthMethod; ///< "none", "client_secret_post", "client_secret_basic"
    QStringList redirectUris;
    bool hasSecret = false;
    UtcMs secretExpiresAt = 0;
    QString registrationClientUri; ///< RFC 7592
    UtcMs createdAt = 0;
};

/// An issuer's metadata as it was read last, so that a refresh after a restart needs no discovery.
struct IssuerRecord
{
    QString issuer;
    QJsonObject metadata;
    UtcMs fetchedAt = 0;
    qint64 clockSkewMs = 0; ///< server's clock minus ours, by its Date header
};

enum class GrantLifetime { Once, Session, Until, UntilLock, Always };
QString grantLifetimeName(GrantLifetime lifetime); ///< "once", "session", "until", "until_lock", …
std::optional<GrantLifetime> grantLifetimeFromName(const QString &name);

/// A standing permission. Empty accountId: every account of the server. Empty scopes: whatever the
/// account has.
struct Grant
{
    QString id;
    QString serverId;
    QString accountId;
    bool deny = false; ///< a remembered denial
    bool anyClient = false;
    QString exe; ///< the program, the script behind an interpreter, or "flatpak:ID"
    QString exeSha256; ///< of that file when the grant was made; empty: not checked
    QStringList scopes;
    GrantLifetime lifetime = GrantLifetime::Always;
    qint64 sessionPid = 0; ///< Session, at times Once: bound to this process …
    quint64 sessionStart = 0; ///< … and its start time in clock ticks since boot
    UtcMs expiresAt = 0; ///< Until: by the wall clock …
    qint64 expiresBootMs = 0; ///< … and by Clock::bootMs, which nobody sets back; 0: by the former
    QString bootId; ///< the Clock::bootId that expiresBootMs, or UntilLock, belongs to
    qint64 idleMs = 0; ///< lapses when it was not used for so long; 0: never
    UtcMs createdAt = 0;
    UtcMs lastUsed = 0;
    /// Not stored: when it was last used, or made, by Clock::bootMs of this run, which nobody sets;
    /// nullopt: only the two above say.
    std::optional<qint64> idleSinceBootMs = {};
};

} // namespace chatelaine::store
