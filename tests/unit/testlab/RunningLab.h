// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/FakeClock.h"
#include "tests/support/FakeRandom.h"
#include "tests/unit/testlab/Visitor.h"

#include <QObject>

namespace chatelaine::test {

/// A test with a lab that runs, anew for each function, and somebody who visits it.
class RunningLab : public QObject
{
    Q_OBJECT

protected:
    /// Another lab in the place of the one that runs.
    void start(const testlab::LabOptions &options = {.autoApprove = true});
    QString url(const char *path) const { return m_lab->issuer() + QLatin1StringView(path); }

    FakeClock m_clock;
    FakeRandom m_random;
    Visitor m_visitor;
    std::unique_ptr<testlab::TestLab> m_lab;

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { m_lab.reset(); }
};

QString s(const char *text);
Headers basic(const QByteArray &id, const QByteArray &secret);

/// The params of tools/call, and those of the tool that judges headlines.
QJsonObject tool(const char *name, const QJsonObject &arguments);
QJsonObject headline(const char *text);
QJsonObject resultOf(const Reply &reply);

} // namespace chatelaine::test
