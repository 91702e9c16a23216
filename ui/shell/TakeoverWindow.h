// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"

class QLabel;
class QPushButton;

namespace chatelaine::ui {

/// What is shown while another broker is asked to make room and takes its time.
class TakeoverWindow : public Pane
{
    Q_OBJECT

public:
    explicit TakeoverWindow(QWidget *parent = nullptr);

Q_SIGNALS:
    /// The person does not want to wait; closing the window says so too.
    void quitRequested();

protected:
    void retranslate() override;
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLabel *m_title;
    QLabel *m_sentence;
    QPushButton *m_quit;
};

} // namespace chatelaine::ui
