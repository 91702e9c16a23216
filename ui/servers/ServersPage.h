// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/Page.h"

#include <QHash>

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
class SettingsDrafts;
class SignInView;

/// Servers: the list, one of them in detail, adding one and signing in.
class ServersPage : public Page
{
    Q_OBJECT

public:
    ServersPage(Services &services, QWidget *parent = nullptr);

    void focusSearch() override;
    void focusAddress() override;
    void refresh() override;
    bool startNew() override;
    /// An account id, "sign-in:" before one to begin signing in, or "add:" before an address.
    void open(const QString &target) override;
    void setReachable(const QStringList &pageIds) override;
    int unsaved() const override;

protected:
    void retranslate() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeListSide();
    ServerDetail *detail();
    SignInView *signInOf(const QString &accountId) const;
    SignInView *freeSignIn();
    AddServerView *adding();
    void showDetail(const QString &accountId);
    void select(const QString &accountId);
    QString currentId() const;
    void onCurrent(const QModelIndex &index);
    void showMain();
    bool isAdding() const;
    void startSignIn(const QString &accountId, const QStringList &extraScopes = {});
    void onFiltered();
    void clearSearch();

    Services &m_services;
    SettingsDrafts *m_drafts;
    ServerListModel *m_model;
    ServerFilter *m_filter;

    QStackedWidget *m_stack; ///< empty, main, and adding once there is one
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
    QPushButton *m_clear;
    QStackedWidget *m_listStack;
    QStackedWidget *m_side; ///< nothing chosen, nothing to choose from, detail or one of the sign-ins
    EmptyState *m_nothing;
    // Made when they are first needed: most of what the first window would cost.
    ServerDetail *m_detail = nullptr;
    QHash<SignInView *, QWidget *>
        m_signIns; ///< and what scrolls each; one that is over is used again
    AddServerView *m_adding = nullptr;
    bool m_historyReachable = true;
    bool m_clientsReachable = true;
};

} // namespace chatelaine::ui
