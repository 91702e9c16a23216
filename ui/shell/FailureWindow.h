// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "ui/shell/StartWindow.h"

class QLabel;
class QPushButton;

namespace chatelaine::ui {

/// What is shown instead of the window when the broker could not start: what happened, what to do,
/// and another try.
class FailureWindow : public StartWindow
{
    Q_OBJECT

public:
    explicit FailureWindow(Error error, QWidget *parent = nullptr);

Q_SIGNALS:
    void retryRequested();

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    bool triesAgain() const; ///< a database that does not fit gets no better by it

    const Error m_error;
    QLabel *m_title;
    QLabel *m_what;
    QLabel *m_detail;
    QPushButton *m_retry;
    QPushButton *m_quit;
};

} // namespace chatelaine::ui
