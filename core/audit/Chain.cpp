// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/Chain.h"

#include "core/audit/Begin.h"
#include "core/store/Connection.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlError>
#include <QtEndian>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>

namespace chatelaine::audit {

namespace {

constexpr qsizetype maxText = 4096;
constexpr qsizetype maxAncestors = 32;

// Command lines and names are the caller's words: they may be long, and no Unicode.
bool isTidy(const QString &text)
{
    return text.size() <= maxText && text.isValidUtf16() && !text.contains(QChar(u'\0'));
}

void tidy(QString &text)
{
    if (isTidy(text))
        return;
    if (text.size() > maxText)
        text.truncate(maxText);
    if (!text.isValidUtf16())
        text = QString::fromUtf8(text.toUtf8());
    text.replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
}

void tidy(Event &event)
{
    for (QString *text : {&event.event, &event.server, &event.account, &event.scope,
             &event.client.exe, &event.client.argv0, &event.client.app, &event.grant,
             &event.tokenFingerprint, &event.detail})
        tidy(*text);
    QStringList &chain = event.client.chain;
    if (chain.size() > maxAncestors)
        chain.resize(maxAncestors);
    // A list that is in order stays the one it is, shared with the next event.
    if (std::all_of(chain.cbegin(), chain.cend(), isTidy))
        return;
    for (QString &ancestor : chain)
        tidy(ancestor);
}

QString ancestorsText(const QStringList &chain)
{
    if (chain.isEmpty())
        return QStringLiteral("[]");
    return QString::fromUtf8(
        QJsonDocument(QJsonArray::fromStringList(chain)).toJson(QJsonDocument::Compact));
}

// In the order of textColumns.
std::array<QString, textColumns.size()> textsOf(const Event &event, const QString &ancestors)
{
    const ClientFacts &client = event.client;
    return {event.event, outcomeName(event.outcome), event.server, event.account, event.scope,
        client.exe, client.argv0, client.app, ancestors, event.grant, event.tokenFingerprint,
        event.detail};
}

// The places of the statement by name: Qt makes a string of a place's number at each binding.
struct Insert
{
    Insert()
    {
        QString columns;
        QString marks;
        for (size_t i = 0; i < textColumns.size(); ++i) {
            texts[i] = u':' + textColumns[i];
            columns += QStringLiteral(", ") + textColumns[i];
            marks += QStringLiteral(", ") + texts[i];
        }
        sql = QStringLiteral("INSERT INTO audit (seq, time, pid%1, hash) "
                             "VALUES (:seq, :time, :pid%2, :hash)")
                  .arg(columns, marks);
    }

    QString sql;
    const QString seq = QStringLiteral(":seq");
    const QString time = QStringLiteral(":time");
    const QString pid = QStringLiteral(":pid");
    const QString hash = QStringLiteral(":hash");
    std::array<QString, textColumns.size()> texts;
};

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
    void add(QByteArrayView text)
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
    for (const QByteArrayView text : row.texts)
        m->add(text);
    return finish();
}

QByteArray ChainHasher::seal(const Begin &begin)
{
    static constexpr char what[] = "chatelaine history begins"; // with the 0 at its end
    m->buffer.resize(0);
    m->buffer.append(what, sizeof what);
    m->add(begin.seq);
    m->add(begin.removedAt);
    m->buffer.append(begin.hash);
    return finish();
}

QByteArray ChainHasher::finish()
{
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
    static const Insert insert;
    const auto before = head(connection);
    if (!before)
        return failure(before.error());
    const auto query = connection.prepare(insert.sql);
    if (!query)
        return failure(query.error());

    tidy(event);
    // One program asks many times.
    if (m_ancestorsText.isEmpty() || event.client.chain != m_ancestors) {
        m_ancestors = event.client.chain;
        m_ancestorsText = ancestorsText(m_ancestors);
    }
    const auto texts = textsOf(event, m_ancestorsText);
    StoredRow row {before->seq + 1, time, event.client.pid, {}};
    std::array<QByteArray, textColumns.size()> utf8;
    for (size_t i = 0; i < texts.size(); ++i) {
        utf8[i] = texts[i].toUtf8();
        row.texts[i] = utf8[i];
    }
    const QByteArray hash = m_hasher.hash(before->hash, row);
    const auto bind = [&](const QString &name, const QVariant &value) {
        (*query)->bindValue(name, value);
    };
    bind(insert.seq, row.seq);
    bind(insert.time, row.time);
    bind(insert.pid, row.pid);
    // A null string would be bound as NULL.
    for (size_t i = 0; i < texts.size(); ++i)
        bind(insert.texts[i], texts[i].isEmpty() ? QStringLiteral("") : texts[i]);
    bind(insert.hash, hash);
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
