// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditQuery.h"
#include "core/audit/Begin.h"
#include "ui/common/Pane.h"
#include "ui/common/Services.h"
#include "ui/common/Surfaces.h"

#include <QPointer>

#include <optional>

namespace chatelaine::ui {

/// A whole record, and its place in the chain.
class RecordPane : public Pane
{
    Q_OBJECT

public:
    explicit RecordPane(Services &services, QWidget *parent = nullptr);

    void show(const audit::Record &record);
    qint64 seq() const { return m_record ? m_record->seq : 0; }

Q_SIGNALS:
    void closeWanted();

protected:
    void retranslate() override;

private:
    static Task<void> readPrevious(
        QPointer<RecordPane> self, std::shared_ptr<store::Database> database, qint64 seq);
    void fill();
    void copy();

    Services &m_services;
    std::optional<audit::Record> m_record;
    std::optional<audit::Record> m_previous;
    std::optional<audit::Begin> m_begin; ///< where no record stands before it
    QLabel *m_title;
    StatePill *m_outcome;
    QToolButton *m_copy;
    QToolButton *m_close;
    Card *m_eventCard;
    Card *m_clientCard;
    Card *m_chainCard;
    QLabel *m_detail;
    KeyValueGrid *m_facts;
    KeyValueGrid *m_client;
    KeyValueGrid *m_chain;
};

} // namespace chatelaine::ui
