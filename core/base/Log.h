// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace chatelaine {

/// Sends Qt's messages to stderr as one redacted line each: time, level, category, text. Debug
/// lines only with CHATELAINE_DEBUG set. Thread-safe, like qDebug itself.
void installLog();

/// Replaces whatever looks like a credential: the value after an access_token, refresh_token, code,
/// client_secret, assertion … key, Authorization headers, and JSON Web Tokens anywhere. The second
/// fence only: the first is that secrets are of type Secret and are not put into text at all.
QString redacted(const QString &text);

} // namespace chatelaine
