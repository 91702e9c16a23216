// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/Exchange.h"
#include "ui/common/Pane.h"
#include "ui/common/Surfaces.h"

#include <optional>

class QPlainTextEdit;

namespace chatelaine::ui {

/// A request and its answer, head and body.
class ExchangePane : public Pane
{
    Q_OBJECT

public:
    explicit ExchangePane(QWidget *parent = nullptr);

    void show(const testlab::Exchange &exchange);
    quint64 number() const { return m_exchange ? m_exchange->number : 0; }

Q_SIGNALS:
    void closeWanted();

protected:
    void retranslate() override;

private:
    void fill();

    std::optional<testlab::Exchange> m_exchange;
    QLabel *m_title;
    QToolButton *m_close;
    StatePill *m_status;
    QLabel *m_when;
    QLabel *m_requestTitle;
    QPlainTextEdit *m_request;
    QLabel *m_answerTitle;
    QPlainTextEdit *m_answer;
};

/// A text to be read and copied, that breaks anywhere and scrolls.
QPlainTextEdit *makeReader(QWidget *parent);

} // namespace chatelaine::ui
