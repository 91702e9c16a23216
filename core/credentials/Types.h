// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditEvent.h"
#include "core/base/Async.h"
#include "core/base/Secret.h"
#include "core/store/Records.h"

#include <functional>
#include <optional>

namespace chatelaine {
class Clock;
class Random;
class Vault;
namespace net {
class HttpClient;
}
namespace store {
class Store;
struct Snapshot;
}
namespace audit {
class AuditLog;
}
} // namespace chatelaine

namespace chatelaine::credentials {

/// What the rooms below are, as the heart sees them. All of them outlive it.
struct Context
{
    net::HttpClient &http;
    Clock &clock;
    Random &random;
    Vault &vault;
    store::Store &store;
    audit::AuditLog &audit;
    QString clientMetadataUrl = {}; ///< Client ID Metadata Document; empty: there is none
};

/// An account with its server, as programs and windows see it. A copy: it does not change by
/// itself.
struct AccountView
{
    store::Server server;
    store::Account account;
    std::optional<store::Registration> registration;
    /// What programs were refused for since this process began: scopes that a sign-in may bring.
    QStringList missingScopes = {};

    /// "github", or "github/work" for an account that has a name.
    QString fullName() const;
    /// The fields of `chatelaine list --json` (absent means unknown).
    QJsonObject toJson() const;
};

/// An access token on its way to a client. Whoever hands it out has its audit record committed
/// first.
struct Loan
{
    Secret accessToken;
    QString tokenType = QStringLiteral("Bearer");
    UtcMs expiresAt = 0; ///< by our clock; 0: the issuer did not say
    QStringList scopes;
    QString resource;
    QString fingerprint;
};

/// What a person gives to add or to try a server.
struct NewServer
{
    QString url; ///< as typed; checked by add() and discover()
    QString name; ///< empty: made from the host
    QString account;
    store::ServerSettings settings;
    QString clientId; ///< pre-registered; empty: none
    Secret clientSecret;
};

/// What a person changes about an account and its server.
struct AccountChange
{
    QString name; ///< of the server
    QString account;
    store::ServerSettings settings;
    QString clientId; ///< pre-registered; empty: none
    Secret clientSecret; ///< empty: the one that is there, while the client id stays
};

/// What a person has to see to sign in.
struct AuthorizationPrompt
{
    QUrl url; ///< https, or http to loopback; nothing else gets here
    QString host; ///< of the authorization server: shown before the browser opens
    QString server;
    QStringList scopes;
    QString redirectUri;
};

/// The person (or program) an operation runs for. Without one nothing interactive happens and the
/// operation ends with SignInNeeded. Implemented by the broker's connections and by the windows.
class Person
{
public:
    virtual ~Person() = default;
    /// Opens nothing by itself: shows the prompt, and opens the browser where a click or a command
    /// asked for it.
    virtual void authorize(const AuthorizationPrompt &prompt) = 0;
    virtual void progress(const QString &step, const QString &detail) = 0;
    /// A step of discover() has ended: one of its `steps[]`.
    virtual void stepDone(const QJsonObject &step) { Q_UNUSED(step) }
    /// Who is behind it, for the history.
    virtual audit::ClientFacts facts() const = 0;
};

/// What a server said when tokens were given back (RFC 7009) and a registration was deleted
/// (RFC 7592): one sentence each; empty where there was nothing to do.
struct Farewell
{
    QString revocation;
    QString registration;
    bool revoked = false;
};

/// What signing out does where the issuer does not confirm that it has taken the tokens back.
enum class Unconfirmed {
    Forget, ///< they are forgotten all the same: nobody here can use them any more
    Keep, ///< the account stays signed in, so that it can be tried again
};

/// Told of each access token before an operation uses it, once for each: an error ends the
/// operation, and the token goes nowhere.
using BeforeUse = std::function<Task<Result<void>>(Loan loan)>;

enum class Advice { RetryWithNewToken, SignInNeeded, StepUp, GiveUp };
QString adviceName(Advice advice); ///< "retry_with_new_token", …

} // namespace chatelaine::credentials
