// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/Faults.h"

#include <array>

namespace chatelaine::testlab {

namespace {

constexpr std::array texts {
    FaultText {Fault::NoS256, "no-s256", "The issuer metadata offers the challenge method plain alone."},
    FaultText {Fault::NoPkceMetadata, "no-pkce-metadata",
               "The issuer metadata has no code_challenge_methods_supported."},
    FaultText {Fault::IssuerMismatch, "issuer-mismatch", "The issuer metadata names another issuer."},
    FaultText {Fault::IssWrong, "iss-wrong", "The authorization response carries another issuer's iss."},
    FaultText {Fault::IssMissing, "iss-missing",
               "The authorization response has no iss though the metadata promises one."},
    FaultText {Fault::IssTrailingSlash, "iss-trailing-slash",
               "The iss of the authorization response has a slash too many."},
    FaultText {Fault::ResourceMismatch, "resource-mismatch",
               "The protected resource metadata names a resource of another origin."},
    FaultText {Fault::NoRegistration, "no-registration", "Clients can't register themselves."},
    FaultText {Fault::Registration500, "registration-500", "The registration endpoint answers 500."},
    FaultText {Fault::RegistrationPruned, "registration-pruned",
               "The next registered client that comes is forgotten and gets invalid_client, once."},
    FaultText {Fault::NoClientIdMetadata, "no-client-id-metadata",
               "Client ID Metadata Documents are not accepted."},
    FaultText {Fault::NoIssuerMetadata, "no-issuer-metadata", "The issuer metadata is not found."},
    FaultText {Fault::Metadata500, "metadata-500", "The issuer metadata answers 500."},
    FaultText {Fault::MetadataHtml, "metadata-html", "The issuer metadata is a web page."},
    FaultText {Fault::MetadataHuge, "metadata-huge", "The issuer metadata is 8 MiB long."},
    FaultText {Fault::MetadataSlow, "metadata-slow",
               "The issuer metadata comes one space a second and never ends."},
    FaultText {Fault::MetadataRedirectLoop, "metadata-redirect-loop",
               "The issuer metadata redirects to itself for ever."},
    FaultText {Fault::MetadataDeep, "metadata-deep", "The issuer metadata is nested 10,000 levels deep."},
    FaultText {Fault::AuthorizationEndpointFileScheme, "authorization-endpoint-file-scheme",
               "The authorization endpoint is a file: URL."},
    FaultText {Fault::AuthorizationDenied, "authorization-denied",
               "Every authorization request is answered with access_denied."},
    FaultText {Fault::TokenEndpointHangs, "token-endpoint-hangs", "The token endpoint never answers."},
    FaultText {Fault::Token500, "token-500", "The token endpoint answers 500."},
    FaultText {Fault::TokenHtml, "token-html", "The token endpoint answers with a web page."},
    FaultText {Fault::Token429, "token-429", "The token endpoint answers 429 with Retry-After: 7."},
    FaultText {Fault::TokenHalfResponse, "token-half-response",
               "The token response breaks off in the middle; what it grants is granted."},
    FaultText {Fault::ExpiresInString, "expires-in-string", "expires_in is a string."},
    FaultText {Fault::ExpiresInMissing, "expires-in-missing", "expires_in is missing."},
    FaultText {Fault::ExpiresInNegative, "expires-in-negative", "expires_in is -1."},
    FaultText {Fault::ExpiresInHuge, "expires-in-huge", "expires_in is 10^18."},
    FaultText {Fault::NoRefreshToken, "no-refresh-token", "The token response has no refresh token."},
    FaultText {Fault::NoScopeInResponse, "no-scope-in-response", "The token response has no scope."},
    FaultText {Fault::TokenTypeMac, "token-type-mac", "token_type is mac."},
    FaultText {Fault::RefreshNotRotated, "refresh-not-rotated",
               "A refresh gives no new refresh token; the old one stays."},
    FaultText {Fault::RefreshInvalidGrant, "refresh-invalid-grant",
               "Every refresh is answered with invalid_grant."},
    FaultText {Fault::InvalidClient, "invalid-client",
               "The token endpoint answers every client with invalid_client."},
    FaultText {Fault::Revocation500, "revocation-500", "The revocation endpoint answers 500."},
    FaultText {Fault::ClockOneHourOff, "clock-one-hour-off", "The servers' clocks are an hour ahead."},
    FaultText {Fault::Always403, "always-403",
               "Every tool call is answered with insufficient_scope, whatever the token holds."},
    FaultText {Fault::ChallengeWithoutMetadata, "challenge-without-metadata",
               "The 401 challenge has neither resource_metadata nor scope."},
    FaultText {Fault::NoChallengeHeader, "no-challenge-header", "The 401 has no WWW-Authenticate header."},
    FaultText {Fault::NoResourceMetadata, "no-resource-metadata",
               "The protected resource metadata is not found and not named."},
    FaultText {Fault::CapabilityRequired, "capability-required",
               "Every tool call demands a client that supports elicitation (2026-07-28)."},
    FaultText {Fault::Mcp500, "mcp-500", "The MCP endpoint answers 500."},
    FaultText {Fault::McpHtml, "mcp-html", "The MCP endpoint answers with a web page."},
    FaultText {Fault::Mcp404, "mcp-404", "There is no MCP endpoint."},
    FaultText {Fault::SecondIssuer, "second-issuer",
               "After the first authorized request the resource moves to a second authorization server "
               "and the tokens of the first are refused."},
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
