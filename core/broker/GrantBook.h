// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/store/Store.h"

namespace chatelaine::broker {

/// The grants in memory, and their rows. Lives in the broker's thread; its owner keeps it until all
/// tasks are done.
class GrantBook
{
public:
    GrantBook(store::Store &store, Clock &clock);

    /// What the store holds. Those that can never match again are dropped, there too: expired ones,
    /// and sessions whose process has ended.
    void load(const QList<store::Grant> &grants);

    /// Short, and never with a dash in front: people type it.
    static QString newId(Random &random);

    const QList<store::Grant> &all() const { return m_grants; }

    /// In force once it is written.
    Task<Result<store::Grant>> add(store::Grant grant);
    /// Out of force at once. NotFound when there is no such grant.
    Task<Result<void>> remove(QString id);
    /// A grant for once leaves with the loan that uses it: out of force at once, so that two
    /// requests do not use it both; nullopt when somebody was quicker.
    std::optional<store::Grant> take(const QString &id);
    /// The loan did not come about.
    void putBack(const store::Grant &grant);
    /// Notes the use; written at most once a minute.
    void used(const QString &id);
    /// The store has removed them with their server or account.
    void keepOnly(const QStringList &serverIds, const QStringList &accountIds);

private:
    store::Store &m_store;
    Clock &m_clock;
    QList<store::Grant> m_grants;
};

} // namespace chatelaine::broker
