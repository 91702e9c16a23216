// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"
#include "ui/common/Services.h"

class QComboBox;

namespace chatelaine::ui {

class Card;
class SettingRow;

/// Theme and language.
class LookSettings : public Pane
{
    Q_OBJECT

public:
    LookSettings(Services &services, QWidget *parent);

protected:
    void retranslate() override;

private:
    Services &m_services;
    Card *m_card;
    QComboBox *m_theme;
    SettingRow *m_themeRow;
    QComboBox *m_language;
    SettingRow *m_languageRow;
};

} // namespace chatelaine::ui
