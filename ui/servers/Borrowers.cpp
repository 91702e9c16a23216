// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/Borrowers.h"

#include "core/audit/AuditQuery.h"
#include "core/broker/Broker.h"

#include <QPointer>

namespace chatelaine::ui {

QString clientName(const audit::ClientFacts &client)
{
    const QString name = client.exe.section(u'/', -1);
    return name.isEmpty() ? client.argv0.section(u'/', -1) : name;
}

Borrowers::Borrowers(Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    connect(&services.broker.audit(), &audit::AuditLog::appended, this, &Borrowers::take);
    read();
}

void Borrowers::read()
{
    const auto work = [](QPointer<Borrowers> self,
                          std::shared_ptr<store::Database> database) -> Task<void> {
        audit::Filter filter;
        filter.event = QStringLiteral("loan.");
        filter.outcome = audit::Outcome::Ok;
        filter.limit = 1000;
        const Result<audit::Page> page = co_await audit::query(database, filter);
        if (!self || !page)
            co_return;
        for (const audit::Record &record : page->records)
            self->take(record);
    };
    detach(work(this, m_services.broker.database()));
}

void Borrowers::take(const audit::Record &record)
{
    const audit::Event &event = record.event;
    if (event.outcome != audit::Outcome::Ok || !event.event.startsWith(QLatin1StringView("loan.")))
        return;
    const QString fullName =
        event.account.isEmpty() ? event.server : event.server + u'/' + event.account;
    Loan &loan = m_last[fullName];
    if (loan.time > record.time)
        return;
    loan = {clientName(event.client), record.time};
    Q_EMIT changed(fullName);
}

} // namespace chatelaine::ui
