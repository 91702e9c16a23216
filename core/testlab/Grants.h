// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Time.h"

#include <QHash>
#include <QString>
#include <QStringList>

namespace chatelaine::testlab {

/// What a person approved once: everything that descends from one authorization code, the family
/// that a reused refresh token kills.
struct Family
{
    QString id;
    QString clientId;
    QString subject;
    QString resource;
    QStringList scopes;
    bool revoked = false;
};

struct Code
{
    QString family;
    QString redirectUri;
    QString challenge; ///< S256
    UtcMs expires = 0;
    bool used = false;
};

struct RefreshToken
{
    QString family;
    QString fingerprint;
    UtcMs issued = 0;
    UtcMs expires = 0;
    bool used = false;
};

struct IssuedAccessToken
{
    QString family;
    QString fingerprint;
    QStringList scopes;
    UtcMs issued = 0;
    UtcMs expires = 0;
};

/// The authorization server's memory of what it has granted; by the text of the code or token,
/// since it is a lab and all of it is in memory only.
class Grants
{
public:
    QHash<QString, Family> families;
    QHash<QString, Code> codes;
    QHash<QString, RefreshToken> refreshTokens;
    QHash<QString, IssuedAccessToken> accessTokens;

    const Family *familyOf(const QString &id) const
    {
        const auto found = families.constFind(id);
        return found == families.constEnd() ? nullptr : &*found;
    }
    void revoke(const QString &familyId)
    {
        if (const auto found = families.find(familyId); found != families.end())
            found->revoked = true;
    }
    void revokeAllOf(const QString &clientId)
    {
        for (Family &family : families)
            family.revoked = family.revoked || family.clientId == clientId;
    }
    void revokeEverything()
    {
        for (Family &family : families)
            family.revoked = true;
    }
};

} // namespace chatelaine::testlab
