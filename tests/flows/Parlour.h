// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Broker.h"
#include "core/broker/LinuxPeerIdentity.h"
#include "core/client/BrokerClient.h"
#include "tests/flows/Household.h"
#include "tests/flows/Visitor.h"

namespace chatelaine::test {

/// A program at a real socket. It is this process; what it sends and hears is its own.
class Caller
{
public:
    explicit Caller(const QString &path);
    void ask(const QString &scope = {});
    void say(const QString &method, const QJsonObject &params);
    /// The next answer; the event loop runs meanwhile.
    client::Message answer();
    client::Message token(const QString &scope = {});
    client::Message call(const QString &method, const QJsonObject &params = {});
    bool hasAnswer();
    void leave() { m_client.reset(); }

private:
    std::unique_ptr<client::BrokerClient> m_client;
};

/// The whole broker in this process, with its sockets, a clock that obeys and a person who answers;
/// signed in to the lab as "demo".
class Parlour
{
public:
    /// `transparent`: which program is looked through as our own command.
    explicit Parlour(const QString &transparent = {});
    ~Parlour();

    QString borrowSocket() const { return m_paths.brokerSocket(); }
    QString controlSocket() const { return m_paths.controlSocket(); }
    QList<audit::Record> history(const QString &event, std::optional<audit::Outcome> outcome = {});

    QTemporaryDir dir;
    FakeClock clock;
    FakeRandom random;
    net::NetworkHttpClient http{clock};
    Visitor person;
    broker::LinuxPeerIdentity identity;
    std::unique_ptr<testlab::TestLab> lab;
    std::unique_ptr<broker::Broker> broker;
    QString account;

private:
    Paths m_paths;
};

} // namespace chatelaine::test
