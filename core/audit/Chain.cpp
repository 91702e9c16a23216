// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/Chain.h"

#include "core/store/Connection.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlError>
#include <QtEndian>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace chatelaine::audit {

namespace {

constexpr qsizetype maxText = 4096;
constexpr qsizetype maxAncestors = 32;

// Command lines and names are the caller's words: they may be long, and no Unicode.
void tidy(QString &text)
{
    if (text.size() > maxText)
        text.truncate(maxText);
    if (!text.isValidUtf16())
        text = QString::fromUtf8(text.toUtf8());
    if (text.contains(QChar(u'\0')))
        text.replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
}

void tidy(Event &event)
{
    for (QString *text : {&event.event, &event.server, &event.account, &event.scope,
             &event.client.exe, &event.client.argv0, &event.client.app, &event.grant,
             &event.tokenFingerprint, &event.detail})
        tidy(*text);
    if (event.client.chain.size() > maxAncestors)
        event.client.chain.resize(maxAncestors);
    for (QString &ancestor : event.client.chain)
        tidy(ancestor);
}

QByteArray ancestorsText(const QStringList &chain)
{
    if (chain.isEmpty())
        return QByteArrayLiteral("[]");
    return QJsonDocument(QJsonArray::fromStringList(chain)).toJson(QJsonDocument::Compact);
}

StoredRow rowOf(qint64 seq, UtcMs time, const Event &event)
{
    const ClientFacts &client = event.client;
    return {seq, time, client.pid,
        {event.event.toUtf8(), outcomeName(event.outcome).toUtf8(), event.server.toUtf8(),
            event.account.toUtf8(), event.scope.toUtf8(), client.exe.toUtf8(),
            client.argv0.toUtf8(), client.app.toUtf8(), ancestorsText(client.chain),
            event.grant.toUtf8(), event.tokenFingerprint.toUtf8(), event.detail.toUtf8()}};
}

QString insertStatement()
{
    QString columns;
    QString marks;
    for (const QLatin1StringView column : textColumns) {
        columns += QStringLiteral(", ") + column;
        marks += QStringLiteral(", ?");
    }
    return QStringLiteral("INSERT INTO audit (seq, time, pid%1, hash) VALUES (?, ?, ?%2, ?)")
        .arg(columns, marks);
}

} // namespace

struct ChainHasher::Private
{
    EVP_MAC *mac = EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr);
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(mac);
    QByteArray buffer;

    void add(qint64 number)
    {
        const quint64 bytes = qToBigEndian(static_cast<quint64>(number));
        buffer.append(reinterpret_cast<const char *>(&bytes), sizeof bytes);
    }
    void add(const QByteArray &text)
    {
        const quint32 length = qToBigEndian(static_cast<quint32>(text.size()));
        buffer.append(reinterpret_cast<const char *>(&length), sizeof length);
        buffer.append(text);
    }
};

ChainHasher::ChainHasher(const Secret &key)
    : m(std::make_unique<Private>())
{
    char sha256[] = "SHA256";
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256, 0),
        OSSL_PARAM_construct_end(),
    };
    const QByteArrayView bytes = key.expose();
    if (!m->context
        || EVP_MAC_init(m->context, reinterpret_cast<const unsigned char *>(bytes.data()),
               static_cast<size_t>(bytes.size()), params)
            != 1)
        qFatal("OpenSSL has no HMAC-SHA-256.");
}

ChainHasher::~ChainHasher()
{
    EVP_MAC_CTX_free(m->context);
    EVP_MAC_free(m->mac);
}

QByteArray ChainHasher::hash(const QByteArray &previous, const StoredRow &row)
{
    m->buffer.resize(0);
    if (previous.isEmpty())
        m->buffer.append(hashBytes, '\0');
    else
        m->buffer.append(previous);
    m->add(row.seq);
    m->add(row.time);
    m->add(row.pid);
    for (const QByteArray &text : row.texts)
        m->add(text);

    QByteArray result(hashBytes, Qt::Uninitialized);
    // Without a key it starts again with the one it has.
    EVP_MAC_init(m->context, nullptr, 0, nullptr);
    EVP_MAC_update(m->context, reinterpret_cast<const unsigned char *>(m->buffer.constData()),
        static_cast<size_t>(m->buffer.size()));
    size_t length = 0;
    EVP_MAC_final(m->context, reinterpret_cast<unsigned char *>(result.data()), &length, hashBytes);
    return result;
}

Chain::Chain(const Secret &key)
    : m_hasher(key)
{ }

Result<Head> Chain::head(store::Connection &connection)
{
    if (m_rollbacks == connection.rollbacks())
        return m_head;
    auto last = readHead(connection, 0);
    if (!last)
        return failure(std::move(last).error());
    m_head = last->value_or(Head());
    if (m_head.seq < m_lost.seq)
        m_head = m_lost;
    m_rollbacks = connection.rollbacks();
    return m_head;
}

Result<Record> Chain::append(store::Connection &connection, UtcMs time, Event event)
{
    static const QString insert = insertStatement();
    const auto before = head(connection);
    if (!before)
        return failure(before.error());
    const auto query = connection.prepare(insert);
    if (!query)
        return failure(query.error());

    tidy(event);
    const StoredRow row = rowOf(before->seq + 1, time, event);
    const QByteArray hash = m_hasher.hash(before->hash, row);
    int column = 0;
    const auto bind = [&](const QVariant &value) { (*query)->bindValue(column++, value); };
    bind(row.seq);
    bind(row.time);
    bind(row.pid);
    // A null string would be bound as NULL.
    for (const QByteArray &text : row.texts)
        bind(text.isEmpty() ? QStringLiteral("") : QString::fromUtf8(text));
    bind(hash);
    if (auto done = connection.execute(**query); !done)
        return failure(std::move(done).error());
    m_head = Head{row.seq, hash, time};
    return Record{row.seq, time, std::move(event), hash};
}

void Chain::continueAfter(const Head &lost)
{
    m_lost = lost;
    m_rollbacks.reset();
}

Result<std::optional<Head>> readHead(store::Connection &connection, qint64 seq)
{
    const auto query = seq == 0
        ? connection.execute(
            QStringLiteral("SELECT seq, hash, time FROM audit ORDER BY seq DESC LIMIT 1"))
        : connection.execute(
            QStringLiteral("SELECT seq, hash, time FROM audit WHERE seq = ?"), {seq});
    if (!query)
        return failure(query.error());
    if (!(*query)->next()) {
        if ((*query)->lastError().isValid())
            return failure(store::toError((*query)->lastError(), connection.path()));
        return std::optional<Head>();
    }
    return Head{(*query)->value(0).toLongLong(), (*query)->value(1).toByteArray(),
        (*query)->value(2).toLongLong()};
}

} // namespace chatelaine::audit
