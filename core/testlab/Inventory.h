// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Time.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace chatelaine::testlab {

/// A token the lab has handed out, named by its fingerprint.
struct IssuedToken
{
    enum class Kind { Access, Refresh };

    Kind kind = Kind::Access;
    QString fingerprint; ///< as Secret::fingerprint()
    QString issuer;
    QString clientId;
    QString subject;
    QString resource;
    QStringList scopes;
    UtcMs issued = 0; ///< both by the lab's clock, TestLab::now()
    UtcMs expires = 0;
    bool revoked = false; ///< with all that descends from the same consent
    bool used = false; ///< a refresh token that was exchanged for another
};

/// What an access token says of itself; without the signature it is worth nothing.
struct DecodedToken
{
    QJsonObject header;
    QJsonObject claims;
};

/// A client an authorization server of the lab knows.
struct KnownClient
{
    QString id;
    QString name;
    QString kind; ///< "pre_registered", "dynamic", "client_id_metadata"
    QString issuer;
    QString authMethod; ///< empty: whichever carries its secret
    QStringList redirectUris; ///< empty: any on loopback
    QStringList grantTypes;
};

} // namespace chatelaine::testlab
