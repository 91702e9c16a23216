// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gui/Front.h"
#include "core/client/BrokerClient.h"
#include "tests/ui/Stage.h"

#include <QApplication>
#include <QTest>

namespace chatelaine::test {

/// A window of that kind, one that shows if need be; null when there is none.
template <typename W>
W *topLevel(bool visible = false)
{
    const QWidgetList all = QApplication::topLevelWidgets();
    for (QWidget *widget : all) {
        auto *found = qobject_cast<W *>(widget);
        if (found && (found->isVisible() || !visible))
            return found;
    }
    return nullptr;
}

/// What chatelaine-gui puts in front of its broker, over the stage's.
class Play
{
public:
    explicit Play(bool background = false)
    {
        front = std::make_unique<Front>(
            *stage.services, stage.approvals, stage.clock, Paths::under(stage.dir.path()));
        front->open(background);
    }

    ui::MainWindow &window()
    {
        auto *found = topLevel<ui::MainWindow>();
        if (!found)
            qFatal("There is no window.");
        return *found;
    }
    ui::QuitDialog *quitDialog()
    {
        // One that was answered may still be there, hidden, for a moment.
        return topLevel<ui::QuitDialog>(true);
    }
    /// Somebody connects to the broker, as any program does.
    void connectProgram()
    {
        auto connected =
            client::BrokerClient::connectTo(Paths::under(stage.dir.path()).brokerSocket());
        if (!connected)
            qFatal("The broker is not there.");
        programs.push_back(std::move(*connected));
        if (!QTest::qWaitFor([this] {
                return stage.broker->reception().connections().size() == programs.size();
            }))
            qFatal("The broker lets nobody in.");
    }
    /// A server whose sign-in the issuer has taken back.
    QString losesItsSignIn()
    {
        const QString id = stage.addLab().account.id;
        if (!stage.signIn(id))
            qFatal("The sign-in failed.");
        stage.lab->setFault(testlab::Fault::RefreshInvalidGrant);
        if (await(stage.broker->credentials().refresh(id, {})))
            qFatal("The grant was not taken back.");
        return id;
    }

    Stage stage;
    std::vector<client::BrokerClient> programs;
    std::unique_ptr<Front> front;
};

} // namespace chatelaine::test
