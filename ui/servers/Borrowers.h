// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditEvent.h"
#include "ui/common/Services.h"

#include <QHash>
#include <QObject>

namespace chatelaine::ui {

/// Who borrowed from which account last: read from the history once, kept up with as it grows.
class Borrowers : public QObject
{
    Q_OBJECT

public:
    struct Loan
    {
        QString client; ///< the program's name
        UtcMs time = 0;
    };

    explicit Borrowers(Services &services, QObject *parent = nullptr);

    Loan last(const QString &fullName) const { return m_last.value(fullName); }

Q_SIGNALS:
    void changed(const QString &fullName);

private:
    void read();
    void take(const audit::Record &record);

    Services &m_services;
    QHash<QString, Loan> m_last;
};

/// What a person calls that program: the name of its file.
QString clientName(const audit::ClientFacts &client);

} // namespace chatelaine::ui
