// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Sentence.h"
#include "tests/ui/Scenes.h"
#include "ui/settings/SettingRow.h"
#include "ui/shell/FailureWindow.h"
#include "ui/shell/QuitDialog.h"
#include "ui/shell/TakeoverWindow.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

namespace chatelaine::test {

namespace {

const QString page = QStringLiteral("settings");

/// The settings, with what is called that in sight: at the smallest size not all of them fit.
void settingsAt(Stage &stage, const char *name)
{
    ui::MainWindow &window = stage.window();
    window.resize(900, 600);
    window.openPage(page);
    auto *wanted = child<QWidget>(window, name);
    for (QWidget *above = wanted->parentWidget(); above; above = above->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(above)) {
            until([area] { return area->verticalScrollBar()->maximum() > 0; });
            const int top = wanted->mapTo(area->widget(), QPoint()).y();
            area->verticalScrollBar()->setValue(top - 60);
            return;
        }
    }
}

void settings(Stage &stage)
{
    stage.window().openPage(page);
}

void settingsVault(Stage &stage)
{
    household(stage);
    settingsAt(stage, "vaultState");
}

void settingsPolicy(Stage &stage)
{
    settingsAt(stage, "policy-ask");
}

void settingsWrong(Stage &stage)
{
    settingsAt(stage, "proxyRow");
    auto *kind = child<QComboBox>(stage.window(), "proxyKind");
    kind->setCurrentIndex(2);
    Q_EMIT kind->activated(2);
    auto *url = child<QLineEdit>(stage.window(), "proxyUrl");
    url->setText(QStringLiteral("proxy.example.com"));
    url->setModified(true);
    QTest::keyClick(url, Qt::Key_Return);
    auto *file = child<QLineEdit>(stage.window(), "caFile");
    file->setText(QStringLiteral("/etc/hostname"));
    file->setModified(true);
    QTest::keyClick(file, Qt::Key_Return);
    settingsAt(stage, "proxyRow");
}

void welcome(Stage &stage)
{
    stage.window().welcome();
}

void quit(Stage &stage)
{
    const ui::ConnectedPrograms programs{
        {QStringLiteral("codex"), QStringLiteral("nightly-report.py"),
            QStringLiteral("zed-editor")},
        1};
    stage.put(std::make_unique<ui::QuitDialog>(programs, 1));
}

void quitUnsaved(Stage &stage)
{
    stage.put(std::make_unique<ui::QuitDialog>(ui::ConnectedPrograms(), 2));
}

void cannotStart(Stage &stage)
{
    stage.put(std::make_unique<ui::FailureWindow>(Error{ErrorCode::DatabaseNewer,
        Sentence::tr("%1 was written by a newer Chatelaine (schema %2, this one knows %3). It was "
                     "left as it is; install the newer version.")
            .arg(QStringLiteral("/home/ada/.local/share/chatelaine/chatelaine.db"))
            .arg(9)
            .arg(7)}));
}

void takeover(Stage &stage)
{
    stage.put(std::make_unique<ui::TakeoverWindow>());
}

} // namespace

QList<Scene> lifeScenes()
{
    return {
        {"settings", settings},
        {"settings-vault", settingsVault},
        {"settings-policy", settingsPolicy},
        {"settings-wrong", settingsWrong},
        {"welcome", welcome},
        {"quit", quit},
        {"quit-unsaved", quitUnsaved},
        {"cannot-start", cannotStart},
        {"takeover", takeover},
    };
}

} // namespace chatelaine::test
