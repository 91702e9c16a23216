// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/SignIn.h"

#include "core/audit/AuditLog.h"
#include "core/base/Clock.h"
#include "core/credentials/Identity.h"
#include "core/credentials/Probe.h"
#include "core/credentials/Scopes.h"
#include "core/oauth/LoopbackRedirect.h"

#include <QCoreApplication>

#include <algorithm>

namespace chatelaine::credentials {

namespace {

oauth::LoopbackRedirect::PageTexts pageTexts(const QString &server)
{
    const auto words = [](const char *text) {
        return QCoreApplication::translate("callback", text);
    };
    oauth::LoopbackRedirect::PageTexts texts;
    //: The language of the pages that a sign-in ends on, as a code: fr, pt-BR
    texts.language = words(QT_TRANSLATE_NOOP("callback", "en"));
    texts.title = QStringLiteral("Chatelaine");
    texts.success = words(QT_TRANSLATE_NOOP(
                              "callback", "You are signed in to %1. You may close this page."))
                        .arg(server);
    texts.failure = words(QT_TRANSLATE_NOOP("callback",
                              "The sign-in to %1 did not work. Chatelaine says why; you may close "
                              "this page."))
                        .arg(server);
    texts.notOurs = words(QT_TRANSLATE_NOOP("callback",
        "This is not the answer Chatelaine is waiting for. If you came here from a sign-in page, "
        "start again from Chatelaine."));
    return texts;
}

/// Marks an account as having a sign-in under way for as long as it lives.
class Authorizing
{
public:
    Authorizing(std::shared_ptr<Parts> parts, QString accountId)
        : m_parts(std::move(parts))
        , m_accountId(std::move(accountId))
    {
        m_parts->authorizing.append(m_accountId);
    }
    ~Authorizing()
    {
        m_parts->authorizing.removeOne(m_accountId);
        m_parts->pending.remove(m_accountId);
    }
    Q_DISABLE_COPY_MOVE(Authorizing)

private:
    std::shared_ptr<Parts> m_parts;
    QString m_accountId;
};

/// Waits for the browser, the clipboard, the stop or the time limit, whichever is first.
Task<Result<Secret>> waitForCode(std::shared_ptr<Parts> parts, Completion<Result<Secret>> code,
    qint64 timeoutMs, std::stop_token stop)
{
    const std::unique_ptr<Alarm> limit = parts->context.clock.createAlarm();
    QObject::connect(limit.get(), &Alarm::fired, limit.get(), [code]() mutable {
        code.set(failure(ErrorCode::TimedOut,
            QStringLiteral("The sign-in was not finished in the browser in time. "
                           "Try again; the link of the last attempt no longer "
                           "works.")));
    });
    const std::stop_callback onStop(stop, [code]() mutable {
        code.set(failure(ErrorCode::Cancelled, QStringLiteral("The sign-in was cancelled.")));
    });
    if (!code.isSet())
        limit->set(parts->context.clock.bootMs() + timeoutMs);
    co_return co_await code;
}

struct Prepared
{
    AccountView view;
    net::Reach reach = net::Reach::Public;
    std::optional<net::Challenge> challenge;
    oauth::Discovered found;
};

/// The callback's port: the one the person set; else the one a dynamic registration of ours names,
/// since many issuers compare it although RFC 8252 §7.3 lets it vary; else any.
Result<void> listen(oauth::LoopbackRedirect &redirect, const Parts &parts, const Prepared &ready)
{
    const store::ServerSettings &settings = ready.view.server.settings;
    if (settings.redirectPort == 0) {
        const auto known = parts.catalogue.dynamic(ready.found.issuer.issuer, parts.now());
        const QUrl uri(
            known && !known->redirectUris.isEmpty() ? known->redirectUris.constFirst() : QString());
        if (uri.isValid() && uri.port() > 0 && uri.host() == settings.redirectHost) {
            if (redirect.listen(settings.redirectHost, static_cast<quint16>(uri.port())))
                return {};
        }
    }
    return redirect.listen(settings.redirectHost, settings.redirectPort);
}

/// MCP authorization, steps 8 and 9: authorization request, response, token request.
Task<Result<TokenItem>> obtainTokens(std::shared_ptr<Parts> parts, SignInRequest request,
    Prepared ready, std::shared_ptr<oauth::LoopbackRedirect> redirect, Identity identity,
    std::stop_token stop)
{
    ScopeSources sources;
    sources.chosenByPerson = ready.view.server.settings.scopes;
    if (ready.challenge && ready.challenge->params.contains("scope"))
        sources.challenged = ready.challenge->param("scope");
    if (ready.found.resource)
        sources.resourceSupports = ready.found.resource->scopesSupported;
    sources.issuerSupports = ready.found.issuer.scopesSupported;
    // What an earlier authorization asked for is kept, so that a step-up takes nothing away.
    if (ready.view.account.issuer == ready.found.issuer.issuer)
        sources.before = ready.view.account.requestedScopes;
    sources.extra = request.extraScopes;

    oauth::AuthorizationInput input;
    input.metadata = ready.found.issuer;
    input.clientId = identity.client.clientId;
    input.redirectUri = redirect->redirectUri();
    input.resource = resourceParameter(ready.view.server, ready.found);
    input.scopes = chooseScopes(sources);
    input.extraParams = ready.view.server.settings.authorizationParams;
    auto built = oauth::buildAuthorizationRequest(input, parts->context.random);
    if (!built)
        co_return failure(built.error());

    const auto pending = std::make_shared<PendingAuthorization>();
    pending->request = *built;
    parts->pending.insert(request.accountId, pending);
    redirect->expect(
        [pending](const QByteArray &rawQuery) {
            auto response = oauth::judgeAuthorizationResponse(pending->request, rawQuery);
            if (!response.ours)
                return oauth::LoopbackRedirect::Verdict::NotOurs;
            const bool good = response.code.has_value();
            // From the event loop: the page must be on its way before the flow goes on.
            QMetaObject::invokeMethod(
                qApp,
                [pending, code = std::move(response.code)] {
                    Completion<Result<Secret>> answer = pending->code;
                    answer.set(code);
                },
                Qt::QueuedConnection);
            return good ? oauth::LoopbackRedirect::Verdict::Succeeded
                        : oauth::LoopbackRedirect::Verdict::Failed;
        },
        pageTexts(ready.view.fullName()));

    AuthorizationPrompt prompt;
    prompt.url = built->url;
    prompt.host = built->url.host();
    prompt.server = ready.view.fullName();
    prompt.scopes = built->scopes;
    prompt.redirectUri = built->redirectUri;
    request.person->progress(QStringLiteral("authorization"), prompt.host);
    request.person->authorize(prompt);
    const Result<Secret> code = co_await waitForCode(parts, pending->code, request.timeoutMs, stop);
    if (!code)
        co_return failure(code.error());

    // RFC 6749 §4.1.3. The endpoint is that of the issuer recorded with the request.
    request.person->progress(QStringLiteral("token"), ready.found.issuer.tokenEndpoint.host());
    oauth::Endpoint endpoint;
    endpoint.url = ready.found.issuer.tokenEndpoint;
    endpoint.client = identity.client;
    endpoint.reach = ready.reach;
    endpoint.caFile = ready.view.server.settings.caFile;
    oauth::CodeExchange exchange;
    exchange.code = *code;
    exchange.codeVerifier = built->codeVerifier;
    exchange.redirectUri = built->redirectUri;
    exchange.resource = built->resource;
    const Result<oauth::TokenSet> answer =
        co_await parts->tokenEndpoint.exchangeCode(endpoint, exchange, stop);
    if (!answer)
        co_return failure(answer.error());

    TokenItem item;
    item.accessToken = answer->accessToken;
    item.refreshToken = answer->refreshToken;
    item.issuedAt = parts->now();
    item.expiresAt = answer->expiresInS ? item.issuedAt + *answer->expiresInS * 1000 : 0;
    item.scopes = answer->scopes ? *answer->scopes : built->scopes;
    item.issuer = ready.found.issuer.issuer;
    item.clientId = identity.client.clientId;
    item.resource = built->resource;

    // What was asked for is remembered with it: a later step-up adds to this.
    if (auto view = parts->catalogue.view(request.accountId)) {
        store::Account account = view->account;
        account.requestedScopes = built->scopes;
        co_await parts->catalogue.save(account);
    }
    co_return item;
}

/// Steps 1 to 5: who protects the server.
Task<Result<Prepared>> prepare(
    std::shared_ptr<Parts> parts, SignInRequest request, std::stop_token stop)
{
    Prepared ready;
    const auto view = parts->catalogue.view(request.accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, QStringLiteral("The account was removed."));
    ready.view = *view;
    const Result<net::Reach> reach = co_await parts->context.http.reachOf(view->server.url, stop);
    if (!reach)
        co_return failure(reach.error());
    ready.reach = *reach;
    ready.challenge = request.challenge;

    if (!request.challenge && !request.discovered) {
        request.person->progress(QStringLiteral("probe"), view->server.url.host());
        Result<ProbeAnswer> answer = co_await probe(parts, ready.view, ready.reach, Secret(), stop);
        if (!answer)
            co_return failure(answer.error());
        if (answer->open) {
            co_return failure(ErrorCode::InvalidInput,
                QStringLiteral("%1 needs no sign-in: it answers without a token.")
                    .arg(view->server.name));
        }
        ready.challenge = answer->challenge;
    }
    if (request.discovered) {
        ready.found = *request.discovered;
        co_return ready;
    }
    request.person->progress(QStringLiteral("discovery"), view->server.url.host());
    oauth::DiscoveryInput input;
    input.server = view->server.url;
    input.challenge = ready.challenge;
    input.reach = ready.reach;
    input.caFile = view->server.settings.caFile;
    input.preferredIssuer = view->account.issuer;
    Result<oauth::Discovered> found = co_await parts->discovery.discover(input, {}, stop);
    if (!found)
        co_return failure(found.error());
    ready.found = *found;
    co_return ready;
}

Task<void> rememberDiscovery(std::shared_ptr<Parts> parts, Prepared ready)
{
    co_await rememberIssuer(parts, ready.found);
    const QString resource = ready.found.resource ? ready.found.resource->resource : QString();
    // As it is now: the person may have changed or removed it while we were asking around.
    auto view = parts->catalogue.view(ready.view.account.id);
    if (view && !resource.isEmpty() && resource != view->server.resource) {
        view->server.resource = resource;
        co_await parts->catalogue.save(view->server);
    }
}

Task<Result<void>> keep(std::shared_ptr<Parts> parts, SignInRequest request, TokenItem item,
    store::Registration registration)
{
    const auto view = parts->catalogue.view(request.accountId);
    if (!view)
        co_return failure(
            ErrorCode::NotFound, QStringLiteral("The account was removed meanwhile."));
    item.generation = view->account.generation + 1;
    // A refresh that is being written has a number already that the record does not show yet.
    if (const TokenItem *present = parts->tokens.inMemory(request.accountId))
        item.generation = std::max(item.generation, present->generation + 1);
    const Result<void> kept =
        co_await parts->tokens.put(request.accountId, item, TokenKeeper::OnFailure::Undo);
    if (!kept)
        co_return kept;
    parts->refresher.forget(request.accountId);
    audit::Event about;
    about.client = request.person->facts();
    const AccountEdit edit = [item, registration, now = parts->now()](store::Account &account) {
        account.issuer = item.issuer;
        account.registrationId = registration.id;
        account.resource = item.resource;
        account.grantedScopes = item.scopes;
        account.expiresAt = item.expiresAt;
        account.hasRefreshToken = !item.refreshToken.isEmpty();
        account.tokenFingerprint = item.accessToken.fingerprint();
        account.generation = item.generation;
        account.lastError.clear();
        account.signedInAt = now;
    };
    const Result<void> moved =
        co_await parts->move(request.accountId, AccountEvent::SignedIn, about, edit);
    if (parts->tokenChanged)
        parts->tokenChanged(request.accountId);
    co_return moved;
}

bool clientIsUnknown(const Error &error)
{
    const QString code = error.data.value(QLatin1StringView("error")).toString();
    return error.code == ErrorCode::ServerRefused
        && (code == QLatin1StringView("invalid_client")
            || code == QLatin1StringView("unauthorized_client"));
}

Task<Result<void>> attempt(
    std::shared_ptr<Parts> parts, SignInRequest request, std::stop_token stop)
{
    Result<Prepared> ready = co_await prepare(parts, request, stop);
    if (!ready)
        co_return failure(ready.error());
    co_await rememberDiscovery(parts, *ready);
    // Remembering may have changed the record.
    ready->view = parts->catalogue.view(request.accountId).value_or(ready->view);

    const auto redirect = std::make_shared<oauth::LoopbackRedirect>();
    if (Result<void> listening = listen(*redirect, *parts, *ready); !listening)
        co_return listening;
    const QString redirectUri = redirect->redirectUri();

    for (bool again = false;; again = true) {
        Result<Identity> identity = co_await identify(
            parts, ready->view, ready->found, ready->reach, redirectUri, request.person, stop);
        if (!identity)
            co_return failure(identity.error());
        Result<TokenItem> item =
            co_await obtainTokens(parts, request, *ready, redirect, *identity, stop);
        if (item) {
            Result<void> kept = co_await keep(parts, request, *item, identity->registration);
            if (!kept || !request.verify)
                co_return kept;
            request.person->progress(QStringLiteral("retry"), ready->view.server.url.host());
            const Result<ProbeAnswer> taken =
                co_await probe(parts, ready->view, ready->reach, item->accessToken, stop);
            if (!taken || taken->open)
                co_return {};
            const QString why =
                QStringLiteral("%1 gave a token, but %2 does not take it. Check the "
                               "server's resource setting and its logs.")
                    .arg(ready->found.issuer.issuer, ready->view.server.name);
            co_await parts->remark(request.accountId, why);
            co_return failure(ErrorCode::ProtocolViolation, why);
        }
        const ErrorCode code = item.error().code;
        if (identity->reused && (code == ErrorCode::TimedOut || code == ErrorCode::Cancelled))
            parts->suspectRegistrations.insert(identity->registration.id);
        // An issuer that has pruned our registration: register anew, once.
        if (again || !identity->reused || !clientIsUnknown(item.error()))
            co_return failure(item.error());
        co_await forgetRegistration(parts, identity->registration.id);
    }
}

} // namespace

Task<Result<void>> signIn(std::shared_ptr<Parts> parts, SignInRequest request, std::stop_token stop)
{
    const auto view = parts->catalogue.view(request.accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, QStringLiteral("The account was removed."));
    if (parts->locked) {
        co_return failure(ErrorCode::Locked,
            QStringLiteral("Chatelaine is locked. Unlock it with: chatelaine unlock"));
    }
    if (!request.person) {
        co_return failure(ErrorCode::SignInNeeded,
            QStringLiteral("%1 needs you to sign in: chatelaine login %1").arg(view->fullName()),
            {},
            {{QStringLiteral("server"), view->fullName()},
                {QStringLiteral("reason"), QStringLiteral("challenged")}});
    }
    if (parts->authorizing.contains(request.accountId)) {
        co_return failure(ErrorCode::AlreadyExists,
            QStringLiteral("A sign-in to %1 is already waiting in the browser. Finish "
                           "or cancel that one first.")
                .arg(view->fullName()));
    }
    const Authorizing mark(parts, request.accountId);
    const EitherStop either(stop, parts->stopping.get_token());
    Result<void> result = co_await attempt(parts, request, either.token());
    if (!result && !parts->stopping.stop_requested()) {
        audit::Event event = parts->eventFor(*view);
        event.event = QStringLiteral("account.sign_in");
        event.outcome = result.error().code == ErrorCode::Cancelled ? audit::Outcome::Denied
                                                                    : audit::Outcome::Failed;
        event.client = request.person->facts();
        event.detail = result.error().message;
        parts->context.audit.note(event);
        co_await parts->remark(request.accountId, result.error().message);
    }
    co_return result;
}

} // namespace chatelaine::credentials
