// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/HttpClient.h"

#include <QHostAddress>

/// Which network addresses a request may go to. Pure; nothing here resolves a name.
namespace chatelaine::net {

enum class AddressKind {
    Public,
    Private, ///< RFC 1918, RFC 4193 (ULA), RFC 6598 (shared address space)
    LinkLocal, ///< RFC 3927, RFC 4291 §2.5.6
    Loopback,
    Forbidden, ///< unspecified, multicast, reserved, documentation, or a cloud's metadata service
};

/// What an address is (IANA special-purpose registries, RFC 6890). An IPv4 address inside an IPv6
/// one (mapped, NAT64, 6to4) is judged as that IPv4 address.
AddressKind classify(const QHostAddress &address);

/// Whether a request of this reach may go to an address of this kind.
bool allows(Reach reach, AddressKind kind);

/// "localhost" and the names under it (RFC 6761 §6.3); a trailing dot is ignored.
bool isLocalhostName(const QString &host);

/// The address that a URL's host is written as, if it is one: "127.0.0.1", "::1" (with or without
/// brackets), and the old IPv4 spellings QUrl turns into the usual one.
std::optional<QHostAddress> literalAddress(const QString &host);

/// Same scheme, host and port (RFC 6454 §4); default ports are the same as none.
bool sameOrigin(const QUrl &a, const QUrl &b);

/// What can be said of a URL before its name is resolved: scheme, port, no user information, and
/// the address if the host is one. AddressRefused, or InvalidInput when it is no URL at all.
Result<void> checkUrl(const QUrl &url, Reach reach);

/// The addresses of `found` that the request may go to. AddressRefused when one is not allowed for
/// this reach: a name that is half inside and half outside is not to be trusted. Link-local IPv6
/// addresses of a host in one's own network are left out in silence.
Result<QList<QHostAddress>> checkAddresses(
    const QUrl &url, Reach reach, const QList<QHostAddress> &found);

} // namespace chatelaine::net
