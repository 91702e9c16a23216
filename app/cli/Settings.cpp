// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Settings.h"

#include "app/cli/Borrow.h"
#include "app/cli/Output.h"
#include "core/base/Secret.h"

#include <QFileInfo>

#include <array>
#include <cerrno>
#include <unistd.h>

namespace chatelaine::cli {

namespace {

constexpr std::array options {
    Option {"account", "NAME", "which account of the server is meant"},
    Option {"client-id", "ID", "a client registered beforehand"},
    Option {"client-secret-fd", "N", "read that client's secret from file descriptor N"},
    Option {"client-secret-stdin", nullptr, "read that client's secret from stdin"},
    Option {"redirect-host", "HOST", "127.0.0.1 or localhost in the redirect URI"},
    Option {"redirect-port", "PORT", "a fixed port in the redirect URI"},
    Option {"resource", "VALUE", "send this resource indicator (RFC 8707)"},
    Option {"no-resource", nullptr, "send no resource indicator"},
    Option {"scope", "SCOPE", "ask for this scope", true},
    Option {"authorization-param", "KEY=VALUE", "add to the authorization request", true},
    Option {"ca-file", "FILE", "trust these certificates for this server"},
    Option {"client-metadata-url", "URL", "the Client ID Metadata Document to sign in with"},
    Option {"protocol-version", "DATE", "speak this revision of MCP"},
};

tl::unexpected<Error> wrong(const QString &sentence)
{
    return failure(ErrorCode::InvalidInput, sentence);
}

Result<void> addSecret(const Invocation &invocation, QJsonObject &settings)
{
    if (!invocation.has("client-secret-fd") && !invocation.has("client-secret-stdin"))
        return {};
    if (!invocation.has("client-id"))
        return wrong(QStringLiteral("A client secret belongs to a client: add --client-id ID."));
    Result<QByteArray> secret;
    if (invocation.has("client-secret-fd")) {
        bool isNumber = false;
        const int fd = invocation.value("client-secret-fd").toInt(&isNumber);
        if (!isNumber || fd < 0)
            return wrong(QStringLiteral("--client-secret-fd wants the number of an open file "
                                        "descriptor, such as 3."));
        secret = readSecret(fd);
    } else if (stdinIsTerminal()) {
        secret = askOnTerminal(QStringLiteral("Client secret: "), true).value_or(QByteArray());
    } else {
        secret = readSecret(STDIN_FILENO);
    }
    if (!secret)
        return failure(std::move(secret).error());
    if (secret->isEmpty())
        return wrong(QStringLiteral("The client secret is empty; nothing was sent."));
    settings.insert(QStringLiteral("client_secret"), QString::fromUtf8(*secret));
    wipe(*secret);
    return {};
}

} // namespace

std::span<const Option> settingOptions()
{
    return options;
}

Result<QByteArray> readSecret(int fd)
{
    QByteArray bytes(64 * 1024, Qt::Uninitialized);
    qsizetype size = 0;
    while (size < bytes.size()) {
        const ssize_t n = ::read(fd, bytes.data() + size, static_cast<size_t>(bytes.size() - size));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return wrong(QStringLiteral("File descriptor %1 can't be read; open it for reading "
                                        "first, for example with %1<FILE.")
                             .arg(fd));
        if (n == 0)
            break;
        size += n;
    }
    if (size > 0 && bytes[size - 1] == '\n')
        --size;
    QByteArray secret(bytes.constData(), size);
    wipe(bytes);
    return secret;
}

QString scopeOf(const Invocation &invocation)
{
    return invocation.values("scope").join(QLatin1Char(' ')).simplified();
}

bool isUrl(const QString &word)
{
    return word.contains(QLatin1StringView("://"));
}

QJsonObject serverOrResource(const QString &word)
{
    return {{isUrl(word) ? QStringLiteral("resource") : QStringLiteral("server"), word}};
}

Result<QJsonObject> settingsOf(const Invocation &invocation)
{
    QJsonObject settings;
    struct Plain
    {
        const char *option;
        QLatin1StringView member;
    };
    static constexpr std::array plain {
        Plain {"account", QLatin1StringView("account")},
        Plain {"client-id", QLatin1StringView("client_id")},
        Plain {"redirect-host", QLatin1StringView("redirect_host")},
        Plain {"client-metadata-url", QLatin1StringView("client_metadata_url")},
        Plain {"protocol-version", QLatin1StringView("protocol_version")},
    };
    for (const Plain &entry : plain) {
        if (invocation.has(entry.option))
            settings.insert(entry.member, invocation.value(entry.option));
    }
    if (invocation.has("scope"))
        settings.insert(QStringLiteral("scope"), scopeOf(invocation));
    if (invocation.has("redirect-port")) {
        const int port = invocation.value("redirect-port").toInt();
        if (port < 1 || port > 65535)
            return wrong(QStringLiteral("--redirect-port wants a port from 1 to 65535."));
        settings.insert(QStringLiteral("redirect_port"), port);
    }
    if (invocation.has("resource") && invocation.has("no-resource"))
        return wrong(QStringLiteral("--resource and --no-resource exclude each other; use one."));
    if (invocation.has("resource")) {
        settings.insert(QStringLiteral("resource_mode"), QStringLiteral("custom"));
        settings.insert(QStringLiteral("resource_value"), invocation.value("resource"));
    } else if (invocation.has("no-resource")) {
        settings.insert(QStringLiteral("resource_mode"), QStringLiteral("omit"));
    }
    QJsonObject parameters;
    for (const QString &pair : invocation.values("authorization-param")) {
        const qsizetype equals = pair.indexOf(QLatin1Char('='));
        if (equals < 1)
            return wrong(QStringLiteral("--authorization-param wants KEY=VALUE, such as "
                                        "prompt=consent."));
        parameters.insert(pair.left(equals), pair.mid(equals + 1));
    }
    if (!parameters.isEmpty())
        settings.insert(QStringLiteral("authorization_params"), parameters);
    if (invocation.has("ca-file")) {
        // The broker has another working directory than we.
        const QFileInfo file(invocation.value("ca-file"));
        if (!file.isFile() || !file.isReadable()) {
            return wrong(QStringLiteral("The certificate file %1 can't be read; check the path.")
                             .arg(file.filePath()));
        }
        settings.insert(QStringLiteral("ca_file"), file.absoluteFilePath());
    }
    if (Result<void> added = addSecret(invocation, settings); !added)
        return failure(std::move(added).error());
    return settings;
}

} // namespace chatelaine::cli
