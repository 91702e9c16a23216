// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>
#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace chatelaine::test {

/// One session of a user, (susso) of logind's ListSessions.
struct LoginSession
{
    QString id;
    uint uid = 0;
    QString user;
    QString seat;
    QDBusObjectPath path;
};
using LoginSessions = QList<LoginSession>;

/// What of logind's manager is asked for.
class LoginManager : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    LoginSessions sessions;
    QStringList inhibited; ///< what was asked for: "sleep/delay"
    /// How many inhibitors are held at this moment.
    int held();

public Q_SLOTS:
    chatelaine::test::LoginSessions ListSessions() const { return sessions; }
    QDBusUnixFileDescriptor Inhibit(
        const QString &what, const QString &who, const QString &why, const QString &mode);

private:
    QList<int> m_ends; ///< of pipes whose other ends the inhibitors are
};

/// A session bus and a system bus of our own, named in the environment while it lives, and on the
/// second one a logind.
class DesktopStandIn
{
public:
    DesktopStandIn();
    ~DesktopStandIn();

    void startLogin();
    void stopLogin();
    LoginManager &login() { return *m_login; }

    /// Signals, as the real ones send them; `path` empty: this user's session.
    void screenSaver(const QString &interface, bool active);
    void lockSession(const QString &path = {});
    void lockedHint(bool locked, const QString &path = {});
    void prepareForSleep(bool begins);
    void sessionNew();
    /// The same by somebody who is not logind.
    void forgedLock();

    static QString ownSession();
    static QString foreignSession();

private:
    QString startBus(QProcess &daemon);

    QProcess m_sessionDaemon;
    QProcess m_systemDaemon;
    QByteArray m_sessionBefore;
    QByteArray m_systemBefore;
    QString m_systemAddress;
    std::unique_ptr<LoginManager> m_login;
};

} // namespace chatelaine::test

Q_DECLARE_METATYPE(chatelaine::test::LoginSession)
