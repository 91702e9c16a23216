// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "ui/approvals/ApprovalQueue.h"
#include "ui/common/Colors.h"

#include <QDialog>

#include <memory>

class QFrame;
class QLabel;
class QPushButton;
class QScrollArea;

namespace chatelaine::ui {

class Banner;
class QuestionCards;
class StatePill;

/// Puts the questions of the queue to the person, one at a time. It is there while there is a
/// question, and comes without taking the keyboard from whatever the person types into. Nothing can
/// be answered in the first half second that a question is seen, nor in the first that the window
/// has the keyboard, so that a key or a click meant for something else is not an answer.
class ApprovalWindow : public QDialog
{
    Q_OBJECT

public:
    static constexpr qint64 wakeMs = 500;

    ApprovalWindow(ApprovalQueue &queue, Clock &clock);

    bool isAwake() const { return m_awake; }
    /// Brings the question before the person, who has asked for it. Nothing when it is gone.
    void turnTo();
    /// Escape and the window's own close button: no.
    void reject() override;

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeAnswers();
    void follow();
    void onActive();
    void sleep();
    void wake();
    void choose(Verdict verdict);
    void askAgain(bool asking);
    bool isAskingAgain() const;
    void showCaller();
    void showTime();
    void retranslate();
    void fit();
    QString anywayText() const;
    void letFocus(bool let);

    ApprovalQueue &m_queue;
    const Clock &m_clock;
    std::unique_ptr<Alarm> m_alarm;
    std::unique_ptr<Alarm> m_second; ///< when what is left of its time is another number
    quint64 m_shown = 0; ///< the number of the question that is on show
    bool m_awake = false;
    qint64 m_pressedAt = -wakeMs; ///< boot time of the last press in the window
    Verdict m_wanted = Verdict::Deny; ///< the lasting answer that is asked about again

    QLabel *m_title;
    QLabel *m_sentence;
    StatePill *m_count;
    QLabel *m_within;
    QScrollArea *m_area = nullptr;
    QFrame *m_edge; ///< there is more below it
    QuestionCards *m_cards;
    Banner *m_banner;
    QWidget *m_answers;
    QLabel *m_allow;
    QList<QPushButton *> m_buttons; ///< by Verdict
    QWidget *m_confirm;
    QPushButton *m_back;
    QPushButton *m_anyway;
};

} // namespace chatelaine::ui
