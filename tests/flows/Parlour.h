// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Broker.h"
#include "core/broker/LinuxPeerIdentity.h"
#include "core/desktop/SessionWatch.h"
#include "tests/flows/Gates.h"
#include "tests/flows/Visitor.h"
#include "tests/support/Caller.h"

namespace chatelaine::test {

/// The whole broker in this process, with its sockets, a clock that obeys and a person who answers;
/// signed in to the lab as "demo".
class Parlour
{
public:
    struct Options
    {
        QString transparent = {}; ///< which program is looked through as our own command
        Vault::Kind vault = Vault::Kind::Memory;
        Secret passphrase = {}; ///< opens an encrypted file at start
        qint64 leaveWhenIdleMs = 0; ///< as Broker::Options has it
        bool session = false; ///< listens on the buses of the desktop
        bool signedIn = true; ///< false: knows no server
    };

    Parlour();
    explicit Parlour(Options options);
    ~Parlour();

    /// The broker ends in order, and another one begins with what is on the disk.
    void restart(const Secret &passphrase);

    QString borrowSocket() const { return m_paths.brokerSocket(); }
    QString controlSocket() const { return m_paths.controlSocket(); }
    QString fingerprint() const; ///< of the account's token
    /// A grant for any client.
    void allowEveryone();
    QList<audit::Record> history(const QString &event, std::optional<audit::Outcome> outcome = {});

    QTemporaryDir dir;
    FakeClock clock;
    FakeRandom random;
    net::NetworkHttpClient http{clock};
    HttpGate gate; ///< the broker's way out
    Visitor person;
    broker::LinuxPeerIdentity identity;
    desktop::SessionWatch session;
    std::unique_ptr<testlab::TestLab> lab;
    std::unique_ptr<broker::Broker> broker;
    QString account;

private:
    void start(const Secret &passphrase);
    void stop();
    void signIn();

    Options m_options;
    Paths m_paths;
};

} // namespace chatelaine::test
