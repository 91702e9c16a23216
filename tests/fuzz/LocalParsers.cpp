// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Arguments.h"
#include "core/base/Json.h"
#include "core/broker/JsonRpc.h"
#include "core/broker/Lookout.h"
#include "core/broker/ProcessFacts.h"
#include "core/client/LineFramer.h"
#include "core/credentials/ServerUrl.h"
#include "core/credentials/TokenItem.h"
#include "core/store/Migrations.h"
#include "core/store/Rows.h"
#include "core/vault/EncryptedFile.h"
#include "tests/fuzz/Parsers.h"

#include <array>
#include <memory>

namespace chatelaine::fuzz {

namespace {

QByteArrayList linesOf(QByteArrayView bytes, qsizetype pieces, qsizetype limit)
{
    protocol::LineFramer framer(limit);
    QByteArrayList lines;
    for (qsizetype at = 0; at < bytes.size(); at += pieces) {
        framer.append(bytes.sliced(at, std::min(pieces, bytes.size() - at)));
        while (const auto line = framer.next())
            lines.append(line->toByteArray());
    }
    if (framer.tooLong())
        lines.append("too long");
    return lines;
}

// docs/broker-protocol.md: what any program of the machine may write to the sockets.
const char *jsonRpc(QByteArrayView bytes)
{
    constexpr qsizetype limit = 4096;
    const QByteArrayList lines = linesOf(bytes, std::max<qsizetype>(bytes.size(), 1), limit);
    if (linesOf(bytes, 1, limit) != lines || linesOf(bytes, 7, limit) != lines)
        return "the lines depend on where the stream is cut";
    for (const QByteArray &line : lines) {
        const auto request = broker::parseRequest(line);
        const QJsonValue id = request ? request->id : request.error().id;
        const QByteArray answer = request ? broker::answerLine(id, {request->params})
                                          : broker::faultLine(request.error());
        if (answer.count('\n') != 1 || !answer.endsWith('\n'))
            return "an answer is not one line";
        const auto object = json::parseObject(answer, QStringLiteral("It"), 1024);
        if (!object)
            return "an answer is not JSON";
        if (id.isString() && object->value(QLatin1StringView("id")) != id)
            return "an answer has another id";
    }
    return nullptr;
}

// An answer of a broker that may be another version, or another program.
const char *rpcError(QByteArrayView bytes)
{
    const auto object = json::parseObject(bytes.toByteArray(), QStringLiteral("It"));
    if (!object)
        return nullptr;
    const Error error = protocol::fromRpcError(*object);
    const Error again = protocol::fromRpcError(protocol::toRpcError(error));
    return again.code == error.code ? nullptr : "an error is another one when it is sent on";
}

// An item of the keychain that another program has changed.
const char *tokenItem(QByteArrayView bytes)
{
    static_cast<void>(credentials::decode(Secret::copyOf(bytes)));
    const QByteArray raw = bytes.toByteArray();
    const auto item = credentials::decode(Secret(raw.toBase64()));
    if (!item)
        return nullptr;
    const auto again = credentials::decode(credentials::encode(*item));
    if (!again || !(again->accessToken == item->accessToken)
        || !(again->refreshToken == item->refreshToken) || again->issuer != item->issuer
        || again->scopes != item->scopes || again->expiresAt != item->expiresAt)
        return "an item is another one when it is read again";
    return nullptr;
}

store::Connection &tables()
{
    static const std::unique_ptr<store::Connection> connection = [] {
        const QString memory = QStringLiteral(":memory:");
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("rows"));
        database.setDatabaseName(memory);
        if (!database.open())
            return std::unique_ptr<store::Connection>();
        auto made = std::make_unique<store::Connection>(database, memory);
        if (!store::migrate(*made))
            return std::unique_ptr<store::Connection>();
        return made;
    }();
    return *connection;
}

// A database that another program has written: the lines are the columns of one row, of the table
// that the first byte chooses.
const char *storedRow(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return nullptr;
    const store::Row shapes[] = {rowOf(store::Server{}), rowOf(store::Account{}),
        rowOf(store::Registration{}), rowOf(store::IssuerRecord{}), rowOf(store::Grant{})};
    store::Row row = shapes[static_cast<unsigned char>(bytes.front()) % std::size(shapes)];
    const QByteArrayList lines = bytes.sliced(1).toByteArray().split('\n');
    for (qsizetype i = 0; i < row.values.size() && i < lines.size(); ++i) {
        const QString text = QString::fromUtf8(lines[i]);
        const bool number = row.values[i].typeId() != QMetaType::QString;
        row.values[i] = number ? QVariant(text.toLongLong()) : QVariant(text);
    }
    store::Connection &connection = tables();
    static_cast<void>(connection.run(QStringLiteral("BEGIN")));
    static_cast<void>(connection.execute(row.upsert(), row.values));
    const auto all = store::readSnapshot(connection);
    static_cast<void>(connection.run(QStringLiteral("ROLLBACK")));
    if (!all)
        return "one row of a foreign hand spoils the rest";
    for (const store::Server &server : all->servers) {
        const QJsonObject settings = server.settings.toJson();
        if (store::ServerSettings::fromJson(settings) != server.settings)
            return "settings are others when they are read again";
    }
    return nullptr;
}

// What a person types, or a page tells them to type.
const char *arguments(QByteArrayView bytes)
{
    QStringList words;
    const QByteArrayList lines = bytes.toByteArray().split('\n');
    for (const QByteArray &line : lines)
        words << QString::fromUtf8(line);
    const auto invocation = cli::parseArguments(words);
    if (!invocation)
        return invocation.error().message.isEmpty() ? "a mistake is not explained" : nullptr;
    if (!invocation->command && !invocation->help)
        return "a command line without a command is accepted";
    return nullptr;
}

const char *serverUrl(QByteArrayView bytes)
{
    const auto url = credentials::readServerUrl(QString::fromUtf8(bytes));
    if (!url)
        return nullptr;
    if (url->host().isEmpty() || !url->userInfo().isEmpty() || url->hasFragment())
        return "an address is accepted that is none of a server";
    if (url->scheme() != QLatin1StringView("https") && url->scheme() != QLatin1StringView("http"))
        return "an address of another scheme is accepted";
    if (!credentials::isGoodName(credentials::nameFor(*url, {})))
        return "a name is made that is no name";
    return nullptr;
}

// proc(5): the command line and the control group are the caller's own words.
const char *processFacts(QByteArrayView bytes)
{
    const auto [first, second] = halves(bytes);
    static_cast<void>(broker::parseStat(bytes));
    static_cast<void>(broker::appFromCgroup(bytes));
    static_cast<void>(broker::appFromFlatpakInfo(bytes));
    static_cast<void>(broker::mountsThatMayHang(bytes));
    const QString exe = QString::fromUtf8(first);
    const QList<QByteArray> argv = second.split('\0');
    const QString script = broker::scriptArgument(exe, argv);
    if (!script.isEmpty() && !broker::isInterpreter(exe))
        return "a program that is no interpreter has a script";
    return nullptr;
}

// The encrypted vault, before its passphrase is known.
const char *vaultFile(QByteArrayView bytes)
{
    const QByteArray file = bytes.toByteArray();
    const auto params = encryptedfile::readParams(file);
    const encryptedfile::Key key;
    const auto items = encryptedfile::open(file, key);
    if (items && !params)
        return "a vault opens whose parameters can't be read";
    return nullptr;
}

constexpr std::array all{
    Parser{"json_rpc", jsonRpc},
    Parser{"rpc_error", rpcError},
    Parser{"token_item", tokenItem},
    Parser{"stored_row", storedRow},
    Parser{"arguments", arguments},
    Parser{"server_url", serverUrl},
    Parser{"process_facts", processFacts},
    Parser{"vault_file", vaultFile},
};

} // namespace

std::span<const Parser> localParsers()
{
    return all;
}

} // namespace chatelaine::fuzz
