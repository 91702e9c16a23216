// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Prompter.h"
#include "ui/common/Pane.h"

class QLabel;

namespace chatelaine::ui {

class Card;
class ChipFlow;
class KeyValueGrid;

/// A question in full: who the program is, and what it would get.
class QuestionCards : public Pane
{
    Q_OBJECT

public:
    explicit QuestionCards(QWidget *parent = nullptr);

    void show(const broker::Question &question);

protected:
    void retranslate() override;

private:
    Card *m_what;
    KeyValueGrid *m_whatFacts;
    QLabel *m_scopesKey;
    ChipFlow *m_scopes;
    QLabel *m_noScopes;
    Card *m_who;
    KeyValueGrid *m_whoFacts;
};

} // namespace chatelaine::ui
