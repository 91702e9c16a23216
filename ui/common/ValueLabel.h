// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QClipboard>
#include <QLabel>

namespace chatelaine::ui {

/// A value that breaks anywhere rather than widen the page, and is copied as it is: by keyboard, by
/// its menu, and by selecting it where the desktop has that.
class ValueLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ValueLabel(QWidget *parent = nullptr);

    void setValue(const QString &value);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    QString chosen() const; ///< what is selected, as it is

    QString m_value;
};

} // namespace chatelaine::ui
