// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/base/Error.h"
#include "core/base/Random.h"
#include "core/base/Secret.h"
#include "core/testlab/Decision.h"
#include "core/testlab/Exchange.h"
#include "core/testlab/Faults.h"
#include "core/testlab/Inventory.h"

#include <QMap>
#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace chatelaine::net {
class HttpClient;
}

namespace chatelaine::testlab {

struct LabOptions
{
    quint16 port = 0; ///< of the authorization server; 0 takes a free one
    quint16 mcpPort = 0; ///< of the demo server; equal to a `port` that is not 0: onePort
    bool onePort = false; ///< both servers behind one listener, so of one origin
    QString issuerPath = {}; ///< "/tenant1": the issuer is http://127.0.0.1:PORT/tenant1
    bool autoApprove = false; ///< GET /authorize answers with the redirect at once
    QString clientId = QStringLiteral("testlab-client"); ///< the pre-registered client
    Secret clientSecret = {}; ///< empty: a public client
    QStringList redirectUris = {}; ///< of that client; empty: any http loopback URI
    qint64 accessTokenLifetimeS = 3600;
    qint64 refreshTokenLifetimeS = 30 * 24 * 3600;
    /// token_endpoint_auth_methods_supported.
    QStringList authMethods = {QStringLiteral("none"), QStringLiteral("client_secret_basic"),
                               QStringLiteral("client_secret_post")};
    /// Granted when a client asks for no scope.
    QStringList defaultScopes = {QStringLiteral("sentiment:read")};
    bool alwaysStream = false; ///< the demo server answers requests as event streams
    bool requireAuthorization = true; ///< false: the demo server is open (conformance runs)
    /// So many more resources, with paths of their own below that of the first.
    int moreResources = 0;
    QStringList faults = {};
};

/// The other side: an OAuth 2.1 authorization server and a protected MCP server on 127.0.0.1, both
/// real HTTP, for tests and for people who write clients. It shares no OAuth or MCP code with the
/// product. One thread: the one that made it, whose event loop must run. The clock, the randomness
/// and the HTTP client must outlive it.
///
///     TestLab lab(clock, random, &http, {.autoApprove = true});
///     if (auto started = lab.start(); !started) …
///     lab.mcpUrl();                       // http://127.0.0.1:40001/mcp
///     lab.setFault(Fault::IssWrong);
///     QCOMPARE(lab.requestCounts().value(u"token_code"_qs), 1);
class TestLab : public QObject
{
    Q_OBJECT

public:
    /// `http` fetches Client ID Metadata Documents; without one they are not offered.
    TestLab(Clock &clock, Random &random, net::HttpClient *http, LabOptions options,
            QObject *parent = nullptr);
    ~TestLab() override;
    Q_DISABLE_COPY_MOVE(TestLab)

    /// Listens. After a stop() it takes the same ports again and knows all it knew. Fails with
    /// InvalidInput (an option that makes no sense, an unknown fault) or Unreachable (port taken).
    Result<void> start();
    /// Closes the listeners and every connection.
    void stop();

    QString issuer() const;
    QString secondIssuer() const; ///< of Fault::SecondIssuer; empty until that was switched on
    QString mcpUrl() const; ///< also the resource identifier, byte for byte
    /// The same of one of LabOptions::moreResources, from 1.
    QString mcpUrl(int number) const;
    QString resourceMetadataUrl() const;
    QString clientId() const;
    QString adminToken() const; ///< Bearer for POST /lab/fault and GET /lab/state, new in each lab

    Result<void> setFault(const QString &name, bool on = true);
    Result<void> setFault(Fault fault, bool on = true);
    void clearFaults();
    QStringList faults() const;

    /// Requests so far by what they were: probe (to the MCP endpoint, without a token), mcp (with
    /// one), resource_metadata, issuer_metadata, registration, registration_read,
    /// registration_delete, authorization, consent, token_code, token_refresh, token_other,
    /// refresh_reused (those that came with a spent refresh token), revocation, introspection, jwks, client_metadata (documents the lab fetched), other. Those
    /// of the second issuer have "second_" before the name. A name that never came is absent.
    QMap<QString, int> requestCounts() const;
    /// Forgets counts and decisions; clients, grants, terms and faults stay.
    void reset();

    /// Forgets clients, codes, tokens, sessions, counts and decisions as if it had just been made,
    /// and takes new keys, so that tokens still out there are refused. Ports, faults and options
    /// stay.
    Result<void> startOver();
    bool isRunning() const;
    /// What its servers believe the time to be.
    UtcMs now() const;

    /// What was handed out, the newest first; what it says, where it is an access token.
    QList<IssuedToken> tokens() const;
    std::optional<DecodedToken> decode(const QString &fingerprint) const;
    QList<KnownClient> clients() const;

    /// Every secret the lab has handed out: codes, tokens, client secrets, registration tokens.
    QList<Secret> issuedTokens() const;
    /// The latest 512, oldest first.
    QList<Decision> decisions() const;

    void setAccessTokenLifetime(qint64 seconds);
    void setRefreshTokenLifetime(qint64 seconds);
    /// Every refresh token and code stops working at once, as after a password change.
    void revokeEverything();
    /// Forgets every dynamically registered client.
    void forgetRegisteredClients();

    /// An access token of the first issuer that no flow asked for, signed as it should be. Members
    /// of `claims` replace the usual ones; a null member removes one.
    QByteArray mintAccessToken(const QJsonObject &claims = {}) const;

Q_SIGNALS:
    void decided(const chatelaine::testlab::Decision &decision);
    /// A request was handled. Comes again with the same number where the answer took longer. While
    /// nobody listens nothing is written down.
    void exchanged(const chatelaine::testlab::Exchange &exchange);

private:
    bool hasObserver() const;

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace chatelaine::testlab
