// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Async.h"

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QStringList>
#include <QVariantMap>

namespace chatelaine::desktop {

/// Hears that the screen is locked and that the machine is about to sleep.
///
/// The session bus has the screen savers' ActiveChanged; the system bus has logind, whose sessions
/// of this user say Lock and LockedHint, and which waits with sleep for whoever holds an inhibitor
/// (https://www.freedesktop.org/software/systemd/man/org.freedesktop.login1.html). A bus or a
/// service that is not there is said once in the log, and what it would have told is not told.
///
/// Connects when it is first wanted, in a thread of its own: a bus that hangs holds up nobody. While
/// nothing happens it does nothing. Lives in one thread with an event loop.
class SessionWatch : public QObject
{
    Q_OBJECT

public:
    explicit SessionWatch(QObject *parent = nullptr);
    ~SessionWatch() override;

    struct Wanted
    {
        bool screenLock = false;
        bool sleep = false; ///< the machine's sleep is held up until letSleep(), each time
        bool operator==(const Wanted &) const = default;
    };
    /// Counts from when the buses have answered. May change at any time.
    void watch(Wanted wanted);
    /// After aboutToSleep(): all is done that had to be. logind waits some seconds at most
    /// (InhibitDelayMaxSec), then the machine sleeps anyway. Once it is awake again this does
    /// nothing: the next sleep is held up all the same.
    void letSleep();

Q_SIGNALS:
    void screenLocked();
    void aboutToSleep();
    /// What was wanted is now watched, as far as this machine has it.
    void watching();

private Q_SLOTS:
    void screenSaverChanged(bool active);
    void sessionLocked(const QDBusMessage &message);
    void sessionChanged(const QString &interface, const QVariantMap &changed,
        const QStringList &invalidated, const QDBusMessage &message);
    void sessionsChanged(const QString &id, const QDBusObjectPath &session);
    void loginManagerChanged(const QString &name, const QString &before, const QString &now);
    void preparingForSleep(bool begins);

private:
    void connectToBuses();
    static Task<void> waitForBuses(
        QPointer<SessionWatch> watch, QString sessionBus, QString systemBus);
    void connected();
    void subscribe();
    void listSessions();
    void holdSleep();
    void release();
    void answered();
    void tellLocked();

    const QString m_sessionBus; ///< names of Qt's connections, of our own
    const QString m_systemBus;
    Wanted m_wanted;
    enum class Stage { Idle, Connecting, Connected };
    Stage m_stage = Stage::Idle;
    QSet<QString> m_sessions; ///< object paths of this user's sessions
    int m_inhibitor = -1; ///< logind's descriptor; closing it lets the machine sleep
    bool m_asking = false; ///< an inhibitor is on its way
    bool m_asleep = false; ///< between the two signals of one sleep
    int m_unanswered = 0;
};

} // namespace chatelaine::desktop
