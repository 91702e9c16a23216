// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/RegistryStandIn.h"

namespace chatelaine::test {

namespace {

QJsonObject entry(QJsonObject server, const QString &version, bool latest)
{
    server.insert(QStringLiteral("version"), version);
    const QJsonObject official{
        {QStringLiteral("status"), QStringLiteral("active")}, {QStringLiteral("isLatest"), latest}};
    return {{QStringLiteral("server"), server},
        {QStringLiteral("_meta"),
            QJsonObject{{QStringLiteral("io.modelcontextprotocol.registry/official"), official}}}};
}

QJsonObject serverNumber(int i)
{
    const QString number = QStringLiteral("%1").arg(i, 3, 10, QChar(u'0'));
    QJsonObject server{{QStringLiteral("name"), QStringLiteral("org.example/service-") + number},
        {QStringLiteral("title"), QStringLiteral("Service ") + number},
        {QStringLiteral("description"),
            QStringLiteral("Reads and writes what service %1 keeps.").arg(number)}};
    if (i % 3 == 2) {
        server.insert(QStringLiteral("packages"),
            QJsonArray{QJsonObject{{QStringLiteral("registryType"), QStringLiteral("npm")},
                {QStringLiteral("identifier"), QStringLiteral("service-") + number}}});
    } else {
        server.insert(QStringLiteral("remotes"),
            QJsonArray{QJsonObject{{QStringLiteral("type"), QStringLiteral("streamable-http")},
                {QStringLiteral("url"),
                    QStringLiteral("https://service-%1.example.com/mcp").arg(number)}}});
    }
    return server;
}

} // namespace

RegistryStandIn::RegistryStandIn(Clock &clock, int count)
    : m_service(
        clock,
        [this](const testlab::Request &request, const testlab::Respond &respond) {
            handle(request, respond);
        },
        [] { return 0; })
{
    for (int i = 0; i < count; ++i) {
        const QJsonObject server = serverNumber(i);
        m_servers.append(entry(server, QStringLiteral("1.9.0"), false));
        m_servers.append(entry(server, QStringLiteral("1.10.0"), true));
    }
    if (const auto listening = m_service.listen(0); !listening)
        qFatal("%s", qPrintable(listening.error().message));
}

QUrl RegistryStandIn::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_service.port()));
}

void RegistryStandIn::add(const QJsonObject &server)
{
    m_servers.prepend(entry(server, QStringLiteral("1.0.0"), true));
}

void RegistryStandIn::release()
{
    held = false;
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &[question, respond] : waiting)
        respond(answer(question));
}

void RegistryStandIn::handle(const testlab::Request &request, const testlab::Respond &respond)
{
    const Asked question{request.path, testlab::Form::parse(request.query)};
    asked.append(question);
    if (held)
        m_waiting.append({question, respond});
    else
        respond(answer(question));
}

testlab::Answer RegistryStandIn::answer(const Asked &question) const
{
    if (instead) {
        if (const std::optional<testlab::Answer> other = instead(question))
            return *other;
    }
    bool known = false;
    for (const QString &version : versions)
        known = known || question.path == u'/' + version + QStringLiteral("/servers");
    if (!known)
        return testlab::Answer::json({{QStringLiteral("title"), QStringLiteral("Not Found")}}, 404);

    const QString search = question.query.value(QStringLiteral("search"));
    const bool latestOnly = knowsLatest
        && question.query.value(QStringLiteral("version")) == QLatin1StringView("latest");
    const int from = question.query.value(QStringLiteral("cursor")).toInt();
    const int limit = qBound(1, question.query.value(QStringLiteral("limit")).toInt(), 100);
    QJsonArray servers;
    qsizetype at = from;
    for (; at < m_servers.size() && servers.size() < limit; ++at) {
        QJsonObject candidate = m_servers.at(at).toObject();
        const QJsonObject server = candidate.value(QLatin1StringView("server")).toObject();
        const QJsonObject meta =
            candidate.value(QLatin1StringView("_meta"))
                .toObject()
                .value(QLatin1StringView("io.modelcontextprotocol.registry/official"))
                .toObject();
        if (latestOnly && !meta.value(QLatin1StringView("isLatest")).toBool())
            continue;
        if (!server.value(QLatin1StringView("name"))
                 .toString()
                 .contains(search, Qt::CaseInsensitive))
            continue;
        if (!knowsLatest)
            candidate.remove(QStringLiteral("_meta"));
        servers.append(candidate);
    }
    QJsonObject metadata{{QStringLiteral("count"), servers.size()}};
    if (at < m_servers.size())
        metadata.insert(QStringLiteral("nextCursor"), QString::number(at));
    return testlab::Answer::json(
        {{QStringLiteral("servers"), servers}, {QStringLiteral("metadata"), metadata}});
}

} // namespace chatelaine::test
