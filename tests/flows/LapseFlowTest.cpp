// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Parlour.h"

#include <QSignalSpy>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::credentials;
using namespace chatelaine::test;
using testlab::Fault;

namespace {

constexpr qint64 hourMs = 3'600'000;

} // namespace

/// Tokens that end because nothing renews them.
class LapseFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatNothingRenewsExpiresByItself()
    {
        Household house;
        house.lab->setFault(Fault::NoRefreshToken);
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        const auto state = [&] { return house.view(id).account.state; };
        house.clock.advance(hourMs - 1);
        QCOMPARE(state(), store::AccountState::SignedIn);
        house.clock.advance(1);
        QTRY_COMPARE(state(), store::AccountState::Expired);
        QTRY_COMPARE(house.history(QStringLiteral("account.expired")).size(), 1);
        // Whoever looks is told, and a new sign-in is watched like the first.
        const QSignalSpy changed(house.heart.get(), &Credentials::accountChanged);
        QVERIFY(house.signIn(id));
        house.clock.advance(hourMs);
        QTRY_COMPARE(state(), store::AccountState::Expired);
        QTRY_COMPARE(changed.size(), 2);
    }

    void whatEndedWhileNobodyLookedIsSeen()
    {
        Household house;
        house.lab->setFault(Fault::NoRefreshToken);
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        const auto state = [&] { return house.view(id).account.state; };
        // Locked: its tokens are nobody's business until somebody unlocks.
        house.heart->lock();
        house.clock.advance(hourMs);
        QCOMPARE(house.clock.alarmsSet(), 0);
        QCOMPARE(state(), store::AccountState::SignedIn);
        house.heart->unlock();
        house.clock.advance(0);
        QTRY_COMPARE(state(), store::AccountState::Expired);

        QVERIFY(house.signIn(id));
        house.restart();
        house.clock.jump(-hourMs);
        house.clock.advance(hourMs);
        // By the clock that was set back it has an hour to go.
        Q_UNUSED(await(house.audit->checkpoint()));
        QTRY_COMPARE(house.clock.alarmsSet(), 1);
        QCOMPARE(state(), store::AccountState::SignedIn);
        house.clock.advance(hourMs);
        QTRY_COMPARE(state(), store::AccountState::Expired);

        QVERIFY(house.signIn(id));
        house.clock.jump(2 * hourMs);
        house.restart();
        house.clock.advance(0);
        QTRY_COMPARE(state(), store::AccountState::Expired);
    }

    /// A window's first picture does not wait for a keychain.
    void theVaultIsNotReadBeforeTheWatchBegins()
    {
        Household house;
        house.lab->setFault(Fault::NoRefreshToken);
        const QString id = house.add().account.id;
        QVERIFY(house.signIn(id));
        const auto all = await(house.store->load());
        QVERIFY(all);
        house.heart = std::make_unique<Credentials>(Context{
            house.http, house.clock, house.random, house.vault, *house.store, *house.audit});
        const int before = house.clock.alarmsSet();
        house.clock.jump(2 * hourMs);
        house.heart->take(*all);
        QCOMPARE(house.clock.alarmsSet(), before);
        house.heart->watchLapses();
        QCOMPARE(house.clock.alarmsSet(), before + 1);
        house.clock.advance(0);
        QTRY_COMPARE(house.view(id).account.state, store::AccountState::Expired);
    }

    void aBrokerThatHasStartedWatches()
    {
        Parlour::Options options;
        options.vault = Vault::Kind::EncryptedFile;
        options.passphrase = Secret::copyOf("right");
        Parlour parlour(options);
        parlour.lab->setFault(Fault::NoRefreshToken);
        const auto person = std::make_shared<TestPerson>();
        QVERIFY(
            await(parlour.broker->credentials().signIn(parlour.account, {}, person, 60'000, {})));
        parlour.clock.jump(2 * hourMs);
        parlour.restart(Secret::copyOf("right"));
        parlour.clock.advance(0);
        QTRY_COMPARE(parlour.broker->credentials().account(parlour.account)->account.state,
            store::AccountState::Expired);
    }
};

QTEST_GUILESS_MAIN(LapseFlowTest)
#include "LapseFlowTest.moc"
