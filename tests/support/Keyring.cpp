// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Keyring.h"

#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDBusVariant>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

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

pid_t keyringPid()
{
    const QDBusReply<uint> pid = QDBusConnection::sessionBus().interface()->servicePid(service);
    return pid.isValid() ? static_cast<pid_t>(pid.value()) : 0;
}

void killKeyring()
{
    ::kill(keyringPid(), SIGKILL);
    QTRY_COMPARE(keyringPid(), 0);
}

void startKeyring()
{
    QProcess daemon;
    daemon.start(QStringLiteral("gnome-keyring-daemon"),
        {QStringLiteral("--unlock"), QStringLiteral("--components=secrets")});
    daemon.write("pw");
    daemon.closeWriteChannel();
    QVERIFY(daemon.waitForFinished());
    QTRY_VERIFY(keyringPid() != 0);
}

void clearKeyringItems(const char *keyPrefix)
{
    const QStringList ours{QStringLiteral("server"), QStringLiteral("chatelaine")};
    QProcess tool;
    tool.setProcessChannelMode(QProcess::MergedChannels);
    tool.start(QStringLiteral("secret-tool"),
        QStringList{QStringLiteral("search"), QStringLiteral("--all")} + ours);
    QVERIFY(tool.waitForFinished());
    static const QRegularExpression user(QStringLiteral("attribute\\.user = (\\S+)"));
    const QString listed = QString::fromUtf8(tool.readAll());
    int cleared = 0;
    for (const QRegularExpressionMatch &match : user.globalMatch(listed)) {
        if (!match.captured(1).contains(QLatin1StringView(keyPrefix)))
            continue;
        tool.start(QStringLiteral("secret-tool"),
            QStringList{QStringLiteral("clear")} + ours
                + QStringList{QStringLiteral("user"), match.captured(1)});
        QVERIFY(tool.waitForFinished());
        ++cleared;
    }
    QVERIFY(cleared > 0);
}

} // namespace chatelaine::test
