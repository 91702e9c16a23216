// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"
#include "ui/common/Colors.h"

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

} // namespace

/// The rail.
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

};

QTEST_MAIN(RailTest)
#include "RailTest.moc"
