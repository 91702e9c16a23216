// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;

namespace chatelaine::ui {

class EmptyState;
class FaultModel;
class LabRun;

/// What the lab does wrong, to be switched on and off while it runs.
class FaultsPane : public Pane
{
    Q_OBJECT

public:
    explicit FaultsPane(LabRun &run, QWidget *parent = nullptr);

    void focusSearch();

protected:
    void retranslate() override;

private:
    void onFaults();

    LabRun &m_run;
    FaultModel *m_model;
    QLineEdit *m_search;
    QLabel *m_count;
    QPushButton *m_allOff;
    QStackedWidget *m_stack;
    QListView *m_list;
    EmptyState *m_nothing;
};

} // namespace chatelaine::ui
