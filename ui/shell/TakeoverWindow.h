// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/StartWindow.h"

class QLabel;
class QPushButton;

namespace chatelaine::ui {

/// What is shown while another broker is asked to make room and takes its time. To quit is not to
/// wait.
class TakeoverWindow : public StartWindow
{
    Q_OBJECT

public:
    explicit TakeoverWindow(QWidget *parent = nullptr);

protected:
    void retranslate() override;

private:
    QLabel *m_title;
    QLabel *m_sentence;
    QPushButton *m_quit;
};

} // namespace chatelaine::ui
