// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/TokenKeeper.h"

#include "core/vault/Vault.h"
#include "tests/support/Await.h"

#include <QDataStream>
#include <QTest>

#include <optional>

using namespace chatelaine;
using namespace chatelaine::credentials;
using namespace chatelaine::test;

namespace {

/// A vault whose answers the test gives by hand.
class SlowVault : public Vault
{
public:
    SlowVault() { writing.set({}); }

    Kind kind() const override { return Kind::Memory; }
    QString description() const override { return {}; }
    Task<Result<Secret>> read(QString, std::stop_token) override
    {
        ++reads;
        const Completion<Result<Secret>> answer = reading;
        co_return co_await answer;
    }
    Task<Result<void>> write(QString, Secret value) override
    {
        if (failWrites)
            co_return failure(ErrorCode::VaultUnavailable, QStringLiteral("hung"));
        written = value;
        const Completion<Result<void>> answer = writing;
        co_return co_await answer;
    }
    Task<Result<void>> remove(QString) override
    {
        ++removals;
        co_return {};
    }
    Task<Result<void>> unlock(Secret, std::stop_token) override { co_return {}; }
    void lock() override { }

    Completion<Result<Secret>> reading;
    Completion<Result<void>> writing; ///< set: writes end at once
    Secret written;
    int reads = 0;
    int removals = 0;
    bool failWrites = false;
};

TokenItem item(qint64 generation, const char *token)
{
    TokenItem one;
    one.generation = generation;
    one.accessToken = Secret::copyOf(token);
    one.refreshToken = Secret::copyOf("refresh");
    one.issuedAt = 1000;
    one.expiresAt = 3'601'000;
    one.scopes = {QStringLiteral("a"), QStringLiteral("b")};
    one.issuer = QStringLiteral("https://issuer.example");
    return one;
}

const QString id = QStringLiteral("account");

} // namespace

class TokenKeeperTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itemsSurviveTheVault()
    {
        const Result<TokenItem> back = decode(encode(item(7, "token")));
        QVERIFY(back);
        QCOMPARE(back->generation, 7);
        QVERIFY(back->accessToken == Secret::copyOf("token"));
        QVERIFY(back->refreshToken == Secret::copyOf("refresh"));
        QCOMPARE(back->expiresAt, 3'601'000);
        QCOMPARE(back->scopes.size(), 2);
        QCOMPARE(back->issuer, QStringLiteral("https://issuer.example"));
    }

    void foreignItemsAreToldApart()
    {
        QVERIFY(!decode(Secret::copyOf("hello")));
        const Secret whole = encode(item(7, "token"));
        QVERIFY(!decode(Secret::copyOf(whole.expose().first(40))));
        // As many scopes as would take all memory; the sanitizers stop whoever reserves it.
        QByteArray greedy;
        QDataStream stream(&greedy, QIODevice::WriteOnly);
        stream << quint32(0x43485432) << qint64(1) << QByteArray() << QByteArray() << qint64(1)
               << qint64(2) << quint32(0x7fffffff);
        QVERIFY(!decode(Secret(greedy.toBase64())));
    }

    void aShortLifeAsksForHalfOfIt()
    {
        TokenItem brief = item(1, "t");
        brief.expiresAt = brief.issuedAt + 10'000;
        QVERIFY(brief.goodFor(60'000, {brief.issuedAt}));
        QVERIFY(!brief.goodFor(60'000, {brief.issuedAt + 6'000}));
        QVERIFY(!brief.goodFor(0, {brief.expiresAt}));
    }

    void aClockThatIsSetLengthensNoLife()
    {
        TokenItem one = item(1, "t"); // an hour from 1000
        one.expiresBoot = 50'000 + 3'600'000;
        QVERIFY(one.goodFor(60'000, {1000, 50'000}));
        // The wall clock was put back by an hour, and 59.5 minutes have passed.
        QVERIFY(!one.goodFor(60'000, {1000 - 30'000, 50'000 + 3'570'000}));
        // Put on by an hour: the shorter counts, whoever is right.
        QVERIFY(!one.goodFor(60'000, {3'601'000, 50'000}));
        // After a restart there is the wall clock alone.
        one.expiresBoot = 0;
        QVERIFY(one.goodFor(60'000, {1000, 9'999'999}));
    }

    void manyReadersReadOnce()
    {
        SlowVault vault;
        TokenKeeper keeper(vault);
        auto first = keeper.get(id, {});
        auto second = keeper.get(id, {});
        vault.reading.set(encode(item(1, "token")));
        QVERIFY(await(std::move(first)));
        QVERIFY(await(std::move(second)));
        QVERIFY(await(keeper.get(id, {})));
        QCOMPARE(vault.reads, 1);
    }

    void whatAHungVaultMayStillStoreIsWrittenOver()
    {
        SlowVault vault;
        TokenKeeper keeper(vault);
        QVERIFY(await(keeper.put(id, item(1, "old"), TokenKeeper::OnFailure::Keep)));
        QVERIFY(keeper.toBeWritten().isEmpty());
        vault.failWrites = true;
        QVERIFY(!await(keeper.put(id, item(2, "new"), TokenKeeper::OnFailure::Undo)));
        // The old one is lent as before; the job that was given up comes to its end.
        QVERIFY(keeper.kept(id));
        QCOMPARE(keeper.kept(id)->generation, 1);
        QVERIFY(keeper.holdsUnsaved());
        QCOMPARE(keeper.toBeWritten(), QStringList{id});
        keeper.forget();
        QVERIFY(!await(keeper.rewrite(id)));
        QVERIFY(keeper.kept(id));
        vault.written = encode(item(2, "new"));
        vault.failWrites = false;
        QVERIFY(await(keeper.rewrite(id)));
        QCOMPARE(decode(vault.written)->generation, 1);
        QVERIFY(!keeper.holdsUnsaved());
    }

    void whatComesLateWhereThereWasNothingIsRemoved()
    {
        SlowVault vault;
        TokenKeeper keeper(vault);
        vault.failWrites = true;
        QVERIFY(!await(keeper.put(id, item(1, "given up"), TokenKeeper::OnFailure::Undo)));
        QVERIFY(!keeper.inMemory(id));
        // While the vault hangs nothing can be known.
        vault.reading.set(failure(ErrorCode::VaultUnavailable, QStringLiteral("hung")));
        QVERIFY(await(keeper.removeLate({})));
        QCOMPARE(vault.removals, 0);
        vault.reading = {};
        vault.reading.set(encode(item(1, "given up")));
        QVERIFY(await(keeper.removeLate({})));
        QCOMPARE(vault.removals, 1);
        QVERIFY(await(keeper.removeLate({})));
        QCOMPARE(vault.reads, 2);
    }

    void whatWasNotLateIsNotRemoved_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("it never came") << false;
        QTest::newRow("another is there") << true;
    }
    void whatWasNotLateIsNotRemoved()
    {
        QFETCH(const bool, isThere);
        SlowVault vault;
        TokenKeeper keeper(vault);
        vault.failWrites = true;
        QVERIFY(!await(keeper.put(id, item(2, "given up"), TokenKeeper::OnFailure::Undo)));
        if (isThere)
            vault.reading.set(encode(item(1, "good")));
        else
            vault.reading.set(failure(ErrorCode::NotFound, QStringLiteral("none")));
        QVERIFY(await(keeper.removeLate({})));
        QCOMPARE(vault.removals, 0);
    }

    void aLaterSignInIsNeverTakenForALateOne_data()
    {
        QTest::addColumn<bool>("meanwhile");
        QTest::newRow("before") << false;
        QTest::newRow("while the vault is read") << true;
    }
    void aLaterSignInIsNeverTakenForALateOne()
    {
        QFETCH(const bool, meanwhile);
        SlowVault vault;
        TokenKeeper keeper(vault);
        vault.failWrites = true;
        QVERIFY(!await(keeper.put(id, item(1, "given up"), TokenKeeper::OnFailure::Undo)));
        vault.failWrites = false;
        std::optional<Task<Result<void>>> removing;
        if (meanwhile)
            removing.emplace(keeper.removeLate({}));
        // The account's record knows nothing of the first: the number is the same.
        QVERIFY(await(keeper.put(id, item(1, "good"), TokenKeeper::OnFailure::Undo)));
        // As a lock does.
        keeper.forget();
        QVERIFY(!keeper.inMemory(id));
        vault.reading.set(encode(item(1, "good")));
        if (!removing)
            removing.emplace(keeper.removeLate({}));
        QVERIFY(await(std::move(*removing)));
        QCOMPARE(vault.removals, 0);
    }

    // A crowd that borrows, and dies while a keychain hangs, must leave nothing that waits for it.
    void whoGoesAwayDoesNotWaitForTheVault()
    {
        SlowVault vault;
        TokenKeeper keeper(vault);
        std::stop_source gone;
        auto reading = keeper.get(id, {});
        auto sharing = keeper.get(id, gone.get_token());
        auto staying = keeper.get(id, {});
        gone.request_stop();
        QVERIFY(sharing.isReady());
        QCOMPARE(await(std::move(sharing)).error().code, ErrorCode::Cancelled);
        QVERIFY(!staying.isReady());
        vault.reading.set(encode(item(1, "token")));
        QVERIFY(await(std::move(reading)));
        QVERIFY(await(std::move(staying)));

        vault.writing = {};
        gone = {};
        auto putting = keeper.put(id, item(2, "new"), TokenKeeper::OnFailure::Keep);
        sharing = keeper.get(id, gone.get_token());
        staying = keeper.get(id, {});
        gone.request_stop();
        QVERIFY(sharing.isReady());
        QCOMPARE(await(std::move(sharing)).error().code, ErrorCode::Cancelled);
        QVERIFY(!staying.isReady());
        vault.writing.set({});
        QVERIFY(await(std::move(putting)));
        QCOMPARE(await(std::move(staying))->generation, 2);
    }

    void aReadingBegunBeforeALockFillsNothing()
    {
        SlowVault vault;
        TokenKeeper keeper(vault);
        auto reading = keeper.get(id, {});
        keeper.forget();
        vault.reading.set(encode(item(1, "token")));
        QVERIFY(await(std::move(reading)));
        QVERIFY(!keeper.inMemory(id));
    }

    void newTokensBeatAnOlderReading()
    {
        SlowVault vault;
        TokenKeeper keeper(vault);
        auto reading = keeper.get(id, {});
        QVERIFY(await(keeper.put(id, item(2, "new"), TokenKeeper::OnFailure::Keep)));
        vault.reading.set(encode(item(1, "old")));
        const auto got = await(std::move(reading));
        QVERIFY(got);
        QCOMPARE(got->generation, 2);
    }

    void aRotationThatWasNotSavedIsKeptAndSavedLater()
    {
        SlowVault vault;
        TokenKeeper keeper(vault);
        vault.failWrites = true;
        QVERIFY(!await(keeper.put(id, item(2, "new"), TokenKeeper::OnFailure::Keep)));
        keeper.forget();
        QVERIFY(keeper.inMemory(id));
        QVERIFY(!await(keeper.get(id, {})));
        vault.failWrites = false;
        QVERIFY(await(keeper.get(id, {})));
        QVERIFY(!vault.written.isEmpty());
        QCOMPARE(vault.reads, 0);
    }

    void aSignInThatWasNotSavedIsUndone()
    {
        SlowVault vault;
        TokenKeeper keeper(vault);
        QVERIFY(await(keeper.put(id, item(1, "old"), TokenKeeper::OnFailure::Undo)));
        vault.failWrites = true;
        QVERIFY(!await(keeper.put(id, item(2, "new"), TokenKeeper::OnFailure::Undo)));
        QVERIFY(keeper.inMemory(id));
        QCOMPARE(keeper.inMemory(id)->generation, 1);
    }

    void theLoserOfARaceDeletesNothing()
    {
        SlowVault vault;
        TokenKeeper keeper(vault);
        QVERIFY(await(keeper.put(id, item(2, "winner"), TokenKeeper::OnFailure::Keep)));
        QVERIFY(await(keeper.drop(id, 1)));
        QCOMPARE(vault.removals, 0);
        QVERIFY(keeper.inMemory(id));
        // Neither when memory was forgotten meanwhile.
        keeper.forget();
        vault.reading.set(encode(item(2, "winner")));
        QVERIFY(await(keeper.drop(id, 1)));
        QCOMPARE(vault.removals, 0);
        QVERIFY(await(keeper.drop(id, 2)));
        QCOMPARE(vault.removals, 1);
    }
};

QTEST_GUILESS_MAIN(TokenKeeperTest)
#include "TokenKeeperTest.moc"
