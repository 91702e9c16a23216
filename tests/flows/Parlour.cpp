// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Parlour.h"

#include <QSignalSpy>

#include <unistd.h>

namespace chatelaine::test {

Parlour::Parlour()
    : Parlour(Options())
{ }

Parlour::Parlour(Options options)
    : identity({options.transparent, ::geteuid()})
    , m_options(options)
    , m_paths(Paths::under(dir.path()))
{
    gate.inner = &http;
    lab = std::make_unique<testlab::TestLab>(clock, random, &http, Household::approving());
    if (const auto started = lab->start(); !started)
        qFatal("%s", qPrintable(started.error().message));
    start(options.passphrase);
    if (options.signedIn)
        signIn();
}

void Parlour::start(const Secret &passphrase)
{
    broker::Broker::Options own;
    own.paths = m_paths;
    own.vault = m_options.vault;
    own.passphrase = passphrase;
    own.leaveWhenIdleMs = m_options.leaveWhenIdleMs;
    broker = std::make_unique<broker::Broker>(own,
        broker::Broker::Surroundings{
            clock, random, gate, identity, person, m_options.session ? &session : nullptr});
    QSignalSpy watching(&session, &desktop::SessionWatch::watching);
    if (const auto started = await(broker->start()); !started)
        qFatal("%s", qPrintable(started.error().message));
    if (m_options.session && watching.isEmpty() && !watching.wait())
        qFatal("The buses did not answer.");
}

void Parlour::restart(const Secret &passphrase)
{
    stop();
    start(passphrase);
}

void Parlour::signIn()
{
    credentials::NewServer server;
    server.url = lab->mcpUrl();
    server.name = QStringLiteral("demo");
    const auto added = await(broker->credentials().add(server, {}));
    if (!added)
        qFatal("%s", qPrintable(added.error().message));
    account = added->account.id;
    const auto somebody = std::make_shared<TestPerson>();
    const auto signedIn = await(broker->credentials().signIn(account, {}, somebody, 60'000, {}));
    if (!signedIn)
        qFatal("%s", qPrintable(signedIn.error().message));
}

void Parlour::stop()
{
    const auto ended = [](broker::Broker &ending) -> Task<bool> {
        co_await ending.stop();
        co_return true;
    };
    await(ended(*broker));
    broker.reset();
}

Parlour::~Parlour()
{
    gate.release();
    stop();
}

QString Parlour::fingerprint() const
{
    return broker->credentials().account(account)->account.tokenFingerprint;
}

void Parlour::allowEveryone()
{
    const client::Message added = Caller(controlSocket())
                                      .call(QStringLiteral("grants/add"),
                                          {{QStringLiteral("server"), QStringLiteral("demo")},
                                              {QStringLiteral("any_client"), true}});
    if (added.error)
        qFatal("%s", qPrintable(added.error->message));
}

QList<audit::Record> Parlour::history(const QString &event, std::optional<audit::Outcome> outcome)
{
    audit::Filter filter;
    filter.event = event;
    filter.outcome = outcome;
    filter.ascending = true;
    filter.limit = 1000;
    const auto page = await(audit::query(broker->database(), filter));
    return page ? page->records : QList<audit::Record>();
}

} // namespace chatelaine::test
