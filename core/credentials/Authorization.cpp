// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Authorization.h"

#include "core/base/Clock.h"
#include "core/base/Sentence.h"
#include "core/credentials/Possession.h"
#include "core/credentials/RefreshErrors.h"
#include "core/credentials/Scopes.h"

#include <QCoreApplication>

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
    texts.program = QStringLiteral("Chatelaine");
    texts.success.heading =
        words(QT_TRANSLATE_NOOP("callback", "You are signed in to %1")).arg(server);
    texts.failure.heading =
        words(QT_TRANSLATE_NOOP("callback", "The sign-in to %1 did not work")).arg(server);
    texts.failure.sentence = words(QT_TRANSLATE_NOOP("callback", "Open Chatelaine to see why."));
    texts.notOurs.heading =
        words(QT_TRANSLATE_NOOP("callback", "This is not the answer Chatelaine is waiting for"));
    texts.notOurs.sentence = words(QT_TRANSLATE_NOOP(
        "callback", "If you came here from a sign-in page, start again from Chatelaine."));
    texts.success.goodbye = texts.failure.goodbye =
        words(QT_TRANSLATE_NOOP("callback", "You may close this page."));
    return texts;
}

/// Waits for the browser, the clipboard, the stop or the time limit, whichever is first.
Task<Result<Secret>> waitForCode(std::shared_ptr<Parts> parts, Completion<Result<Secret>> code,
    qint64 timeoutMs, std::stop_token stop)
{
    const std::unique_ptr<Alarm> limit = parts->context.clock.createAlarm();
    QObject::connect(limit.get(), &Alarm::fired, limit.get(), [code]() mutable {
        code.set(failure(ErrorCode::TimedOut,
            Sentence::tr("The sign-in was not finished in the browser in time. "
                         "Try again; the link of the last attempt no longer "
                         "works.")));
    });
    const std::stop_callback onStop(stop, [code]() mutable {
        code.set(failure(ErrorCode::Cancelled, Sentence::tr("The sign-in was cancelled.")));
    });
    if (!code.isSet())
        limit->set(parts->context.clock.bootMs() + timeoutMs);
    co_return co_await code;
}

} // namespace

Result<void> listenForCallback(
    oauth::LoopbackRedirect &redirect, const Parts &parts, const Prepared &ready)
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

Task<Result<Obtained>> obtainTokens(std::shared_ptr<Parts> parts, SignInRequest request,
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
    if (!request.startsOver && ready.view.account.issuer == ready.found.issuer.issuer)
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
        co_return failure(ofServer(answer.error()));

    Obtained obtained;
    obtained.requestedScopes = built->scopes;
    TokenItem &item = obtained.tokens;
    item.accessToken = answer->accessToken;
    item.refreshToken = answer->refreshToken;
    const Instant now = parts->instant();
    item.issuedAt = now.utc;
    item.expiresAt = answer->expiresInS ? now.utc + *answer->expiresInS * 1000 : 0;
    item.expiresBoot = answer->expiresInS ? now.boot + *answer->expiresInS * 1000 : 0;
    item.scopes = answer->scopes ? *answer->scopes : built->scopes;
    item.grantScopes = item.scopes;
    item.issuer = ready.found.issuer.issuer;
    item.clientId = identity.client.clientId;
    item.resource = built->resource;
    item.server = addressOf(ready.view.server);
    item.tokenEndpoint = endpoint.url.toString(QUrl::FullyEncoded);
    co_return obtained;
}

} // namespace chatelaine::credentials
