// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditQuery.h"

#include <QStringList>
#include <QVariant>

namespace chatelaine::audit {

/// What a filter asks for, in SQL: clauses that must all hold, and what is bound in them.
struct Condition
{
    QStringList clauses;
    QVariantList values;

    void add(const QString &clause, const QVariantList &bound)
    {
        clauses.append(clause);
        values.append(bound);
    }
    /// " WHERE …", or nothing.
    QString sql() const
    {
        return clauses.isEmpty() ? QString()
                                 : QStringLiteral(" WHERE ") + clauses.join(QStringLiteral(" AND "));
    }
};

Condition conditionOf(const Filter &filter);
/// As SQLite's lower(), which knows ASCII alone.
QString lowered(QString text);

} // namespace chatelaine::audit
