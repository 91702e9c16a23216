// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/HttpService.h"

#include <QJsonArray>
#include <QUrl>

#include <optional>

namespace chatelaine::test {

/// An MCP Registry on loopback, as its API is written (2025-12-01): GET /v0.1/servers and
/// /v0/servers with search, version=latest, limit and cursor.
class RegistryStandIn
{
public:
    /// Listens at once, with `count` servers "org.example/service-000" and so on: every third a
    /// package alone, and each with an older version that only `version` leaves out.
    explicit RegistryStandIn(Clock &clock, int count = 300);

    QUrl url() const;
    /// One more server, as a server.json; sorted in front of the others.
    void add(const QJsonObject &server);

    struct Asked
    {
        QString path;
        testlab::Form query;
    };
    QList<Asked> asked;
    QStringList versions{QStringLiteral("v0.1"), QStringLiteral("v0")}; ///< of the API
    bool knowsLatest = true; ///< false: gives every version and does not say which is the latest
    /// Answers instead, where it gives something.
    std::function<std::optional<testlab::Answer>(const Asked &)> instead;
    /// While true, requests are kept and answered by release().
    bool held = false;
    void release();

private:
    void handle(const testlab::Request &request, const testlab::Respond &respond);
    testlab::Answer answer(const Asked &question) const;

    QJsonArray m_servers; ///< ServerResponse objects
    QList<std::pair<Asked, testlab::Respond>> m_waiting;
    testlab::HttpService m_service;
};

} // namespace chatelaine::test
