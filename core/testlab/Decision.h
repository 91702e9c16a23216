// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Time.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace chatelaine::testlab {

/// One answer of the demo server to "may this request pass?". Holds no token.
struct Decision
{
    UtcMs time = 0;
    QString method; ///< JSON-RPC method; empty where the body was not read
    QString tool;
    QString clientId; ///< client_id, sub and scope of a token whose signature held
    QString subject;
    QStringList scopes;
    bool allowed = false;
    QString reason; ///< "ok", "no_token", "expired", "wrong_audience", "insufficient_scope" …

    /// time, method, tool, client_id, subject, scopes[], verdict ("allowed"/"denied"), reason.
    QJsonObject toJson() const;
};

} // namespace chatelaine::testlab
