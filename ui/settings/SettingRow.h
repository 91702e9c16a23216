// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "ui/common/Labels.h"

namespace chatelaine::ui {

/// Where the words of a check box or radio button begin, from its left.
int wordsBegin(const QWidget *button);

/// One setting: what it is called, the control, a sentence on what it means, and under these what
/// went wrong with the last change.
class SettingRow : public QWidget
{
    Q_OBJECT

public:
    /// `control` is what label and sentence speak of; `field` what stands there, if that is more.
    SettingRow(QWidget *control, QWidget *parent, QWidget *field = nullptr);

    void setTexts(const QString &label, const QString &sentence);
    /// Nothing after a success.
    void tell(const Result<void> &done);
    QString problem() const;

protected:
    QWidget *control() const { return m_control; }
    /// A wheel that turns over a list means the page.
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QWidget *m_control;
    QLabel *m_label;
    QLabel *m_sentence;
    QWidget *m_problemLine;
    QLabel *m_problem;
};

} // namespace chatelaine::ui
