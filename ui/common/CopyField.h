// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

class QLineEdit;

namespace chatelaine::ui {

/// A button that copies a text and says so.
class CopyButton : public QToolButton
{
    Q_OBJECT

public:
    explicit CopyButton(QWidget *parent = nullptr);

    /// What it copies, and what that is.
    void set(const QString &text, const QString &name);

protected:
    void changeEvent(QEvent *event) override;

private:
    void copy();
    void retranslate();

    QString m_text;
    QString m_name;
};

/// A line that cannot be edited, with a button that copies it.
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

private:
    QLineEdit *m_line;
    CopyButton *m_button;
    QString m_name;
};

} // namespace chatelaine::ui
