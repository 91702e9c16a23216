// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Methods.h"

#include "core/base/Sentence.h"
#include "core/broker/Broker.h"
#include "core/credentials/RefreshErrors.h"

#include <QHash>

namespace chatelaine::broker {

namespace {

using Table = QHash<QString, MethodRow>;

void put(Table &table, const std::vector<MethodRow> &rows)
{
    for (const MethodRow &row : rows)
        table.insert(QString::fromLatin1(row.name), row);
}

Table makeTable(Right right)
{
    Table table;
    put(table, borrowMethods());
    if (right == Right::Control) {
        put(table, serverMethods());
        put(table, controlMethods());
        put(table, grantMethods());
        put(table, auditMethods());
    }
    return table;
}

Task<Result<Reply>> unknown(QString name, bool onOther)
{
    const QString sentence = onOther
        ? Sentence::tr("\"%1\" is a method of the control socket; this one is for borrowing.")
        : Sentence::tr("There is no method \"%1\". This broker may be older than the program "
                       "that asks.");
    co_return failure(ErrorCode::InvalidInput, sentence.arg(name), {},
                      {{QStringLiteral("rpc_code"), protocol::MethodNotFound}});
}

Task<Result<Reply>> refuse(Error error)
{
    co_return failure(std::move(error));
}

Task<Result<Reply>> runForPerson(Broker &broker, Method method, Call call)
{
    const Broker::InUse use(broker);
    Result<Reply> reply = co_await method(broker, std::move(call));
    co_return reply;
}

} // namespace

Task<Result<Reply>> runMethod(Broker &broker, Call call)
{
    static const Table borrow = makeTable(Right::Borrow);
    static const Table control = makeTable(Right::Control);
    const Table &table = call.connection->right() == Right::Control ? control : borrow;
    if (const auto row = table.constFind(call.method); row != table.cend()) {
        if (broker.isClosed() && !row->whileLocked)
            return refuse(credentials::lockedError());
        if (row->borrows) {
            if (const Result<void> joined = call.connection->joinBorrowers(); !joined)
                return refuse(joined.error());
        }
        if (row->isUse && !row->borrows)
            return runForPerson(broker, row->run, std::move(call));
        return row->run(broker, std::move(call));
    }
    const bool onOther = control.contains(call.method);
    return unknown(std::move(call.method), onOther);
}

} // namespace chatelaine::broker
