// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/SecretService.h"

#include "core/base/Sentence.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QFile>
#include <QVariantMap>

#include <atomic>
#include <limits>

namespace chatelaine::secretservice {

namespace {

const QString service = QStringLiteral("org.freedesktop.secrets");
const QString servicePath = QStringLiteral("/org/freedesktop/secrets");
const QString serviceInterface = QStringLiteral("org.freedesktop.Secret.Service");
const QString promptInterface = QStringLiteral("org.freedesktop.Secret.Prompt");

// libdbus reads it as "no timeout".
constexpr int forever = std::numeric_limits<int>::max();

tl::unexpected<Error> absent(const QString &detail)
{
    return failure(ErrorCode::VaultUnavailable,
        Sentence::tr("No keychain is running. Start gnome-keyring (or another program "
                     "that offers org.freedesktop.secrets), or choose the encrypted "
                     "file: chatelaine broker --vault encrypted_file"),
        detail);
}

Task<Result<QDBusMessage>> call(QString bus, QDBusMessage message)
{
    Completion<QDBusMessage> answer;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection(bus).asyncCall(message, forever));
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher,
        [answer](QDBusPendingCallWatcher *finished) mutable {
            const QDBusMessage reply = finished->reply();
            finished->deleteLater();
            answer.set(reply);
        });
    const QDBusMessage reply = co_await answer;
    if (reply.type() != QDBusMessage::ReplyMessage) {
        co_return failure(ErrorCode::VaultUnavailable,
            Sentence::tr("The keychain did not answer as it should. See that it "
                         "runs and try again."),
            QStringLiteral("%1: %2").arg(reply.errorName(), reply.errorMessage()));
    }
    co_return reply;
}

QDBusMessage busMethod(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"),
        QStringLiteral("/org/freedesktop/DBus"), QStringLiteral("org.freedesktop.DBus"), method);
    message.setArguments(arguments);
    return message;
}

QDBusMessage method(const QString &path, const QString &interface, const QString &name,
    const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, name);
    message.setArguments(arguments);
    return message;
}

struct Collection
{
    QString path; ///< "/" when there is none
    QString owner;
};

Task<Result<Collection>> defaultCollection(QString bus)
{
    QDBusMessage ask = busMethod(QStringLiteral("NameHasOwner"), {service});
    Result<QDBusMessage> owned = co_await call(bus, ask);
    if (!owned)
        co_return failure(std::move(owned).error());
    if (!owned->arguments().value(0).toBool()) {
        ask = busMethod(QStringLiteral("ListActivatableNames"), {});
        Result<QDBusMessage> names = co_await call(bus, ask);
        if (!names)
            co_return failure(std::move(names).error());
        if (!names->arguments().value(0).toStringList().contains(service))
            co_return absent(QStringLiteral("nobody owns org.freedesktop.secrets"));
    }
    ask = method(
        servicePath, serviceInterface, QStringLiteral("ReadAlias"), {QStringLiteral("default")});
    Result<QDBusMessage> alias = co_await call(bus, ask);
    if (!alias)
        co_return failure(std::move(alias).error());
    Collection collection;
    collection.path = alias->arguments().value(0).value<QDBusObjectPath>().path();
    collection.owner = alias->service();
    co_return collection;
}

// Hears of a prompt's end, or of the service's.
class PromptWaiter : public QObject
{
    Q_OBJECT

public:
    PromptWaiter(const QString &bus, const QString &path)
        : m_watcher(service, QDBusConnection(bus), QDBusServiceWatcher::WatchForUnregistration)
    {
        QDBusConnection(bus).connect(service, path, promptInterface, QStringLiteral("Completed"),
            this, SLOT(completed(bool, QDBusVariant)));
        connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this,
            [this] { done.set(absent(QStringLiteral("org.freedesktop.secrets left the bus"))); });
    }

    Completion<Result<bool>> done; ///< dismissed

private Q_SLOTS:
    void completed(bool dismissed, const QDBusVariant &result)
    {
        Q_UNUSED(result);
        done.set(dismissed);
    }

private:
    QDBusServiceWatcher m_watcher;
};

} // namespace

Bus::Bus()
    : m_name([] {
        static std::atomic<int> count = 0;
        return QStringLiteral("chatelaine-secrets-%1").arg(++count);
    }())
{ }

Bus::~Bus()
{
    QDBusConnection::disconnectFromBus(m_name);
}

Result<void> Bus::connect()
{
    if (QDBusConnection(m_name).isConnected())
        return {};
    // Left to itself libdbus would launch a bus that nobody else knows.
    QString address = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    if (address.isEmpty()) {
        const QString socket = qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus");
        if (!QFile::exists(socket))
            return absent(QStringLiteral("no session bus"));
        address = QStringLiteral("unix:path=") + socket;
    }
    QDBusConnection::disconnectFromBus(m_name);
    const auto bus = QDBusConnection::connectToBus(address, m_name);
    if (!bus.isConnected())
        return absent(QStringLiteral("session bus: %1").arg(bus.lastError().message()));
    return {};
}

Task<Result<Standing>> standing(QString bus)
{
    Result<Collection> collection = co_await defaultCollection(bus);
    if (!collection)
        co_return failure(std::move(collection).error());
    Standing standing;
    standing.owner = collection->owner;
    if (collection->path == QLatin1StringView("/"))
        co_return standing;
    const QDBusMessage ask = method(collection->path,
        QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
        {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
    Result<QDBusMessage> locked = co_await call(bus, ask);
    if (!locked)
        co_return failure(std::move(locked).error());
    const QVariant closed = locked->arguments().value(0).value<QDBusVariant>().variant();
    standing.kind = closed.toBool() ? Standing::Locked : Standing::Open;
    co_return standing;
}

Task<Result<bool>> holds(QString bus, QString user, QString server)
{
    using Attributes = QMap<QString, QString>;
    static const QMetaType registered = qDBusRegisterMetaType<Attributes>();
    Q_UNUSED(registered);
    Attributes attributes;
    attributes.insert(QStringLiteral("user"), user);
    attributes.insert(QStringLiteral("server"), server);
    const QDBusMessage ask = method(servicePath, serviceInterface, QStringLiteral("SearchItems"),
        {QVariant::fromValue(attributes)});
    Result<QDBusMessage> found = co_await call(bus, ask);
    if (!found)
        co_return failure(std::move(found).error());
    using Paths = QList<QDBusObjectPath>;
    const auto open = qdbus_cast<Paths>(found->arguments().value(0));
    const auto locked = qdbus_cast<Paths>(found->arguments().value(1));
    co_return !open.isEmpty() || !locked.isEmpty();
}

Task<Result<void>> unlock(QString bus, std::stop_token stop)
{
    Result<Collection> collection = co_await defaultCollection(bus);
    if (!collection)
        co_return failure(std::move(collection).error());
    QDBusMessage ask;
    if (collection->path == QLatin1StringView("/")) {
        const QVariantMap properties{
            {QStringLiteral("org.freedesktop.Secret.Collection.Label"), QStringLiteral("Login")}};
        ask = method(servicePath, serviceInterface, QStringLiteral("CreateCollection"),
            {properties, QStringLiteral("default")});
    } else {
        ask = method(servicePath, serviceInterface, QStringLiteral("Unlock"),
            {QVariant::fromValue(QList<QDBusObjectPath>{QDBusObjectPath(collection->path)})});
    }
    Result<QDBusMessage> begun = co_await call(bus, ask);
    if (!begun)
        co_return failure(std::move(begun).error());
    const QString prompt = begun->arguments().value(1).value<QDBusObjectPath>().path();
    if (prompt.size() <= 1)
        co_return {};

    const PromptWaiter waiter(bus, prompt);
    ask = method(prompt, promptInterface, QStringLiteral("Prompt"), {QString()});
    Result<QDBusMessage> shown = co_await call(bus, ask);
    if (!shown)
        co_return failure(std::move(shown).error());
    Result<bool> dismissed = co_await orCancelled(waiter.done, stop);
    if (!dismissed) {
        if (dismissed.error().code == ErrorCode::Cancelled) {
            ask = method(prompt, promptInterface, QStringLiteral("Dismiss"), {});
            QDBusConnection(bus).asyncCall(ask);
        }
        co_return failure(std::move(dismissed).error());
    }
    if (*dismissed) {
        co_return failure(ErrorCode::Locked,
            Sentence::tr("The keychain was not opened: its prompt was dismissed or "
                         "could not be shown. Try again."));
    }
    co_return {};
}

} // namespace chatelaine::secretservice

#include "SecretService.moc"
