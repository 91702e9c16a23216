// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

class QLabel;
class QRadioButton;

namespace chatelaine::ui {

class Card;

/// What happens to a program that no grant speaks of.
class PolicySettings : public Pane
{
    Q_OBJECT

public:
    PolicySettings(Services &services, QWidget *parent);

protected:
    void retranslate() override;

private:
    struct Choice
    {
        QRadioButton *button;
        QLabel *sentence;
    };
    void refresh();

    Services &m_services;
    Card *m_card;
    QLabel *m_intro;
    QList<Choice> m_choices; ///< in the order of broker::Policy
    QLabel *m_problem;
};

} // namespace chatelaine::ui
