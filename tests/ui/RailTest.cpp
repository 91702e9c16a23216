// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"
#include "ui/activity/ActivityModel.h"
#include "ui/common/Colors.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

/// The button of the first page, by the keys that its tool tip tells.
QToolButton *serversButton(ui::MainWindow &window)
{
    const QList<QToolButton *> buttons = window.findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        if (button->toolTip().contains(QStringLiteral("Ctrl+1")))
            return button;
    }
    return nullptr;
}

void press(Stage &stage, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier)
{
    QTest::keyClick(&stage.window(), key, modifiers);
}

} // namespace

/// The rail, and the keys of the window.
class RailTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatNeedsSignInIsCountedAtItsPage()
    {
        using S = store::AccountState;
        Stage stage;
        stage.remember({{QStringLiteral("a"), QStringLiteral("https://a.example.com/mcp"), {},
                            S::NeedsSignIn},
            {QStringLiteral("b"), QStringLiteral("https://b.example.com/mcp"), {}, S::Expired},
            {QStringLiteral("c"), QStringLiteral("https://c.example.com/mcp"), {}, S::SignedOut}});
        QToolButton *button = serversButton(stage.window());
        QVERIFY(button);
        QCOMPARE(button->accessibleName(), QStringLiteral("Servers: 2 servers need sign-in"));
        QVERIFY(button->toolTip().contains(QStringLiteral("2 servers need sign-in")));
        const QImage two = button->grab().toImage();
        const QString id = stage.broker->credentials().find(QStringLiteral("a"))->account.id;
        QVERIFY(await(stage.broker->credentials().remove(id, {})));
        QTRY_COMPARE(button->accessibleName(), QStringLiteral("Servers: 1 server needs sign-in"));
        QVERIFY(button->grab().toImage() != two);
        // A lock hides which servers there are, and what they need.
        QVERIFY(await(stage.broker->lock({})));
        QTRY_COMPARE(button->accessibleName(), QStringLiteral("Servers"));
        QVERIFY(await(stage.broker->unlock({}, {}, {})));
        QTRY_COMPARE(button->accessibleName(), QStringLiteral("Servers: 1 server needs sign-in"));
        stage.language.set(QStringLiteral("ru"));
        QTRY_VERIFY(button->accessibleName().startsWith(QStringLiteral("Серверы: ")));
    }

    void theNumberIsInTheColoursOfTheTheme()
    {
        Stage stage;
        stage.remember({{QStringLiteral("a"), QStringLiteral("https://a.example.com/mcp"), {},
            store::AccountState::NeedsSignIn}});
        QToolButton *button = serversButton(stage.window());
        for (const bool dark : {false, true}) {
            stage.theme.setMode(dark ? ui::Theme::Mode::Dark : ui::Theme::Mode::Light);
            const ui::Colors &colors = dark ? ui::darkColors() : ui::lightColors();
            const QColor ground = colors.tone(ui::Tone::Warning).ground;
            const auto has = [button, ground] {
                const QImage image = button->grab().toImage();
                for (int y = 0; y < image.height() / 2; ++y) {
                    for (int x = image.width() / 2; x < image.width(); ++x) {
                        if (image.pixelColor(x, y) == ground)
                            return true;
                    }
                }
                return false;
            };
            QTRY_VERIFY(has());
        }
    }

    void theKeysLeadToSearchAndAddress()
    {
        Stage stage;
        stage.addLab();
        ui::MainWindow &window = stage.window();
        window.activateWindow();
        auto *search = child<QLineEdit>(window, "searchServers");
        press(stage, Qt::Key_L);
        QTRY_COMPARE(window.focusWidget(), search);
        press(stage, Qt::Key_N);
        auto *url = child<QLineEdit>(window, "serverUrl");
        QTRY_COMPARE(window.focusWidget(), url);
        // What one is adding stays before one's eyes.
        press(stage, Qt::Key_F);
        QTRY_COMPARE(window.focusWidget(), child<QLineEdit>(window, "searchRegistry"));
        press(stage, Qt::Key_L);
        QTRY_COMPARE(window.focusWidget(), url);
        press(stage, Qt::Key_3);
        press(stage, Qt::Key_L);
        QTRY_COMPARE(window.currentPage(), QStringLiteral("activity"));
        QVERIFY(qobject_cast<QLineEdit *>(window.focusWidget()));
        QVERIFY(url != window.focusWidget());
    }

    void f5DoesItAnew()
    {
        Stage stage;
        const QString id = stage.addLab().account.id;
        QVERIFY(stage.signIn(id));
        ui::MainWindow &window = stage.window();
        const QString before = stage.view(id).account.tokenFingerprint;
        QTRY_VERIFY(child<QPushButton>(window, "refresh")->isVisible());
        press(stage, Qt::Key_F5, {});
        QTRY_VERIFY(stage.view(id).account.tokenFingerprint != before);

        press(stage, Qt::Key_N);
        auto *url = child<QLineEdit>(window, "serverUrl");
        url->setText(QStringLiteral("ftp://example.com"));
        press(stage, Qt::Key_F5, {});
        QTRY_VERIFY(child<QWidget>(window, "wrongUrl")->isVisible());

        press(stage, Qt::Key_3);
        auto *model = window.findChild<ui::ActivityModel *>();
        QVERIFY(model);
        QTRY_VERIFY(!model->isLoading());
        QSignalSpy reset(model, &QAbstractItemModel::modelReset);
        press(stage, Qt::Key_F5, {});
        QTRY_COMPARE(reset.size(), 1);
    }

    void f5AsksForNothingThatCannotBe()
    {
        Stage stage;
        stage.addLab();
        ui::MainWindow &window = stage.window();
        auto *refresh = child<QPushButton>(window, "refresh");
        press(stage, Qt::Key_F5, {});
        // Begun, it is disabled; ended already, it has told why not.
        QVERIFY(refresh->isEnabled());
        QVERIFY(!child<QWidget>(window, "detailBanner")->isVisible());
        QVERIFY(await(stage.broker->lock({})));
        press(stage, Qt::Key_F5, {});
        QVERIFY(refresh->isEnabled());
        press(stage, Qt::Key_L);
        QVERIFY(window.focusWidget() != child<QLineEdit>(window, "searchServers"));
    }

    void theWindowIsClosedByItsKey()
    {
        Stage stage;
        QSignalSpy closes(&stage.window(), &ui::MainWindow::closeRequested);
        press(stage, Qt::Key_W);
        QCOMPARE(closes.size(), 1);
    }
};

QTEST_MAIN(RailTest)
#include "RailTest.moc"
