// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/TokenItem.h"

#include "core/base/Sentence.h"

#include <QDataStream>
#include <QIODevice>

namespace chatelaine::credentials {

namespace {

// Binary and not JSON: QJsonDocument would leave copies of the tokens behind that nobody can wipe.
constexpr quint32 magic = 0x43485432; // "CHT2"

const QString damageReason = QStringLiteral("item_damaged");

void put(QDataStream &stream, const Secret &secret)
{
    const QByteArrayView bytes = secret.expose();
    stream.writeBytes(bytes.data(), static_cast<uint>(bytes.size()));
}

Secret take(QDataStream &stream)
{
    QByteArray bytes;
    stream >> bytes;
    return Secret(std::move(bytes));
}

// QStringList's own operator reserves room for as many as a foreign hand says there are.
QStringList takeList(QDataStream &stream)
{
    quint32 count = 0;
    stream >> count;
    QStringList list;
    for (quint32 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
        QString text;
        stream >> text;
        list.append(std::move(text));
    }
    return list;
}

} // namespace

Secret encode(const TokenItem &item)
{
    // Reserved at once: a buffer that grows leaves its contents behind in freed memory.
    QByteArray bytes;
    bytes.reserve(item.accessToken.size() + item.refreshToken.size() + 16 * 1024);
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << magic << item.generation;
    put(stream, item.accessToken);
    put(stream, item.refreshToken);
    stream << item.issuedAt << item.expiresAt << item.scopes << item.grantScopes << item.issuer
           << item.clientId << item.resource << item.server << item.tokenEndpoint;
    return Secret(bytes.toBase64());
}

Result<TokenItem> decode(const Secret &secret)
{
    const QByteArrayView text = secret.expose();
    QByteArray bytes = QByteArray::fromBase64(QByteArray::fromRawData(text.data(), text.size()));
    TokenItem item;
    bool whole = false;
    {
        QDataStream stream(bytes);
        stream.setVersion(QDataStream::Qt_6_0);
        quint32 head = 0;
        stream >> head;
        if (head == magic) {
            stream >> item.generation;
            item.accessToken = take(stream);
            item.refreshToken = take(stream);
            stream >> item.issuedAt >> item.expiresAt;
            item.scopes = takeList(stream);
            item.grantScopes = takeList(stream);
            stream >> item.issuer >> item.clientId >> item.resource >> item.server
                >> item.tokenEndpoint;
            whole = stream.status() == QDataStream::Ok;
        }
    }
    wipe(bytes);
    if (!whole) {
        return failure(ErrorCode::Internal,
            Sentence::tr("The stored tokens can't be read: another program changed "
                         "the item. Sign in again to replace it."),
            {}, {{QStringLiteral("reason"), damageReason}});
    }
    return item;
}

bool isDamage(const Error &error)
{
    return error.data.value(QLatin1StringView("reason")).toString() == damageReason;
}

} // namespace chatelaine::credentials
