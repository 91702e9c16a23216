// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/broker/Arguments.h"

#include <QCommandLineParser>
#include <QFile>

#include <fcntl.h>
#include <unistd.h>

namespace chatelaine::broker {

namespace {

/// The next command starts it again.
constexpr qint64 leaveWhenIdleMs = 15 * 60 * 1000;


const QString readyFdOption = QStringLiteral("ready-fd");
const QString connectionFdOption = QStringLiteral("connection-fd");
const QString passphraseFdOption = QStringLiteral("passphrase-fd");

Result<int> descriptorOf(const QCommandLineParser &parser, const QString &option)
{
    bool ok = false;
    const int fd = parser.value(option).toInt(&ok);
    if (!ok || fd < 0 || ::fcntl(fd, F_SETFD, FD_CLOEXEC) < 0) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("--%1 takes the number of an open descriptor.").arg(option));
    }
    return fd;
}

// One line, without its line break.
Result<Secret> readPassphrase(QFile &file)
{
    QByteArray bytes = file.readAll();
    while (bytes.endsWith('\n') || bytes.endsWith('\r'))
        bytes.chop(1);
    if (bytes.isEmpty()) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("The passphrase that was passed in is empty."));
    }
    return Secret(std::move(bytes));
}

Result<Secret> passphraseFrom(const QCommandLineParser &parser)
{
    QFile file;
    if (parser.isSet(passphraseFdOption)) {
        const Result<int> fd = descriptorOf(parser, passphraseFdOption);
        if (!fd)
            return failure(fd.error());
        if (!file.open(*fd, QIODevice::ReadOnly | QIODevice::Unbuffered,
                       QFileDevice::AutoCloseHandle)) {
            return failure(ErrorCode::InvalidInput,
                           QStringLiteral("The descriptor of the passphrase can't be read."));
        }
        return readPassphrase(file);
    }
    // systemd.exec(5), LoadCredential= and LoadCredentialEncrypted=.
    const QString directory = qEnvironmentVariable("CREDENTIALS_DIRECTORY");
    file.setFileName(directory + QStringLiteral("/vault-passphrase"));
    if (directory.isEmpty() || !file.exists())
        return Secret();
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("%1 can't be read: %2.")
                           .arg(file.fileName(), file.errorString()));
    }
    return readPassphrase(file);
}

Result<std::optional<Vault::Kind>> vaultFrom(const QCommandLineParser &parser)
{
    const QString name = parser.value(QStringLiteral("vault"));
    if (name.isEmpty())
        return std::optional<Vault::Kind>();
    for (const Vault::Kind kind :
         {Vault::Kind::Keychain, Vault::Kind::EncryptedFile, Vault::Kind::Memory}) {
        if (vaultKindName(kind) == name)
            return std::optional(kind);
    }
    return failure(ErrorCode::InvalidInput,
                   QStringLiteral("--vault is keychain, encrypted_file or memory, not \"%1\".")
                       .arg(name));
}

} // namespace

void describeOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(QStringLiteral(
        "Keeps a person's MCP sign-ins and lends access to local programs.\n"
        "Started by chatelaine when it is needed, by systemd, or by hand."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {QStringLiteral("on-demand"),
         QStringLiteral("Started by a program: give up stderr once ready, and end when nobody has "
                        "needed it for 15 minutes.")},
        {readyFdOption,
         QStringLiteral("Write one line, \"ready\" or \"error: …\", to this descriptor."),
         QStringLiteral("n")},
        {QStringLiteral("private"),
         QStringLiteral("Keep everything in memory and serve one connection.")},
        {connectionFdOption, QStringLiteral("The connection of --private."), QStringLiteral("n")},
        {QStringLiteral("vault"),
         QStringLiteral("keychain, encrypted_file or memory, instead of the setting."),
         QStringLiteral("kind")},
        {QStringLiteral("temporary"),
         QStringLiteral("End when standard input does; then sign out everywhere and take what is "
                        "ours out of the vault.")},
        {passphraseFdOption,
         QStringLiteral("Read the encrypted file's passphrase from this descriptor."),
         QStringLiteral("n")},
    });
}

Result<void> readArguments(const QCommandLineParser &parser, Arguments &arguments)
{
    Broker::Options &options = arguments.options;
    if (parser.isSet(readyFdOption)) {
        const Result<int> fd = descriptorOf(parser, readyFdOption);
        if (!fd)
            return failure(fd.error());
        arguments.readyFd = *fd;
    }
    arguments.onDemand = parser.isSet(QStringLiteral("on-demand"));
    options.temporary = parser.isSet(QStringLiteral("temporary"));
    arguments.untilStdinCloses = options.temporary;
    if (!parser.positionalArguments().isEmpty()) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("\"%1\" is not an option. See: chatelaine-broker --help")
                           .arg(parser.positionalArguments().constFirst()));
    }
    const Result<std::optional<Vault::Kind>> vault = vaultFrom(parser);
    if (!vault)
        return failure(vault.error());
    options.vault = *vault;
    if (parser.isSet(QStringLiteral("private")) != parser.isSet(connectionFdOption)) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("--private and --connection-fd go together."));
    }
    if (parser.isSet(connectionFdOption)) {
        const Result<int> fd = descriptorOf(parser, connectionFdOption);
        if (!fd)
            return failure(fd.error());
        options.privateConnection = *fd;
        options.vault = Vault::Kind::Memory;
        return {};
    }
    const Result<Paths> paths = Paths::fromEnvironment();
    if (!paths)
        return failure(paths.error());
    options.paths = *paths;
    Result<Secret> passphrase = passphraseFrom(parser);
    if (!passphrase)
        return failure(std::move(passphrase).error());
    options.passphrase = std::move(*passphrase);
    const Result<QHash<QString, int>> activated = takeActivatedSockets();
    if (!activated)
        return failure(activated.error());
    options.activated = *activated;
    // Who would leave would be started anew for each who connects to the other's sockets.
    options.waitForTurn = !activated->isEmpty();
    if (arguments.onDemand)
        options.leaveWhenIdleMs = leaveWhenIdleMs;
    return {};
}

} // namespace chatelaine::broker
