// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/GrantBook.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"

namespace chatelaine::test {

inline constexpr qint64 hourMs = 3'600'000;

inline store::Grant grant(const char *id, store::GrantLifetime lifetime)
{
    store::Grant one;
    one.id = QString::fromLatin1(id);
    one.serverId = QStringLiteral("s1");
    one.exe = QStringLiteral("/usr/bin/agent");
    one.lifetime = lifetime;
    return one;
}

/// A grant book over a real database with the servers s1, with the account a1, and s2; time is the
/// test's.
class GrantHouse
{
protected:
    bool enter()
    {
        m_clock = std::make_unique<FakeClock>();
        m_database = await(store::Database::open(QStringLiteral(":memory:"))).value();
        m_store = std::make_unique<store::Store>(m_database);
        m_book = std::make_unique<broker::GrantBook>(*m_store, *m_clock);
        bool saved = true;
        for (const char *id : {"s1", "s2"}) {
            store::Server server;
            server.id = QString::fromLatin1(id);
            server.name = server.id;
            saved = saved && await(m_store->save(server));
        }
        store::Account account;
        account.id = QStringLiteral("a1");
        account.serverId = QStringLiteral("s1");
        return saved && await(m_store->save(account));
    }
    void leave()
    {
        m_book.reset();
        m_store.reset();
        m_database.reset();
    }

    QList<store::Grant> rows() { return await(m_store->load()).value().grants; }
    QStringList ids() const
    {
        QStringList all;
        for (const store::Grant &one : m_book->all())
            all.append(one.id);
        all.sort();
        return all;
    }
    void restart(bool locked = false)
    {
        m_book = std::make_unique<broker::GrantBook>(*m_store, *m_clock);
        m_book->load(rows(), locked);
    }

    std::unique_ptr<FakeClock> m_clock;
    std::shared_ptr<store::Database> m_database;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<broker::GrantBook> m_book;
};

} // namespace chatelaine::test
