// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditEvent.h"
#include "core/credentials/Types.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <QMap>
#include <QTimer>

#include <optional>

class QGridLayout;
class QLabel;
class QPushButton;

namespace chatelaine::ui {

class Card;

/// Who may borrow from an account, for how long, and who did. A name leads to that client.
class ClientsCard : public Pane
{
    Q_OBJECT

public:
    explicit ClientsCard(Services &services, QWidget *parent = nullptr);

    void show(const credentials::AccountView &view);
    /// Reads the grants and the clock again.
    void refresh() { fill(); }
    /// Whether there is a page of clients to lead to.
    void setReachable(bool reachable);

Q_SIGNALS:
    /// The program's path; "*" for what any program may.
    void clientWanted(const QString &program);

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;

private:
    struct Use
    {
        int loans = 0;
        UtcMs last = 0;
        QStringList standing; ///< what the grants say
    };
    struct Row
    {
        QPushButton *name;
        QLabel *what;
    };
    void readLoans();
    /// False when it is no loan from this account.
    bool count(const audit::Record &record);
    void fill();
    void setRow(qsizetype at, const QString &program, const QString &what);

    Services &m_services;
    std::optional<credentials::AccountView> m_view;
    QTimer m_soon; ///< many loans, one look
    QMap<QString, Use> m_loans; ///< by the program's path
    Card *m_card;
    QGridLayout *m_grid;
    QList<Row> m_rows;
    QLabel *m_none;
    QPushButton *m_all;
    bool m_reachable = true;
};

} // namespace chatelaine::ui
