// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"
#include "ui/common/Services.h"

class QPushButton;

namespace chatelaine::ui {

class Banner;
class Card;
class FlagRow;
class LockSwitch;
class NumberRow;
class SettingRow;

/// Locking now, and when it happens by itself.
class LockSettings : public Pane
{
    Q_OBJECT

public:
    LockSettings(Services &services, QWidget *parent);

protected:
    void retranslate() override;

private:
    LockSwitch *m_switch;
    Card *m_card;
    QPushButton *m_lock;
    SettingRow *m_lockRow;
    Banner *m_failure;
    NumberRow *m_idle;
    FlagRow *m_screen;
    FlagRow *m_sleep;
};

} // namespace chatelaine::ui
