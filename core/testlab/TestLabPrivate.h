// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/AuthorizationServer.h"
#include "core/testlab/DemoMcpServer.h"
#include "core/testlab/TestLab.h"

namespace chatelaine::testlab {

/// The lab's parts and what leads a request to one of them.
class TestLab::Private
{
public:
    Private(TestLab &lab, Clock &clock, Random &random, net::HttpClient *http, LabOptions options)
        : q(lab)
        , context {clock, random, http, std::move(options)}
        , adminToken(QString::fromLatin1(random.text(24)))
        , mcp(
              context, [this] { return trust(); }, [this](const Decision &decision) { note(decision); },
              [this] { seenAuthorized = true; })
        , service(
              clock, [this](const Request &request, const Respond &respond) { atIssuer(request, respond); },
              [this] { return context.clockOffsetMs(); })
        , mcpService(
              clock, [this](const Request &request, const Respond &respond) { atResource(request, respond); },
              [this] { return context.clockOffsetMs(); })
        , secondService(
              clock, [this](const Request &request, const Respond &respond) { atSecond(request, respond); },
              [this] { return context.clockOffsetMs(); })
    {
    }

    Result<void> check();
    Result<void> prepare();
    Result<void> startSecond();
    Result<void> startOver();
    DemoMcpServer::Trust trust() const;
    void note(const Decision &decision);
    void observe(Exchange::Place place, const Request &request, const Respond &respond,
                 const std::function<void(const Respond &)> &handle);
    void atIssuer(const Request &request, const Respond &respond);
    void atResource(const Request &request, const Respond &respond);
    void atSecond(const Request &request, const Respond &respond);
    std::optional<Answer> admin(const Request &request);
    Answer setFaultFrom(const Request &request);

    static QString originOf(quint16 port);
    bool onePort() const
    {
        return context.options.onePort
            || (context.options.port != 0 && context.options.port == context.options.mcpPort);
    }
    void lost(const Respond &respond)
    {
        context.count(QStringLiteral("other"));
        respond(Answer::empty(404));
    }

    TestLab &q;
    Context context;
    QString adminToken;
    QList<Decision> decisions;
    quint64 exchanges = 0;
    bool seenAuthorized = false;
    std::unique_ptr<AuthorizationServer> issuer;
    std::unique_ptr<AuthorizationServer> second;
    DemoMcpServer mcp;
    HttpService service;
    HttpService mcpService;
    HttpService secondService;
};

} // namespace chatelaine::testlab
