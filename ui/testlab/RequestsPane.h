// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace chatelaine::ui {

class EmptyState;
class ExchangeModel;
class ExchangePane;
class LabRun;
class SequenceView;

/// The requests as they come, and the one that was chosen.
class RequestsPane : public Pane
{
    Q_OBJECT

public:
    explicit RequestsPane(LabRun &run, QWidget *parent = nullptr);

Q_SIGNALS:
    void startWanted();
    void addWanted();

protected:
    void retranslate() override;

private:
    void onCurrent();
    void onState();

    LabRun &m_run;
    ExchangeModel *m_model;
    QStackedWidget *m_stack; ///< diagram, empty
    QSplitter *m_splitter;
    SequenceView *m_view;
    ExchangePane *m_detail;
    EmptyState *m_empty;
    QPushButton *m_start;
    QPushButton *m_add;
    QLabel *m_count;
};

} // namespace chatelaine::ui
