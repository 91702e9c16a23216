// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

/// What goes to the terminal. Much of it was written by servers and by other programs, so nothing
/// that a terminal would obey gets through.
namespace chatelaine::cli {

/// One line, harmless: control characters (C0, DEL, C1), line separators and the characters that
/// turn the direction of writing become visible escapes like \u001b.
QString safeLine(const QString &text);
/// The same, but line breaks and tabs stay: for text that a person asked to read.
QString safeText(const QString &text);

/// JSON on one line with the same characters written as \uXXXX, which is the same JSON.
QByteArray safeJson(const QJsonObject &object);
QByteArray safeJson(const QJsonArray &array);

/// Writes to stdout, all of it or the process ends as a broken pipe ends it.
void print(const QString &text);
void printLine(const QString &line);
void printJson(const QJsonObject &object);
void printJson(const QJsonArray &array);
void printBytes(const QByteArray &bytes);
/// One line on stderr.
void tell(const QString &line);

bool stdinIsTerminal();
bool stdoutIsTerminal();
bool stderrIsTerminal();

/// `text` in bold where stdout is a terminal and NO_COLOR is unset.
QString strong(const QString &text);

/// Columns that line up; each cell is made harmless and kept on its line.
class Table
{
public:
    explicit Table(QStringList header);
    void add(QStringList row);
    bool isEmpty() const { return m_rows.size() <= 1; }
    QString toText(bool bold = false) const;
    void print() const;

private:
    std::vector<QStringList> m_rows;
};

/// A word of the protocol's for a person: "signed_out" as "signed out".
QString spoken(QString word);

/// A time of the broker's for a person: local time, to the second; "-" for none.
QString localTime(const QString &rfc3339);

} // namespace chatelaine::cli
