// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/GrantBook.h"
#include "core/broker/Locking.h"
#include "tests/flows/Gates.h"
#include "tests/flows/Visitor.h"

#include <QTest>

namespace chatelaine::test {

inline Task<bool> ended(Task<void> task)
{
    co_await task;
    co_return true;
}

/// A household whose history has its key in the vault that the test can silence, too.
struct QuietHousehold : GatedHousehold
{
    QuietHousehold()
    {
        house.audit =
            std::make_unique<audit::AuditLog>(house.database, vault, house.clock, house.random);
        house.heart = std::make_unique<credentials::Credentials>(credentials::Context{
            http, house.clock, house.random, vault, *house.store, *house.audit});
        house.load();
    }
};

/// What locks it.
struct Keep
{
    Keep()
        : audit(*gated.house.audit)
        , settings(gated.house.dir.filePath(QStringLiteral("settings.ini")))
        , grants(*gated.house.store, gated.house.clock)
        , lending(broker::Lending::Rooms{*gated.house.heart, grants, audit, settings,
              gated.house.clock, gated.house.random, visitor})
        , locking(broker::Locking::Rooms{
              gated.house.clock, gated.vault, *gated.house.heart, audit, lending})
        , account(gated.signedIn())
    { }

    /// The issuer has rotated the tokens, and the vault has not taken them.
    void rotateInMemory()
    {
        gated.house.clock.advance(3'600'001);
        gated.vault.hung = true;
        if (await(gated.house.heart->accessToken(account, 60'000, {})))
            qFatal("The vault has taken the tokens.");
        gated.vault.givenUp.clear();
        gated.vault.hung = false;
    }
    QList<audit::Record> history(const QString &event) { return gated.house.history(event); }
    /// Waits with the clock standing still: nothing but the vault is missing.
    void letItCome(Task<void> task, qint64 ms)
    {
        Completion<bool> done;
        const auto watch = [](Task<void> what, Completion<bool> to) -> Task<void> {
            co_await what;
            to.set(true);
        };
        detach(watch(std::move(task), done));
        // What goes through the database's thread first.
        for (int i = 0; i < 20; ++i)
            await(gated.house.store->load());
        QVERIFY(!done.isSet());
        gated.house.clock.advance(ms - 1);
        for (int i = 0; i < 20; ++i)
            await(gated.house.store->load());
        QVERIFY(!done.isSet());
        gated.house.clock.advance(1);
        QTRY_VERIFY(done.isSet());
    }

    QuietHousehold gated;
    audit::AuditLog &audit;
    Visitor visitor;
    broker::Settings settings;
    broker::GrantBook grants;
    broker::Lending lending;
    broker::Locking locking;
    QString account;
};

} // namespace chatelaine::test
