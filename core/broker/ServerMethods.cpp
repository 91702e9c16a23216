// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/broker/Broker.h"
#include "core/broker/Methods.h"

#include <QJsonArray>
#include <QUrl>

namespace chatelaine::broker {

namespace {

QString text(const QJsonObject &params, QLatin1StringView key)
{
    return json::string(params, key).value_or(QString());
}

// The person at the other end of a connection whose request runs.
class RemotePerson final : public credentials::Person
{
public:
    RemotePerson(std::shared_ptr<Connection> connection, QJsonValue id, audit::ClientFacts by)
        : m_connection(std::move(connection))
        , m_id(std::move(id))
        , m_by(std::move(by))
    {
    }
    void authorize(const credentials::AuthorizationPrompt &prompt) override
    {
        m_connection->notify(QStringLiteral("login/open"),
                             {{QStringLiteral("id"), m_id},
                              {QStringLiteral("url"), prompt.url.toString(QUrl::FullyEncoded)},
                              {QStringLiteral("host"), prompt.host},
                              {QStringLiteral("server"), prompt.server},
                              {QStringLiteral("scopes"),
                               QJsonArray::fromStringList(prompt.scopes)},
                              {QStringLiteral("redirect_uri"), prompt.redirectUri}});
    }
    void progress(const QString &step, const QString &detail) override
    {
        m_connection->notify(QStringLiteral("progress"),
                             {{QStringLiteral("id"), m_id},
                              {QStringLiteral("step"), step},
                              {QStringLiteral("detail"), detail}});
    }
    audit::ClientFacts facts() const override { return m_by; }

private:
    std::shared_ptr<Connection> m_connection;
    QJsonValue m_id;
    audit::ClientFacts m_by;
};

std::shared_ptr<credentials::Person> personOf(const Call &call)
{
    return std::make_shared<RemotePerson>(call.connection, call.id, factsOf(*call.caller));
}

Result<credentials::NewServer> newServerOf(const QJsonObject &params)
{
    credentials::NewServer server;
    server.url = text(params, QLatin1StringView("url"));
    if (server.url.isEmpty()) {
        return failure(ErrorCode::InvalidInput, Sentence::tr("Say where the server is: \"url\"."));
    }
    server.name = text(params, QLatin1StringView("name"));
    server.account = text(params, QLatin1StringView("account"));
    server.clientId = text(params, QLatin1StringView("client_id"));
    server.clientSecret = Secret::fromString(text(params, QLatin1StringView("client_secret")));

    store::ServerSettings &settings = server.settings;
    const QString host = text(params, QLatin1StringView("redirect_host"));
    if (!host.isEmpty()) {
        if (host != QLatin1StringView("127.0.0.1") && host != QLatin1StringView("localhost")) {
            return failure(ErrorCode::InvalidInput,
                Sentence::tr("The redirect host is 127.0.0.1 or localhost, not "
                             "\"%1\": a callback must not leave this machine.")
                    .arg(host));
        }
        settings.redirectHost = host;
    }
    if (params.contains(QLatin1StringView("redirect_port"))) {
        const std::optional<qint64> port =
            json::integer(params, QLatin1StringView("redirect_port"));
        if (!port || *port < 0 || *port > 65535) {
            return failure(ErrorCode::InvalidInput,
                Sentence::tr("The redirect port is a number from 0 to 65535; 0 takes "
                             "any free one."));
        }
        settings.redirectPort = static_cast<quint16>(*port);
    }
    const QString mode = text(params, QLatin1StringView("resource_mode"));
    settings.resourceValue = text(params, QLatin1StringView("resource_value"));
    if (mode == QLatin1StringView("custom"))
        settings.resourceMode = store::ResourceMode::Custom;
    else if (mode == QLatin1StringView("omit"))
        settings.resourceMode = store::ResourceMode::Omit;
    else if (!mode.isEmpty() && mode != QLatin1StringView("auto"))
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("resource_mode is auto, custom or omit, not \"%1\".").arg(mode));
    if ((settings.resourceMode == store::ResourceMode::Custom)
        == settings.resourceValue.isEmpty()) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("\"resource_value\" belongs to the resource mode custom, "
                         "which needs one."));
    }
    settings.scopes = text(params, QLatin1StringView("scope")).split(u' ', Qt::SkipEmptyParts);
    const QJsonObject extra =
        params.value(QLatin1StringView("authorization_params")).toObject();
    for (auto it = extra.begin(); it != extra.end(); ++it)
        settings.authorizationParams.insert(it.key(), it.value().toVariant().toString());
    settings.caFile = text(params, QLatin1StringView("ca_file"));
    settings.clientMetadataUrl = text(params, QLatin1StringView("client_metadata_url"));
    settings.protocolVersion = text(params, QLatin1StringView("protocol_version"));
    return server;
}

QJsonObject shown(Broker &broker, const credentials::AccountView &account)
{
    QJsonObject object = account.toJson();
    object.insert(QStringLiteral("settings"), account.server.settings.toJson());
    QJsonArray others;
    const QList<credentials::AccountView> all = broker.credentials().accounts();
    for (const credentials::AccountView &other : all) {
        if (other.server.id == account.server.id && other.account.id != account.account.id)
            others.append(other.account.name);
    }
    object.insert(QStringLiteral("accounts"), others);
    return object;
}

Task<Result<Reply>> list(Broker &broker, Call)
{
    QJsonArray servers;
    const QList<credentials::AccountView> accounts = broker.credentials().accounts();
    for (const credentials::AccountView &account : accounts)
        servers.append(account.toJson());
    co_return Reply {{{QStringLiteral("servers"), servers}}};
}

Task<Result<Reply>> show(Broker &broker, Call call)
{
    const Result<credentials::AccountView> account = broker.lending().accountOf(call.params);
    if (!account)
        co_return failure(account.error());
    co_return Reply {shown(broker, *account)};
}

Task<Result<Reply>> add(Broker &broker, Call call)
{
    Result<credentials::NewServer> server = newServerOf(call.params);
    if (!server)
        co_return failure(std::move(server).error());
    const Result<credentials::AccountView> added =
        co_await broker.credentials().add(std::move(*server), factsOf(*call.caller));
    if (!added)
        co_return failure(added.error());
    co_return Reply {shown(broker, *added)};
}

Task<Result<Reply>> remove(Broker &broker, Call call)
{
    const Result<credentials::AccountView> account = broker.lending().accountOf(call.params);
    if (!account)
        co_return failure(account.error());
    const Result<credentials::Farewell> farewell =
        co_await broker.credentials().remove(account->account.id, factsOf(*call.caller));
    if (!farewell)
        co_return failure(farewell.error());
    co_return Reply {{{QStringLiteral("removed"), account->fullName()},
                      {QStringLiteral("revocation"), farewell->revocation},
                      {QStringLiteral("registration"), farewell->registration}}};
}

Task<Result<Reply>> discover(Broker &broker, Call call)
{
    Result<credentials::NewServer> server = newServerOf(call.params);
    if (!server)
        co_return failure(std::move(server).error());
    Result<QJsonObject> found =
        co_await broker.credentials().discover(std::move(*server), personOf(call), call.stop);
    if (!found)
        co_return failure(std::move(found).error());
    co_return Reply {std::move(*found)};
}

Task<Result<Reply>> login(Broker &broker, Call call)
{
    const Result<credentials::AccountView> account = broker.lending().accountOf(call.params);
    if (!account)
        co_return failure(account.error());
    const qint64 timeoutS =
        json::integer(call.params, QLatin1StringView("timeout_s")).value_or(300);
    if (timeoutS < 1 || timeoutS > 24 * 3600) {
        co_return failure(ErrorCode::InvalidInput,
            Sentence::tr("\"timeout_s\" is a number of seconds from 1 to a day."));
    }
    const QStringList scopes =
        text(call.params, QLatin1StringView("scope")).split(u' ', Qt::SkipEmptyParts);
    const Result<credentials::AccountView> signedIn = co_await broker.credentials().signIn(
        account->account.id, scopes, personOf(call), timeoutS * 1000, call.stop);
    if (!signedIn)
        co_return failure(signedIn.error());
    co_return Reply {shown(broker, *signedIn)};
}

Task<Result<Reply>> loginCallback(Broker &broker, Call call)
{
    const QUrl url(text(call.params, QLatin1StringView("url")).trimmed(), QUrl::StrictMode);
    if (!url.isValid() || !url.hasQuery()) {
        co_return failure(ErrorCode::InvalidInput,
            Sentence::tr("That is not a callback URL. Copy the whole address the "
                         "browser ended at, with everything after the \"?\"."));
    }
    co_return Reply {
        {{QStringLiteral("accepted"), broker.credentials().acceptCallback(url)}}};
}

Task<Result<Reply>> logout(Broker &broker, Call call)
{
    const Result<credentials::AccountView> account = broker.lending().accountOf(call.params);
    if (!account)
        co_return failure(account.error());
    const auto unconfirmed = json::boolean(call.params, QLatin1StringView("only_if_revoked"))
        ? credentials::Unconfirmed::Keep
        : credentials::Unconfirmed::Forget;
    const Result<credentials::Farewell> farewell = co_await broker.credentials().signOut(
        account->account.id, factsOf(*call.caller), unconfirmed);
    if (!farewell)
        co_return failure(farewell.error());
    co_return Reply {{{QStringLiteral("revocation"), farewell->revocation},
        {QStringLiteral("revoked"), farewell->revoked}}};
}

Task<Result<credentials::AccountView>> accountToCall(Broker &broker, Call call)
{
    const QString url = text(call.params, QLatin1StringView("url"));
    if (url.isEmpty())
        co_return broker.lending().accountOf(call.params);
    Result<credentials::AccountView> known =
        broker.credentials().find(url, text(call.params, QLatin1StringView("account")));
    if (known || known.error().code != ErrorCode::NotFound)
        co_return known;
    Result<credentials::NewServer> server = newServerOf(call.params);
    if (!server)
        co_return failure(std::move(server).error());
    Result<credentials::AccountView> added =
        co_await broker.credentials().add(std::move(*server), factsOf(*call.caller));
    co_return added;
}

/// What an operation at a server is lent.
struct Operation
{
    Lending::Permit permit;
    audit::Event event;
    bool lent = false;
    bool refused = false; ///< which the history has already
    std::unique_ptr<Broker::InUse> use; ///< while it runs with what it was lent
};

// Before the operation uses a token: the first, or one that it was renewed or stepped up to.
Task<Result<void>> lendTo(Broker &broker, Call call, credentials::AccountView account,
    std::shared_ptr<Operation> operation, credentials::Loan loan)
{
    Lending &lending = broker.lending();
    // From here on the grant for once is with the permit below, or given back.
    const Lending::Permit before = std::exchange(operation->permit, {});
    Result<Lending::Permit> permit =
        co_await lending.confirm(before, call, account, loan.scopes, true, operation->event.event);
    if (!permit) {
        operation->refused = true;
        co_return failure(std::move(permit).error());
    }
    audit::Event event = operation->event;
    event.grant = permit->grantId;
    event.scope = loan.scopes.join(u' ');
    event.tokenFingerprint = loan.fingerprint;
    if (operation->lent)
        event.detail += QStringLiteral(", went on with this token");
    const Result<void> recorded = co_await lending.record(*permit, event);
    if (!recorded)
        co_return failure(recorded.error());
    operation->lent = true;
    if (!operation->use)
        operation->use = std::make_unique<Broker::InUse>(broker);
    operation->permit = *permit;
    operation->permit.paid = permit->paid || permit->taken;
    operation->permit.taken = false;
    co_return Result<void>{};
}

Task<Result<Reply>> mcpCall(Broker &broker, Call call)
{
    const QJsonValue arguments = call.params.value(QLatin1StringView("arguments"));
    if (!arguments.isUndefined() && !arguments.isObject()) {
        co_return failure(
            ErrorCode::InvalidInput, Sentence::tr("\"arguments\" has to be a JSON object."));
    }
    const Result<credentials::AccountView> account = co_await accountToCall(broker, call);
    if (!account)
        co_return failure(account.error());
    const QString eventName = QStringLiteral("loan.call");
    Result<Lending::Permit> permit =
        co_await broker.lending().permit(call, *account, {}, true, eventName);
    if (!permit)
        co_return failure(std::move(permit).error());
    const QString tool = text(call.params, QLatin1StringView("tool"));
    const auto operation = std::make_shared<Operation>();
    operation->permit = *permit;
    operation->event = Lending::eventFor(eventName, call, *account);
    operation->event.grant = permit->grantId;
    operation->event.detail = tool.isEmpty() ? QStringLiteral("tools/list") : tool;
    const credentials::BeforeUse beforeUse = [&broker, call, lentOf = *account, operation](
                                                 credentials::Loan loan) {
        return lendTo(broker, call, lentOf, operation, std::move(loan));
    };
    Result<QJsonObject> result = co_await broker.credentials().call(account->account.id, tool,
        arguments.toObject(), text(call.params, QLatin1StringView("protocol_version")),
        personOf(call), call.stop, beforeUse);
    if (result && !operation->lent) {
        // A server that wants no token.
        const Result<void> recorded =
            co_await broker.lending().record(operation->permit, operation->event);
        if (!recorded)
            co_return failure(recorded.error());
    }
    if (!result && !operation->lent) {
        broker.lending().giveBack(operation->permit);
        audit::Event event = operation->event;
        event.outcome = audit::Outcome::Failed;
        event.detail += QStringLiteral(": ") + errorCodeName(result.error().code);
        if (!operation->refused)
            broker.lending().noteFailure(event);
    }
    if (!result)
        co_return failure(std::move(result).error());
    co_return Reply {std::move(*result)};
}

} // namespace

std::vector<MethodRow> serverMethods()
{
    return {{"servers/list", list}, {"servers/show", show}, {"servers/add", add},
        {"servers/remove", remove}, {"discover", discover}, {"login", login},
        {"login/callback", loginCallback}, {"logout", logout}, {"mcp/call", mcpCall, false, true}};
}

} // namespace chatelaine::broker
