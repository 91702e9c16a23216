// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/AccountState.h"
#include "core/credentials/Catalogue.h"
#include "core/credentials/LapseWatch.h"
#include "core/credentials/Refresher.h"
#include "core/credentials/TokenKeeper.h"
#include "core/credentials/Types.h"
#include "core/net/HttpClient.h"
#include "core/oauth/AuthorizationRequest.h"
#include "core/oauth/Discovery.h"
#include "core/oauth/Registration.h"
#include "core/oauth/TokenEndpoint.h"

#include <QSet>

#include <functional>
#include <memory>

namespace chatelaine::credentials {

/// A sign-in that waits for its callback, from the browser or from a person's clipboard.
struct PendingAuthorization
{
    oauth::AuthorizationRequest request;
    Completion<Result<Secret>> code;
};

/// Changes an account's record. Give it a name before the awaited call that takes it: GCC 12
/// destroys a closure that is written there twice.
using AccountEdit = std::function<void(store::Account &)>;

/// What the flows of this room share. Every flow holds it by shared pointer until it is done, so
/// that the heart may go while a vault still thinks.
struct Parts : std::enable_shared_from_this<Parts>
{
    explicit Parts(Context given);

    Context context;
    Catalogue catalogue;
    TokenKeeper tokens;
    oauth::Discovery discovery;
    oauth::TokenEndpoint tokenEndpoint;
    Refresher refresher;
    LapseWatch lapses;

    std::stop_source stopping; ///< requested when the heart goes
    bool locked = false;
    QHash<QString, std::shared_ptr<PendingAuthorization>> pending; ///< by account
    QStringList authorizing; ///< accounts with a sign-in under way
    QSet<QString> leaving; ///< accounts with a sign-out under way: nothing is refreshed
    /// By account: how many sign-ins have put tokens into the vault. Who has waited for something
    /// sees by it whether one came meanwhile.
    QHash<QString, quint64> signIns;
    /// Registrations whose last sign-in never came back from the browser: the issuer may have
    /// pruned them and shown an error page. The next sign-in registers anew; refreshes still use
    /// them.
    QSet<QString> suspectRegistrations;

    /// The token that came of a client's word that the server refuses the one before; by account.
    struct Replaced
    {
        QString fingerprint;
        qint64 bootMs = 0;
    };
    QHash<QString, Replaced> replaced;

    // To the face; empty once it is gone.
    std::function<void(const QString &)> accountChanged;
    std::function<void(const QString &)> tokenChanged;

    /// Scopes that an operation lacked go into the account's view, and whoever looks is told.
    void noteMissing(const QString &accountId, const QStringList &scopes);
    UtcMs now() const;
    Instant instant() const;

    /// Moves an account: `edit` changes the record, then the state machine has its say, the
    /// database takes it and the history has it. A transition that the machine does not know
    /// changes nothing.
    Task<Result<void>> move(
        QString accountId, AccountEvent event, audit::Event about, AccountEdit edit);
    /// Remembers what went wrong last, for the person; no transition.
    Task<Result<void>> remark(QString accountId, QString lastError);
    /// Marks the account as having a refresh on the way (`sentAt`), or not any more (0).
    Task<Result<void>> markRefresh(QString accountId, UtcMs sentAt);

    audit::Event eventFor(const AccountView &view) const;
};

/// The client identity that a registration row stands for, its secret read from the vault.
Task<Result<oauth::ClientIdentity>> identityOf(
    std::shared_ptr<Parts> parts, store::Registration registration);
/// Forgets a registration that the issuer no longer knows, with its secrets.
Task<Result<void>> forgetRegistration(std::shared_ptr<Parts> parts, QString registrationId);

enum class MetadataFrom {
    Cache, ///< where there is one of the last 24 hours, or an older one and nothing newer to be had
    Issuer, ///< what it says now, remembered for the next time
};
/// The metadata of the account's issuer. SignInNeeded with data.reason "issuer_changed" where the
/// server names another, by its own word and not for want of one.
Task<Result<oauth::AuthorizationServerMetadata>> metadataOf(std::shared_ptr<Parts> parts,
    AccountView view, net::Reach reach, MetadataFrom from, std::stop_token stop);
/// What is written down about an issuer, however old.
std::optional<oauth::AuthorizationServerMetadata> writtenMetadata(
    const Parts &parts, const QString &issuer, net::Reach reach);
/// Writes down what discovery has found out, for refreshes after a restart.
Task<void> rememberIssuer(std::shared_ptr<Parts> parts, oauth::Discovered found);

/// The resource parameter as the server's settings want it.
QString resourceParameter(const store::Server &server, const oauth::Discovered &found);

} // namespace chatelaine::credentials
