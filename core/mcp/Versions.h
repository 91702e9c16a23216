// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mcp/StreamableHttp.h"

/// What the protocol's revisions have in common and where they part. Pure.
namespace chatelaine::mcp {

enum class Era {
    Unknown,
    Modern, ///< 2026-07-28 and later: no handshake, metadata with each request
    Legacy, ///< 2025-03-26 to 2025-11-25: initialize, over Streamable HTTP
    HttpSse, ///< 2024-11-05
};

inline constexpr auto modernVersion = QLatin1StringView("2026-07-28");
inline constexpr auto legacyVersion = QLatin1StringView("2025-11-25"); ///< what we offer
inline constexpr auto httpSseVersion = QLatin1StringView("2024-11-05");

/// Of a version that has the form of a date; Unknown for anything else.
Era eraOf(const QString &version);

/// A result of `initialize` may name these.
bool isLegacyVersionWeSpeak(const QString &version);

/// The request's own id, method and parameters with the metadata of 2026-07-28 ("_meta").
QJsonObject withMetadata(QJsonObject params, const QString &version, const QString &clientName,
    const QString &clientVersion);
/// The headers that mirror it. `params` has the name for Mcp-Name.
QList<net::HttpHeader> modernHeaders(
    const QString &version, const QString &method, const QJsonObject &params);

/// A JSON-RPC error in a sentence: ServerRefused, with `code`, `message` and `data` for programs.
Error errorOf(const RpcError &error, const QString &host);

/// What came back is no JSON-RPC: says what it is and what to check.
Error notMcp(const net::HttpResponse &response, const QUrl &url);

/// A result of type `input_required` asks for what we do not offer; says what that is.
Error inputRequired(const QJsonObject &result, const QString &host);

} // namespace chatelaine::mcp
