// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/registry/RegistryPage.h"

#include "core/base/Json.h"
#include "core/base/Sentence.h"
#include "core/base/Text.h"
#include "core/net/AddressRules.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace chatelaine::registry {

namespace {

constexpr qsizetype maxCursor = 4096;
constexpr qsizetype maxUrl = 2048;
constexpr int maxRemotes = 8;
constexpr int maxVariables = 8;
constexpr int maxChoices = 20;
const QLatin1StringView officialMeta("io.modelcontextprotocol.registry/official");

/// The first of these members that is a string.
QString text(const QJsonObject &object, std::initializer_list<const char *> keys, qsizetype most)
{
    for (const char *key : keys) {
        if (const auto value = json::string(object, QLatin1StringView(key)))
            return sanitized(*value, most);
    }
    return {};
}

QJsonObject object(const QJsonObject &in, QLatin1StringView key)
{
    return in.value(key).toObject();
}

const QRegularExpression &variablePattern()
{
    static const QRegularExpression pattern(QStringLiteral("\\{([A-Za-z0-9_.-]{1,64})\\}"));
    return pattern;
}

/// Whether an address may be opened with something harmless in place of each variable.
bool mayBeOpened(const QString &url, net::Reach reach)
{
    if (url.size() > maxUrl || sanitized(url, maxUrl) != url)
        return false;
    static const QRegularExpression port(QStringLiteral(":\\{[A-Za-z0-9_.-]{1,64}\\}"));
    QString filled = url;
    filled.replace(port, QStringLiteral(":8443")).replace(variablePattern(), QStringLiteral("x"));
    if (filled.contains(u'{') || filled.contains(u'}'))
        return false;
    const QUrl parsed(filled, QUrl::StrictMode);
    const auto literal = net::literalAddress(parsed.host());
    const bool here = net::isLocalhostName(parsed.host())
        || (literal && net::classify(*literal) == net::AddressKind::Loopback);
    return net::checkUrl(parsed, reach).has_value() && !parsed.hasFragment()
        && (here || parsed.scheme() == QLatin1StringView("https"));
}

QList<Variable> variablesOf(const QString &url, const QJsonObject &described)
{
    QList<Variable> variables;
    for (auto it = variablePattern().globalMatch(url); it.hasNext();) {
        const QString name = it.next().captured(1);
        const bool known = std::any_of(variables.cbegin(), variables.cend(),
            [&name](const Variable &variable) { return variable.name == name; });
        if (known)
            continue;
        const QJsonObject about = described.value(name).toObject();
        Variable variable;
        variable.name = name;
        variable.description = text(about, {"description"}, 200);
        variable.preset = text(about, {"value", "default"}, 200);
        const QStringList choices = json::strings(about, QLatin1StringView("choices"));
        for (const QString &choice : choices.first(qMin<qsizetype>(choices.size(), maxChoices)))
            variable.choices.append(sanitized(choice, 100));
        variables.append(variable);
    }
    return variables;
}

/// Headers that have to be there, have no value yet, and are secret or say that they authorize.
QStringList keyHeadersOf(const QJsonObject &remote)
{
    QStringList names;
    const QJsonArray headers = remote.value(QLatin1StringView("headers")).toArray();
    for (const QJsonValue &value : headers) {
        const QJsonObject header = value.toObject();
        const bool required = json::boolean(header, QLatin1StringView("isRequired"))
            || json::boolean(header, QLatin1StringView("is_required"));
        const bool secret = json::boolean(header, QLatin1StringView("isSecret"))
            || json::boolean(header, QLatin1StringView("is_secret"));
        const QString name = text(header, {"name"}, 60);
        if (required && secret && !name.isEmpty() && names.size() < maxVariables)
            names.append(name);
    }
    return names;
}

std::optional<Remote> readRemote(const QJsonObject &from, net::Reach reach)
{
    const QString type = text(from, {"type", "transport_type"}, 40);
    Remote remote;
    if (type == QLatin1StringView("sse"))
        remote.transport = Remote::Transport::ServerSentEvents;
    else if (type != QLatin1StringView("streamable-http")
        && type != QLatin1StringView("streamable"))
        return std::nullopt;
    remote.url = json::string(from, QLatin1StringView("url")).value_or(QString());
    remote.reach = reach;
    if (!mayBeOpened(remote.url, reach))
        return std::nullopt;
    remote.variables = variablesOf(remote.url, object(from, QLatin1StringView("variables")));
    if (remote.variables.size() > maxVariables)
        return std::nullopt;
    remote.keyHeaders = keyHeadersOf(from);
    return remote;
}

QList<Remote> readRemotes(const QJsonArray &from, net::Reach reach)
{
    QList<Remote> remotes;
    for (const QJsonValue &value : from) {
        const std::optional<Remote> remote = readRemote(value.toObject(), reach);
        const bool twice = remote
            && std::any_of(remotes.cbegin(), remotes.cend(),
                [&remote](const Remote &other) { return other.url == remote->url; });
        if (remote && !twice && remotes.size() < maxRemotes)
            remotes.append(*remote);
    }
    const auto isNew = [](const Remote &remote) {
        return remote.transport == Remote::Transport::StreamableHttp;
    };
    if (std::any_of(remotes.cbegin(), remotes.cend(), isNew))
        remotes.removeIf([isNew](const Remote &remote) { return !isNew(remote); });
    return remotes;
}

enum class Kind { Server, PackagesOnly, PassedOver, Unusable };

/// `isLatest` where the registry says it; else everything counts as the latest.
bool isLatest(const QJsonObject &meta, const QJsonObject &server)
{
    const QJsonObject detail = object(server, QLatin1StringView("version_detail"));
    for (const auto &[where, key] : {std::pair(meta, QLatin1StringView("isLatest")),
             std::pair(meta, QLatin1StringView("is_latest")),
             std::pair(detail, QLatin1StringView("is_latest"))}) {
        if (where.value(key).isBool())
            return where.value(key).toBool();
    }
    return true;
}

Kind readEntry(const QJsonObject &from, net::Reach reach, Entry &entry)
{
    const bool nested = from.value(QLatin1StringView("server")).isObject();
    const QJsonObject server = nested ? object(from, QLatin1StringView("server")) : from;
    const QJsonObject meta = object(object(from, QLatin1StringView("_meta")), officialMeta);
    entry.name = text(server, {"name"}, 200);
    if (entry.name.isEmpty())
        return Kind::Unusable;
    entry.title = text(server, {"title"}, 100);
    entry.description = text(server, {"description"}, 300);
    entry.version = text(server, {"version"}, 60);
    if (entry.version.isEmpty())
        entry.version = text(object(server, QLatin1StringView("version_detail")), {"version"}, 60);
    const QString status = meta.contains(QLatin1StringView("status"))
        ? text(meta, {"status"}, 40)
        : text(server, {"status"}, 40);
    if (status == QLatin1StringView("deleted") || !isLatest(meta, server))
        return Kind::PassedOver;
    entry.deprecated = status == QLatin1StringView("deprecated");
    entry.notice = text(meta, {"statusMessage", "status_message"}, 200);

    const QJsonArray remotes = server.value(QLatin1StringView("remotes")).toArray();
    entry.remotes = readRemotes(remotes, reach);
    if (!entry.remotes.isEmpty())
        return Kind::Server;
    const bool packaged = !server.value(QLatin1StringView("packages")).toArray().isEmpty();
    return remotes.isEmpty() && packaged ? Kind::PackagesOnly : Kind::Unusable;
}

} // namespace

Remote::Address Remote::address() const
{
    Address filled{url, std::nullopt};
    for (const Variable &variable : variables) {
        QString with = filled.url;
        with.replace(u'{' + variable.name + u'}', variable.preset);
        // A preset is somebody's words too: it must leave the address one that may be opened.
        const bool usable = !variable.preset.isEmpty() && !variable.preset.contains(u'{')
            && mayBeOpened(with, reach);
        if (usable)
            filled.url = with;
        else if (!filled.missing)
            filled.missing = variable;
    }
    return filled;
}

Result<Page> parsePage(const QByteArray &bytes, net::Reach reach)
{
    const Result<QJsonObject> listing =
        json::parseObject(bytes, Sentence::tr("The registry's answer"));
    if (!listing)
        return failure(listing.error());
    const QJsonValue servers = listing->value(QLatin1StringView("servers"));
    // An empty Go slice is null.
    if (!servers.isArray() && !servers.isNull()) {
        return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("What answers at this address is no MCP Registry: its answer lists no "
                         "servers. Check the registry's address in the settings."));
    }
    Page page;
    const QJsonObject metadata = object(*listing, QLatin1StringView("metadata"));
    for (const char *key : {"nextCursor", "next_cursor"}) {
        if (page.nextCursor.isEmpty())
            page.nextCursor = json::string(metadata, QLatin1StringView(key)).value_or(QString());
    }
    if (page.nextCursor.size() > maxCursor) {
        return failure(ErrorCode::ProtocolViolation,
            Sentence::tr("The registry's answer can't be used: its cursor is %1 characters long. "
                         "Tell its operator.")
                .arg(page.nextCursor.size()));
    }
    const QJsonArray list = servers.toArray();
    for (const QJsonValue &value : list) {
        Entry entry;
        if (page.entries.size() >= maxEntries) {
            ++page.unusable;
            continue;
        }
        switch (readEntry(value.toObject(), reach, entry)) {
        case Kind::Server:
            page.entries.append(entry);
            break;
        case Kind::PackagesOnly:
            ++page.packagesOnly;
            break;
        case Kind::Unusable:
            ++page.unusable;
            break;
        case Kind::PassedOver:
            break;
        }
    }
    return page;
}

} // namespace chatelaine::registry
