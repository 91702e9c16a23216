// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/broker/Policy.h"
#include "core/broker/Poller.h"
#include "core/store/Store.h"

#include <QObject>

namespace chatelaine::broker {

/// The grants in memory, and their rows. Ends those whose time is up, whose process ends (watched by
/// its pidfd), and those until the lock. Lives in the broker's thread; its owner keeps it until all
/// tasks are done.
class GrantBook : public QObject
{
    Q_OBJECT

public:
    GrantBook(store::Store &store, Clock &clock);
    ~GrantBook() override;

    /// What the store holds. Those that can never match again are dropped, there too: expired ones,
    /// sessions whose process has ended, and with `locked` those until the lock.
    void load(const QList<store::Grant> &grants, bool locked);

    /// Short, and never with a dash in front: people type it.
    static QString newId(Random &random);

    /// Those in force, and some whose time is up (isOver) and who are about to go.
    const QList<store::Grant> &all() const { return m_grants; }
    /// One for once that is with a loan at the moment is found too.
    std::optional<store::Grant> find(const QString &id) const;

    /// In force once it is written; one until the lock fails with Locked where that lock came
    /// meanwhile. A time from now belongs into `forMs`, which sets both of its
    /// ends; 0 leaves them as they are.
    Task<Result<store::Grant>> add(store::Grant grant, qint64 forMs = 0);
    /// Out of force at once, also one that is with a loan: that loan is then not made. NotFound
    /// when there is no such grant.
    Task<Result<void>> remove(QString id);

    // A grant for once leaves with the loan that uses it.
    /// Out of force at once, so that two requests do not use it both; nullopt when somebody was
    /// quicker. Then either of the two below.
    std::optional<store::Grant> take(const QString &id);
    /// The loan did not come about: in force again, unless it was removed meanwhile.
    void putBack(const QString &id);
    /// The loan is about to be made: its row goes, and it can still be put back. NotFound when it
    /// was removed meanwhile.
    Task<Result<void>> spend(QString id);
    /// The loan is made.
    void spent(const QString &id);

    /// Notes the use: in memory each, in the store at most once a minute.
    void used(const QString &id);
    /// The store has removed them with their server or account.
    void keepOnly(const QStringList &serverIds, const QStringList &accountIds);
    void endAtLock();

Q_SIGNALS:
    /// Over by itself, and gone.
    void ended(const chatelaine::store::Grant &grant, const QString &why);

private:
    class Watch;
    struct Taken
    {
        store::Grant grant;
        bool rowGone = false;
    };

    void end(const store::Grant &grant, const QString &why);
    void replaceThoseOfOtherBytes(const store::Grant &by);
    void endOf(qint64 pid, quint64 startTime);
    bool watch(const store::Grant &grant);
    void watchOnlyNeeded();
    void sweep();
    void setAlarm();

    store::Store &m_store;
    Clock &m_clock;
    QList<store::Grant> m_grants;
    QHash<QString, Taken> m_taken;
    QHash<QString, qint64> m_writtenAt; ///< when a use went into the store, by boot time
    quint64 m_locks = 0; ///< how many there were
    std::unique_ptr<Alarm> m_alarm;
    std::unique_ptr<Poller> m_poller; ///< made with the first watch
    std::vector<std::unique_ptr<Watch>> m_watches;
};

} // namespace chatelaine::broker
