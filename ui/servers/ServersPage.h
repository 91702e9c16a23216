// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Page.h"

class QComboBox;
class QLineEdit;
class QModelIndex;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace chatelaine::ui {

class AddServerView;
class EmptyState;
class ServerDetail;
class ServerFilter;
class ServerListModel;
class ServerListView;
class SignInView;

/// Servers: the list, one of them in detail, adding one and signing in.
class ServersPage : public Page
{
    Q_OBJECT

public:
    ServersPage(Services &services, QWidget *parent = nullptr);

    void focusSearch() override;
    bool startNew() override;
    /// An account id, "sign-in:" before one to begin signing in, or "add:" before an address.
    void open(const QString &target) override;
    void setReachable(const QStringList &pageIds) override;

protected:
    void retranslate() override;

private:
    QWidget *makeListSide();
    void select(const QString &accountId);
    void onCurrent(const QModelIndex &index);
    void showMain();
    void startSignIn(const QString &accountId);
    void onFiltered();
    QString currentId() const;

    Services &m_services;
    ServerListModel *m_model;
    ServerFilter *m_filter;

    QStackedWidget *m_stack; ///< empty, main, adding
    EmptyState *m_empty;
    QPushButton *m_emptyAdd;
    QPushButton *m_emptyLab;
    QSplitter *m_splitter;
    QLineEdit *m_search;
    QPushButton *m_add;
    QComboBox *m_which;
    QComboBox *m_order;
    ServerListView *m_list;
    EmptyState *m_noMatch;
    QStackedWidget *m_listStack;
    QStackedWidget *m_side; ///< nothing chosen, detail, signing in
    EmptyState *m_nothing;
    ServerDetail *m_detail;
    SignInView *m_signIn;
    AddServerView *m_adding;
};

} // namespace chatelaine::ui
