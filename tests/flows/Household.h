// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditLog.h"
#include "core/audit/AuditQuery.h"
#include "core/credentials/Credentials.h"
#include "core/net/NetworkHttpClient.h"
#include "core/store/Store.h"
#include "core/testlab/TestLab.h"
#include "core/vault/MemoryVault.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/FakeRandom.h"

#include <QTemporaryDir>

namespace chatelaine::test {

/// Somebody who signs in: follows the authorization URL as a browser does, over real HTTP.
class TestPerson : public credentials::Person
{
public:
    void authorize(const credentials::AuthorizationPrompt &prompt) override;
    void progress(const QString &step, const QString &detail) override;
    audit::ClientFacts facts() const override { return {}; }

    bool opensTheBrowser = true; ///< false: only remembers the prompt
    QList<credentials::AuthorizationPrompt> prompts;
    QStringList steps;
    QByteArray page; ///< what the browser ended on

private:
    SystemClock m_clock;
    net::NetworkHttpClient m_browser{m_clock};
};

/// The heart with everything below it real (SQLite in a folder of its own, HTTP over loopback) but
/// time and randomness, and a test lab on the other side that shares the clock.
class Household
{
public:
    explicit Household(testlab::LabOptions options = approving());
    ~Household();

    static testlab::LabOptions approving();

    /// The lab's server, added under the name "demo".
    credentials::AccountView add(const credentials::NewServer &extra = {});
    Result<credentials::AccountView> signIn(const QString &accountId);
    credentials::AccountView view(const QString &accountId) const;
    QList<audit::Record> history(const QString &event = {});
    /// A foreign hand at the database.
    void load(); ///< gives the heart what is on disk
    void sql(const char *statement);
    /// Makes the heart anew from what is on disk and in the vault, as a restart does.
    void restart();

    QTemporaryDir dir;
    FakeClock clock;
    FakeRandom random;
    net::NetworkHttpClient http{clock};
    MemoryVault vault;
    std::shared_ptr<store::Database> database;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<audit::AuditLog> audit;
    std::unique_ptr<credentials::Credentials> heart;
    std::unique_ptr<testlab::TestLab> lab;
    std::shared_ptr<TestPerson> person = std::make_shared<TestPerson>();

private:
    void open();
};

} // namespace chatelaine::test
