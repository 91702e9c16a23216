// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QStringList>
#include <QUrl>

namespace chatelaine::credentials {

/// Reads what a person typed as an MCP server's address: an absolute URL with https, or http where
/// the host is loopback; no user info, no fragment. A missing scheme is filled in. InvalidInput
/// says in one sentence what is wrong with anything else.
Result<QUrl> readServerUrl(const QString &typed);

/// A name for a server made from its host: "mcp.github.com" gives "github", with a number behind
/// it where `taken` has that already.
QString nameFor(const QUrl &url, const QStringList &taken);
/// Letters, digits, '.', '_' and '-', beginning with a letter or digit; at most 64.
bool isGoodName(const QString &name);

} // namespace chatelaine::credentials
