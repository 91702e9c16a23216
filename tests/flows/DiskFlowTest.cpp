// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Estate.h"

#include <QFile>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

/// A disk with no room left: no loan without its record, and nothing is lost.
class DiskFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskStopsLendingAndLosesNothing()
    {
        Estate estate(QStringLiteral("memory"));
        estate.startBroker();
        estate.signIn();
        estate.must(words("grants add --server demo --any-client"));

        QFile filler(estate.home() + QStringLiteral("/filler"));
        QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        const QByteArray block(4096, 'x');
        while (filler.write(block) == block.size()) { }

        // What room the database still had of its own is used up; then there is none.
        Wire wire(estate.brokerSocket());
        QJsonObject error;
        int lent = 0;
        for (int i = 0; i < 20'000 && error.isEmpty(); ++i) {
            const QJsonObject answer = wire.call(
                QStringLiteral("token/get"), {{QStringLiteral("server"), QStringLiteral("demo")}});
            error = answer.value(QLatin1StringView("error")).toObject();
            lent += answer.contains(QLatin1StringView("result"));
        }
        QVERIFY2(!error.isEmpty(), "the disk never ran full");
        const QJsonObject data = error.value(QLatin1StringView("data")).toObject();
        QCOMPARE(data.value(QLatin1StringView("code")).toString(), QStringLiteral("disk_full"));
        const Outcome refused = estate.run(words("token demo"));
        QCOMPARE(refused.exit, 1);
        QVERIFY2(refused.err.contains("disk"), refused.err.constData());
        QVERIFY(refused.out.isEmpty());

        QVERIFY(filler.remove());
        estate.must(words("token demo"));
        QCOMPARE(estate.must(words("show demo --json"))
                     .json()
                     .value(QLatin1StringView("state"))
                     .toString(),
            QStringLiteral("signed_in"));
        const QJsonObject verified = estate.must(words("audit verify --json")).json();
        QVERIFY2(verified.value(QLatin1StringView("ok")).toBool(),
            qPrintable(verified.value(QLatin1StringView("reason")).toString()));
        QVERIFY(verified.value(QLatin1StringView("rows")).toInt() > lent);
    }
};

QTEST_GUILESS_MAIN(DiskFlowTest)
#include "DiskFlowTest.moc"
