// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditQuery.h"
#include "core/credentials/Types.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <QTimer>

#include <optional>

class QLabel;
class QPushButton;

namespace chatelaine::ui {

class ShortTable;

/// The latest of what happened with one server, following along.
class HistoryPane : public Pane
{
    Q_OBJECT

public:
    explicit HistoryPane(Services &services, QWidget *parent = nullptr);

    void show(const credentials::AccountView &view);
    void setWholeReachable(bool reachable);

Q_SIGNALS:
    void wholeHistoryWanted(const QString &server);

protected:
    void retranslate() override;

private:
    static constexpr int shown = 20;
    void read();
    void fill();

    Services &m_services;
    std::optional<credentials::AccountView> m_view;
    QTimer m_soon; ///< many records, one look
    QList<audit::Record> m_records;
    ShortTable *m_table;
    QLabel *m_empty;
    QPushButton *m_all;
};

} // namespace chatelaine::ui
