// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/ExchangeJournal.h"

#include <QUrl>

namespace chatelaine::ui {

void ExchangeJournal::add(const net::ExchangeRecord &record)
{
    if (m_records.size() == capacity)
        m_records.removeFirst();
    m_records.append(record);
    Q_EMIT added();
}

QList<net::ExchangeRecord> ExchangeJournal::with(
    const QStringList &authorities, qsizetype limit) const
{
    QList<net::ExchangeRecord> found;
    for (auto record = m_records.crbegin(); record != m_records.crend(); ++record) {
        if (found.size() == limit)
            break;
        if (authorities.contains(QUrl(record->url).authority()))
            found.append(*record);
    }
    return found;
}

} // namespace chatelaine::ui
