// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace chatelaine::ui {

/// A line that cannot be edited, with a button that copies it and says so.
class CopyField : public QWidget
{
    Q_OBJECT

public:
    explicit CopyField(QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const;
    /// What it is, for those who can't see it.
    void setName(const QString &name);
    QToolButton *button() const { return m_button; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void copy();
    void retranslate();

    QLineEdit *m_line;
    QToolButton *m_button;
    QString m_name;
};

} // namespace chatelaine::ui
