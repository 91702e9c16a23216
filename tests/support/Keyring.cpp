// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Keyring.h"

#include <QDBusArgument>
#include <QDBusInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QTest>

/// (oayays) of the Secret Service specification.
struct WireSecret
{
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString type;
};
Q_DECLARE_METATYPE(WireSecret)

QDBusArgument &operator<<(QDBusArgument &to, const WireSecret &secret)
{
    to.beginStructure();
    to << secret.session << secret.parameters << secret.value << secret.type;
    to.endStructure();
    return to;
}

const QDBusArgument &operator>>(const QDBusArgument &from, WireSecret &secret)
{
    from.beginStructure();
    from >> secret.session >> secret.parameters >> secret.value >> secret.type;
    from.endStructure();
    return from;
}

namespace chatelaine::test {

namespace {

const QString service = QStringLiteral("org.freedesktop.secrets");
const QString servicePath = QStringLiteral("/org/freedesktop/secrets");
const QDBusObjectPath login(QStringLiteral("/org/freedesktop/secrets/collection/login"));

} // namespace

void lockKeyring()
{
    QDBusInterface secrets(service, servicePath, QStringLiteral("org.freedesktop.Secret.Service"));
    const auto reply =
        secrets.call(QStringLiteral("Lock"), QVariant::fromValue(QList<QDBusObjectPath>{login}));
    QCOMPARE(reply.type(), QDBusMessage::ReplyMessage);
}

void unlockKeyring()
{
    qDBusRegisterMetaType<WireSecret>();
    QDBusInterface secrets(service, servicePath, QStringLiteral("org.freedesktop.Secret.Service"));
    const QDBusMessage opened = secrets.call(QStringLiteral("OpenSession"), QStringLiteral("plain"),
        QVariant::fromValue(QDBusVariant(QString())));
    const WireSecret password{
        opened.arguments().at(1).value<QDBusObjectPath>(), {}, "pw", QStringLiteral("text/plain")};
    QDBusInterface gui(service, servicePath,
        QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"));
    const auto reply = gui.call(QStringLiteral("UnlockWithMasterPassword"),
        QVariant::fromValue(login), QVariant::fromValue(password));
    QVERIFY2(reply.type() == QDBusMessage::ReplyMessage, qPrintable(reply.errorMessage()));
}

} // namespace chatelaine::test
