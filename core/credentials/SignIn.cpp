// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/SignIn.h"

#include "core/audit/AuditLog.h"
#include "core/base/Sentence.h"
#include "core/credentials/Authorization.h"
#include "core/credentials/Possession.h"
#include "core/credentials/Probe.h"
#include "core/credentials/RefreshErrors.h"
#include "core/credentials/SignOut.h"

#include <QLoggingCategory>

#include <algorithm>

namespace chatelaine::credentials {

namespace {

Q_LOGGING_CATEGORY(logSignIn, "chatelaine.signin")

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

/// Steps 1 to 5: who protects the server.
Task<Result<Prepared>> prepare(
    std::shared_ptr<Parts> parts, SignInRequest request, std::stop_token stop)
{
    Prepared ready;
    const auto view = parts->catalogue.view(request.accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed."));
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
                Sentence::tr("%1 needs no sign-in: it answers without a token.")
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

/// Gives back what nobody is going to use.
Task<void> discard(std::shared_ptr<Parts> parts, Prepared ready, Identity identity, TokenItem item)
{
    oauth::Endpoint endpoint;
    endpoint.client = identity.client;
    endpoint.reach = ready.reach;
    endpoint.caFile = ready.view.server.settings.caFile;
    const Result<oauth::Revocation> told =
        co_await giveBack(parts, ready.found.issuer, endpoint, item, parts->stopping.get_token());
    if (!told)
        qCInfo(logSignIn) << "Unused tokens were not revoked:" << told.error().message;
}

Task<Result<void>> keep(std::shared_ptr<Parts> parts, SignInRequest request, Prepared ready,
    Obtained obtained, Identity identity)
{
    const QString id = request.accountId;
    TokenItem item = obtained.tokens;
    Result<void> kept =
        failure(ErrorCode::NotFound, Sentence::tr("The account was removed meanwhile."));
    // Memory has to have what is there: only then can it be put back.
    const Result<TokenItem> old = co_await parts->tokens.get(id, {});
    const bool mayReplace = old || parts->tokens.inMemory(id)
        || old.error().code == ErrorCode::NotFound || isDamage(old.error());
    const auto view = parts->catalogue.view(id);
    if (view && !mayReplace) {
        kept = failure(old.error());
    } else if (view) {
        item.generation = view->account.generation + 1;
        // A refresh that is being written has a number already that the record does not show yet.
        if (const TokenItem *present = parts->tokens.inMemory(id))
            item.generation = std::max(item.generation, present->generation + 1);
        ++parts->signIns[id];
        kept = co_await parts->tokens.put(id, item, TokenKeeper::OnFailure::Undo);
    }
    if (kept) {
        parts->refresher.forget(id);
        audit::Event about;
        about.client = request.person->facts();
        const AccountEdit edit = [item, registrationId = identity.registration.id,
                                     requested = obtained.requestedScopes,
                                     now = parts->now()](store::Account &account) {
            adopt(account, item);
            account.registrationId = registrationId;
            account.requestedScopes = requested;
            account.signedInAt = now;
        };
        kept = co_await parts->move(id, AccountEvent::SignedIn, about, edit);
        // Removed meanwhile: nobody would ever look for the item again.
        const bool isRemoved = !parts->catalogue.view(id);
        if (isRemoved && !parts->stopping.stop_requested())
            co_await parts->tokens.drop(id, -1);
        if (!isRemoved) {
            if (parts->tokenChanged)
                parts->tokenChanged(id);
            co_return kept;
        }
    }
    co_await discard(parts, ready, identity, item);
    co_return kept;
}

bool mayNotDoThis(const Error &error)
{
    return error.code == ErrorCode::ServerRefused
        && error.data.value(QLatin1StringView("error")).toString()
        == QLatin1StringView("unauthorized_client");
}

Task<Result<void>> attempt(
    std::shared_ptr<Parts> parts, SignInRequest request, std::stop_token stop)
{
    Result<Prepared> ready = co_await prepare(parts, request, stop);
    if (!ready)
        co_return failure(ofServer(ready.error()));
    co_await rememberDiscovery(parts, *ready);
    // Remembering may have changed the record.
    ready->view = parts->catalogue.view(request.accountId).value_or(ready->view);

    const auto redirect = std::make_shared<oauth::LoopbackRedirect>();
    if (Result<void> listening = listenForCallback(*redirect, *parts, *ready); !listening)
        co_return listening;
    const QString redirectUri = redirect->redirectUri();

    for (bool again = false;; again = true) {
        Result<Identity> identity = co_await identify(
            parts, ready->view, ready->found, ready->reach, redirectUri, request.person, stop);
        if (!identity)
            co_return failure(ofServer(identity.error()));
        const Result<Obtained> obtained =
            co_await obtainTokens(parts, request, *ready, redirect, *identity, stop);
        if (obtained) {
            const Result<void> kept = co_await keep(parts, request, *ready, *obtained, *identity);
            if (!kept || !request.verify)
                co_return kept;
            request.person->progress(QStringLiteral("retry"), ready->view.server.url.host());
            const Result<ProbeAnswer> taken = co_await probe(
                parts, ready->view, ready->reach, obtained->tokens.accessToken, stop);
            if (!taken || taken->open)
                co_return {};
            const QString why = Sentence::tr("%1 gave a token, but %2 does not take it. Check the "
                                             "server's resource setting and its logs.")
                                    .arg(ready->found.issuer.issuer, ready->view.server.name);
            co_await parts->remark(request.accountId, why);
            co_return failure(ErrorCode::ProtocolViolation, why);
        }
        const Error &error = obtained.error();
        if (identity->reused
            && (error.code == ErrorCode::TimedOut || error.code == ErrorCode::Cancelled))
            parts->suspectRegistrations.insert(identity->registration.id);
        // An issuer that has pruned our registration, or will not have it do this: register anew,
        // once.
        const bool isPruned = clientIsUnknown(error);
        if (again || !identity->reused || (!isPruned && !mayNotDoThis(error)))
            co_return failure(error);
        if (isPruned)
            co_await forgetRegistration(parts, identity->registration.id);
        else // other accounts may live by it
            parts->suspectRegistrations.insert(identity->registration.id);
    }
}

} // namespace

Task<Result<void>> signIn(std::shared_ptr<Parts> parts, SignInRequest request, std::stop_token stop)
{
    const auto view = parts->catalogue.view(request.accountId);
    if (!view)
        co_return failure(ErrorCode::NotFound, Sentence::tr("The account was removed."));
    if (parts->locked)
        co_return failure(lockedError());
    if (!request.person) {
        co_return failure(ErrorCode::SignInNeeded,
            Sentence::tr("%1 needs you to sign in: chatelaine login %1").arg(view->fullName()), {},
            {{QStringLiteral("server"), view->fullName()},
                {QStringLiteral("reason"), QStringLiteral("challenged")}});
    }
    if (parts->authorizing.contains(request.accountId)) {
        co_return failure(ErrorCode::AlreadyExists,
            Sentence::tr("A sign-in to %1 is already waiting in the browser. Finish "
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
