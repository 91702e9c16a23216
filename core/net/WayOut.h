// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QNetworkProxy>
#include <QSslCertificate>

#include <optional>

namespace chatelaine::net {

/// How requests leave this machine, as the person chose it.
struct WayOut
{
    /// Of type NoProxy for none; nothing for what the system says. Requests to this machine never
    /// take one.
    std::optional<QNetworkProxy> proxy = {};
    /// A PEM file of authorities to trust for every server, beside the system's; none when empty.
    QString caFile = {};
};

/// A proxy as it is written in the settings: "system" (nothing), "none" (of type NoProxy),
/// http://host:port or socks5://host:port. InvalidInput says what is wrong with anything else; a
/// name and password are refused, since settings are no place for them.
Result<std::optional<QNetworkProxy>> proxyFromText(const QString &text);

/// The certificates of a PEM file; InvalidInput when it can't be read or has none.
Result<QList<QSslCertificate>> certificatesIn(const QString &file);

} // namespace chatelaine::net
