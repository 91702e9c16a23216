// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/Stage.h"
#include "ui/testlab/ExchangeModel.h"
#include "ui/testlab/LabRun.h"
#include "ui/testlab/TestLabPage.h"

#include <QCheckBox>
#include <QListView>
#include <QPushButton>
#include <QTableView>
#include <QTabWidget>
#include <QTest>

namespace chatelaine::test {

/// The page of a window, driven as a person does.
struct Lab
{
    explicit Lab(Stage &on)
        : stage(on)
        , window(on.window())
    {
        window.openPage(QStringLiteral("testlab"));
        page = window.findChild<ui::TestLabPage *>();
        requests = child<QListView>(*page, "labRequests");
        model = qobject_cast<ui::ExchangeModel *>(requests->model());
        tokens = child<QTableView>(*page, "labTokens");
    }
    void click(const char *button) const
    {
        auto *found = child<QPushButton>(window, button);
        if (!found->isVisible())
            qFatal("%s can't be clicked.", button);
        QTest::mouseClick(found, Qt::LeftButton);
    }
    void tab(int index) const { child<QTabWidget>(*page, "labTabs")->setCurrentIndex(index); }
    testlab::TestLab &inside() const { return *page->run().lab(); }
    /// Its demo server, added by the button.
    QString add(const char *button = "addDemo") const
    {
        click(button);
        if (!QTest::qWaitFor(
                [this] { return window.currentPage() == QLatin1StringView("servers"); }))
            qFatal("Nothing leads to the servers.");
        const auto found = stage.broker->credentials().find(inside().mcpUrl());
        return found ? found->account.id : QString();
    }
    QStringList shown() const
    {
        QStringList rows;
        for (int row = 0; row < model->rowCount(); ++row)
            rows.append(model->index(row).data().toString());
        return rows;
    }

    Stage &stage;
    ui::MainWindow &window;
    ui::TestLabPage *page = nullptr;
    QListView *requests = nullptr;
    ui::ExchangeModel *model = nullptr;
    QTableView *tokens = nullptr;
};

inline void approveAll(Lab &lab)
{
    lab.tab(4);
    child<QCheckBox>(*lab.page, "labApprove")->click();
    lab.tab(0);
}

} // namespace chatelaine::test
