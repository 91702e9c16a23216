// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Call.h"

#include "core/base/Sentence.h"
#include "core/credentials/Probe.h"
#include "core/credentials/RefreshErrors.h"
#include "core/credentials/Scopes.h"
#include "core/credentials/SignIn.h"
#include "core/mcp/McpClient.h"

namespace chatelaine::credentials {

namespace {

constexpr int mostAuthorizations = 3;

/// Answers the challenges of one operation.
class OperationAuthorizer : public mcp::Authorizer
{
public:
    OperationAuthorizer(std::shared_ptr<Parts> parts, QString accountId,
        std::shared_ptr<Person> person, BeforeUse beforeUse)
        : m_parts(std::move(parts))
        , m_accountId(std::move(accountId))
        , m_person(std::move(person))
        , m_beforeUse(std::move(beforeUse))
    { }

    Task<Result<Secret>> authorization(std::stop_token stop) override
    {
        constexpr qint64 longEnoughForACallMs = 10'000;
        // The goodbye to the server comes here, too: a question that was answered is not put again.
        if (m_refusal)
            co_return failure(*m_refusal);
        Result<Loan> loan =
            co_await m_parts->refresher.token(m_accountId, longEnoughForACallMs, stop);
        m_sent.clear();
        if (!loan && loan.error().code == ErrorCode::SignInNeeded)
            co_return Secret(); // the server's challenge says what to do
        if (!loan)
            co_return failure(loan.error());
        if (m_beforeUse && loan->fingerprint != m_told) {
            const Result<void> may = co_await m_beforeUse(*loan);
            if (!may) {
                m_refusal = may.error();
                co_return failure(may.error());
            }
            if (m_parts->locked)
                co_return failure(lockedError());
            m_told = loan->fingerprint;
        }
        m_sent = loan->fingerprint;
        m_parts->refresher.noteUse(m_accountId);
        co_return bearer(loan->accessToken);
    }

    Task<Result<void>> challenged(net::HttpResponse response, std::stop_token stop) override
    {
        const std::optional<net::Challenge> challenge = net::bearerChallenge(response);
        const bool stepUp = response.status == 403 && challenge
            && challenge->param("error") == QLatin1StringView("insufficient_scope");
        const auto view = m_parts->catalogue.view(m_accountId);
        if (!view)
            co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed."));
        if (response.status == 403 && !stepUp) {
            co_return failure(ErrorCode::ServerRefused,
                Sentence::tr("%1 refuses this operation (HTTP 403) without asking "
                             "for more scopes. Your account there may not have the "
                             "right to it.")
                    .arg(view->fullName()));
        }
        if (!m_person)
            co_return co_await withoutPerson(*view, challenge, stepUp, stop);

        std::optional<oauth::Discovered> found;
        if (response.status == 401 && !m_sent.isEmpty() && !m_refreshed
            && view->account.hasRefreshToken) {
            m_refreshed = true;
            Result<oauth::Discovered> now = co_await discoverAgain(*view, challenge, stop);
            if (!now)
                co_return failure(ofServer(now.error()));
            if (now->issuer.issuer == view->account.issuer) {
                const auto fresh = co_await m_parts->refresher.replace(m_accountId, m_sent, stop);
                if (fresh)
                    co_return {};
                if (fresh.error().code != ErrorCode::SignInNeeded)
                    co_return failure(fresh.error());
            }
            // A sign-in begins with what the issuer says now.
            if (now->metadataFetched)
                found = *now;
        }
        if (++m_authorizations > mostAuthorizations) {
            co_return failure(ErrorCode::ScopeMissing,
                Sentence::tr("%1 still refuses after %2 authorizations%3. Ask its operator which "
                             "scopes your account may have.")
                    .arg(view->fullName())
                    .arg(mostAuthorizations)
                    .arg(stepUp ? Sentence::tr(" for %1").arg(challenge->param("scope"))
                                : QString()),
                {},
                {{QStringLiteral("missing"), challenge ? challenge->param("scope") : QString()}});
        }
        SignInRequest request;
        request.accountId = m_accountId;
        request.challenge = challenge;
        request.discovered = found;
        request.person = m_person;
        const Result<void> signedIn = co_await signIn(m_parts, request, stop);
        m_personLate = !signedIn && signedIn.error().code == ErrorCode::TimedOut;
        co_return signedIn;
    }

    /// What ended the operation: a person who was late, or else a server.
    Error told(const Error &error) const { return m_personLate ? error : ofServer(error); }

private:
    Task<Result<oauth::Discovered>> discoverAgain(
        AccountView view, std::optional<net::Challenge> challenge, std::stop_token stop)
    {
        const Result<net::Reach> reach =
            co_await m_parts->context.http.reachOf(view.server.url, stop);
        if (!reach)
            co_return failure(reach.error());
        oauth::DiscoveryInput input;
        input.server = view.server.url;
        input.challenge = std::move(challenge);
        input.reach = *reach;
        input.caFile = view.server.settings.caFile;
        input.preferredIssuer = view.account.issuer;
        if (const auto known = m_parts->catalogue.issuer(view.account.issuer)) {
            const auto metadata =
                oauth::authorizationServerMetadataFromJson(known->metadata, known->issuer, *reach);
            if (metadata)
                input.cachedIssuer = *metadata;
        }
        co_return co_await m_parts->discovery.discover(input, {}, stop);
    }

    Task<Result<void>> withoutPerson(AccountView view, std::optional<net::Challenge> challenge,
        bool stepUp, std::stop_token stop)
    {
        if (!stepUp && !m_sent.isEmpty() && !m_refreshed && view.account.hasRefreshToken) {
            m_refreshed = true;
            const auto fresh = co_await m_parts->refresher.replace(m_accountId, m_sent, stop);
            if (fresh)
                co_return {};
            co_return failure(fresh.error());
        }
        const QString scope = challenge ? challenge->param("scope") : QString();
        if (stepUp) {
            m_parts->noteMissing(view.account.id, scope.split(u' ', Qt::SkipEmptyParts));
            co_return failure(ErrorCode::ScopeMissing,
                Sentence::tr("%1 wants the scopes %2 for this. Grant them with: "
                             "chatelaine login %1 --scope \"%2\"")
                    .arg(view.fullName(), scope),
                {}, {{QStringLiteral("missing"), scope}});
        }
        co_return failure(ErrorCode::SignInNeeded,
            Sentence::tr("%1 wants you to sign in: chatelaine login %1").arg(view.fullName()), {},
            {{QStringLiteral("server"), view.fullName()},
                {QStringLiteral("reason"), QStringLiteral("challenged")}});
    }

    std::shared_ptr<Parts> m_parts;
    QString m_accountId;
    std::shared_ptr<Person> m_person;
    BeforeUse m_beforeUse;
    QString m_told; ///< fingerprint of the token that m_beforeUse has let
    QString m_sent; ///< fingerprint of the token that went with the last request
    std::optional<Error> m_refusal; ///< what m_beforeUse has said no with: the operation ends
    int m_authorizations = 0;
    bool m_refreshed = false;
    bool m_personLate = false;
};

Task<void> rememberVersion(std::shared_ptr<Parts> parts, QString accountId, QString version)
{
    auto view = parts->catalogue.view(accountId);
    if (!view || version.isEmpty() || view->server.protocolVersion == version)
        co_return;
    view->server.protocolVersion = version;
    co_await parts->catalogue.save(view->server);
}

QStringList namesOf(const QJsonArray &tools)
{
    QStringList names;
    for (const QJsonValue &tool : tools)
        names.append(tool.toObject().value(QLatin1StringView("name")).toString());
    return names;
}

} // namespace

Task<Result<QJsonObject>> callServer(std::shared_ptr<Parts> parts, QString accountId, QString tool,
    QJsonObject arguments, QString protocolVersion, std::shared_ptr<Person> person,
    BeforeUse beforeUse, std::stop_token stop)
{
    const auto view = parts->catalogue.view(accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed."));
    const EitherStop either(stop, parts->stopping.get_token());
    const Result<net::Reach> reach =
        co_await parts->context.http.reachOf(view->server.url, either.token());
    if (!reach)
        co_return failure(ofServer(reach.error()));

    OperationAuthorizer authorizer(parts, accountId, person, beforeUse);
    mcp::McpClient::Options options;
    options.pinnedVersion =
        protocolVersion.isEmpty() ? view->server.settings.protocolVersion : protocolVersion;
    options.knownVersion = view->server.protocolVersion;
    options.reach = *reach;
    options.caFile = view->server.settings.caFile;
    mcp::McpClient client(
        parts->context.http, parts->context.clock, view->server.url, options, &authorizer);

    if (person)
        person->progress(QStringLiteral("tools"), view->server.url.host());
    const Result<QJsonArray> tools = co_await client.listTools(either.token());
    if (!tools) {
        co_await client.close(either.token());
        co_return failure(authorizer.told(tools.error()));
    }
    co_await rememberVersion(parts, accountId, client.protocolVersion());
    if (tool.isEmpty()) {
        co_await client.close(either.token());
        co_return QJsonObject{{QStringLiteral("tools"), *tools}};
    }
    if (const QStringList names = namesOf(*tools); !names.contains(tool)) {
        co_await client.close(either.token());
        co_return failure(ErrorCode::InvalidInput,
            Sentence::tr("%1 has no tool called \"%2\". It has: %3.")
                .arg(view->fullName(), tool, names.join(QStringLiteral(", "))));
    }
    if (person)
        person->progress(QStringLiteral("call"), tool);
    Result<QJsonObject> result = co_await client.callTool(tool, arguments, either.token());
    co_await client.close(either.token());
    if (!result)
        co_return failure(authorizer.told(result.error()));
    co_return result;
}

} // namespace chatelaine::credentials
