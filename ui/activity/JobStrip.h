// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Surfaces.h"

class QProgressBar;
class QPushButton;

namespace chatelaine::ui {

/// Long work: what it is, how far it is, a button that cancels it; then what became of it.
class JobStrip : public QWidget
{
    Q_OBJECT

public:
    explicit JobStrip(QWidget *parent = nullptr);

    void begin(const QString &what);
    void setWhat(const QString &what);
    void setProgress(qint64 done, qint64 total);
    /// The result, with a button if `action` is not empty; actionWanted() is its click.
    void end(Tone tone, const QString &text, const QString &more = {}, const QString &action = {});
    /// Takes it away.
    void clear();
    QString result() const;
    void setWords(const QString &cancel, const QString &close);

Q_SIGNALS:
    void cancelWanted();
    void actionWanted();

private:
    QFrame *m_running;
    QLabel *m_what;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
    Banner *m_result;
    QPushButton *m_action;
    QToolButton *m_close;
};

} // namespace chatelaine::ui
