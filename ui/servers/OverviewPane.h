// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditQuery.h"
#include "core/credentials/Types.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <QMap>

#include <optional>

class QBoxLayout;
class QLabel;

namespace chatelaine::ui {

class Banner;
class Card;
class ChipFlow;
class EmptyState;
class KeyValueGrid;

/// Who is signed in and where, what the account may, what ends when, and who uses it.
class OverviewPane : public Pane
{
    Q_OBJECT

public:
    explicit OverviewPane(Services &services, QWidget *parent = nullptr);

    void show(const credentials::AccountView &view);

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Use
    {
        int loans = 0;
        UtcMs last = 0;
    };
    void readClients();
    void showClients();
    void countLoan(const audit::Record &record);

    Services &m_services;
    std::optional<credentials::AccountView> m_view;
    QMap<QString, Use> m_uses;
    QBoxLayout *m_columns;
    Banner *m_trouble;
    Card *m_identity;
    KeyValueGrid *m_facts;
    Card *m_scopesCard;
    ChipFlow *m_scopes;
    QLabel *m_noScopes;
    Card *m_clientsCard;
    KeyValueGrid *m_clients;
    QLabel *m_noClients;
};

} // namespace chatelaine::ui
