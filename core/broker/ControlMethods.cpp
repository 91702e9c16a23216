// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/broker/Broker.h"
#include "core/broker/Methods.h"

#include <QJsonArray>
#include <QTimer>

namespace chatelaine::broker {

namespace {

Task<Result<Reply>> status(Broker &broker, Call)
{
    co_return Reply {broker.status()};
}

Task<Result<Reply>> lock(Broker &broker, Call call)
{
    const Result<void> locked = co_await broker.lock(factsOf(*call.caller));
    if (!locked)
        co_return failure(locked.error());
    co_return Reply {{{QStringLiteral("locked"), broker.isLocked()}}};
}

Task<Result<Reply>> unlock(Broker &broker, Call call)
{
    const Secret passphrase = Secret::fromString(
        json::string(call.params, QLatin1StringView("passphrase")).value_or(QString()));
    const Result<void> unlocked =
        co_await broker.unlock(passphrase, factsOf(*call.caller), call.stop);
    if (!unlocked)
        co_return failure(unlocked.error());
    co_return Reply {{{QStringLiteral("locked"), broker.isLocked()}}};
}

Reply settingsReply(Broker &broker)
{
    return {{{QStringLiteral("settings"), broker.settings().toJson()}}};
}

Task<Result<Reply>> getSettings(Broker &broker, Call)
{
    co_return settingsReply(broker);
}

Task<Result<Reply>> setSettings(Broker &broker, Call call)
{
    const std::optional<QString> name = json::string(call.params, QLatin1StringView("name"));
    const QJsonValue given = call.params.value(QLatin1StringView("value"));
    if (!name || !(given.isString() || given.isBool() || given.isDouble())) {
        co_return failure(ErrorCode::InvalidInput,
            Sentence::tr("\"name\" is needed, and \"value\": a string, a number, "
                         "or true or false."));
    }
    const QString value = given.toVariant().toString();
    const Result<void> set = broker.changeSetting(*name, value, factsOf(*call.caller));
    if (!set)
        co_return failure(set.error());
    co_return settingsReply(broker);
}

Task<Result<Reply>> cancel(Broker &, Call call)
{
    const QJsonValue id = call.params.value(QLatin1StringView("id"));
    if (!id.isString() && !id.isDouble()) {
        co_return failure(
            ErrorCode::InvalidInput, Sentence::tr("\"id\" is the id of the request to call off."));
    }
    // A call that named itself would wait for its own end.
    const bool found = id != call.id && call.connection->cancel(id);
    co_return Reply {{{QStringLiteral("cancelled"), found}}};
}

Task<Result<Reply>> shutdown(Broker &broker, Call call)
{
    QJsonObject fields{{QStringLiteral("stopping"), true}};
    if (json::boolean(call.params, QLatin1StringView("hand_over"))) {
        const QStringList names = broker.handOver(*call.connection);
        if (!names.isEmpty())
            fields.insert(QStringLiteral("handed_over"), QJsonArray::fromStringList(names));
    }
    // From the event loop, so that this answer is on its way first.
    QTimer::singleShot(0, &broker, &Broker::stopRequested);
    co_return Reply{fields};
}

} // namespace

std::vector<MethodRow> controlMethods()
{
    return {{"status", status, true, false, false}, {"lock", lock, true}, {"unlock", unlock, true},
        {"settings/get", getSettings, true}, {"settings/set", setSettings},
        {"cancel", cancel, true}, {"shutdown", shutdown, true}};
}

} // namespace chatelaine::broker
