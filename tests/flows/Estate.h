// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/net/NetworkHttpClient.h"
#include "core/testlab/TestLab.h"

#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QTemporaryDir>

namespace chatelaine::test {

/// What a command left behind.
struct Outcome
{
    int exit = -1;
    QByteArray out;
    QByteArray err;

    QJsonObject json() const; ///< stdout as one document
    QList<QJsonObject> lines() const; ///< stdout as one document a line
};

/// The programs as they are installed: chatelaine, its broker, a home of their own, and a test lab
/// in this process whose event loop goes on while a program is waited for.
class Estate
{
public:
    /// `vault` as chatelaine-broker takes it; "keychain" wants the test to run under a keyring.
    explicit Estate(const QString &vault = QStringLiteral("keychain"),
        testlab::LabOptions options = autoApproving());
    ~Estate();

    static testlab::LabOptions autoApproving();

    /// Starts the broker and waits until it listens.
    void startBroker();
    void stopBroker(); ///< SIGTERM, and waits
    void killBroker(); ///< SIGKILL, and waits
    qint64 brokerPid() const { return m_broker ? m_broker->processId() : 0; }

    /// Runs `chatelaine ARGS` to its end.
    Outcome run(const QStringList &args, const QByteArray &input = {});
    /// Runs it and stops the test where it does not exit with 0.
    Outcome must(const QStringList &args, const QByteArray &input = {});
    /// Adds the lab's server as "demo" and signs in.
    void signIn();

    QString home() const { return m_home.path(); }
    QString brokerSocket() const { return home() + QStringLiteral("/run/broker.sock"); }
    QProcessEnvironment environment() const;
    /// Everything that any program of this estate has written to stdout and stderr so far, but for
    /// the stdout of `token` and `headers`.
    QByteArray everythingSaid() const { return m_said; }

    SystemClock clock;
    SystemRandom random;
    net::NetworkHttpClient http{clock};
    testlab::TestLab lab;

private:
    QTemporaryDir m_home;
    QString m_vault;
    std::unique_ptr<QProcess> m_broker;
    QByteArray m_said;
};

/// A command line by its words: words("grants list --json").
QStringList words(const char *line);

/// The claims of a JWT; nothing is verified.
QJsonObject claimsOf(QByteArrayView token);

/// For whatever goes by chance; printed, and CHATELAINE_TEST_SEED of an earlier run where it is set.
quint32 seedOfThisRun();

/// One JSON-RPC connection, spoken by hand.
class Wire
{
public:
    explicit Wire(const QString &path);
    bool isConnected() const;
    void send(const QByteArray &line);
    void send(int id, const QString &method, const QJsonObject &params = {});
    /// The next line, or an empty object where the broker hung up.
    QJsonObject receive();
    /// The next line if there is one now.
    QJsonObject take();
    QJsonObject call(const QString &method, const QJsonObject &params = {});

private:
    QLocalSocket m_socket;
    int m_lastId = 0;
};

} // namespace chatelaine::test
