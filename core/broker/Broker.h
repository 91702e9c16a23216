// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/Retention.h"
#include "core/base/Paths.h"
#include "core/base/Random.h"
#include "core/broker/AutoLock.h"
#include "core/broker/Lending.h"
#include "core/broker/Locking.h"
#include "core/broker/Reception.h"
#include "core/broker/Subscriptions.h"
#include "core/net/HttpClient.h"

#include <QFileSystemWatcher>
#include <QHash>

namespace chatelaine::broker {

/// The one process per user that owns the vault, the database and the sockets; or, private, one that
/// serves the one connection it was given and keeps everything in memory. Owns all rooms below.
/// Lives in one thread with an event loop.
class Broker : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        Paths paths; ///< not looked at by a private broker
        int privateConnection = -1; ///< a connected descriptor; makes the broker private
        std::optional<Vault::Kind> vault = {}; ///< instead of the one in the settings
        Secret passphrase = {}; ///< opens an encrypted file at start
        bool temporary = false; ///< at its end signs out everywhere and empties the vault of its own
        /// takeActivatedSockets(), or of a broker before us: the Broker's own from now on
        QHash<QString, int> activated = {};
        bool waitForTurn = false; ///< start() waits while another has the place
        bool settleLater = false; ///< start() leaves settle() to who called it
        qint64 leaveWhenIdleMs = 0; ///< asks to be stopped when nobody needs it for so long; 0: never
    };

    /// What comes from outside. All of it outlives the broker.
    struct Surroundings
    {
        Clock &clock;
        Random &random;
        net::HttpClient &http;
        PeerIdentity &identity;
        Prompter &prompter;
        desktop::SessionWatch *session = nullptr; ///< not looked at by a private broker
    };

    Broker(Options options, Surroundings surroundings);
    /// After stop(). Another may take the place then.
    ~Broker() override;
    Q_DISABLE_COPY_MOVE(Broker)

    /// Comes back when the sockets listen. AlreadyExists when another broker runs. After a failure
    /// there is nothing to stop.
    Task<Result<void>> start();
    /// Begins what no caller waits for: the watch over the session and over tokens that end, and
    /// fetching the history's key. A loan that comes before it fetches that by itself.
    void settle();
    /// Lets nobody in any more, calls off what runs, checkpoints the history. Waits for a start that
    /// is under way.
    Task<void> stop();

    /// Sends the listening sockets that were handed in along with what `to` is sent next; gives
    /// their names, in that order. Who takes them starts when we have stopped.
    QStringList handOver(Connection &to);
    /// A connection to who took the sockets, which closes when it goes; -1 where nobody did.
    Descriptor takeSuccessor() { return std::move(m_successor); }

    /// Locked by somebody or something, or its vault is.
    bool isLocked() const;
    /// Nothing is answered but what may be known while locked. An encrypted file that nobody has
    /// opened since the start is a lock, too. A closed keychain is none: it asks by itself when it
    /// is needed, and what is known of it may be old.
    bool isClosed() const;
    /// Locking.h says what these do. The lock itself always comes about.
    Task<Result<void>> lock(audit::ClientFacts by, LockReason reason = LockReason::Asked);
    Task<Result<void>> unlock(Secret passphrase, audit::ClientFacts by, std::stop_token stop);
    /// A person does something, or something was lent: not idle.
    void noteUse();
    /// From now on until it ends what a person has begun runs, which is use.
    class InUse
    {
    public:
        explicit InUse(Broker &broker)
            : m_broker(broker)
        {
            ++m_broker.m_inUse;
            m_broker.noteUse();
        }
        ~InUse()
        {
            --m_broker.m_inUse;
            m_broker.noteUse();
        }
        Q_DISABLE_COPY_MOVE(InUse)

    private:
        Broker &m_broker;
    };
    QJsonObject status() const;
    /// Settings::set(), written into the history.
    Result<void> changeSetting(
        const QString &name, const QString &value, const audit::ClientFacts &by);

    bool isPrivate() const { return m_options.privateConnection >= 0; }
    Clock &clock() { return m.clock; }
    Random &random() { return m.random; }
    Settings &settings() { return *m_settings; }
    Vault &vault() { return *m_vault; }
    std::shared_ptr<store::Database> database() const { return m_database; }
    audit::AuditLog &audit() { return *m_audit; }
    credentials::Credentials &credentials() { return *m_credentials; }
    GrantBook &grants() { return *m_grants; }
    Lending &lending() { return *m_lending; }
    Subscriptions &subscriptions() { return *m_subscriptions; }
    const Reception &reception() const { return *m_reception; }

Q_SIGNALS:
    /// Somebody wants it to end: a `shutdown`, or the private connection has closed; or nobody has
    /// needed it for Options::leaveWhenIdleMs, or nobody can find it any more. Emitted from the event loop; call stop() and leave.
    void stopRequested();
    /// All is closed: what was to hold until then ends here.
    void locked(chatelaine::broker::LockReason reason);
    void unlocked();

private:
    Task<Result<void>> occupy();
    Result<void> openDoors();
    Task<Result<void>> build();
    Task<Result<void>> furnish();
    Task<void> openHistoryInBackground();
    void watchOverTheLock();
    void watchOverTheEnd();
    void watchOverTheSockets();
    bool isNeeded() const;
    void keepHistoryWithinBounds();
    Task<void> lockByItself(LockReason reason);
    void forgetGoneGrants();
    Task<void> forgetAll();

    Options m_options;
    Surroundings m;
    UtcMs m_startedAt = 0;
    std::stop_source m_stop;
    bool m_settled = false;
    int m_inUse = 0;
    Descriptor m_successor;
    std::optional<Completion<bool>> m_starting;
    // In the order of the house: what is below is destroyed last.
    std::optional<BrokerLock> m_lock;
    std::optional<BrokerLock> m_dataLock;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Vault> m_vault;
    std::shared_ptr<store::Database> m_database;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<audit::AuditLog> m_audit;
    std::unique_ptr<audit::Retention> m_retention;
    std::unique_ptr<credentials::Credentials> m_credentials;
    std::unique_ptr<GrantBook> m_grants;
    std::unique_ptr<Lending> m_lending;
    std::unique_ptr<Subscriptions> m_subscriptions;
    std::unique_ptr<Locking> m_locking;
    std::unique_ptr<Reception> m_reception;
    std::unique_ptr<AutoLock> m_autoLock;
    std::unique_ptr<IdleTimer> m_leaving;
    std::unique_ptr<QFileSystemWatcher> m_socketWatch;
};

} // namespace chatelaine::broker
