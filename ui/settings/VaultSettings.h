// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"
#include "ui/common/Services.h"

class QComboBox;
class QLabel;

namespace chatelaine::ui {

class Banner;
class Card;
class SettingRow;
class StatePill;

/// Where the secrets are, and how that place does.
class VaultSettings : public Pane
{
    Q_OBJECT

public:
    VaultSettings(Services &services, QWidget *parent);

protected:
    void retranslate() override;

private:
    void refresh();
    int keptAccounts() const;

    Services &m_services;
    Card *m_card;
    QLabel *m_kindNow;
    StatePill *m_state;
    QLabel *m_what;
    QLabel *m_says;
    QLabel *m_holds;
    QComboBox *m_kind;
    SettingRow *m_kindRow;
    Banner *m_later;
};

} // namespace chatelaine::ui
