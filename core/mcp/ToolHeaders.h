// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/HttpClient.h"

#include <QJsonObject>
#include <QStringList>

/// Arguments that travel in headers too (MCP 2026-07-28, Streamable HTTP, "Custom Headers from Tool
/// Parameters"). Pure.
namespace chatelaine::mcp {

struct HeaderRule
{
    QStringList path; ///< of property names, from the schema's root
    QByteArray name; ///< what follows "Mcp-Param-"
};

/// The x-mcp-header annotations of a tool's inputSchema. ProtocolViolation, with the reason, when
/// one is illegal: such a tool must not be used.
Result<QList<HeaderRule>> headerRules(const QJsonObject &inputSchema);

/// The headers for these arguments; absent and null ones have none. InvalidInput when a whole
/// number is beyond what JSON carries exactly.
Result<QList<net::HttpHeader>> headersFor(
    const QList<HeaderRule> &rules, const QJsonObject &arguments);

/// A header value as "Value Encoding" wants it: plain where that is safe, else Base64 in a
/// sentinel.
QByteArray encodeHeaderValue(const QString &text);

} // namespace chatelaine::mcp
