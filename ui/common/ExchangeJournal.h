// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/NetworkHttpClient.h"

#include <QObject>

namespace chatelaine::ui {

/// The latest HTTP exchanges of this run, without headers, bodies and queries. Given to
/// NetworkHttpClient::setObserver by who makes both.
class ExchangeJournal : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype capacity = 500;

    void add(const net::ExchangeRecord &record);
    /// Those with one of these hosts ("example.com", "127.0.0.1:4100"), newest first.
    QList<net::ExchangeRecord> with(const QStringList &authorities, qsizetype limit) const;

Q_SIGNALS:
    void added();

private:
    QList<net::ExchangeRecord> m_records;
};

} // namespace chatelaine::ui
