// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/HttpClient.h"

#include <QMap>

/// The challenges of a 401 or 403 (RFC 9110 §11.6.1).
namespace chatelaine::net {

struct Challenge
{
    QByteArray scheme; ///< as sent
    /// Names in lower case; of a name sent twice the first counts. Values are unquoted.
    QMap<QByteArray, QString> params;
    QByteArray token68 = {}; ///< what some schemes send instead of parameters

    bool isScheme(QByteArrayView name) const;
    /// Empty when absent.
    QString param(QByteArrayView name) const;
};

/// Reads the values of all WWW-Authenticate headers of a response, in order. Takes what is in the
/// field: missing commas, missing closing quotes, unquoted URLs, stray characters. Never fails;
/// what makes no sense is left out. Pure.
QList<Challenge> parseChallenges(const QList<QByteArray> &values);

/// The first challenge of scheme Bearer (RFC 6750 §3) or DPoP (RFC 9449 §7.1).
std::optional<Challenge> bearerChallenge(const HttpResponse &response);

} // namespace chatelaine::net
