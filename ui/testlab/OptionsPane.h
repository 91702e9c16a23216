// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace chatelaine::ui {

class Banner;
class LabRun;

/// How the lab is made at its next start.
class OptionsPane : public Pane
{
    Q_OBJECT

public:
    explicit OptionsPane(LabRun &run, QWidget *parent = nullptr);

    /// Whatever is free, instead of what was entered.
    void forgetPorts();

Q_SIGNALS:
    void restartWanted();

protected:
    void retranslate() override;

private:
    void addRow(QWidget *field);
    void edited();
    void onState();

    LabRun &m_run;
    QFormLayout *m_form;
    QSpinBox *m_port;
    QSpinBox *m_mcpPort;
    QSpinBox *m_access;
    QSpinBox *m_refresh;
    QLineEdit *m_path;
    QLineEdit *m_clientId;
    QLineEdit *m_clientSecret;
    QCheckBox *m_approve;
    QCheckBox *m_second;
    QList<QLabel *> m_labels;
    Banner *m_banner;
    QPushButton *m_restart;
};

} // namespace chatelaine::ui
