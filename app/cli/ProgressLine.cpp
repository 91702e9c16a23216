// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ProgressLine.h"

#include "app/cli/Output.h"

#include <algorithm>
#include <sys/ioctl.h>
#include <unistd.h>

namespace chatelaine::cli {

namespace {

constexpr std::chrono::milliseconds patience(500);

void writeToTerminal(const QByteArray &bytes)
{
    [[maybe_unused]] const ssize_t n
        = ::write(STDERR_FILENO, bytes.constData(), static_cast<size_t>(bytes.size()));
}

qsizetype terminalWidth()
{
    winsize size = {};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

} // namespace

ProgressLine::ProgressLine()
    : m_enabled(stderrIsTerminal() && qgetenv("TERM") != "dumb")
    , m_start(Time::now())
    , m_text(QStringLiteral("Waiting for the broker"))
    , m_pending(m_enabled)
{
}

ProgressLine::~ProgressLine()
{
    erase();
}

void ProgressLine::say(const QString &text)
{
    m_text = safeLine(text);
    m_pending = m_enabled;
    tick();
}

int ProgressLine::dueInMs() const
{
    if (!m_pending)
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_start + patience - Time::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
}

void ProgressLine::tick()
{
    if (!m_pending || Time::now() < m_start + patience)
        return;
    const QString line = m_text + QStringLiteral(" …");
    writeToTerminal("\r\033[K" + line.left(terminalWidth() - 1).toUtf8());
    m_pending = false;
    m_shown = true;
}

void ProgressLine::erase()
{
    if (m_shown)
        writeToTerminal("\r\033[K");
    m_shown = false;
    m_pending = false;
}

} // namespace chatelaine::cli
