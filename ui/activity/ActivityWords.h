// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditEvent.h"
#include "ui/common/Words.h"

#include <QList>

/// The words of the history in the person's language.
namespace chatelaine::ui {

QString preciseTime(UtcMs time); ///< to the millisecond, with the offset from UTC
/// What a person calls that program: the name of its file.
QString programName(const audit::ClientFacts &client);

/// What one can filter for: a whole event name, or a room's with its stop ("loan.").
struct EventChoice
{
    QString name;
    QString text;
};
QList<EventChoice> eventChoices();

} // namespace chatelaine::ui
