// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <optional>

class QLabel;
class QPushButton;
class QTabWidget;
class QToolButton;

namespace chatelaine::ui {

class Banner;
class ConnectionPane;
class ElidingLabel;
class HistoryPane;
class OverviewPane;
class SettingsDrafts;
class SettingsPane;
class StatePill;

/// One account: its name and state, what can be done with it, and four views of it.
class ServerDetail : public Pane
{
    Q_OBJECT

public:
    ServerDetail(Services &services, SettingsDrafts &drafts, QWidget *parent = nullptr);

    void show(const QString &accountId);
    /// Whether there are pages with the whole history and with the clients to lead to.
    void setReachable(bool history, bool clients);
    /// What the button asks, too.
    void askToRemove();
    /// A new access token, where the account can have one.
    void refresh();
    QString accountId() const { return m_view ? m_view->account.id : QString(); }

Q_SIGNALS:
    /// `extraScopes`: what a program was refused for and the person wants it to have.
    void signInWanted(const QString &accountId, const QStringList &extraScopes);
    void historyWanted(const QString &server);
    void clientWanted(const QString &program);

protected:
    void retranslate() override;

private:
    enum class Asked { Nothing, SignOut, Revoke, Remove };

    void update(const QString &accountId);
    void ask(Asked asked);
    void confirmed();
    void signOut(credentials::Unconfirmed unconfirmed);
    QString question() const;
    void remove();
    QString lineFor(int which) const;
    void copyLine(int which);
    void told(const Result<credentials::Farewell> &farewell, credentials::Unconfirmed unconfirmed);
    void makeTab(int tab);
    void showTabs();
    void markDraft();

    Services &m_services;
    SettingsDrafts &m_drafts;
    std::optional<credentials::AccountView> m_view;
    Asked m_asked = Asked::Nothing;
    QLabel *m_name;
    StatePill *m_pill;
    ElidingLabel *m_url;
    QPushButton *m_signIn;
    QPushButton *m_signOut;
    QPushButton *m_refresh;
    QToolButton *m_copy;
    QToolButton *m_remove;
    Banner *m_banner;
    QPushButton *m_yes;
    QPushButton *m_no;
    Banner *m_stepUp;
    QPushButton *m_signInForMore;
    QTabWidget *m_tabs;
    OverviewPane *m_overview;
    // Made when their tabs are first chosen.
    HistoryPane *m_history = nullptr;
    ConnectionPane *m_connection = nullptr;
    SettingsPane *m_settings = nullptr;
    bool m_historyReachable = true;
};

} // namespace chatelaine::ui
