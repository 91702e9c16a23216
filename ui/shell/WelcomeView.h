// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"

class QLabel;
class QPushButton;

namespace chatelaine::ui {

/// What the first run shows in the pages' place: what this is for, and where to begin.
class WelcomeView : public Pane
{
    Q_OBJECT

public:
    explicit WelcomeView(bool withTestLab, QWidget *parent = nullptr);

Q_SIGNALS:
    void addRequested();
    void testLabRequested();
    void dismissed();

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;

private:
    struct Point
    {
        QLabel *title;
        QLabel *sentence;
    };

    QLabel *m_title;
    QLabel *m_sentence;
    QList<Point> m_points;
    QPushButton *m_add;
    QPushButton *m_lab;
    QPushButton *m_later;
};

} // namespace chatelaine::ui
