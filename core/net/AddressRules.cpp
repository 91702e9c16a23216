// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/AddressRules.h"

#include "core/base/Sentence.h"

#include <algorithm>
#include <array>

namespace chatelaine::net {

namespace {

struct V4Range
{
    quint32 network;
    int prefix;
    AddressKind kind;
};

constexpr quint32 v4(quint32 a, quint32 b, quint32 c, quint32 d)
{
    return a << 24 | b << 16 | c << 8 | d;
}

// The first match counts, so single addresses stand before the range they lie in.
constexpr std::array v4Ranges{
    V4Range{v4(168, 63, 129, 16), 32, AddressKind::Forbidden}, // Azure's platform address
    V4Range{v4(100, 100, 100, 200), 32, AddressKind::Forbidden}, // Alibaba Cloud metadata
    V4Range{v4(169, 254, 169, 254), 32, AddressKind::Forbidden}, // the usual metadata address
    V4Range{v4(169, 254, 170, 0), 24, AddressKind::Forbidden}, // container credentials
    V4Range{v4(0, 0, 0, 0), 8, AddressKind::Forbidden}, // RFC 1122 §3.2.1.3
    V4Range{v4(10, 0, 0, 0), 8, AddressKind::Private},
    V4Range{v4(100, 64, 0, 0), 10, AddressKind::Private},
    V4Range{v4(127, 0, 0, 0), 8, AddressKind::Loopback},
    V4Range{v4(169, 254, 0, 0), 16, AddressKind::LinkLocal},
    V4Range{v4(172, 16, 0, 0), 12, AddressKind::Private},
    V4Range{v4(192, 0, 0, 0), 24, AddressKind::Forbidden}, // RFC 6890 §2.1
    V4Range{v4(192, 0, 2, 0), 24, AddressKind::Forbidden}, // RFC 5737
    V4Range{v4(192, 88, 99, 0), 24, AddressKind::Forbidden}, // RFC 7526
    V4Range{v4(192, 168, 0, 0), 16, AddressKind::Private},
    V4Range{v4(198, 18, 0, 0), 15, AddressKind::Forbidden}, // RFC 2544
    V4Range{v4(198, 51, 100, 0), 24, AddressKind::Forbidden},
    V4Range{v4(203, 0, 113, 0), 24, AddressKind::Forbidden},
    V4Range{v4(224, 0, 0, 0), 3, AddressKind::Forbidden}, // multicast, reserved, broadcast
};

AddressKind classifyV4(quint32 address)
{
    for (const V4Range &range : v4Ranges) {
        if ((address ^ range.network) >> (32 - range.prefix) == 0)
            return range.kind;
    }
    return AddressKind::Public;
}

bool startsWith(const Q_IPV6ADDR &address, std::initializer_list<int> bytes)
{
    int i = 0;
    for (const int byte : bytes) {
        if (address[i++] != byte)
            return false;
    }
    return true;
}

quint32 v4At(const Q_IPV6ADDR &address, int index)
{
    return v4(address[index], address[index + 1], address[index + 2], address[index + 3]);
}

AddressKind classifyV6(const Q_IPV6ADDR &address)
{
    if (startsWith(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}))
        return classifyV4(v4At(address, 12));
    if (startsWith(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})) {
        // ::1; all else in ::/96 is unspecified or the long-dead IPv4-compatible form.
        return v4At(address, 12) == 1 ? AddressKind::Loopback : AddressKind::Forbidden;
    }
    if (startsWith(address, {0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) // RFC 6052
        return classifyV4(v4At(address, 12));
    if (startsWith(address, {0x20, 0x02})) // 6to4, RFC 3056
        return classifyV4(v4At(address, 2));
    if (startsWith(address, {0xfd, 0x00, 0x0e, 0xc2})) // fd00:ec2::/32, Amazon's metadata
        return AddressKind::Forbidden;
    if ((address[0] & 0xfe) == 0xfc)
        return AddressKind::Private;
    if (address[0] == 0xfe && (address[1] & 0xc0) == 0x80)
        return AddressKind::LinkLocal;
    if (address[0] == 0xfe && (address[1] & 0xc0) == 0xc0) // site-local, RFC 3879
        return AddressKind::Private;
    if (startsWith(address, {0x20, 0x01, 0x0d, 0xb8})) // documentation
        return AddressKind::Forbidden;
    if (address[0] == 0x20 && address[1] == 0x01 && address[2] < 0x02) // 2001::/23, Teredo in it
        return AddressKind::Forbidden;
    // Only 2000::/3 is global unicast (RFC 4291 §2.4).
    return (address[0] & 0xe0) == 0x20 ? AddressKind::Public : AddressKind::Forbidden;
}

// Ports where an HTTP request is read as another protocol's commands (WHATWG Fetch §2.9, the part
// that still listens anywhere).
constexpr std::array refusedPorts{0, 1, 7, 9, 13, 19, 21, 22, 23, 25, 53, 69, 110, 111, 119, 123,
    135, 137, 139, 143, 161, 389, 465, 513, 514, 587, 636, 993, 995, 2049, 5060, 6000, 6667};

QString describe(AddressKind kind)
{
    switch (kind) {
    case AddressKind::Public:
        return Sentence::tr("a public address");
    case AddressKind::Private:
        return Sentence::tr("an address in a private network");
    case AddressKind::LinkLocal:
        return Sentence::tr("a link-local address");
    case AddressKind::Loopback:
        return Sentence::tr("this machine itself");
    case AddressKind::Forbidden:
        break;
    }
    return Sentence::tr("a reserved address");
}

tl::unexpected<Error> refuse(const QUrl &url, const QHostAddress &address)
{
    return failure(ErrorCode::AddressRefused,
        Sentence::tr("%1 leads to %2 (%3), where this server may not send Chatelaine. "
                     "If that is your own server, add it by that address yourself.")
            .arg(url.host(), address.toString(), describe(classify(address))));
}

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == QLatin1StringView("https") ? 443 : 80);
}

} // namespace

AddressKind classify(const QHostAddress &address)
{
    switch (address.protocol()) {
    case QAbstractSocket::IPv4Protocol:
        return classifyV4(address.toIPv4Address());
    case QAbstractSocket::IPv6Protocol:
        return classifyV6(address.toIPv6Address());
    default:
        return AddressKind::Forbidden;
    }
}

bool allows(Reach reach, AddressKind kind)
{
    switch (kind) {
    case AddressKind::Public:
        return true;
    case AddressKind::Private:
        return reach == Reach::Private;
    case AddressKind::Loopback:
        return reach == Reach::Loopback;
    case AddressKind::LinkLocal:
    case AddressKind::Forbidden:
        break;
    }
    return false;
}

bool isLocalhostName(const QString &host)
{
    QString name = host.toLower();
    if (name.endsWith(u'.'))
        name.chop(1);
    return name == QLatin1StringView("localhost") || name.endsWith(QLatin1StringView(".localhost"));
}

std::optional<QHostAddress> literalAddress(const QString &host)
{
    QString text = host;
    if (text.startsWith(u'[') && text.endsWith(u']'))
        text = text.sliced(1, text.size() - 2);
    // "127.0.0.1." is the same host as without the dot.
    if (text.endsWith(u'.'))
        text.chop(1);
    const QHostAddress address(text);
    if (address.isNull())
        return std::nullopt;
    return address;
}

Result<void> checkUrl(const QUrl &url, Reach reach)
{
    if (!url.isValid() || url.host().isEmpty()) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("That is no web address. It has to look like "
                         "https://host/path."));
    }
    const bool http = url.scheme() == QLatin1StringView("http");
    if ((http && reach != Reach::Loopback)
        || (!http && url.scheme() != QLatin1StringView("https"))) {
        return failure(ErrorCode::AddressRefused,
            Sentence::tr("Chatelaine opens https addresses only (http for servers on "
                         "this machine), and the address at %1 begins with %2:.")
                .arg(url.host(), url.scheme()));
    }
    if (!url.userInfo().isEmpty()) {
        return failure(ErrorCode::AddressRefused,
            Sentence::tr("The address at %1 has a user name or password in it. "
                         "Leave that out.")
                .arg(url.host()));
    }
    if (std::find(refusedPorts.begin(), refusedPorts.end(), url.port(443)) != refusedPorts.end()) {
        return failure(ErrorCode::AddressRefused,
            Sentence::tr("Port %1 at %2 belongs to another protocol than HTTP.")
                .arg(url.port())
                .arg(url.host()));
    }
    const std::optional<QHostAddress> literal = literalAddress(url.host());
    if (literal && !allows(reach, classify(*literal)))
        return refuse(url, *literal);
    if (isLocalhostName(url.host()) && reach != Reach::Loopback)
        return refuse(url, QHostAddress(QHostAddress::LocalHost));
    return {};
}

Result<QList<QHostAddress>> checkAddresses(
    const QUrl &url, Reach reach, const QList<QHostAddress> &found)
{
    QList<QHostAddress> allowed;
    for (const QHostAddress &address : found) {
        const AddressKind kind = classify(address);
        if (kind == AddressKind::LinkLocal && reach == Reach::Private
            && address.protocol() == QAbstractSocket::IPv6Protocol)
            continue;
        if (!allows(reach, kind))
            return refuse(url, address);
        if (kind != AddressKind::Loopback && url.scheme() == QLatin1StringView("http")) {
            return failure(ErrorCode::AddressRefused,
                Sentence::tr("%1 is not on this machine; Chatelaine goes there by "
                             "https only.")
                    .arg(url.host()));
        }
        allowed.append(address);
    }
    if (allowed.isEmpty()) {
        return failure(ErrorCode::Unreachable,
            Sentence::tr("%1 has no address that can be used.").arg(url.host()));
    }
    return allowed;
}

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

} // namespace chatelaine::net
