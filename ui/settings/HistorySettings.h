// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Pane.h"
#include "ui/common/Services.h"

namespace chatelaine::ui {

class Card;
class NumberRow;

/// How much of the history is kept.
class HistorySettings : public Pane
{
    Q_OBJECT

public:
    HistorySettings(Services &services, QWidget *parent);

protected:
    void retranslate() override;

private:
    Card *m_card;
    NumberRow *m_days;
    NumberRow *m_megabytes;
};

} // namespace chatelaine::ui
