// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/testlab/RunningLab.h"

#include <QTest>

namespace chatelaine::test {

void RunningLab::start(const testlab::LabOptions &options)
{
    m_lab = std::make_unique<testlab::TestLab>(m_clock, m_random, nullptr, options);
    const Result<void> started = m_lab->start();
    QVERIFY2(started, started ? "" : qPrintable(started.error().message));
}

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

Headers basic(const QByteArray &id, const QByteArray &secret)
{
    return {{"Authorization", "Basic " + (id + ':' + secret).toBase64()}};
}

QJsonObject tool(const char *name, const QJsonObject &arguments)
{
    return {{s("name"), s(name)}, {s("arguments"), arguments}};
}

QJsonObject headline(const char *text)
{
    return tool("analyze_sentiment", {{s("text"), s(text)}});
}

QJsonObject resultOf(const Reply &reply)
{
    return reply.json().value(s("result")).toObject();
}

} // namespace chatelaine::test
