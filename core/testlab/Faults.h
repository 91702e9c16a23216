// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <span>

namespace chatelaine::testlab {

/// What the lab can be told to do wrong. Each is one branch at the place where the right thing is
/// done otherwise; the sentences are in Faults.cpp.
enum class Fault {
    NoS256,
    NoPkceMetadata,
    IssuerMismatch,
    IssWrong,
    IssMissing,
    IssTrailingSlash,
    ResourceMismatch,
    NoRegistration,
    Registration500,
    RegistrationPruned,
    NoClientIdMetadata,
    NoIssuerMetadata,
    Metadata500,
    MetadataHtml,
    MetadataHuge,
    MetadataSlow,
    MetadataRedirectLoop,
    MetadataDeep,
    AuthorizationEndpointFileScheme,
    AuthorizationDenied,
    TokenEndpointHangs,
    Token500,
    TokenHtml,
    Token429,
    Token429Date,
    TokenHalfResponse,
    ExpiresInString,
    ExpiresInMissing,
    ExpiresInNegative,
    ExpiresInHuge,
    NoRefreshToken,
    NoScopeInResponse,
    TokenTypeMac,
    RefreshNotRotated,
    RefreshInvalidGrant,
    RefreshNarrowed,
    RefreshInvalidScope,
    InvalidClient,
    UnauthorizedClient,
    Revocation500,
    ClockOneHourOff,
    ClockOneHourBehind,
    Always403,
    ChallengeWithoutMetadata,
    NoChallengeHeader,
    NoResourceMetadata,
    CapabilityRequired,
    Mcp500,
    McpHtml,
    Mcp404,
    SecondIssuer,
};

struct FaultText
{
    Fault fault;
    const char *name; ///< what --fault and POST /lab/fault take
    const char *sentence; ///< in the context "Faults" for Linguist
};

/// What a fault is done to.
enum class FaultGroup { Metadata, Registration, Authorization, Tokens, Resource, Everywhere };
FaultGroup groupOf(Fault fault);

/// Every fault, in the order of the enumeration.
std::span<const FaultText> allFaults();

/// The set that is switched on now. Read at every request, so that a change holds from the next.
class Faults
{
public:
    bool has(Fault fault) const { return m_on.contains(fault); }
    void set(Fault fault, bool on);
    void clear() { m_on.clear(); }
    /// InvalidInput where there is no such fault.
    static Result<Fault> byName(const QString &name);
    QStringList names() const;

private:
    QSet<Fault> m_on;
};

} // namespace chatelaine::testlab
