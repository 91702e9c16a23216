// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Probe.h"

#include "core/base/Sentence.h"
#include "core/base/Text.h"
#include "core/mcp/McpClient.h"

namespace chatelaine::credentials {

namespace {

/// One token, whatever the server says.
class FixedToken : public mcp::Authorizer
{
public:
    explicit FixedToken(Secret header)
        : m_header(std::move(header))
    { }
    Task<Result<Secret>> authorization(std::stop_token) override { co_return m_header; }
    Task<Result<void>> challenged(net::HttpResponse, std::stop_token) override
    {
        co_return failure(ErrorCode::SignInNeeded, Sentence::tr("The server asks for a sign-in."));
    }

private:
    Secret m_header;
};

} // namespace

Secret bearer(const Secret &token)
{
    if (token.isEmpty())
        return {};
    const QByteArrayView bytes = token.expose();
    QByteArray header;
    header.reserve(7 + bytes.size());
    header.append("Bearer ").append(bytes);
    return Secret(std::move(header));
}

Task<Result<ProbeAnswer>> probe(std::shared_ptr<Parts> parts, AccountView view, net::Reach reach,
    Secret token, std::stop_token stop)
{
    FixedToken authorizer(bearer(token));
    mcp::McpClient::Options options;
    options.pinnedVersion = view.server.settings.protocolVersion;
    options.knownVersion = view.server.protocolVersion;
    options.reach = reach;
    options.caFile = view.server.settings.caFile;
    mcp::McpClient client(
        parts->context.http, parts->context.clock, view.server.url, options, &authorizer);
    const Result<net::HttpResponse> response = co_await client.probe(stop);
    if (!response)
        co_return failure(response.error());

    ProbeAnswer answer;
    answer.status = response->status;
    answer.challenge = net::bearerChallenge(*response);
    if (response->status == 401 || response->status == 403)
        co_return answer;
    const QString host = repeatable(view.server.url.toString(QUrl::FullyEncoded));
    if (response->status >= 500) {
        co_return failure(ErrorCode::Unreachable,
            Sentence::tr("%1 answers with an error of its own (HTTP %2). Try again "
                         "later, or tell its operator.")
                .arg(host)
                .arg(response->status));
    }
    const QByteArray type = response->mediaType();
    const bool speaksJson = type.contains("json") || type == QByteArrayView("text/event-stream");
    if (response->status >= 200 && response->status < 300 && speaksJson) {
        answer.open = true;
        co_return answer;
    }
    // A legacy server may refuse the modern request before it looks for a token.
    if (response->status >= 400 && speaksJson) {
        answer.open = true;
        co_return answer;
    }
    co_return failure(ErrorCode::ProtocolViolation,
        Sentence::tr("There is no MCP server at %1: it answered HTTP %2%3. Check the "
                     "address; many servers end in /mcp.")
            .arg(host)
            .arg(response->status)
            .arg(type.isEmpty()
                    ? QString()
                    : Sentence::tr(" with %1").arg(QString::fromLatin1(type.left(64)))));
}

} // namespace chatelaine::credentials
