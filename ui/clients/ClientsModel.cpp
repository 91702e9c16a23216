// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/ClientsModel.h"

#include "core/broker/Broker.h"
#include "ui/common/Metrics.h"

#include <QPointer>
#include <QSet>

namespace chatelaine::ui {

namespace {


QString keyOf(const store::Grant &grant)
{
    return grant.anyClient ? ClientsModel::anyKey() : grant.exe;
}

bool isLoan(const audit::Event &event)
{
    return event.event.startsWith(QLatin1StringView("loan."));
}

} // namespace

ClientsModel::ClientsModel(Services &services, QObject *parent)
    : QAbstractListModel(parent)
    , m_services(services)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &ClientsModel::refresh);
    connect(&services.broker.audit(), &audit::AuditLog::appended, this, &ClientsModel::take);
    refresh();
    read();
}

void ClientsModel::read()
{
    const auto work = [](QPointer<ClientsModel> self,
                          std::shared_ptr<store::Database> database) -> Task<void> {
        const Result<QList<audit::ClientSum>> sums = co_await audit::clientSums(database);
        if (!self)
            co_return;
        for (const audit::ClientSum &sum : sums.value_or(QList<audit::ClientSum>()))
            self->rowFor(sum.exe).sum = sum;
        self->refresh();
        Q_EMIT self->loaded();
    };
    detach(work(this, m_services.broker.database()));
}

void ClientsModel::take(const audit::Record &record)
{
    const audit::Event &event = record.event;
    if (isLoan(event)) {
        Row &row = rowFor(event.client.exe);
        // What is being read may hold it already.
        if (record.time > row.sum.lastSeen || row.sum.lastSeen == 0) {
            row.sum.lastSeen = record.time;
            if (row.sum.firstSeen == 0)
                row.sum.firstSeen = record.time;
        }
        if (event.outcome == audit::Outcome::Ok)
            ++row.sum.loans;
        else if (event.outcome == audit::Outcome::Denied)
            ++row.sum.denials;
        const QModelIndex changed = index(rowOf(event.client.exe));
        Q_EMIT dataChanged(changed, changed);
    } else if (!event.event.startsWith(QLatin1StringView("grant."))) {
        return;
    }
    if (!m_soon.isActive())
        m_soon.start();
}

ClientsModel::Row &ClientsModel::rowFor(const QString &key)
{
    int row = rowOf(key);
    if (row < 0) {
        row = int(m_rows.size());
        beginInsertRows({}, row, row);
        m_rows.append({key, {key}});
        m_index.insert(key, row);
        endInsertRows();
    }
    return m_rows[row];
}

QList<store::Grant> ClientsModel::grantsOf(const QString &key) const
{
    QList<store::Grant> found;
    const broker::Moment now = broker::Moment::of(m_services.broker.clock());
    const QList<store::Grant> all = m_services.broker.grants().all();
    for (const store::Grant &grant : all) {
        if (!broker::isOver(grant, now) && keyOf(grant) == key)
            found.append(grant);
    }
    return found;
}

void ClientsModel::refresh()
{
    QHash<QString, int> connected;
    for (const auto &connection : m_services.broker.reception().connections()) {
        const auto caller = connection->caller();
        if (caller && connection->right() == broker::Right::Borrow)
            ++connected[(*caller)->program()];
    }
    QHash<QString, Standing> standings;
    const broker::Moment now = broker::Moment::of(m_services.broker.clock());
    const QList<store::Grant> all = m_services.broker.grants().all();
    for (const store::Grant &grant : all) {
        if (broker::isOver(grant, now))
            continue;
        Standing &standing = standings[keyOf(grant)];
        if (standing != Standing::Allowed)
            standing = grant.deny ? Standing::Denied : Standing::Allowed;
    }
    for (auto it = connected.cbegin(); it != connected.cend(); ++it)
        rowFor(it.key());
    for (auto it = standings.cbegin(); it != standings.cend(); ++it)
        rowFor(it.key());
    for (int i = int(m_rows.size()) - 1; i >= 0; --i) {
        Row &row = m_rows[i];
        row.connected = connected.value(row.key);
        row.standing = standings.value(row.key, Standing::NoGrant);
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
}

int ClientsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QString ClientsModel::nameOf(const Row &row) const
{
    if (row.key == anyKey())
        return tr("Any program");
    const QString name = row.key.section(u'/', -1);
    return name.isEmpty() ? tr("Programs that could not be identified") : name;
}

QString ClientsModel::secondLine(const Row &row) const
{
    if (row.key == anyKey())
        return tr("Grants that name no program");
    if (row.sum.lastSeen == 0)
        return tr("Has not asked yet");
    const QString when = relativeTime(row.sum.lastSeen, m_services.broker.clock().utcMs());
    return tr("%n loan(s), %1", "how many, when last", int(row.sum.loans)).arg(when);
}

QVariant ClientsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return nameOf(row);
    case Qt::ToolTipRole:
        return row.key == anyKey() ? QString() : row.key;
    case Qt::AccessibleTextRole: {
        QStringList words {nameOf(row), standingText(row.standing).word, secondLine(row)};
        if (row.connected > 0)
            words.append(tr("connected"));
        return words.join(QStringLiteral("; "));
    }
    case KeyRole:
        return row.key;
    case ExeRole:
        return row.key == anyKey() ? QString() : row.key;
    case StandingRole:
        return int(row.standing);
    case LoansRole:
        return row.sum.loans;
    case DenialsRole:
        return row.sum.denials;
    case FirstSeenRole:
        return row.sum.firstSeen;
    case LastSeenRole:
        return row.sum.lastSeen;
    case ConnectedRole:
        return row.connected;
    case SecondLineRole:
        return secondLine(row);
    default:
        return {};
    }
}

void ClientsModel::retranslate()
{
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
}

StateText ClientsModel::standingText(Standing standing)
{
    switch (standing) {
    case Standing::Allowed:
        return {Tone::Ok, QStringLiteral("ok"), tr("Allowed")};
    case Standing::Denied:
        return {Tone::Warning, QStringLiteral("close"), tr("Denied")};
    case Standing::NoGrant:
        break;
    }
    return {Tone::Neutral, QStringLiteral("minus"), tr("No grants")};
}

} // namespace chatelaine::ui
