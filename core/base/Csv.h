// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace chatelaine::csv {

/// One field (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in
/// front.
QString field(const QString &text);
/// A line of fields with its CRLF.
QByteArray line(const QStringList &fields);
/// The columns' values in `object`. "client_pid" is the member "pid" of the object "client", when
/// there is no member of the whole name; lists are joined by spaces.
QStringList values(const QJsonObject &object, const QStringList &columns);

/// The columns of an exported history, whoever exports it.
QStringList historyColumns();

} // namespace chatelaine::csv
