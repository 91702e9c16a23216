// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace chatelaine::ui {

/// A widget whose words follow the language. Its constructor calls retranslate() when all is made;
/// after that it is called at each change of language.
class Pane : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

protected:
    virtual void retranslate() = 0;
    void changeEvent(QEvent *event) override;
};

} // namespace chatelaine::ui
