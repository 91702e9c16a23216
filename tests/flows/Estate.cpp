// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Estate.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <csignal>

namespace chatelaine::test {

namespace {

QString program(const char *name)
{
    return qEnvironmentVariable("CHATELAINE_BIN") + u'/' + QString::fromLatin1(name);
}

/// Lets the event loop (and with it the lab) run until `done`.
template <typename Done>
void runUntil(const Done &done, const char *what)
{
    QDeadlineTimer limit(60'000);
    while (!done()) {
        if (limit.hasExpired())
            qFatal("%s took more than 60 s", what);
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 100);
    }
}

} // namespace

QJsonObject Outcome::json() const
{
    return QJsonDocument::fromJson(out).object();
}

QList<QJsonObject> Outcome::lines() const
{
    QList<QJsonObject> list;
    for (const QByteArray &line : out.split('\n')) {
        if (!line.isEmpty())
            list.append(QJsonDocument::fromJson(line).object());
    }
    return list;
}

testlab::LabOptions Estate::autoApproving()
{
    testlab::LabOptions options;
    options.autoApprove = true;
    return options;
}

Estate::Estate(const QString &vault, testlab::LabOptions options)
    : lab(clock, random, &http, std::move(options))
    , m_home(qEnvironmentVariable("CHATELAINE_TEST_HOME_PARENT", QDir::tempPath())
          + QStringLiteral("/estate-XXXXXX"))
    , m_vault(vault)
{
    if (const auto started = lab.start(); !started)
        qFatal("%s", qPrintable(started.error().message));
}

Estate::~Estate()
{
    if (m_broker)
        stopBroker();
}

QProcessEnvironment Estate::environment() const
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    all.insert(QStringLiteral("CHATELAINE_HOME"), home());
    all.insert(
        QStringLiteral("BROWSER"), QStringLiteral("curl --silent --location --output /dev/null"));
    all.insert(QStringLiteral("PATH"),
        qEnvironmentVariable("CHATELAINE_BIN") + u':' + qEnvironmentVariable("PATH"));
    return all;
}

void Estate::startBroker()
{
    m_broker = std::make_unique<QProcess>();
    m_broker->setProcessEnvironment(environment());
    m_broker->setProcessChannelMode(QProcess::MergedChannels);
    m_broker->start(program("chatelaine-broker"),
        {QStringLiteral("--vault"), m_vault, QStringLiteral("--ready-fd"), QStringLiteral("1")});
    QByteArray said;
    runUntil(
        [this, &said] {
            said += m_broker->readAll();
            return said.contains("ready") || m_broker->state() == QProcess::NotRunning;
        },
        "The broker's start");
    m_said += said;
    if (m_broker->state() == QProcess::NotRunning) {
        said += m_broker->readAll();
        qFatal("The broker did not start (%s, status %d): %s", qPrintable(m_broker->errorString()),
            m_broker->exitCode(), said.constData());
    }
    QObject::connect(m_broker.get(), &QProcess::readyRead, m_broker.get(),
        [this] { m_said += m_broker->readAll(); });
}

void Estate::stopBroker()
{
    m_broker->terminate();
    runUntil([this] { return m_broker->state() == QProcess::NotRunning; }, "The broker's end");
    m_said += m_broker->readAll();
    m_broker.reset();
}

void Estate::killBroker()
{
    ::kill(static_cast<pid_t>(m_broker->processId()), SIGKILL);
    runUntil([this] { return m_broker->state() == QProcess::NotRunning; }, "The broker's end");
    m_said += m_broker->readAll();
    m_broker.reset();
}

Outcome Estate::run(const QStringList &args, const QByteArray &input)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(program("chatelaine"), args);
    process.write(input);
    process.closeWriteChannel();
    runUntil([&process] { return process.state() == QProcess::NotRunning; },
        qPrintable(QStringLiteral("chatelaine ") + args.join(u' ')));
    Outcome outcome;
    outcome.exit = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    const QString command = args.isEmpty() ? QString() : args.first();
    if (command != QStringLiteral("token") && command != QStringLiteral("headers"))
        m_said += outcome.out;
    m_said += outcome.err;
    return outcome;
}

Outcome Estate::must(const QStringList &args, const QByteArray &input)
{
    const Outcome outcome = run(args, input);
    if (outcome.exit != 0) {
        qFatal("chatelaine %s: exit %d\n%s%s", qPrintable(args.join(u' ')), outcome.exit,
            outcome.out.constData(), outcome.err.constData());
    }
    return outcome;
}

void Estate::signIn()
{
    must({QStringLiteral("add"), lab.mcpUrl(), QStringLiteral("--name"), QStringLiteral("demo")});
    must({QStringLiteral("login"), QStringLiteral("demo")});
}

QStringList words(const char *line)
{
    return QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts);
}

QJsonObject claimsOf(QByteArrayView token)
{
    const QByteArray payload = token.toByteArray().split('.').value(1);
    return QJsonDocument::fromJson(QByteArray::fromBase64(payload, QByteArray::Base64UrlEncoding))
        .object();
}

quint32 seedOfThisRun()
{
    bool isSet = false;
    const quint32 given = qEnvironmentVariable("CHATELAINE_TEST_SEED").toUInt(&isSet);
    const quint32 chosen = isSet ? given : QRandomGenerator::system()->generate();
    qInfo("CHATELAINE_TEST_SEED=%u", chosen);
    return chosen;
}

Wire::Wire(const QString &path)
{
    m_socket.connectToServer(path);
    m_socket.waitForConnected(5000);
}

bool Wire::isConnected() const
{
    return m_socket.state() == QLocalSocket::ConnectedState;
}

void Wire::send(const QByteArray &line)
{
    m_socket.write(line + '\n');
    m_socket.flush();
}

void Wire::send(int id, const QString &method, const QJsonObject &params)
{
    const QJsonObject request{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
        {QStringLiteral("id"), id}, {QStringLiteral("method"), method},
        {QStringLiteral("params"), params}};
    send(QJsonDocument(request).toJson(QJsonDocument::Compact));
}

QJsonObject Wire::receive()
{
    runUntil(
        [this] {
            return m_socket.canReadLine() || m_socket.state() != QLocalSocket::ConnectedState;
        },
        "An answer of the broker");
    return take();
}

QJsonObject Wire::take()
{
    if (!m_socket.canReadLine())
        return {};
    return QJsonDocument::fromJson(m_socket.readLine()).object();
}

QJsonObject Wire::call(const QString &method, const QJsonObject &params)
{
    const int id = ++m_lastId;
    send(id, method, params);
    for (;;) {
        const QJsonObject answer = receive();
        if (answer.isEmpty() || answer.value(QLatin1StringView("id")).toInt() == id)
            return answer;
    }
}

} // namespace chatelaine::test
