// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Scenes.h"

#include <QApplication>
#include <QDir>
#include <QMainWindow>
#include <QPixmap>
#include <QProcess>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

/// Pictures of every state in both themes, both languages, two sizes and two scales, for people to
/// look at: screenshots/ in the build folder. The scale is the process's, so each has its own.
class ScreenshotTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_child = qEnvironmentVariableIsSet("CHATELAINE_SHOTS");
        m_scale = qEnvironmentVariable("QT_SCALE_FACTOR", QStringLiteral("1"));
        m_folder = QDir(QCoreApplication::applicationDirPath() + QStringLiteral("/../screenshots"));
        QVERIFY(m_folder.mkpath(QStringLiteral(".")));
    }

    void everyState_data()
    {
        QTest::addColumn<int>("scene");
        for (int i = 0; i < scenes().size(); ++i)
            QTest::newRow(scenes().at(i).name) << i;
    }
    void everyState()
    {
        QFETCH(const int, scene);
        // What the broker says is said in the language of that moment: each gets its own stage.
        for (const QString &language : ui::Language::available()) {
            Stage stage(scenes().at(scene).vault);
            stage.language.set(language);
            scenes().at(scene).play(stage);
            picture(stage, QLatin1StringView(scenes().at(scene).name), language);
        }
    }

    void atTwiceTheScale()
    {
        if (m_child)
            return;
        QProcess twice;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("2"));
        environment.insert(QStringLiteral("CHATELAINE_SHOTS"), QStringLiteral("1"));
        twice.setProcessEnvironment(environment);
        twice.setProcessChannelMode(QProcess::ForwardedChannels);
        twice.start(QCoreApplication::applicationFilePath(), {QStringLiteral("everyState")});
        QVERIFY(twice.waitForFinished(480'000));
        QCOMPARE(twice.exitCode(), 0);
    }

private:
    void picture(Stage &stage, QLatin1StringView name, const QString &language)
    {
        QWidget &window = stage.subject();
        const bool fixed = !qobject_cast<const QMainWindow *>(&window);
        const double scale = m_scale.toDouble();
        for (const QSize &size : {QSize(900, 600), QSize(1920, 1080)}) {
            // At 200 % a screen of 1920 by 1080 has room for half of that.
            if (!fixed)
                window.resize(scale > 1 && size.width() > 1000 ? size / scale : size);
            for (const ui::Theme::Mode mode : {ui::Theme::Mode::Light, ui::Theme::Mode::Dark}) {
                stage.theme.setMode(mode);
                const QPixmap shot = atRest(window);
                QVERIFY(!shot.isNull());
                QCOMPARE(shot.devicePixelRatio(), scale);
                const QString file = QStringLiteral("%1-%2-%3-%4-%5x.png")
                                         .arg(name, language, ui::themeModeName(mode))
                                         .arg(size.width())
                                         .arg(m_scale);
                QVERIFY(shot.save(m_folder.filePath(file)));
            }
        }
    }

    /// What it looks like when nothing moves any more: the layouts follow in their own time.
    static QPixmap atRest(QWidget &window)
    {
        QPixmap shot;
        const auto same = [&] {
            QCoreApplication::processEvents();
            const QPixmap next = window.grab();
            const bool resting = !shot.isNull() && next.toImage() == shot.toImage();
            shot = next;
            return resting;
        };
        return QTest::qWaitFor(same) ? shot : QPixmap();
    }

    bool m_child = false;
    QString m_scale;
    QDir m_folder;
};

QTEST_MAIN(ScreenshotTest)
#include "ScreenshotTest.moc"
