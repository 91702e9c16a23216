// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace chatelaine::credentials {

/// A scope parameter as a list: split at spaces, without repetitions, in the order given
/// (RFC 6749 §3.3).
QStringList splitScopes(const QString &scope);
QStringList unionOf(const QStringList &a, const QStringList &b);
/// Those of `wanted` that `granted` does not hold.
QStringList missingFrom(const QStringList &granted, const QStringList &wanted);

/// What decides the scopes of an authorization request.
struct ScopeSources
{
    QStringList chosenByPerson; ///< the server's setting; empty: none
    std::optional<QString> challenged; ///< of the WWW-Authenticate header
    std::optional<QStringList> resourceSupports; ///< of the protected resource metadata
    std::optional<QStringList> issuerSupports; ///< of the authorization server metadata
    QStringList before; ///< requested or granted earlier: kept at a step-up
    QStringList extra; ///< asked for by name
};

/// MCP authorization, "Scope Selection Strategy" and "Step-Up Authorization Flow": the person's
/// choice, else the challenge's, else all that the resource supports, else none; together with what
/// was there before and what was asked by name. `offline_access` is added only where a scope is
/// sent at all and the issuer lists it.
QStringList chooseScopes(const ScopeSources &sources);

} // namespace chatelaine::credentials
