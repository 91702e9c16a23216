// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Page.h"

class QComboBox;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace chatelaine::ui {

class ClientDetail;
class ClientFilter;
class ClientsModel;
class EmptyState;

/// Clients: the programs that asked, and one of them in detail.
class ClientsPage : public Page
{
    Q_OBJECT

public:
    ClientsPage(Services &services, QWidget *parent = nullptr);

    void focusSearch() override;
    /// The path of a program.
    void open(const QString &target) override;

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeListSide();
    void onRows();
    void clearSearch();

    Services &m_services;
    ClientsModel *m_model;
    ClientFilter *m_filter;
    QStackedWidget *m_stack; ///< empty, main
    EmptyState *m_empty;
    QPushButton *m_servers;
    QLineEdit *m_search;
    QComboBox *m_which;
    QComboBox *m_order;
    QListView *m_list;
    EmptyState *m_noMatch;
    QPushButton *m_clear;
    QStackedWidget *m_listStack;
    QStackedWidget *m_side; ///< nothing chosen, detail, nothing to choose from
    EmptyState *m_nothing;
    ClientDetail *m_detail;
    QTimer *m_tick; ///< runs while the page shows
    QString m_wanted; ///< to be chosen when it is there
};

} // namespace chatelaine::ui
