// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <functional>

class QCheckBox;

namespace chatelaine::ui {

class Card;
class SettingRow;

/// How the window comes and goes: at login, to the tray, at the end.
class WindowBehaviour : public Pane
{
    Q_OBJECT

public:
    WindowBehaviour(Services &services, QWidget *parent);

protected:
    void retranslate() override;
    /// What others may have changed meanwhile is read again.
    void showEvent(QShowEvent *event) override;

private:
    struct Choice
    {
        QCheckBox *box;
        SettingRow *row;
        std::function<bool()> get;
        std::function<Result<void>(bool)> set;
    };
    void add(const char *name, std::function<bool()> get, std::function<Result<void>(bool)> set);

    Services &m_services;
    Card *m_card;
    QList<Choice> m_choices;
};

} // namespace chatelaine::ui
