// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <QTimer>

#include <optional>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace chatelaine::ui {

class Banner;
class Card;
class ChipFlow;
class ClientsCard;
class KeyValueGrid;

/// Who is signed in and where, what the account may, what ends when, and who uses it.
class OverviewPane : public Pane
{
    Q_OBJECT

public:
    explicit OverviewPane(Services &services, QWidget *parent = nullptr);

    void show(const credentials::AccountView &view);
    ClientsCard *clients() const { return m_clients; }

Q_SIGNALS:
    void revokeWanted();

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    Services &m_services;
    std::optional<credentials::AccountView> m_view;
    QTimer m_minute; ///< "in 5 minutes" ages, while somebody looks
    QBoxLayout *m_columns;
    Banner *m_trouble;
    Card *m_identity;
    QPushButton *m_revoke;
    KeyValueGrid *m_facts;
    Card *m_scopesCard;
    ChipFlow *m_scopes;
    QLabel *m_noScopes;
    ClientsCard *m_clients;
};

} // namespace chatelaine::ui
