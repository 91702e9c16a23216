// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/ServerUrl.h"

#include "core/base/Sentence.h"
#include "core/base/Text.h"

#include <QHostAddress>
#include <QRegularExpression>

namespace chatelaine::credentials {

namespace {

bool isLoopback(const QString &host)
{
    return host == QLatin1StringView("localhost") || host.endsWith(QLatin1StringView(".localhost"))
        || QHostAddress(host).isLoopback();
}

tl::unexpected<Error> wrong(const QString &sentence)
{
    return failure(ErrorCode::InvalidInput, sentence);
}

} // namespace

Result<QUrl> readServerUrl(const QString &typed)
{
    const QString text = typed.trimmed();
    static const QRegularExpression scheme(QStringLiteral("^[A-Za-z][A-Za-z0-9+.-]*://"));
    static const QRegularExpression hostLike(QStringLiteral(
        "^(localhost|\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+)(:\\d+)?(/.*)?$"));
    QString full = text;
    if (!scheme.match(text).hasMatch()) {
        if (!hostLike.match(text).hasMatch()) {
            return wrong(Sentence::tr("\"%1\" is not a URL. Give the server's whole address, such "
                                      "as https://mcp.example.com/mcp.")
                             .arg(repeatable(text)));
        }
        const QString host = QUrl(QStringLiteral("http://") + text).host();
        full = (isLoopback(host) ? QStringLiteral("http://") : QStringLiteral("https://")) + text;
    }
    const QUrl url(full, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) {
        return wrong(Sentence::tr("\"%1\" is not a URL. Give the server's whole address, such as "
                                  "https://mcp.example.com/mcp.")
                         .arg(repeatable(text)));
    }
    if (!url.userInfo().isEmpty()) {
        return wrong(Sentence::tr("The address holds a user name or password. Leave it out: "
                                  "Chatelaine signs in by itself."));
    }
    if (url.hasFragment()) {
        return wrong(Sentence::tr("The address has a fragment (#…), which no MCP server has. "
                                  "Leave it out."));
    }
    if (url.scheme() == QLatin1StringView("http") && !isLoopback(url.host())) {
        constexpr int httpPort = 80;
        QUrl encrypted = url;
        encrypted.setScheme(QStringLiteral("https"));
        if (url.port() == httpPort)
            encrypted.setPort(-1);
        return wrong(
            Sentence::tr("http would send your token readable over the network. Use %1 instead.")
                .arg(repeatable(encrypted.toString(QUrl::FullyEncoded))));
    }
    if (url.scheme() != QLatin1StringView("https") && url.scheme() != QLatin1StringView("http")) {
        return wrong(Sentence::tr("An MCP server's address begins with https://; %1:// can't be "
                                  "used.")
                         .arg(url.scheme()));
    }
    return url;
}

QString nameFor(const QUrl &url, const QStringList &taken)
{
    const QString host = url.host();
    QString base = host;
    if (isLoopback(host)) {
        base = QStringLiteral("local");
    } else if (QHostAddress(host).isNull()) {
        // The label people call it by: not "mcp", "api" or "www", not the public suffix.
        QStringList labels = host.split(u'.', Qt::SkipEmptyParts);
        if (labels.size() > 1)
            labels.removeLast();
        static const QStringList generic{QStringLiteral("co"), QStringLiteral("com"),
            QStringLiteral("org"), QStringLiteral("net")};
        if (labels.size() > 1 && generic.contains(labels.constLast()))
            labels.removeLast();
        base = labels.isEmpty() ? host : labels.constLast();
    }
    base.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9._-]")), QStringLiteral("-"));
    base = base.left(56);
    if (!isGoodName(base))
        base = QStringLiteral("server");
    QString name = base;
    for (int i = 2; taken.contains(name); ++i)
        name = QStringLiteral("%1-%2").arg(base).arg(i);
    return name;
}

bool isGoodName(const QString &name)
{
    static const QRegularExpression good(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\z"));
    return good.match(name).hasMatch();
}

} // namespace chatelaine::credentials
