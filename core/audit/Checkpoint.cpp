// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/Checkpoint.h"

#include "core/base/Json.h"

namespace chatelaine::audit {

namespace {

QString keyItem()
{
    return QStringLiteral("audit/key");
}

QString headItem()
{
    return QStringLiteral("audit/head");
}

} // namespace

Task<Result<Secret>> readKey(Vault *vault, std::stop_token stop)
{
    return vault->read(keyItem(), std::move(stop));
}

Task<Result<void>> writeKey(Vault *vault, Secret key)
{
    return vault->write(keyItem(), std::move(key));
}

Task<Result<Head>> readCheckpoint(Vault *vault, std::stop_token stop)
{
    Result<Secret> item = co_await vault->read(headItem(), stop);
    if (!item && item.error().code == ErrorCode::NotFound)
        co_return Head{};
    if (!item)
        co_return failure(std::move(item).error());
    const auto object = json::parseObject(item->expose().toByteArray(), headItem());
    if (!object)
        co_return Head{};
    Head head;
    // As text: a JSON number is exact up to 2^53 only.
    head.seq = json::integer(*object, QLatin1StringView("seq")).value_or(0);
    head.hash = QByteArray::fromHex(
        json::string(*object, QLatin1StringView("hash")).value_or(QString()).toLatin1());
    const auto time = json::string(*object, QLatin1StringView("time"));
    head.time = time ? fromRfc3339(*time).value_or(0) : 0;
    if (head.seq < 1 || head.hash.size() != hashBytes)
        co_return Head{};
    co_return head;
}

Task<Result<void>> writeCheckpoint(Vault *vault, Head head)
{
    const QJsonObject object{
        {QStringLiteral("seq"), QString::number(head.seq)},
        {QStringLiteral("hash"), QString::fromLatin1(head.hash.toHex())},
        {QStringLiteral("time"), toRfc3339(head.time)},
    };
    return vault->write(headItem(), Secret(json::compact(object)));
}

Task<Result<void>> forgetHistory(Vault *vault)
{
    for (const QString &item : {headItem(), keyItem()}) {
        const Result<void> removed = co_await vault->remove(item);
        if (!removed)
            co_return failure(removed.error());
    }
    co_return Result<void> {};
}

} // namespace chatelaine::audit
