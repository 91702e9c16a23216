// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Scenes.h"
#include "tests/ui/Walk.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

/// Every state of every page, in both languages at the smallest size: can it be read and used?
class WalkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyControlCanBeUsed_data()
    {
        QTest::addColumn<int>("scene");
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("fromTheStart");
        for (int i = 0; i < scenes().size(); ++i) {
            for (const QString &language : ui::Language::available()) {
                QTest::addRow("%s %s", scenes().at(i).name, qPrintable(language))
                    << i << language << false;
            }
            // What was said once, an error say, stays in the language in which it was said.
            QTest::addRow("%s ru from the start", scenes().at(i).name)
                << i << QStringLiteral("ru") << true;
        }
    }
    void everyControlCanBeUsed()
    {
        QFETCH(const int, scene);
        QFETCH(const QString, language);
        QFETCH(const bool, fromTheStart);
        Stage stage(scenes().at(scene).vault);
        if (fromTheStart)
            stage.language.set(language);
        scenes().at(scene).play(stage);
        stage.window().resize(900, 600);
        // Switched while the windows are open: nothing may keep the words of before.
        stage.language.set(language);
        // The windows are told by a posted event; the layouts follow in their own time.
        QCoreApplication::processEvents();
        QStringList wrong;
        const bool well = QTest::qWaitFor([&stage, &wrong] {
            wrong = complaints(stage.subject());
            return wrong.isEmpty();
        }, 1500);
        QVERIFY2(well, qPrintable(wrong.join(u'\n')));
        wrong = complaintsOfTheKeyboard(stage.subject());
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }
};

QTEST_MAIN(WalkTest)
#include "WalkTest.moc"
