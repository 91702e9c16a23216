// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/testlab/Options.h"

#include "core/base/Time.h"

#include <QCommandLineParser>

#include <unistd.h>

namespace chatelaine {

namespace {

constexpr qsizetype secretAtMost = 4096;

tl::unexpected<Error> usage(const QString &sentence)
{
    return failure(ErrorCode::InvalidInput, sentence);
}

Result<quint16> port(const QCommandLineParser &parser, const QString &name)
{
    if (!parser.isSet(name))
        return quint16 {0};
    bool ok = false;
    const quint16 number = parser.value(name).toUShort(&ok);
    if (!ok)
        return usage(QStringLiteral("--%1 takes a port number from 0 to 65535.").arg(name));
    return number;
}

Result<int> servers(const QCommandLineParser &parser, const QString &name)
{
    constexpr int most = 1000;
    if (!parser.isSet(name))
        return 1;
    bool ok = false;
    const int number = parser.value(name).toInt(&ok);
    if (!ok || number < 1 || number > most)
        return usage(QStringLiteral("--%1 takes a number from 1 to %2.").arg(name).arg(most));
    return number;
}

Result<qint64> seconds(const QCommandLineParser &parser, const QString &name, qint64 otherwise)
{
    if (!parser.isSet(name))
        return otherwise;
    const std::optional<qint64> span = parseSpan(parser.value(name));
    if (!span || *span <= 0)
        return usage(QStringLiteral("--%1 takes a time such as 5, 90s or 15m.").arg(name));
    return *span;
}

/// The secret up to the end of the file or line. It never comes from an argument, which anybody may
/// read.
Result<Secret> secretFrom(const QCommandLineParser &parser, const QString &name)
{
    if (!parser.isSet(name))
        return Secret();
    bool ok = false;
    const int fd = parser.value(name).toInt(&ok);
    if (!ok || fd < 0)
        return usage(QStringLiteral("--%1 takes the number of an open file descriptor.").arg(name));
    QByteArray bytes(secretAtMost, '\0');
    qsizetype filled = 0;
    while (filled < bytes.size()) {
        const ssize_t got = ::read(fd, bytes.data() + filled, static_cast<size_t>(bytes.size() - filled));
        if (got < 0) {
            wipe(bytes);
            return usage(QStringLiteral("File descriptor %1 of --%2 can't be read.").arg(fd).arg(name));
        }
        if (got == 0)
            break;
        filled += got;
    }
    qsizetype end = bytes.left(filled).indexOf('\n');
    const Secret secret = Secret::copyOf(QByteArrayView(bytes).first(end < 0 ? filled : end));
    wipe(bytes);
    if (secret.isEmpty())
        return usage(QStringLiteral("File descriptor %1 of --%2 holds no secret.").arg(fd).arg(name));
    return secret;
}

QString faultList()
{
    QString text;
    for (const testlab::FaultText &fault : testlab::allFaults())
        text += QStringLiteral("%1 %2\n").arg(QLatin1StringView(fault.name), -36).arg(QLatin1StringView(fault.sentence));
    return text;
}

} // namespace

Result<TestLabArguments> readTestLabArguments(const QStringList &arguments)
{
    const auto text = [](const char *ascii) { return QString::fromLatin1(ascii); };
    const testlab::LabOptions usual;
    QCommandLineParser parser;
    parser.setApplicationDescription(
        text("An OAuth 2.1 authorization server and a protected MCP server on 127.0.0.1, to try clients against."));
    parser.addOptions({
        {text("port"), text("Port of the authorization server (default 0: any that is free)."), text("N")},
        {text("mcp-port"), text("Port of the MCP server; the same as --port puts both behind one listener."),
         text("N")},
        {text("one-port"), text("Both servers behind one listener.")},
        {text("servers"), text("So many MCP servers (default 1): the others have /1, /2 and so on behind the address."),
         text("N")},
        {text("issuer-path"), text("Path of the issuer, such as /tenant1."), text("P")},
        {text("auto-approve"), text("Answer authorization requests without asking anybody.")},
        {text("client-id"), text("Id of the pre-registered client."), text("ID")},
        {text("client-secret-fd"), text("Read that client's secret from this file descriptor."), text("N")},
        {text("redirect-uri"), text("Redirect URI of that client; repeatable (default: any on loopback)."),
         text("U")},
        {text("access-token-lifetime"), text("Lifetime of access tokens (default 1h)."), text("S")},
        {text("refresh-token-lifetime"), text("Lifetime of refresh tokens (default 30d)."), text("S")},
        {text("auth-methods"), text("Token endpoint authentication methods, separated by commas."), text("L")},
        {text("fault"), text("Do something wrong; repeatable."), text("NAME")},
        {text("list-faults"), text("Print the faults and what each does.")},
        {text("sse"), text("Answer MCP requests as event streams.")},
        {text("no-auth"), text("Let the MCP server ask for no token.")},
        {text("log"), text("Print every access decision as a line of JSON.")},
        {text("json"), text("Print where it listens as one line of JSON.")},
        {text("until-stdin-closes"), text("End when standard input does.")},
        {text("visit"), text("Be a browser that follows this URL's redirects, for --auto-approve; then end."),
         text("URL")},
        {text("help"), text("Print this.")},
        {text("version"), text("Print the version.")},
    });
    if (!parser.parse(QStringList {text("chatelaine-testlab")} + arguments)) {
        QString sentence = parser.errorText();
        return usage(sentence + (sentence.endsWith(u'.') ? text(" ") : text(". "))
                     + text("Run chatelaine-testlab --help for the options."));
    }
    if (!parser.positionalArguments().isEmpty()) {
        return usage(QStringLiteral("chatelaine-testlab takes options only, not \"%1\".")
                         .arg(parser.positionalArguments().constFirst()));
    }

    TestLabArguments result;
    if (parser.isSet(text("help")))
        result.print = parser.helpText();
    else if (parser.isSet(text("version")))
        result.print = text("chatelaine-testlab " CHATELAINE_VERSION "\n");
    else if (parser.isSet(text("list-faults")))
        result.print = faultList();
    if (!result.print.isEmpty())
        return result;

    const Result<quint16> issuerPort = port(parser, text("port"));
    if (!issuerPort)
        return failure(issuerPort.error());
    const Result<quint16> mcpPort = port(parser, text("mcp-port"));
    if (!mcpPort)
        return failure(mcpPort.error());
    const Result<int> number = servers(parser, text("servers"));
    if (!number)
        return failure(number.error());
    const Result<qint64> access = seconds(parser, text("access-token-lifetime"), usual.accessTokenLifetimeS);
    if (!access)
        return failure(access.error());
    const Result<qint64> refresh = seconds(parser, text("refresh-token-lifetime"), usual.refreshTokenLifetimeS);
    if (!refresh)
        return failure(refresh.error());
    const Result<Secret> secret = secretFrom(parser, text("client-secret-fd"));
    if (!secret)
        return failure(secret.error());

    testlab::LabOptions &lab = result.lab;
    lab.port = *issuerPort;
    lab.mcpPort = *mcpPort;
    lab.onePort = parser.isSet(text("one-port"));
    lab.moreResources = *number - 1;
    lab.issuerPath = parser.value(text("issuer-path"));
    lab.autoApprove = parser.isSet(text("auto-approve"));
    if (parser.isSet(text("client-id")))
        lab.clientId = parser.value(text("client-id"));
    lab.clientSecret = *secret;
    lab.redirectUris = parser.values(text("redirect-uri"));
    lab.accessTokenLifetimeS = *access;
    lab.refreshTokenLifetimeS = *refresh;
    if (parser.isSet(text("auth-methods")))
        lab.authMethods = parser.value(text("auth-methods")).split(u',', Qt::SkipEmptyParts);
    lab.alwaysStream = parser.isSet(text("sse"));
    lab.requireAuthorization = !parser.isSet(text("no-auth"));
    lab.faults = parser.values(text("fault"));
    result.json = parser.isSet(text("json"));
    result.log = parser.isSet(text("log"));
    result.visit = parser.value(text("visit"));
    result.untilStdinCloses = parser.isSet(text("until-stdin-closes"));
    return result;
}

} // namespace chatelaine
