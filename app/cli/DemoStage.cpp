// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/DemoStage.h"

#include "core/base/Json.h"

#include <QDir>
#include <QFileInfo>

#include <csignal>
#include <poll.h>

namespace chatelaine::cli {

namespace {

constexpr int startMs = 20'000;

QString text(const QJsonObject &object, QLatin1StringView key)
{
    return json::string(object, key).value_or(QString());
}

// Ctrl-C waits until a call takes it, and a reader that went away until the end, so that what was
// begun is cleaned up.
void holdSignals(int how)
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE})
        sigaddset(&set, signal);
    ::sigprocmask(how, &set, nullptr);
}

} // namespace

DemoStage::DemoStage()
    : m_home(QDir::tempPath() + QStringLiteral("/chatelaine-demo-XXXXXX"))
    , m_paths(Paths::under(m_home.path()))
{
    holdSignals(SIG_BLOCK);
}

DemoStage::~DemoStage()
{
    // The broker first: it is temporary and takes its tokens back to the lab.
    m_broker.reset();
    m_lab.reset();
    m_home.remove();
    holdSignals(SIG_UNBLOCK);
}

Result<std::unique_ptr<DemoStage>> DemoStage::build(bool display)
{
    std::unique_ptr<DemoStage> stage(new DemoStage);
    if (!stage->m_home.isValid()) {
        return failure(ErrorCode::DiskFull,
                       QStringLiteral("No temporary directory can be made in %1; free some space or "
                                      "set TMPDIR.")
                           .arg(QDir::tempPath()));
    }
    if (Result<void> started = stage->startLab(!display); !started)
        return failure(std::move(started).error());
    if (Result<void> started = stage->startBroker(); !started)
        return failure(std::move(started).error());
    return stage;
}

Result<void> DemoStage::startLab(bool autoApprove)
{
    const Result<QString> program = findProgram(QStringLiteral("chatelaine-testlab"));
    if (!program)
        return failure(program.error());
    QStringList arguments {QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--json"),
                           QStringLiteral("--until-stdin-closes")};
    if (autoApprove) {
        arguments << QStringLiteral("--auto-approve");
        // The lab's own little browser. $BROWSER is split at colons and spaces, hence PATH.
        const QByteArray dir = QFile::encodeName(QFileInfo(*program).path());
        qputenv("PATH", dir + ':' + qgetenv("PATH"));
        qputenv("BROWSER", "chatelaine-testlab --visit %s");
    }
    Result<Child> lab = Child::start({.program = *program,
                                      .arguments = arguments,
                                      .logFile = m_home.filePath(QStringLiteral("testlab.log"))});
    if (!lab)
        return failure(std::move(lab).error());
    m_lab.emplace(std::move(*lab));
    const Result<QByteArray> line = m_lab->readLine(startMs);
    if (!line)
        return failure(line.error());
    const Result<QJsonObject> facts = json::parseObject(*line, QStringLiteral("The test lab's line"));
    if (!facts)
        return failure(facts.error());
    m_mcpUrl = text(*facts, QLatin1StringView("mcp_url"));
    m_issuer = text(*facts, QLatin1StringView("issuer"));
    return {};
}

Result<QJsonObject> DemoStage::startBrokerWith(const QStringList &arguments)
{
    const Result<QString> program = findProgram(QStringLiteral("chatelaine-broker"));
    if (!program)
        return failure(program.error());
    m_broker.reset();
    const QString log = m_home.filePath(QStringLiteral("broker.log"));
    Result<Child> broker
        = Child::start({.program = *program,
                        .arguments = arguments,
                        .environment = {QStringLiteral("CHATELAINE_HOME=") + m_home.path()},
                        .logFile = log});
    if (!broker)
        return failure(std::move(broker).error());
    m_broker.emplace(std::move(*broker));
    for (int waited = 0; waited < startMs && m_broker->isRunning(); waited += 20) {
        if (client::BrokerClient::connectTo(m_paths.controlSocket()))
            return call(client::Socket::Control, QStringLiteral("status"));
        ::poll(nullptr, 0, 20);
    }
    QFile file(log);
    const QString last = file.open(QIODevice::ReadOnly)
        ? QString::fromUtf8(file.readAll().trimmed()).section(QLatin1Char('\n'), -1)
        : QString();
    return failure(ErrorCode::BrokerUnavailable,
                   QStringLiteral("The demo's broker did not start. %1").arg(last).trimmed());
}

Result<void> DemoStage::startBroker()
{
    Result<QJsonObject> status = startBrokerWith({QStringLiteral("--temporary")});
    const auto stateIs = [](const QJsonObject &answer, QLatin1StringView state) {
        const QJsonObject vault = answer.value(QLatin1StringView("vault")).toObject();
        return text(vault, QLatin1StringView("state")) == state;
    };
    // The broker listens before the keychain has answered.
    for (int waited = 0; status && waited < startMs && stateIs(*status, QLatin1StringView("unknown"));
         waited += 50) {
        ::poll(nullptr, 0, 50);
        status = call(client::Socket::Control, QStringLiteral("status"));
    }
    if (!status)
        return failure(std::move(status).error());
    if (stateIs(*status, QLatin1StringView("open"))) {
        m_vault = QStringLiteral("The keys are kept in this machine's keychain.");
        return {};
    }
    status = startBrokerWith(
        {QStringLiteral("--temporary"), QStringLiteral("--vault"), QStringLiteral("memory")});
    if (!status)
        return failure(std::move(status).error());
    m_vault = QStringLiteral("There is no keychain that answers here, so the keys are kept in memory "
                             "and end with the demo.");
    return {};
}

Result<QJsonObject> DemoStage::call(client::Socket which, const QString &method,
                                    const QJsonObject &params)
{
    Result<client::BrokerClient> client = client::BrokerClient::connectTo(
        which == client::Socket::Borrow ? m_paths.brokerSocket() : m_paths.controlSocket());
    if (!client)
        return failure(std::move(client).error());
    return Session(std::move(*client), false).call(method, params);
}

} // namespace chatelaine::cli
