// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/Begin.h"
#include "tests/ui/Past.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

/// As retention does it.
void trim(Stage &stage, int rows)
{
    audit::AuditLog &log = stage.broker->audit();
    audit::Removal oldest;
    oldest.atMost = rows;
    oldest.now = stage.clock.utcMs();
    const Result<void> kept = await(log.checkpoint());
    const Result<audit::Removed> removed = await(log.removeOldest(oldest));
    if (!kept || !removed || removed->rows != rows)
        qFatal("The history can't be trimmed.");
}

/// Rows that are said to be missing.
int holes(const ui::ActivityModel &model)
{
    int count = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex what = model.index(row, ui::ActivityModel::What);
        if (what.data().toString().contains(QStringLiteral("missing")))
            ++count;
    }
    return count;
}

} // namespace

/// A history whose oldest records were removed as the settings say.
class TrimTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasTrimmedIsNotMissing()
    {
        Stage stage;
        writePast(stage, 1000);
        trim(stage, 600);
        Shown shown(stage);
        const QAbstractItemModelTester tester(shown.model);
        const qint64 head = stage.broker->audit().head()->seq;
        QCOMPARE(shown.model->rowCount(), int(head - 600));
        for (int row = 0; row < shown.model->rowCount(); ++row)
            QCOMPARE(shown.seqAt(row), head - row);
        QCOMPARE(holes(*shown.model), 0);
        QCOMPARE(shown.model->rowOf(601), shown.model->rowCount() - 1);
        QCOMPARE(shown.model->rowOf(600), -1);
        QVERIFY(child<QLabel>(*shown.page, "activityCount")
                    ->text()
                    .startsWith(QString::number(shown.model->rowCount())));
    }

    void whatWasTakenAwayIsMissing()
    {
        Stage stage;
        writePast(stage, 1000);
        trim(stage, 100);
        auto tamper = [](store::Connection &connection) -> Result<void> {
            for (const QString &sql : {QStringLiteral("DROP TRIGGER audit_keeps_all_rows"),
                     QStringLiteral("DELETE FROM audit WHERE seq IN (101, 300, 700)")}) {
                const auto done = connection.run(sql);
                if (!done)
                    return failure(done.error());
            }
            return {};
        };
        QVERIFY(await(stage.broker->database()->write(std::move(tamper))));
        Shown shown(stage);
        QCOMPARE(shown.model->rowCount(), int(stage.broker->audit().head()->seq - 100));
        for (int row = 0; row < shown.model->rowCount(); row += ui::ActivityModel::pageSize)
            QVERIFY(shown.seqAt(row) > 0);
        QCOMPARE(holes(*shown.model), 3);
    }

    void whatIsTrimmedWhileOneReadsGoes()
    {
        Stage stage;
        writePast(stage, 20'000);
        Shown shown(stage);
        const QAbstractItemModelTester tester(shown.model);
        QSignalSpy reset(shown.model, &QAbstractItemModel::modelReset);
        // What is over a megabyte goes, and the history says so.
        QVERIFY(stage.broker->changeSetting(
            QStringLiteral("history_keep_megabytes"), QStringLiteral("1"), {}));
        QTRY_VERIFY(shown.model->rowCount() < 10'000);
        const qint64 head = stage.broker->audit().head()->seq;
        QTRY_COMPARE(shown.seqAt(0), head);
        for (int row = 0; row < shown.model->rowCount(); ++row)
            QCOMPARE(shown.seqAt(row), head - row);
        QCOMPARE(holes(*shown.model), 0);
        QVERIFY2(reset.isEmpty(), "The place was lost.");
        const auto drawn = [&shown] {
            const audit::Timeline::Counts counts = shown.timeline->counts();
            return counts[0] + counts[1] + counts[2];
        };
        QTRY_COMPARE(drawn(), shown.model->rowCount());
    }

    void whatIsGoneWithoutAWordIsFoundOut_data()
    {
        QTest::addColumn<QString>("client");
        QTest::newRow("everything") << QString();
        QTest::newRow("of one program") << QStringLiteral("codex");
    }
    void whatIsGoneWithoutAWordIsFoundOut()
    {
        QFETCH(const QString, client);
        Stage stage;
        writePast(stage, 20'000);
        Shown shown(stage);
        child<QLineEdit>(*shown.page, "activityClient")->setText(client);
        QTRY_COMPARE(shown.model->isFiltered(), !client.isEmpty());
        while (shown.model->canFetchMore({})) {
            QSignalSpy state(shown.model, &ui::ActivityModel::stateChanged);
            shown.model->fetchMore({});
            QVERIFY(state.wait());
        }
        trim(stage, 19'900);
        // A page that nobody has looked at for long, or ever.
        const int row = client.isEmpty() ? shown.model->rowCount() - 1 : 1000;
        QVERIFY(!shown.model->record(row));
        QTRY_VERIFY(shown.model->rowCount() < 200);
        for (int i = 0; i < shown.model->rowCount(); ++i)
            QVERIFY(shown.seqAt(i) > 19'900);
        QCOMPARE(shown.model->rowCount(),
            client.isEmpty() ? int(stage.broker->audit().head()->seq - 19'900) : 50);
        QCOMPARE(holes(*shown.model), 0);
    }
};

QTEST_MAIN(TrimTest)
#include "TrimTest.moc"
