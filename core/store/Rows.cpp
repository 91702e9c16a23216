// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Rows.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlError>

namespace chatelaine::store {

namespace {

using Column = QLatin1StringView;

// Qt binds a null QString as NULL.
QVariant text(const QString &value)
{
    return value.isNull() ? QStringLiteral("") : value;
}

QVariant reference(const QString &id)
{
    return id.isEmpty() ? QVariant(QMetaType::fromType<QString>()) : QVariant(id);
}

QVariant number(qint64 value)
{
    return QVariant::fromValue(value);
}

QVariant words(const QStringList &list)
{
    const QJsonDocument document(QJsonArray::fromStringList(list));
    return QString::fromUtf8(document.toJson(QJsonDocument::Compact));
}

QVariant object(const QJsonObject &value)
{
    return QString::fromUtf8(json::compact(value));
}

// The columns of one row in turn; remembers whether any of them could not be read.
class RowReader
{
public:
    explicit RowReader(const QSqlQuery &query)
        : m_query(query)
    { }

    bool isGood() const { return m_good; }

    QString text() { return m_query.value(m_column++).toString(); }
    qint64 number() { return m_query.value(m_column++).toLongLong(); }
    bool flag() { return number() != 0; }
    QStringList words()
    {
        const QJsonDocument document = QJsonDocument::fromJson(text().toUtf8());
        const QJsonArray array = document.array();
        m_good = m_good && document.isArray();
        QStringList list;
        for (const QJsonValue &item : array) {
            m_good = m_good && item.isString();
            list.append(item.toString());
        }
        return list;
    }
    QJsonObject object()
    {
        const auto parsed = json::parseObject(text().toUtf8(), QStringLiteral("A row"));
        m_good = m_good && parsed;
        return parsed.value_or(QJsonObject());
    }
    template <typename Enum>
    Enum named(std::optional<Enum> (*fromName)(const QString &))
    {
        const std::optional<Enum> value = fromName(text());
        m_good = m_good && value;
        return value.value_or(Enum{});
    }

private:
    const QSqlQuery &m_query;
    int m_column = 0;
    bool m_good = true;
};

Server readServer(RowReader &row)
{
    Server server;
    server.id = row.text();
    server.name = row.text();
    server.url = QUrl(row.text());
    server.resource = row.text();
    server.settings = ServerSettings::fromJson(row.object());
    server.protocolVersion = row.text();
    server.createdAt = row.number();
    return server;
}

Account readAccount(RowReader &row)
{
    Account account;
    account.id = row.text();
    account.serverId = row.text();
    account.name = row.text();
    account.state = row.named(accountStateFromName);
    account.issuer = row.text();
    account.registrationId = row.text();
    account.resource = row.text();
    account.grantedScopes = row.words();
    account.requestedScopes = row.words();
    account.expiresAt = row.number();
    account.hasRefreshToken = row.flag();
    account.tokenFingerprint = row.text();
    account.generation = row.number();
    account.lastError = row.text();
    account.signedInAt = row.number();
    account.createdAt = row.number();
    account.refreshSentAt = row.number();
    return account;
}

Registration readRegistration(RowReader &row)
{
    Registration registration;
    registration.id = row.text();
    registration.issuer = row.text();
    registration.serverId = row.text();
    registration.kind = row.named(registrationKindFromName);
    registration.clientId = row.text();
    registration.tokenEndpointAuthMethod = row.text();
    registration.redirectUris = row.words();
    registration.hasSecret = row.flag();
    registration.secretExpiresAt = row.number();
    registration.registrationClientUri = row.text();
    registration.createdAt = row.number();
    return registration;
}

IssuerRecord readIssuer(RowReader &row)
{
    IssuerRecord issuer;
    issuer.issuer = row.text();
    issuer.metadata = row.object();
    issuer.fetchedAt = row.number();
    issuer.clockSkewMs = row.number();
    return issuer;
}

Grant readGrant(RowReader &row)
{
    Grant grant;
    grant.id = row.text();
    grant.serverId = row.text();
    grant.accountId = row.text();
    grant.deny = row.flag();
    grant.anyClient = row.flag();
    grant.exe = row.text();
    grant.exeSha256 = row.text();
    grant.scopes = row.words();
    grant.lifetime = row.named(grantLifetimeFromName);
    grant.sessionPid = row.number();
    grant.sessionStart = static_cast<quint64>(row.number());
    grant.expiresAt = row.number();
    grant.createdAt = row.number();
    grant.lastUsed = row.number();
    grant.expiresBootMs = row.number();
    grant.bootId = row.text();
    grant.idleMs = row.number();
    return grant;
}

template <typename Record>
Result<void> readAll(Connection &connection, const Row &shape, QLatin1StringView order,
    Record (*readOne)(RowReader &), QList<Record> &to, QStringList &warnings)
{
    QStringList columns;
    for (const Column column : shape.columns)
        columns.append(column);
    const auto query =
        connection.execute(QStringLiteral("SELECT %1 FROM %2 ORDER BY %3")
                               .arg(columns.join(QStringLiteral(", ")), shape.table, order));
    if (!query)
        return failure(query.error());
    while ((*query)->next()) {
        RowReader row(**query);
        Record record = readOne(row);
        if (row.isGood()) {
            to.append(std::move(record));
        } else {
            warnings.append(Sentence::tr("The row %1 of the table %2 can't be read and is left "
                                         "out.")
                                .arg((*query)->value(0).toString(), shape.table));
        }
    }
    // next() gives no error of its own; a damaged page ends the rows early.
    if ((*query)->lastError().isValid())
        return failure(toError((*query)->lastError(), connection.path()));
    return {};
}

} // namespace

QString Row::upsert() const
{
    QStringList names;
    QStringList marks;
    QStringList updates;
    for (const Column column : columns) {
        names.append(column);
        marks.append(QStringLiteral("?"));
        if (column != columns.first())
            updates.append(QStringLiteral("%1 = excluded.%1").arg(column));
    }
    const QString comma = QStringLiteral(", ");
    return QStringLiteral("INSERT INTO %1 (%2) VALUES (%3) ON CONFLICT (%4) DO UPDATE SET %5")
        .arg(table, names.join(comma), marks.join(comma), columns.first(), updates.join(comma));
}

Row rowOf(const Server &server)
{
    return {Column("servers"),
        {Column("id"), Column("name"), Column("url"), Column("resource"), Column("settings"),
            Column("protocol_version"), Column("created_at")},
        {text(server.id), text(server.name), text(server.url.toString(QUrl::FullyEncoded)),
            text(server.resource), object(server.settings.toJson()), text(server.protocolVersion),
            number(server.createdAt)}};
}

Row rowOf(const Account &account)
{
    return {Column("accounts"),
        {Column("id"), Column("server_id"), Column("name"), Column("state"), Column("issuer"),
            Column("registration_id"), Column("resource"), Column("granted_scopes"),
            Column("requested_scopes"), Column("expires_at"), Column("has_refresh_token"),
            Column("token_fingerprint"), Column("generation"), Column("last_error"),
            Column("signed_in_at"), Column("created_at"), Column("refresh_sent_at")},
        {text(account.id), text(account.serverId), text(account.name),
            accountStateName(account.state), text(account.issuer), text(account.registrationId),
            text(account.resource), words(account.grantedScopes), words(account.requestedScopes),
            number(account.expiresAt), number(account.hasRefreshToken),
            text(account.tokenFingerprint), number(account.generation), text(account.lastError),
            number(account.signedInAt), number(account.createdAt), number(account.refreshSentAt)}};
}

Row rowOf(const Registration &registration)
{
    return {Column("registrations"),
        {Column("id"), Column("issuer"), Column("server_id"), Column("kind"), Column("client_id"),
            Column("token_endpoint_auth_method"), Column("redirect_uris"), Column("has_secret"),
            Column("secret_expires_at"), Column("registration_client_uri"), Column("created_at")},
        {text(registration.id), text(registration.issuer), reference(registration.serverId),
            registrationKindName(registration.kind), text(registration.clientId),
            text(registration.tokenEndpointAuthMethod), words(registration.redirectUris),
            number(registration.hasSecret), number(registration.secretExpiresAt),
            text(registration.registrationClientUri), number(registration.createdAt)}};
}

Row rowOf(const IssuerRecord &issuer)
{
    return {Column("issuers"),
        {Column("issuer"), Column("metadata"), Column("fetched_at"), Column("clock_skew_ms")},
        {text(issuer.issuer), object(issuer.metadata), number(issuer.fetchedAt),
            number(issuer.clockSkewMs)}};
}

Row rowOf(const Grant &grant)
{
    return {Column("grants"),
        {Column("id"), Column("server_id"), Column("account_id"), Column("deny"),
            Column("any_client"), Column("exe"), Column("exe_sha256"), Column("scopes"),
            Column("lifetime"), Column("session_pid"), Column("session_start"),
            Column("expires_at"), Column("created_at"), Column("last_used"),
            Column("expires_boot"), Column("boot_id"), Column("idle_ms")},
        {text(grant.id), text(grant.serverId), reference(grant.accountId), number(grant.deny),
            number(grant.anyClient), text(grant.exe), text(grant.exeSha256), words(grant.scopes),
            grantLifetimeName(grant.lifetime), number(grant.sessionPid),
            number(static_cast<qint64>(grant.sessionStart)), number(grant.expiresAt),
            number(grant.createdAt), number(grant.lastUsed), number(grant.expiresBootMs),
            text(grant.bootId), number(grant.idleMs)}};
}

Result<Snapshot> readSnapshot(Connection &connection)
{
    Snapshot all;
    const Column byId("id");
    if (auto done = readAll(
            connection, rowOf(Server{}), Column("name"), readServer, all.servers, all.warnings);
        !done)
        return failure(std::move(done).error());
    if (auto done = readAll(connection, rowOf(Account{}), Column("created_at, id"), readAccount,
            all.accounts, all.warnings);
        !done)
        return failure(std::move(done).error());
    if (auto done = readAll(connection, rowOf(Registration{}), byId, readRegistration,
            all.registrations, all.warnings);
        !done)
        return failure(std::move(done).error());
    if (auto done = readAll(connection, rowOf(IssuerRecord{}), Column("issuer"), readIssuer,
            all.issuers, all.warnings);
        !done)
        return failure(std::move(done).error());
    if (auto done = readAll(connection, rowOf(Grant{}), Column("created_at, id"), readGrant,
            all.grants, all.warnings);
        !done)
        return failure(std::move(done).error());
    return all;
}

} // namespace chatelaine::store
