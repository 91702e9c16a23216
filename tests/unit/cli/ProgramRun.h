// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/unit/cli/FakeBroker.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <unistd.h>

namespace chatelaine::test {

/// JSON with the quotes that C++ has no quarrel with.
inline QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(QByteArray(json).replace('\'', '"')).object();
}

/// The program itself, run against the fake.
class Run
{
public:
    explicit Run(const FakeBroker &broker)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CHATELAINE_HOME"), broker.home());
        environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"})
            environment.remove(QString::fromLatin1(name));
        process.setProcessEnvironment(environment);
        process.setProgram(qEnvironmentVariable("CHATELAINE_BIN") + QStringLiteral("/chatelaine"));
        // No controlling terminal unless a test gives one.
        process.setChildProcessModifier([] { ::setsid(); });
    }
    ~Run()
    {
        process.kill();
        process.waitForFinished();
    }

    void set(const char *name, const QString &value)
    {
        QProcessEnvironment environment = process.processEnvironment();
        environment.insert(QString::fromLatin1(name), value);
        process.setProcessEnvironment(environment);
    }
    void start(const QStringList &arguments, bool keepStdin = false)
    {
        process.setArguments(arguments);
        process.start();
        if (!keepStdin)
            process.closeWriteChannel();
    }
    bool ends()
    {
        return QTest::qWaitFor([this] { return process.state() == QProcess::NotRunning; }, 20'000);
    }
    int run(const QStringList &arguments)
    {
        start(arguments);
        if (!ends())
            return -1;
        out = process.readAllStandardOutput();
        err = process.readAllStandardError();
        return process.exitCode();
    }

    QProcess process;
    QByteArray out;
    QByteArray err;
};

inline QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '));
}

/// "Nobody could be asked", as the broker says it under the policy "ask".
inline Error refusal()
{
    return Error {ErrorCode::Refused, QStringLiteral("Nobody could be asked."), {},
                   object("{'by':'policy','ask':{'server':'demo','account':'default',"
                 "'client':{'exe':'/usr/bin/agent'}}}")};
}

} // namespace chatelaine::test
