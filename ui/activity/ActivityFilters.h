// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditQuery.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"

#include <QTimer>

class QComboBox;
class QLineEdit;

namespace chatelaine::ui {

/// What of the history is wanted: time, server, event, outcome, client, text. What is typed counts
/// when the typing rests.
class ActivityFilters : public Pane
{
    Q_OBJECT

public:
    static constexpr int restMs = 250;
    /// Something is typed that filter() does not tell yet.
    bool isResting() const { return m_rest.isActive(); }

    explicit ActivityFilters(Services &services, QWidget *parent = nullptr);

    audit::Filter filter() const;
    bool isEmpty() const;
    void clear();
    void setServer(const QString &name);
    void setText(const QString &text);
    void focusSearch();

Q_SIGNALS:
    void changed();

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;

private:
    void fillServers();
    void countBack();
    void now();

    Services &m_services;
    QLineEdit *m_text;
    QComboBox *m_time;
    QComboBox *m_server;
    QComboBox *m_event;
    QComboBox *m_outcome;
    QLineEdit *m_client;
    QString m_wantedServer;
    UtcMs m_since = 0; ///< as of the choice, or the last look; 0: from the beginning
    QTimer m_rest;
};

} // namespace chatelaine::ui
