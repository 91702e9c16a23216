// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/KeychainVault.h"

#include "core/base/Sentence.h"
#include "core/vault/SecretService.h"

#include <QLibrary>
#include <qt6keychain/keychain.h>

#include <cstring>
#include <deque>

namespace chatelaine {

namespace {

enum class Action { Read, Write, Remove };

// One call of the vault: waits in our queue, then runs alone.
struct Operation
{
    Action action;
    QString key;
    Secret value = {};
    Completion<Result<Secret>> done = {};

    QString text() const
    {
        switch (action) {
        case Action::Read:
            return Sentence::tr("read %1").arg(key);
        case Action::Write:
            return Sentence::tr("write %1").arg(key);
        case Action::Remove:
            return Sentence::tr("remove %1").arg(key);
        }
        return {};
    }
};

using OperationPtr = std::shared_ptr<Operation>;

// libsecret, which QtKeychain has loaded, keeps its session with a keychain that has been restarted
// and gets "The session does not exist" for ever after.
void forgetSession()
{
    using Disconnect = void (*)();
    QLibrary library(QStringLiteral("secret-1"), 0);
    if (const auto disconnect =
            reinterpret_cast<Disconnect>(library.resolve("secret_service_disconnect")))
        disconnect();
}

// QtKeychain keeps a copy that shares these bytes and does not wipe it.
void wipeShared(const QByteArray &bytes)
{
    if (!bytes.isEmpty())
        explicit_bzero(const_cast<char *>(bytes.constData()), static_cast<size_t>(bytes.size()));
}

tl::unexpected<Error> lockedError()
{
    return failure(
        ErrorCode::Locked, Sentence::tr("The keychain is locked. Run: chatelaine unlock"));
}

tl::unexpected<Error> keychainError(QKeychain::Error code, const QString &text, const QString &key)
{
    switch (code) {
    case QKeychain::EntryNotFound:
        return failure(ErrorCode::NotFound,
            Sentence::tr("The keychain holds no item named %1.").arg(key), text);
    case QKeychain::AccessDeniedByUser:
        return failure(ErrorCode::Refused,
            Sentence::tr("The keychain's prompt was answered with no. Try again and "
                         "allow it."),
            text);
    case QKeychain::AccessDenied:
        return lockedError();
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return failure(ErrorCode::VaultUnavailable,
            Sentence::tr("No keychain can be used here. Install libsecret and start "
                         "gnome-keyring, or choose the encrypted file."),
            text);
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    return failure(ErrorCode::VaultUnavailable,
        Sentence::tr("The keychain answered an error. Nothing was lost; see that it "
                     "runs and try again."),
        text);
}

} // namespace

struct KeychainVault::Private : std::enable_shared_from_this<Private>
{
    KeychainVault *owner = nullptr; ///< null once it is gone
    Clock &clock;
    QString service;
    QString prefix;
    Limits limits;
    secretservice::Bus bus;
    std::unique_ptr<Alarm> alarm;
    std::deque<OperationPtr> queue;
    OperationPtr running;
    QString keeper; ///< who offered the keychain at the last job
    qint64 startedAt = 0;
    bool stuck = false;

    Private(KeychainVault *vault, Clock &time, QString name, QString before, Limits limit)
        : owner(vault)
        , clock(time)
        , service(std::move(name))
        , prefix(std::move(before))
        , limits(limit)
        , alarm(time.createAlarm())
    { }

    void setState(State state)
    {
        if (owner)
            owner->setState(state);
    }
    Error stuckError() const
    {
        return {ErrorCode::VaultUnavailable,
            Sentence::tr("The keychain has not answered for %1 s (waiting to %2). Nothing was "
                         "lost; look for a prompt of the keychain, or restart it.")
                .arg((clock.bootMs() - startedAt) / 1000)
                .arg(running->text()),
            {}, {}};
    }
    void giveUp();
    void pump();
    Completion<Result<Secret>> enqueue(Operation operation);
    static Task<void> execute(std::shared_ptr<Private> self, OperationPtr operation);
    static Task<Result<Secret>> perform(std::shared_ptr<Private> self, OperationPtr operation);
    void noteOutcome(const Result<Secret> &outcome);
};

KeychainVault::KeychainVault(Clock &clock, QString service, QString prefix, Limits limits)
    : m(std::make_shared<Private>(this, clock, std::move(service), std::move(prefix), limits))
{
    connect(m->alarm.get(), &Alarm::fired, this, [this] { m->giveUp(); });
}

KeychainVault::~KeychainVault()
{
    // A hung job keeps `m` until it returns, but nothing of ours that may go before it.
    m->owner = nullptr;
    m->alarm.reset();
    const auto queued = std::exchange(m->queue, {});
    for (const OperationPtr &operation : queued)
        operation->done.set(cancelled());
    if (const OperationPtr running = m->running)
        running->done.set(cancelled());
}

Vault::Kind KeychainVault::kind() const
{
    return Kind::Keychain;
}

QString KeychainVault::description() const
{
    if (m->stuck)
        return m->stuckError().message;
    switch (state()) {
    case State::Unknown:
        return Sentence::tr("Secrets are in the session's keychain.");
    case State::Open:
        return Sentence::tr("Secrets are in the session's keychain, which is open.");
    case State::Locked:
        return Sentence::tr("The session's keychain is locked.");
    case State::Unavailable:
        return Sentence::tr("No keychain answers.");
    }
    return {};
}

void KeychainVault::Private::giveUp()
{
    if (!running)
        return;
    stuck = true;
    const Error error = stuckError();
    setState(State::Unavailable);
    const OperationPtr hung = running;
    const auto queued = std::exchange(queue, {});
    // Whoever is told may drop the vault.
    const auto self = shared_from_this();
    hung->done.set(failure(error));
    for (const OperationPtr &operation : queued)
        operation->done.set(failure(error));
}

void KeychainVault::Private::pump()
{
    if (running || queue.empty() || !owner)
        return;
    running = queue.front();
    queue.pop_front();
    startedAt = clock.bootMs();
    alarm->set(startedAt + limits.jobMs);
    detach(execute(shared_from_this(), running));
}

Completion<Result<Secret>> KeychainVault::Private::enqueue(Operation operation)
{
    const auto entry = std::make_shared<Operation>(std::move(operation));
    if (stuck) {
        entry->done.set(failure(stuckError()));
    } else {
        queue.push_back(entry);
        pump();
    }
    return entry->done;
}

Task<void> KeychainVault::Private::execute(std::shared_ptr<Private> self, OperationPtr operation)
{
    const Result<Secret> outcome = co_await perform(self, operation);
    self->running.reset();
    self->stuck = false;
    if (self->alarm)
        self->alarm->clear();
    self->noteOutcome(outcome);
    self->pump();
    operation->done.set(outcome);
}

void KeychainVault::Private::noteOutcome(const Result<Secret> &outcome)
{
    // Cancelled: it was found open, but nobody waited any more.
    if (outcome || outcome.error().code == ErrorCode::NotFound
        || outcome.error().code == ErrorCode::Cancelled)
        setState(State::Open);
    else if (outcome.error().code == ErrorCode::Locked)
        setState(State::Locked);
    else if (outcome.error().code == ErrorCode::VaultUnavailable)
        setState(State::Unavailable);
}

Task<Result<Secret>> KeychainVault::Private::perform(
    std::shared_ptr<Private> self, OperationPtr operation)
{
    if (auto connected = self->bus.connect(); !connected)
        co_return failure(std::move(connected).error());
    Result<secretservice::Standing> standing = co_await secretservice::standing(self->bus.name());
    if (!standing)
        co_return failure(std::move(standing).error());
    if (standing->kind != secretservice::Standing::Open)
        co_return lockedError();
    if (!self->keeper.isEmpty() && self->keeper != standing->owner)
        forgetSession();
    self->keeper = standing->owner;
    // Given up meanwhile: a write that nobody waits for any more may not come after a newer one.
    if (operation->done.isSet())
        co_return cancelled();

    QKeychain::Job *job = nullptr;
    QKeychain::ReadPasswordJob *reading = nullptr;
    QByteArray bytes;
    switch (operation->action) {
    case Action::Read:
        job = reading = new QKeychain::ReadPasswordJob(self->service);
        break;
    case Action::Write: {
        auto *writing = new QKeychain::WritePasswordJob(self->service);
        bytes = operation->value.expose().toByteArray();
        writing->setBinaryData(bytes);
        job = writing;
        break;
    }
    case Action::Remove:
        job = new QKeychain::DeletePasswordJob(self->service);
        break;
    }
    job->setKey(self->prefix + operation->key);
    job->setInsecureFallback(false);
    job->setAutoDelete(false);
    Completion<QKeychain::Error> finished;
    QObject::connect(job, &QKeychain::Job::finished, job,
        [finished](QKeychain::Job *by) mutable { finished.set(by->error()); });
    job->start();
    const QKeychain::Error error = co_await finished;

    Secret value;
    if (reading && error == QKeychain::NoError) {
        bytes = reading->binaryData();
        value = Secret::copyOf(bytes);
    }
    wipeShared(bytes);
    const QString errorText = job->errorString();
    job->deleteLater();
    // Of an item that has a lock of its own libsecret says after the person's no that there is
    // none, and that it was removed.
    const bool isSaidGone = error == QKeychain::EntryNotFound
        || (operation->action == Action::Remove && error == QKeychain::NoError);
    if (isSaidGone) {
        Result<bool> held = co_await secretservice::holds(
            self->bus.name(), self->prefix + operation->key, self->service);
        if (!held)
            co_return failure(std::move(held).error());
        if (*held)
            co_return keychainError(QKeychain::AccessDeniedByUser, errorText, operation->key);
    }
    if (error != QKeychain::NoError)
        co_return keychainError(error, errorText, operation->key);
    co_return value;
}

Task<Result<Secret>> KeychainVault::read(QString key, std::stop_token stop)
{
    Operation operation{Action::Read, std::move(key)};
    co_return co_await orCancelled(m->enqueue(std::move(operation)), std::move(stop));
}

Task<Result<void>> KeychainVault::write(QString key, Secret value)
{
    Operation operation{Action::Write, std::move(key), std::move(value)};
    Result<Secret> done = co_await m->enqueue(std::move(operation));
    if (!done)
        co_return failure(std::move(done).error());
    co_return {};
}

Task<Result<void>> KeychainVault::remove(QString key)
{
    Operation operation{Action::Remove, std::move(key)};
    Result<Secret> done = co_await m->enqueue(std::move(operation));
    if (!done && done.error().code != ErrorCode::NotFound)
        co_return failure(std::move(done).error());
    co_return {};
}

Task<Result<void>> KeychainVault::unlock(Secret passphrase, std::stop_token stop)
{
    Q_UNUSED(passphrase);
    const std::shared_ptr<Private> self = m;
    if (auto connected = self->bus.connect(); !connected) {
        setState(State::Unavailable);
        co_return failure(std::move(connected).error());
    }
    // Not in the queue: who reads while the person types is to be told "locked" at once.
    std::stop_source either;
    Completion<Result<void>> done;
    const auto run = [](std::shared_ptr<Private> own, Completion<Result<void>> to,
                         std::stop_token until) -> Task<void> {
        Result<void> opened = co_await secretservice::unlock(own->bus.name(), until);
        if (opened)
            own->setState(State::Open);
        else if (opened.error().code == ErrorCode::Locked)
            own->setState(State::Locked);
        else if (opened.error().code == ErrorCode::VaultUnavailable)
            own->setState(State::Unavailable);
        to.set(std::move(opened));
    };
    const std::unique_ptr<Alarm> limit = self->clock.createAlarm();
    const qint64 seconds = self->limits.unlockMs / 1000;
    QObject::connect(limit.get(), &Alarm::fired, limit.get(), [done, either, seconds]() mutable {
        either.request_stop();
        done.set(failure(ErrorCode::VaultUnavailable,
            Sentence::tr("The keychain was not opened within %1 s. Look for its "
                         "prompt and try again.")
                .arg(seconds)));
    });
    limit->set(self->clock.bootMs() + self->limits.unlockMs);
    const std::stop_callback onStop(stop, [done, either]() mutable {
        either.request_stop();
        done.set(cancelled());
    });
    detach(run(self, done, either.get_token()));
    co_return co_await done;
}

void KeychainVault::lock() { }

} // namespace chatelaine
