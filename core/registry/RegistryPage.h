// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/HttpClient.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace chatelaine::registry {

/// A part of an address that the person has to fill in: "{tenant}".
struct Variable
{
    QString name;
    QString description;
    QString preset; ///< what it is unless one says otherwise; may be empty
    QStringList choices; ///< empty: anything
};

/// One address where a server can be reached from here.
struct Remote
{
    enum class Transport { StreamableHttp, ServerSentEvents };

    Transport transport = Transport::StreamableHttp;
    QString url; ///< as published: braces and all
    QList<Variable> variables; ///< in the order of the address; a name stands once
    QStringList keyHeaders; ///< headers that it wants filled with a key of one's own
    net::Reach reach = net::Reach::Public; ///< of the registry that named it

    /// The address with its presets in place, and the first name that has none, if there is one.
    struct Address
    {
        QString url;
        std::optional<Variable> missing;
    };
    Address address() const;
};

/// One server, in its latest version.
struct Entry
{
    QString name; ///< "io.example/weather": unique at one registry
    QString title; ///< empty: the name is all there is
    QString description;
    QString version;
    bool deprecated = false;
    QString notice; ///< why its status is what it is, in the publisher's words
    QList<Remote> remotes; ///< one at least

    QString label() const { return title.isEmpty() ? name : title; }
};

/// One page of a listing.
struct Page
{
    QList<Entry> entries;
    /// Servers that are packages alone. They run on this machine as the person's own processes:
    /// there is nobody to sign in to, so they can't be added here. Most of a registry is of that
    /// kind, so they are counted and not listed.
    int packagesOnly = 0;
    int unusable = 0; ///< broken, or with no address that may be opened
    QString nextCursor; ///< opaque; empty: this was the last page
};

/// How much of a page is read: what is beyond that is counted as unusable.
inline constexpr int maxEntries = 500;

/// Reads the answer to GET /v0.1/servers of the MCP Registry API (2025-12-01), and what its
/// predecessors (/v0, since July 2025) answered: a server beside its `_meta` or with everything in
/// one object, camelCase or snake_case. Pure. ProtocolViolation when it is no such listing or its
/// cursor is longer than 4096 characters; one entry that makes no sense is no reason to throw the
/// page away.
///
/// Taken are the latest versions that are not deleted, and of their remotes those of type
/// streamable-http and sse: sse only where there is nothing newer. An address is one that a request
/// of `reach` may go to (core/net/AddressRules.h), so that a registry on the internet names none on
/// this machine; at most 2048 characters; it may hold variables anywhere behind the scheme. `reach`
/// is how far the registry's own address reaches. All text is made fit for people
/// (core/base/Text.h).
Result<Page> parsePage(const QByteArray &bytes, net::Reach reach);

} // namespace chatelaine::registry
