// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Output.h"

#include "core/base/Time.h"

#include <QJsonDocument>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <unistd.h>

namespace chatelaine::cli {

namespace {

// Characters that a terminal obeys, or that make text read differently from what it is.
bool isDangerous(char16_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) // C0, DEL, C1
        || c == 0x061c || (c >= 0x200b && c <= 0x200f) // marks of direction, zero width
        || (c >= 0x2028 && c <= 0x202e) // separators, embeddings and overrides
        || (c >= 0x2060 && c <= 0x206f) // isolates and invisible operators
        || c == 0xfeff;
}

QString escaped(const QString &text, bool keepLines)
{
    const auto stays = [keepLines](QChar c) {
        return !isDangerous(c.unicode()) || (keepLines && (c == u'\n' || c == u'\t'));
    };
    if (std::all_of(text.begin(), text.end(), stays))
        return text;
    QString out;
    out.reserve(text.size() + 16);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (keepLines && c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
            continue;
        if (stays(c))
            out += c;
        else
            out += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
    }
    return out;
}

// Outside of strings JSON has none of these characters, so each may be written as an escape.
QByteArray escapedJson(const QByteArray &json)
{
    return escaped(QString::fromUtf8(json), false).toUtf8();
}

void writeAll(int fd, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::write(fd, bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && fd == STDOUT_FILENO) {
            // A full disk or a closed file behind stdout must not look like success. A reader that
            // has read enough is told nothing.
            static constexpr char sentence[] = "chatelaine: the output can't be written.\n";
            if (errno != EPIPE) {
                [[maybe_unused]] const ssize_t told
                    = ::write(STDERR_FILENO, sentence, sizeof sentence - 1);
            }
            std::exit(1);
        }
        if (n < 0)
            return;
        done += n;
    }
}

} // namespace

QString safeLine(const QString &text)
{
    return escaped(text, false);
}

QString safeText(const QString &text)
{
    return escaped(text, true);
}

QByteArray safeJson(const QJsonObject &object)
{
    return escapedJson(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QByteArray safeJson(const QJsonArray &array)
{
    return escapedJson(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

void print(const QString &text)
{
    writeAll(STDOUT_FILENO, text.toUtf8());
}

void printLine(const QString &line)
{
    print(line + QLatin1Char('\n'));
}

void printJson(const QJsonObject &object)
{
    writeAll(STDOUT_FILENO, safeJson(object) + '\n');
}

void printJson(const QJsonArray &array)
{
    writeAll(STDOUT_FILENO, safeJson(array) + '\n');
}

void printBytes(const QByteArray &bytes)
{
    writeAll(STDOUT_FILENO, bytes);
}

void tell(const QString &line)
{
    writeAll(STDERR_FILENO, line.toUtf8() + '\n');
}

bool stdinIsTerminal()
{
    return ::isatty(STDIN_FILENO) == 1;
}

bool stdoutIsTerminal()
{
    return ::isatty(STDOUT_FILENO) == 1;
}

bool stderrIsTerminal()
{
    return ::isatty(STDERR_FILENO) == 1;
}

QString strong(const QString &text)
{
    // https://no-color.org: set and not empty, whatever the value.
    const bool plain = !stdoutIsTerminal() || !qEnvironmentVariableIsEmpty("NO_COLOR")
        || qgetenv("TERM") == "dumb";
    return plain ? text : QStringLiteral("\033[1m%1\033[0m").arg(text);
}

Table::Table(QStringList header)
{
    add(std::move(header));
}

void Table::add(QStringList row)
{
    for (QString &cell : row)
        cell = cell.isEmpty() ? QStringLiteral("-") : safeLine(cell);
    m_rows.push_back(std::move(row));
}

QString Table::toText(bool bold) const
{
    std::vector<qsizetype> widths(static_cast<size_t>(m_rows.front().size()));
    for (const QStringList &row : m_rows) {
        for (qsizetype i = 0; i < row.size() && i < std::ssize(widths); ++i) {
            qsizetype &width = widths[static_cast<size_t>(i)];
            width = std::max(width, row[i].size());
        }
    }
    QString text;
    for (const QStringList &row : m_rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i) {
            const bool last = i + 1 == row.size();
            line += last ? row[i] : row[i].leftJustified(widths[static_cast<size_t>(i)] + 2);
        }
        text += bold && &row == &m_rows.front() ? strong(line) : line;
        text += QLatin1Char('\n');
    }
    return text;
}

void Table::print() const
{
    cli::print(toText(true));
}

QString spoken(QString word)
{
    return word.replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString localTime(const QString &rfc3339)
{
    const std::optional<UtcMs> time = fromRfc3339(rfc3339);
    if (!time)
        return rfc3339.isEmpty() ? QStringLiteral("-") : rfc3339;
    const std::time_t seconds = static_cast<std::time_t>(*time / 1000);
    std::tm local = {};
    ::localtime_r(&seconds, &local);
    char text[32] = {};
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &local);
    return QString::fromLatin1(text);
}

} // namespace chatelaine::cli
