// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/Faults.h"

#include <array>

namespace chatelaine::testlab {

namespace {

constexpr std::array texts{
    FaultText{Fault::NoS256, "no-s256",
        QT_TRANSLATE_NOOP(
            "Faults", "The issuer metadata offers the challenge method plain alone.")},
    FaultText{Fault::NoPkceMetadata, "no-pkce-metadata",
        QT_TRANSLATE_NOOP(
            "Faults", "The issuer metadata has no code_challenge_methods_supported.")},
    FaultText{Fault::IssuerMismatch, "issuer-mismatch",
        QT_TRANSLATE_NOOP("Faults", "The issuer metadata names another issuer.")},
    FaultText{Fault::IssWrong, "iss-wrong",
        QT_TRANSLATE_NOOP("Faults", "The authorization response carries another issuer's iss.")},
    FaultText{Fault::IssMissing, "iss-missing",
        QT_TRANSLATE_NOOP(
            "Faults", "The authorization response has no iss though the metadata promises one.")},
    FaultText{Fault::IssTrailingSlash, "iss-trailing-slash",
        QT_TRANSLATE_NOOP("Faults", "The iss of the authorization response has a slash too many.")},
    FaultText{Fault::ResourceMismatch, "resource-mismatch",
        QT_TRANSLATE_NOOP(
            "Faults", "The protected resource metadata names a resource of another origin.")},
    FaultText{Fault::NoRegistration, "no-registration",
        QT_TRANSLATE_NOOP("Faults", "Clients can't register themselves.")},
    FaultText{Fault::Registration500, "registration-500",
        QT_TRANSLATE_NOOP("Faults", "The registration endpoint answers 500.")},
    FaultText{Fault::RegistrationPruned, "registration-pruned",
        QT_TRANSLATE_NOOP("Faults",
            "The next registered client that comes is forgotten and gets invalid_client, once.")},
    FaultText{Fault::NoClientIdMetadata, "no-client-id-metadata",
        QT_TRANSLATE_NOOP("Faults", "Client ID Metadata Documents are not accepted.")},
    FaultText{Fault::NoIssuerMetadata, "no-issuer-metadata",
        QT_TRANSLATE_NOOP("Faults", "The issuer metadata is not found.")},
    FaultText{Fault::Metadata500, "metadata-500",
        QT_TRANSLATE_NOOP("Faults", "The issuer metadata answers 500.")},
    FaultText{Fault::MetadataHtml, "metadata-html",
        QT_TRANSLATE_NOOP("Faults", "The issuer metadata is a web page.")},
    FaultText{Fault::MetadataHuge, "metadata-huge",
        QT_TRANSLATE_NOOP("Faults", "The issuer metadata is 8 MiB long.")},
    FaultText{Fault::MetadataSlow, "metadata-slow",
        QT_TRANSLATE_NOOP(
            "Faults", "The issuer metadata comes one space a second and never ends.")},
    FaultText{Fault::MetadataRedirectLoop, "metadata-redirect-loop",
        QT_TRANSLATE_NOOP("Faults", "The issuer metadata redirects to itself for ever.")},
    FaultText{Fault::MetadataDeep, "metadata-deep",
        QT_TRANSLATE_NOOP("Faults", "The issuer metadata is nested 10,000 levels deep.")},
    FaultText{Fault::AuthorizationEndpointFileScheme, "authorization-endpoint-file-scheme",
        QT_TRANSLATE_NOOP("Faults", "The authorization endpoint is a file: URL.")},
    FaultText{Fault::AuthorizationDenied, "authorization-denied",
        QT_TRANSLATE_NOOP("Faults", "Every authorization request is answered with access_denied.")},
    FaultText{Fault::TokenEndpointHangs, "token-endpoint-hangs",
        QT_TRANSLATE_NOOP("Faults", "The token endpoint never answers.")},
    FaultText{Fault::Token500, "token-500",
        QT_TRANSLATE_NOOP("Faults", "The token endpoint answers 500.")},
    FaultText{Fault::TokenHtml, "token-html",
        QT_TRANSLATE_NOOP("Faults", "The token endpoint answers with a web page.")},
    FaultText{Fault::Token429, "token-429",
        QT_TRANSLATE_NOOP("Faults", "The token endpoint answers 429 with Retry-After: 7.")},
    FaultText{Fault::Token429Date, "token-429-date",
        QT_TRANSLATE_NOOP("Faults",
            "The token endpoint answers 429 with a Retry-After that is a date, seven seconds "
            "ahead.")},
    FaultText{Fault::TokenHalfResponse, "token-half-response",
        QT_TRANSLATE_NOOP(
            "Faults", "The token response breaks off in the middle; what it grants is granted.")},
    FaultText{Fault::ExpiresInString, "expires-in-string",
        QT_TRANSLATE_NOOP("Faults", "expires_in is a string.")},
    FaultText{Fault::ExpiresInMissing, "expires-in-missing",
        QT_TRANSLATE_NOOP("Faults", "expires_in is missing.")},
    FaultText{Fault::ExpiresInNegative, "expires-in-negative",
        QT_TRANSLATE_NOOP("Faults", "expires_in is -1.")},
    FaultText{Fault::ExpiresInHuge, "expires-in-huge",
        QT_TRANSLATE_NOOP("Faults", "expires_in is 10^18.")},
    FaultText{Fault::NoRefreshToken, "no-refresh-token",
        QT_TRANSLATE_NOOP("Faults", "The token response has no refresh token.")},
    FaultText{Fault::NoScopeInResponse, "no-scope-in-response",
        QT_TRANSLATE_NOOP("Faults", "The token response has no scope.")},
    FaultText{
        Fault::TokenTypeMac, "token-type-mac", QT_TRANSLATE_NOOP("Faults", "token_type is mac.")},
    FaultText{Fault::RefreshNotRotated, "refresh-not-rotated",
        QT_TRANSLATE_NOOP("Faults", "A refresh gives no new refresh token; the old one stays.")},
    FaultText{Fault::RefreshInvalidGrant, "refresh-invalid-grant",
        QT_TRANSLATE_NOOP("Faults", "Every refresh is answered with invalid_grant.")},
    FaultText{Fault::RefreshNarrowed, "refresh-narrowed",
        QT_TRANSLATE_NOOP(
            "Faults", "A refresh gives a token with the first of the scopes asked for.")},
    FaultText{Fault::RefreshInvalidScope, "refresh-invalid-scope",
        QT_TRANSLATE_NOOP("Faults", "A refresh that names scopes is answered with invalid_scope.")},
    FaultText{Fault::InvalidClient, "invalid-client",
        QT_TRANSLATE_NOOP(
            "Faults", "The token endpoint answers every client with invalid_client.")},
    FaultText{Fault::UnauthorizedClient, "unauthorized-client",
        QT_TRANSLATE_NOOP(
            "Faults", "The token endpoint answers every client with unauthorized_client.")},
    FaultText{Fault::Revocation500, "revocation-500",
        QT_TRANSLATE_NOOP("Faults", "The revocation endpoint answers 500.")},
    FaultText{Fault::ClockOneHourOff, "clock-one-hour-off",
        QT_TRANSLATE_NOOP("Faults", "The servers' clocks are an hour ahead.")},
    FaultText{Fault::ClockOneHourBehind, "clock-one-hour-behind",
        QT_TRANSLATE_NOOP("Faults", "The servers' clocks are an hour behind.")},
    FaultText{Fault::Always403, "always-403",
        QT_TRANSLATE_NOOP("Faults",
            "Every tool call is answered with insufficient_scope, whatever the token holds.")},
    FaultText{Fault::ChallengeWithoutMetadata, "challenge-without-metadata",
        QT_TRANSLATE_NOOP("Faults", "The 401 challenge has neither resource_metadata nor scope.")},
    FaultText{Fault::NoChallengeHeader, "no-challenge-header",
        QT_TRANSLATE_NOOP("Faults", "The 401 has no WWW-Authenticate header.")},
    FaultText{Fault::NoResourceMetadata, "no-resource-metadata",
        QT_TRANSLATE_NOOP("Faults", "The protected resource metadata is not found and not named.")},
    FaultText{Fault::CapabilityRequired, "capability-required",
        QT_TRANSLATE_NOOP(
            "Faults", "Every tool call demands a client that supports elicitation (2026-07-28).")},
    FaultText{
        Fault::Mcp500, "mcp-500", QT_TRANSLATE_NOOP("Faults", "The MCP endpoint answers 500.")},
    FaultText{Fault::McpHtml, "mcp-html",
        QT_TRANSLATE_NOOP("Faults", "The MCP endpoint answers with a web page.")},
    FaultText{Fault::Mcp404, "mcp-404", QT_TRANSLATE_NOOP("Faults", "There is no MCP endpoint.")},
    FaultText{Fault::SecondIssuer, "second-issuer",
        QT_TRANSLATE_NOOP("Faults",
            "After the first authorized request the resource moves to a second authorization "
            "server "
            "and the tokens of the first are refused.")},
};

constexpr bool inOrder()
{
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (static_cast<std::size_t>(texts[i].fault) != i)
            return false;
    }
    return static_cast<std::size_t>(Fault::SecondIssuer) + 1 == texts.size();
}
static_assert(inOrder(), "the table has one line for each fault, in the enumeration's order");

} // namespace

FaultGroup groupOf(Fault fault)
{
    switch (fault) {
    case Fault::NoS256:
    case Fault::NoPkceMetadata:
    case Fault::IssuerMismatch:
    case Fault::NoIssuerMetadata:
    case Fault::Metadata500:
    case Fault::MetadataHtml:
    case Fault::MetadataHuge:
    case Fault::MetadataSlow:
    case Fault::MetadataRedirectLoop:
    case Fault::MetadataDeep:
    case Fault::AuthorizationEndpointFileScheme:
        return FaultGroup::Metadata;
    case Fault::NoRegistration:
    case Fault::Registration500:
    case Fault::RegistrationPruned:
    case Fault::NoClientIdMetadata:
    case Fault::InvalidClient:
        return FaultGroup::Registration;
    case Fault::IssWrong:
    case Fault::IssMissing:
    case Fault::IssTrailingSlash:
    case Fault::AuthorizationDenied:
        return FaultGroup::Authorization;
    case Fault::TokenEndpointHangs:
    case Fault::Token500:
    case Fault::TokenHtml:
    case Fault::Token429:
    case Fault::Token429Date:
    case Fault::RefreshNarrowed:
    case Fault::RefreshInvalidScope:
    case Fault::UnauthorizedClient:
    case Fault::TokenHalfResponse:
    case Fault::ExpiresInString:
    case Fault::ExpiresInMissing:
    case Fault::ExpiresInNegative:
    case Fault::ExpiresInHuge:
    case Fault::NoRefreshToken:
    case Fault::NoScopeInResponse:
    case Fault::TokenTypeMac:
    case Fault::RefreshNotRotated:
    case Fault::RefreshInvalidGrant:
    case Fault::Revocation500:
        return FaultGroup::Tokens;
    case Fault::ResourceMismatch:
    case Fault::Always403:
    case Fault::ChallengeWithoutMetadata:
    case Fault::NoChallengeHeader:
    case Fault::NoResourceMetadata:
    case Fault::CapabilityRequired:
    case Fault::Mcp500:
    case Fault::McpHtml:
    case Fault::Mcp404:
        return FaultGroup::Resource;
    case Fault::ClockOneHourOff:
    case Fault::ClockOneHourBehind:
    case Fault::SecondIssuer:
        break;
    }
    return FaultGroup::Everywhere;
}

std::span<const FaultText> allFaults()
{
    return texts;
}

void Faults::set(Fault fault, bool on)
{
    if (on)
        m_on.insert(fault);
    else
        m_on.remove(fault);
}

Result<Fault> Faults::byName(const QString &name)
{
    for (const FaultText &text : texts) {
        if (name == QLatin1StringView(text.name))
            return text.fault;
    }
    return failure(ErrorCode::InvalidInput,
        QStringLiteral("The test lab has no fault \"%1\". --list-faults names them.").arg(name));
}

QStringList Faults::names() const
{
    QStringList result;
    for (const FaultText &text : texts) {
        if (m_on.contains(text.fault))
            result.append(QLatin1StringView(text.name));
    }
    return result;
}

} // namespace chatelaine::testlab
