// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/KeychainVault.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/Keyring.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

const QString key = QStringLiteral("tokens/a1");
const QString root = QStringLiteral("/org/freedesktop/secrets");
const QString isLocked = QStringLiteral("org.freedesktop.Secret.Error.IsLocked");

using ObjectPaths = QList<QDBusObjectPath>;

/// A Secret Service whose collection is open, with an item that has a lock of its own, as where the
/// person is asked about each item. Every prompt is answered with no; nothing is ever stored.
class AskingService : public QDBusVirtualObject
{
public:
    AskingService()
        : m_bus(QDBusConnection::connectToBus(
            QDBusConnection::SessionBus, QStringLiteral("asking-service")))
    {
        const bool isThere = m_bus.registerVirtualObject(root, this, QDBusConnection::SubPath)
            && m_bus.registerService(QStringLiteral("org.freedesktop.secrets"));
        if (!isThere)
            qFatal("The keychain's name is taken.");
    }
    ~AskingService() override
    {
        QDBusConnection::disconnectFromBus(QStringLiteral("asking-service"));
    }

    bool hasItem = true;
    int prompts = 0;

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &bus) override
    {
        bus.send(answerTo(message));
        if (message.member() == QStringLiteral("Prompt")) {
            ++prompts;
            QDBusMessage completed = QDBusMessage::createSignal(message.path(),
                QStringLiteral("org.freedesktop.Secret.Prompt"), QStringLiteral("Completed"));
            completed << true
                      << QVariant::fromValue(QDBusVariant(QVariant::fromValue(ObjectPaths())));
            bus.send(completed);
        }
        return true;
    }

private:
    QDBusMessage answerTo(const QDBusMessage &message) const
    {
        const QString member = message.member();
        const auto paths = [](const ObjectPaths &list) { return QVariant::fromValue(list); };
        const auto path = [](const QString &name) {
            return QVariant::fromValue(QDBusObjectPath(root + name));
        };
        const QVariant no = QVariant::fromValue(QDBusVariant(false));
        if (member == QStringLiteral("ReadAlias"))
            return message.createReply(path(QStringLiteral("/collection/login")));
        if (member == QStringLiteral("Get"))
            return message.createReply(no);
        if (member == QStringLiteral("GetAll"))
            return message.createReply(QVariantMap());
        if (member == QStringLiteral("SearchItems")) {
            const ObjectPaths found = hasItem
                ? ObjectPaths{QDBusObjectPath(root + QStringLiteral("/collection/login/1"))}
                : ObjectPaths();
            return message.createReply({paths({}), paths(found)});
        }
        if (member == QStringLiteral("Unlock"))
            return message.createReply({paths({}), path(QStringLiteral("/prompt/1"))});
        if (member == QStringLiteral("Prompt"))
            return message.createReply();
        if (member == QStringLiteral("OpenSession")) {
            if (message.arguments().value(0).toString() == QStringLiteral("plain"))
                return message.createReply({QVariant::fromValue(QDBusVariant(QString())),
                    path(QStringLiteral("/session/1"))});
            return message.createErrorReply(QDBusError::NotSupported, QStringLiteral("no"));
        }
        return message.createErrorReply(isLocked, QStringLiteral("locked"));
    }

    QDBusConnection m_bus;
};

} // namespace

/// What a keychain answers that is there, open, and does not do it.
class KeychainAnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { killKeyring(); }

    void anItemThatIsRefusedIsNotGone()
    {
        AskingService service;
        FakeClock clock;
        KeychainVault vault(clock);
        const auto read = await(vault.read(key, {}));
        QVERIFY(!read);
        QVERIFY(service.prompts > 0);
        QCOMPARE(read.error().code, ErrorCode::Refused);
        QVERIFY2(read.error().message.contains(QStringLiteral("answered with no")),
            qPrintable(read.error().message));
        // The keychain itself is open.
        QVERIFY(vault.state() != Vault::State::Locked);
        const auto removed = await(vault.remove(key));
        QVERIFY(!removed);
        QCOMPARE(removed.error().code, ErrorCode::Refused);
        service.hasItem = false;
        QCOMPARE(await(vault.read(key, {})).error().code, ErrorCode::NotFound);
        QVERIFY(await(vault.remove(key)));
        QCOMPARE(vault.state(), Vault::State::Open);
    }

    // It was open when it was asked, and locked when it was to be done.
    void aWriteThatIsDeniedIsLocked()
    {
        AskingService service;
        FakeClock clock;
        KeychainVault vault(clock);
        const auto written = await(vault.write(key, Secret::copyOf("x")));
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::Locked);
        QVERIFY(written.error().message.contains(QStringLiteral("keychain is locked")));
        QCOMPARE(vault.state(), Vault::State::Locked);
    }
};

QTEST_GUILESS_MAIN(KeychainAnswersTest)
#include "KeychainAnswersTest.moc"
