// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace chatelaine::cli {

/// One line on stderr that says what is going on, shown only on a terminal and only for what takes
/// longer than half a second; gone without a trace afterwards.
class ProgressLine
{
public:
    ProgressLine();
    ~ProgressLine();
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    void say(const QString &text);
    /// Milliseconds until it has something to show, -1 for never: poll(2)'s timeout.
    int dueInMs() const;
    /// Shows what is due.
    void tick();
    /// Takes the line away for other words on the terminal; the next say() brings it back.
    void erase();

private:
    using Time = std::chrono::steady_clock;

    const bool m_enabled;
    const Time::time_point m_start;
    QString m_text;
    bool m_pending;
    bool m_shown = false;
};

} // namespace chatelaine::cli
