// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Parlour.h"

#include <QTest>

#include <unistd.h>

namespace chatelaine::test {

Caller::Caller(const QString &path)
{
    auto connected = client::BrokerClient::connectTo(path);
    if (!connected)
        qFatal("%s", qPrintable(connected.error().message));
    m_client = std::make_unique<client::BrokerClient>(std::move(*connected));
}

void Caller::say(const QString &method, const QJsonObject &params)
{
    if (!m_client->send(method, params))
        qFatal("Nothing can be sent.");
}

void Caller::ask(const QString &scope)
{
    QJsonObject params{{QStringLiteral("server"), QStringLiteral("demo")}};
    if (!scope.isEmpty())
        params.insert(QStringLiteral("scope"), scope);
    say(QStringLiteral("token/get"), params);
}

client::Message Caller::answer()
{
    std::optional<client::Message> found;
    const bool came = QTest::qWaitFor(
        [&] {
            Result<std::optional<client::Message>> message = m_client->receive(0);
            if (message && *message && (*message)->id > 0)
                found = **message;
            return found.has_value();
        },
        20'000);
    if (!came)
        qFatal("There is no answer.");
    return *found;
}

client::Message Caller::token(const QString &scope)
{
    ask(scope);
    return answer();
}

client::Message Caller::call(const QString &method, const QJsonObject &params)
{
    say(method, params);
    return answer();
}

bool Caller::hasAnswer()
{
    Result<std::optional<client::Message>> message = m_client->receive(0);
    return message && message->has_value();
}

Parlour::Parlour(const QString &transparent)
    : identity({transparent, ::geteuid()})
    , m_paths(Paths::under(dir.path()))
{
    lab = std::make_unique<testlab::TestLab>(clock, random, &http, Household::approving());
    if (const auto started = lab->start(); !started)
        qFatal("%s", qPrintable(started.error().message));
    broker::Broker::Options options;
    options.paths = m_paths;
    options.vault = Vault::Kind::Memory;
    broker = std::make_unique<broker::Broker>(
        options, broker::Broker::Surroundings{clock, random, http, identity, person});
    if (const auto started = await(broker->start()); !started)
        qFatal("%s", qPrintable(started.error().message));
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

Parlour::~Parlour()
{
    const auto stop = [](broker::Broker &ending) -> Task<bool> {
        co_await ending.stop();
        co_return true;
    };
    await(stop(*broker));
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
