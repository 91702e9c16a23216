// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/ClientStory.h"
#include "core/store/Records.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

class QBoxLayout;
class QLabel;
class QPushButton;

namespace chatelaine::ui {

class Banner;
class Card;
class ClientsModel;
class ElidingLabel;
class KeyValueGrid;
class LoanChart;
class ShortTable;
class StatePill;

/// One client: who it is, what it may, what it borrowed; and taking that back.
class ClientDetail : public Pane
{
    Q_OBJECT

public:
    ClientDetail(Services &services, ClientsModel &model, QWidget *parent = nullptr);

    void show(const QString &key);
    QString key() const { return m_key; }
    /// The row has changed.
    void refresh();

Q_SIGNALS:
    void historyWanted(const QString &exe);

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Asked { Nothing, One, All };

    UtcMs firstDay() const; ///< of those that the chart shows now
    void read();
    void take(const audit::Record &record);
    void ask(Asked asked);
    void confirmed();
    void showIdentity();
    void showGrants();
    void showLoans();
    QString where(const store::Grant &grant) const;

    Services &m_services;
    ClientsModel &m_model;
    QString m_key;
    Asked m_asked = Asked::Nothing;
    QString m_asking; ///< the grant that is asked about
    QList<store::Grant> m_grants; ///< as the table shows them
    audit::ClientStory m_story;
    UtcMs m_firstDay = 0;
    bool m_isThere = false; ///< the program's file, when the client was chosen

    QLabel *m_name;
    StatePill *m_pill;
    ElidingLabel *m_path;
    Banner *m_banner;
    QPushButton *m_yes;
    QPushButton *m_no;
    Card *m_grantsCard;
    ShortTable *m_table;
    QLabel *m_noGrants;
    QPushButton *m_revoke;
    QPushButton *m_revokeAll;
    Card *m_identity;
    KeyValueGrid *m_facts;
    Card *m_loansCard;
    LoanChart *m_chart;
    QLabel *m_loansText;
    QBoxLayout *m_columns;
};

} // namespace chatelaine::ui
