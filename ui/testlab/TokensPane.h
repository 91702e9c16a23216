// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/Inventory.h"
#include "ui/common/Pane.h"
#include "ui/common/Surfaces.h"

#include <QTimer>

#include <optional>

class QPlainTextEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace chatelaine::ui {

class LabRun;
class TokenModel;

/// The tokens the lab has handed out, and what the chosen one says. A token is named by its
/// fingerprint; the token itself is not shown.
class TokensPane : public Pane
{
    Q_OBJECT

public:
    explicit TokensPane(LabRun &run, QWidget *parent = nullptr);

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeDetail();
    void refresh();
    void arrangeColumns();
    void tick();
    void onCurrent();
    void fill();

    LabRun &m_run;
    TokenModel *m_model;
    QStackedWidget *m_stack; ///< tokens, none
    QSplitter *m_splitter;
    QTableView *m_table;
    QWidget *m_detail;
    EmptyState *m_none;
    QLabel *m_title;
    StatePill *m_state;
    QToolButton *m_close;
    KeyValueGrid *m_facts;
    QLabel *m_headerTitle;
    QPlainTextEdit *m_header;
    QLabel *m_claimsTitle;
    QPlainTextEdit *m_claims;
    QString m_chosen; ///< fingerprint
    QTimer m_due; ///< reads the list some time after a request
    QTimer m_tick;
};

} // namespace chatelaine::ui
