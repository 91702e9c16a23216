// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"

#include <QTimer>

namespace chatelaine::ui {

class LabRun;
class ShortTable;

/// The clients the lab's authorization servers know.
class ClientsPane : public Pane
{
    Q_OBJECT

public:
    explicit ClientsPane(LabRun &run, QWidget *parent = nullptr);

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;

private:
    void fill();

    LabRun &m_run;
    ShortTable *m_table;
    QTimer m_due;
};

} // namespace chatelaine::ui
