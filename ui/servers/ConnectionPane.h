// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/credentials/Types.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <optional>

class QLabel;

namespace chatelaine::ui {

class Card;
class KeyValueGrid;
class ShortTable;

/// How the server is spoken to, and the last HTTP exchanges with it and its issuer.
class ConnectionPane : public Pane
{
    Q_OBJECT

public:
    explicit ConnectionPane(Services &services, QWidget *parent = nullptr);

    void show(const credentials::AccountView &view);

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;

private:
    void fill();

    Services &m_services;
    std::optional<credentials::AccountView> m_view;
    Card *m_card;
    KeyValueGrid *m_facts;
    QLabel *m_exchangesTitle;
    QLabel *m_empty;
    ShortTable *m_table;
};

} // namespace chatelaine::ui
