// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Household.h"

namespace chatelaine::test {

void TestPerson::authorize(const credentials::AuthorizationPrompt &prompt)
{
    prompts.append(prompt);
    if (!opensTheBrowser)
        return;
    const auto visit = [](TestPerson &person, QUrl url) -> Task<void> {
        net::HttpRequest request;
        request.url = std::move(url);
        request.reach = net::Reach::Loopback;
        const Result<net::HttpResponse> response = co_await person.m_browser.send(request, {});
        if (response)
            person.page = response->body;
    };
    detach(visit(*this, prompt.url));
}

void TestPerson::progress(const QString &step, const QString &detail)
{
    Q_UNUSED(detail);
    steps.append(step);
}

testlab::LabOptions Household::approving()
{
    testlab::LabOptions options;
    options.autoApprove = true;
    return options;
}

Household::Household(testlab::LabOptions options)
{
    lab = std::make_unique<testlab::TestLab>(clock, random, &http, std::move(options));
    if (const auto started = lab->start(); !started)
        qFatal("%s", qPrintable(started.error().message));
    open();
}

Household::~Household() = default;

void Household::open()
{
    const QString path = dir.filePath(QStringLiteral("chatelaine.db"));
    auto opened = await(store::Database::open(path));
    if (!opened)
        qFatal("%s", qPrintable(opened.error().message));
    database = *opened;
    store = std::make_unique<store::Store>(database);
    audit = std::make_unique<audit::AuditLog>(database, vault, clock, random);
    if (const auto ready = await(audit->open({})); !ready)
        qFatal("%s", qPrintable(ready.error().message));
    heart = std::make_unique<credentials::Credentials>(
        credentials::Context{http, clock, random, vault, *store, *audit});
    load();
}

void Household::load()
{
    const auto all = await(store->load());
    if (!all)
        qFatal("%s", qPrintable(all.error().message));
    heart->take(*all);
    heart->watchLapses();
}

void Household::sql(const char *statement)
{
    const QString text = QString::fromLatin1(statement);
    auto job = [text](store::Connection &connection) { return connection.run(text); };
    if (const auto done = await(database->write(std::move(job))); !done)
        qFatal("%s", qPrintable(done.error().detail));
}

void Household::restart()
{
    heart.reset();
    audit.reset();
    store.reset();
    database.reset();
    open();
}

credentials::AccountView Household::add(const credentials::NewServer &extra)
{
    credentials::NewServer server = extra;
    server.url = lab->mcpUrl();
    if (server.name.isEmpty())
        server.name = QStringLiteral("demo");
    const auto added = await(heart->add(server, {}));
    if (!added)
        qFatal("%s", qPrintable(added.error().message));
    return *added;
}

Result<credentials::AccountView> Household::signIn(const QString &accountId)
{
    return await(heart->signIn(accountId, {}, person, 60'000, {}));
}

credentials::AccountView Household::view(const QString &accountId) const
{
    return *heart->account(accountId);
}

QList<audit::Record> Household::history(const QString &event)
{
    audit::Filter filter;
    filter.event = event;
    filter.ascending = true;
    filter.limit = 1000;
    const auto page = await(audit::query(database, filter));
    return page ? page->records : QList<audit::Record>();
}

} // namespace chatelaine::test
