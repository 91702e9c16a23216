// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Broker.h"

#include "core/audit/Checkpoint.h"
#include "core/broker/Methods.h"
#include "core/broker/ProcessUse.h"
#include "core/credentials/Credentials.h"
#include "core/store/Database.h"
#include "core/vault/MemoryVault.h"
#include "core/vault/VaultFactory.h"

#include <QLoggingCategory>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <unistd.h>

namespace chatelaine::broker {

Q_LOGGING_CATEGORY(brokerLog, "chatelaine.broker")

Broker::Broker(Options options, Surroundings surroundings)
    : m_options(std::move(options))
    , m(surroundings)
{
}

Task<Result<void>> Broker::start()
{
    Completion<bool> starting;
    m_starting = starting;
    Result<void> built = co_await build();
    m_starting.reset();
    starting.set(true);
    co_return built;
}

Task<Result<void>> Broker::build()
{
    m_startedAt = m.clock.utcMs();
    const Result<void> occupied = co_await occupy();
    if (!occupied)
        co_return failure(occupied.error());
    const Result<void> furnished = co_await furnish();
    if (!furnished)
        co_return failure(furnished.error());
    if (const Result<void> open = openDoors(); !open)
        co_return failure(open.error());
    audit::Event event;
    event.event = QStringLiteral("broker.started");
    event.detail = QStringLiteral(CHATELAINE_VERSION);
    m_audit->note(event);
    keepHistoryWithinBounds();
    watchOverTheEnd();
    watchOverTheSockets();
    if (!m_options.settleLater)
        settle();
    co_return Result<void> {};
}

void Broker::settle()
{
    if (!m_reception || m_stop.stop_requested() || std::exchange(m_settled, true))
        return;
    watchOverTheLock();
    m_credentials->watchLapses();
    detach(openHistoryInBackground());
}

Task<Result<void>> Broker::furnish()
{
    m_settings = std::make_unique<Settings>(isPrivate() ? QString()
                                                        : m_options.paths.settingsFile());
    m.http.setWayOut(m_settings->wayOut());
    connect(m_settings.get(), &Settings::changed, this,
            [this] { m.http.setWayOut(m_settings->wayOut()); });
    const Vault::Kind kind = m_options.vault.value_or(m_settings->vault());
    if (kind == Vault::Kind::Memory)
        m_vault = std::make_unique<MemoryVault>();
    else
        m_vault = createVault(kind, m_options.paths, m.clock);
    // GCC 12 destroys the temporary of a conditional expression in an await twice.
    const QString file =
        isPrivate() ? QStringLiteral(":memory:") : m_options.paths.databaseFile();
    Result<std::shared_ptr<store::Database>> database = co_await store::Database::open(file);
    if (!database)
        co_return failure(std::move(database).error());
    m_database = std::move(*database);
    m_store = std::make_unique<store::Store>(m_database);
    m_audit = std::make_unique<audit::AuditLog>(m_database, *m_vault, m.clock, m.random);
    if (kind == Vault::Kind::EncryptedFile && !m_options.passphrase.isEmpty()) {
        const Secret passphrase = std::exchange(m_options.passphrase, {});
        const Result<void> unlocked = co_await m_vault->unlock(passphrase, m_stop.get_token());
        if (!unlocked)
            co_return failure(unlocked.error());
    }
    credentials::Context context {m.http,   m.clock,  m.random,
                                  *m_vault, *m_store, *m_audit,
                                  m_settings->clientMetadataUrl()};
    m_credentials = std::make_unique<credentials::Credentials>(context);
    const Result<store::Snapshot> snapshot = co_await m_store->load();
    if (!snapshot)
        co_return failure(snapshot.error());
    m_credentials->take(*snapshot);
    m_grants = std::make_unique<GrantBook>(*m_store, m.clock);
    m_grants->load(snapshot->grants, m_vault->state() == Vault::State::Locked);
    connect(m_credentials.get(), &credentials::Credentials::lockedChanged, m_grants.get(),
            [this](bool locked) {
                if (locked)
                    m_grants->endAtLock();
            });
    connect(m_credentials.get(), &credentials::Credentials::accountRemoved, this,
            &Broker::forgetGoneGrants);
    m_lending = std::make_unique<Lending>(Lending::Rooms {*m_credentials, *m_grants, *m_audit,
                                                          *m_settings, m.clock, m.random,
                                                          m.prompter});
    connect(m_grants.get(), &GrantBook::ended, this,
            [this](const store::Grant &grant, const QString &why) {
                m_lending->noteGrant(QStringLiteral("grant.ended"), grant, {}, why);
            });
    m_lending->setUsedHandler([this] { noteUse(); });
    m_subscriptions =
        std::make_unique<Subscriptions>(*m_credentials, *m_audit, *m_lending);
    connect(m_credentials.get(), &credentials::Credentials::lockedChanged, m_subscriptions.get(),
            &Subscriptions::sayLocked);
    m_locking = std::make_unique<Locking>(
        Locking::Rooms {m.clock, *m_vault, *m_credentials, *m_audit, *m_lending});
    connect(m_locking.get(), &Locking::locked, this, &Broker::locked);
    connect(m_locking.get(), &Locking::unlocked, this, &Broker::unlocked);
    co_return Result<void> {};
}

Result<void> Broker::openDoors()
{
    const auto handler = [this](Call call) {
        if (m_leaving)
            m_leaving->used();
        return runMethod(*this, std::move(call));
    };
    m_reception =
        std::make_unique<Reception>(m.identity, handler, ReceptionLimits::ofThisProcess());
    m_locking->setReception(m_reception.get());
    if (isPrivate()) {
        m_reception->setClosedHandler([this] {
            // From the event loop: the connection that closes is still at work.
            QTimer::singleShot(0, this, &Broker::stopRequested);
        });
        return m_reception->adopt(m_options.privateConnection, Right::Control);
    }
    struct Door
    {
        QString name;
        QString path;
        Right right;
    };
    for (const Door &door :
         {Door {QStringLiteral("broker"), m_options.paths.brokerSocket(), Right::Borrow},
          Door {QStringLiteral("control"), m_options.paths.controlSocket(), Right::Control}}) {
        const int passed = m_options.activated.value(door.name, -1);
        Result<std::unique_ptr<ListeningSocket>> socket = passed >= 0
            ? ListeningSocket::adopt(passed, door.path)
            : ListeningSocket::bind(door.path);
        if (!socket)
            return failure(std::move(socket).error());
        m_options.activated.remove(door.name);
        m_reception->listen(std::move(*socket), door.right);
    }
    return {};
}

Task<void> Broker::openHistoryInBackground()
{
    // A keychain that is closed or slow keeps nobody from being served what needs no keychain; the
    // next loan tries again.
    const Result<void> opened = co_await m_lending->openHistory(m_stop.get_token());
    if (!opened && opened.error().code != ErrorCode::Cancelled)
        qCWarning(brokerLog) << "The history is not open yet:" << opened.error().message;
    if (opened)
        m_retention->look();
}

void Broker::keepHistoryWithinBounds()
{
    m_retention = std::make_unique<audit::Retention>(m_database, *m_audit, m.clock);
    const auto apply = [this] {
        const Settings::Values &values = m_settings->values();
        m_retention->setLimits({values.historyKeepDays, values.historyKeepMegabytes});
    };
    apply();
    connect(m_settings.get(), &Settings::changed, m_retention.get(), apply);
    connect(m_locking.get(), &Locking::unlocked, m_retention.get(), &audit::Retention::look);
}

void Broker::forgetGoneGrants()
{
    QStringList servers;
    QStringList accounts;
    const QList<credentials::AccountView> all = m_credentials->accounts();
    for (const credentials::AccountView &account : all) {
        servers.append(account.server.id);
        accounts.append(account.account.id);
    }
    m_grants->keepOnly(servers, accounts);
}

Task<void> Broker::stop()
{
    m_stop.request_stop();
    m_autoLock.reset();
    m_leaving.reset();
    m_socketWatch.reset();
    if (m_starting)
        co_await *m_starting;
    if (m_reception)
        co_await m_reception->drain();
    if (!m_reception)
        co_return;
    co_await m_locking->leave();
    if (m_options.temporary)
        co_await forgetAll();
}

Task<void> Broker::forgetAll()
{
    const Result<void> removed = co_await m_credentials->removeAll({});
    if (!removed)
        qCWarning(brokerLog) << "Not all was forgotten:" << removed.error().message;
    const Result<void> forgotten = co_await audit::forgetHistory(m_vault.get());
    if (!forgotten)
        qCWarning(brokerLog) << "The history's key was not forgotten:" << forgotten.error().message;
}

bool Broker::isLocked() const
{
    return m_credentials->isLocked() || m_vault->state() == Vault::State::Locked;
}

bool Broker::isClosed() const
{
    return m_credentials->isLocked()
        || (m_vault->kind() == Vault::Kind::EncryptedFile
            && m_vault->state() == Vault::State::Locked);
}

Task<Result<void>> Broker::lock(audit::ClientFacts by, LockReason reason)
{
    co_await m_locking->lock(reason, std::move(by));
    co_return Result<void> {};
}

Task<Result<void>> Broker::unlock(Secret passphrase, audit::ClientFacts by, std::stop_token stop)
{
    return m_locking->unlock(std::move(passphrase), std::move(by), std::move(stop));
}

void Broker::noteUse()
{
    if (m_autoLock)
        m_autoLock->used();
    if (m_leaving)
        m_leaving->used();
}

void Broker::watchOverTheEnd()
{
    if (isPrivate() || m_options.leaveWhenIdleMs == 0)
        return;
    m_leaving = std::make_unique<IdleTimer>(m.clock, [this] { return isNeeded(); });
    connect(m_leaving.get(), &IdleTimer::due, this, &Broker::stopRequested);
    m_leaving->setLimit(m_options.leaveWhenIdleMs);
}

// logind takes a session's runtime directory away at its end and makes a new one at the next login:
// who stayed would hold the data, and nobody could reach it.
void Broker::watchOverTheSockets()
{
    if (isPrivate())
        return;
    m_socketWatch = std::make_unique<QFileSystemWatcher>(QStringList{m_options.paths.runtimeDir});
    connect(m_socketWatch.get(), &QFileSystemWatcher::directoryChanged, this, [this] {
        if (m_reception->isReachable())
            return;
        qCWarning(brokerLog) << "The sockets were removed, so nobody finds this broker: it ends.";
        Q_EMIT stopRequested();
    });
}

// Whether the next start would find less than there is now.
bool Broker::isNeeded() const
{
    if (!m_reception->connections().empty() || m_credentials->holdsUnsaved())
        return true;
    // A lock ends with the process, unless it is the vault's own; so does what opened a vault of ours.
    const bool fileIsOpen = m_vault->kind() == Vault::Kind::EncryptedFile
        && m_vault->state() == Vault::State::Open;
    const bool onlyWeAreLocked =
        m_credentials->isLocked() && m_vault->kind() == Vault::Kind::Keychain;
    if (fileIsOpen || onlyWeAreLocked || m_vault->kind() == Vault::Kind::Memory)
        return true;
    const QList<store::Grant> &grants = m_grants->all();
    return std::any_of(grants.cbegin(), grants.cend(), [](const store::Grant &grant) {
        return grant.lifetime == store::GrantLifetime::Session;
    });
}

void Broker::watchOverTheLock()
{
    if (isPrivate())
        return;
    m_autoLock =
        std::make_unique<AutoLock>(m.clock, *m_settings, m.session, [this] { return m_inUse > 0; });
    connect(m_credentials.get(), &credentials::Credentials::lockedChanged, m_autoLock.get(),
            &AutoLock::setLocked);
    connect(m_autoLock.get(), &AutoLock::due, this,
            [this](LockReason reason) { detach(lockByItself(reason)); });
    m_autoLock->setLocked(m_credentials->isLocked());
}

Task<void> Broker::lockByItself(LockReason reason)
{
    co_await m_locking->lock(reason, {});
    if (reason == LockReason::Sleep)
        m.session->letSleep();
}

Result<void> Broker::changeSetting(
    const QString &name, const QString &value, const audit::ClientFacts &by)
{
    const Result<void> set = m_settings->set(name, value);
    audit::Event event;
    event.event = QStringLiteral("settings.changed");
    event.outcome = set ? audit::Outcome::Ok : audit::Outcome::Failed;
    event.client = by;
    // What was refused may be anything, a password too.
    event.detail = set ? name + u'=' + value : name;
    m_audit->note(event);
    return set;
}

QJsonObject Broker::status() const
{
    const QList<credentials::AccountView> accounts = m_credentials->accounts();
    QSet<QString> servers;
    for (const credentials::AccountView &account : accounts)
        servers.insert(account.server.id);
    QJsonObject object {
        {QStringLiteral("broker_version"), QStringLiteral(CHATELAINE_VERSION)},
        {QStringLiteral("protocol"), protocol::version},
        {QStringLiteral("pid"), static_cast<qint64>(::getpid())},
        {QStringLiteral("locked"), isLocked()},
        {QStringLiteral("policy"), policyName(m_settings->policy())},
        {QStringLiteral("vault"),
         QJsonObject {{QStringLiteral("kind"), vaultKindName(m_vault->kind())},
                      {QStringLiteral("state"), vaultStateName(m_vault->state())},
                      {QStringLiteral("description"), m_vault->description()}}},
        {QStringLiteral("database"), m_database->path()},
        {QStringLiteral("servers"), servers.size()},
        {QStringLiteral("accounts"), accounts.size()},
        {QStringLiteral("process"), processUse()},
        {QStringLiteral("connections"), static_cast<qint64>(m_reception->connections().size())},
        {QStringLiteral("started_at"), toRfc3339(m_startedAt)}};
    const QString socket = m_reception->pathOf(Right::Borrow);
    if (!socket.isEmpty())
        object.insert(QStringLiteral("socket"), socket);
    return object;
}

} // namespace chatelaine::broker
