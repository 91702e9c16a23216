// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslCertificate>
#include <QSslKey>
#include <QStringList>

namespace chatelaine::test {

/// A certificate and its key, made on the spot (P-256).
struct Identity
{
    QSslCertificate certificate;
    QSslKey key;
    QByteArray keyPem; ///< to sign others with
};

/// An authority that signs itself.
Identity makeAuthority(const QString &name);
/// A server's certificate for these DNS names; it is valid from `fromDays` to `toDays` from now.
Identity makeServer(
    const Identity &authority, const QStringList &names, int fromDays = -1, int toDays = 30);

} // namespace chatelaine::test
