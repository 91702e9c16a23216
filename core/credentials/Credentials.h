// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"

#include <QObject>

#include <memory>
#include <optional>

namespace chatelaine::credentials {

struct Parts;

/// The heart: servers and accounts, and an account's life from discovery to sign-out. It decides
/// nothing about who may borrow; the broker asks that before it comes here. Lives in one thread and
/// never blocks it. Operations of one account that would disturb each other are serialised here:
/// one refresh at a time whoever asks, one sign-in at a time. On destruction every pending
/// operation comes back with Cancelled.
class Credentials : public QObject
{
    Q_OBJECT

public:
    explicit Credentials(Context context, QObject *parent = nullptr);
    ~Credentials() override;
    Q_DISABLE_COPY_MOVE(Credentials)

    /// What the database holds. Call once, before anything else.
    void take(const store::Snapshot &all);
    /// From now on accounts expire by themselves when their tokens do. One that ended while nobody
    /// looked has its item read from the vault at once, so that a start does not begin with it.
    void watchLapses();

    // What there is. Immediate, from memory.
    QList<AccountView> accounts() const;
    std::optional<AccountView> account(const QString &accountId) const;
    /// By "name" or "name/account", or by URL of the server or its resource. NotFound names the
    /// servers that come near. With several accounts and none named, the one without a name.
    Result<AccountView> find(const QString &server, const QString &account = {}) const;

    // Servers.
    Task<Result<AccountView>> add(NewServer server, audit::ClientFacts by);
    /// Signs out first; the server is gone afterwards whatever its issuer answered.
    Task<Result<Farewell>> remove(QString accountId, audit::ClientFacts by);
    /// Removes every account, and the registrations that no sign-in came to use: at the end of a
    /// profile. Goes on after a failure and comes back with the first.
    Task<Result<void>> removeAll(audit::ClientFacts by);
    /// Changes names and settings. Tokens stay; what only a new sign-in can bring about (another
    /// client id, other scopes) counts from the next one. Errors: InvalidInput, AlreadyExists.
    Task<Result<AccountView>> change(
        QString accountId, AccountChange change, audit::ClientFacts by);
    /// A dry run: what a sign-in would meet. Sends no credential, stores nothing. The object is the
    /// result of `discover` in docs/broker-protocol.md.
    Task<Result<QJsonObject>> discover(
        NewServer server, std::shared_ptr<Person> person, std::stop_token stop);

    // Signing in and out.
    Task<Result<AccountView>> signIn(QString accountId, QStringList extraScopes,
        std::shared_ptr<Person> person, qint64 timeoutMs, std::stop_token stop);
    /// A callback URL that a person pasted. False when no sign-in waits for it.
    bool acceptCallback(const QUrl &url);
    Task<Result<Farewell>> signOut(
        QString accountId, audit::ClientFacts by, Unconfirmed unconfirmed = Unconfirmed::Forget);

    // Lending. The caller has checked that the client may.
    /// The token in memory if it is good for another `minValidMs`: the path of nearly every loan.
    std::optional<Loan> warmToken(const QString &accountId, qint64 minValidMs) const;
    /// The same, reading the vault and refreshing where needed. Errors: SignInNeeded (data.server,
    /// data.reason), Unreachable (data.retry_after_s), Locked, VaultUnavailable.
    Task<Result<Loan>> accessToken(QString accountId, qint64 minValidMs, std::stop_token stop);
    /// A new access token although the old one may still be good. SignInNeeded without a refresh
    /// token.
    Task<Result<AccountView>> refresh(QString accountId, std::stop_token stop);
    /// A client says that the server refused a token. Refreshes at most once for one token.
    Task<Result<Advice>> tokenRejected(QString accountId, QString fingerprint, int status,
        QList<QByteArray> challenges, std::stop_token stop);
    /// One MCP operation as a client of the server: lists the tools when `tool` is empty, else
    /// calls it. Signs in and steps up as the server asks, three authorizations at most.
    Task<Result<QJsonObject>> call(QString accountId, QString tool, QJsonObject arguments,
        QString protocolVersion, std::shared_ptr<Person> person, std::stop_token stop,
        BeforeUse beforeUse = {});

    /// A program was refused for want of these scopes: says so in the account's view, where a person
    /// may sign in for them.
    void noteMissing(const QString &accountId, const QStringList &scopes);

    /// Waits for the refreshes under way, `atMostMs` at most: to be called before the heart goes,
    /// since an answer that nobody hears may hold the only refresh token that is still good.
    Task<void> settle(qint64 atMostMs);

    /// Whether memory has tokens that the vault has not taken yet.
    bool holdsUnsaved() const;
    /// Tries once more to write those, and waits for it until the stop; the writing goes on. Gives
    /// the names of the accounts whose tokens only memory has then. It is done by itself when the
    /// vault opens or answers again, and at unlock(); to be called before the heart goes.
    Task<QStringList> saveUnsaved(std::stop_token stop);
    /// The heart goes, and with it tokens that the vault has not taken: says so at the accounts.
    Task<void> remarkUnsaved();

    // Locking: forgets every token in memory. While locked, lending fails with Locked.
    bool isLocked() const;
    void lock();
    void unlock();

Q_SIGNALS:
    void accountChanged(const QString &accountId); ///< anything in its AccountView; also when added
    void accountRemoved(const QString &accountId, const QString &fullName);
    void tokenChanged(const QString &accountId);
    void lockedChanged(bool locked);

private:
    std::shared_ptr<Parts> m_parts;
};

} // namespace chatelaine::credentials
