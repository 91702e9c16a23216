// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Autostart.h"

#include "core/base/Sentence.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QTextStream>

namespace chatelaine {

namespace {

/// An argument of Exec: quoted by the specification's own rules, and then escaped once more, as
/// every string of the file is.
QString argument(QString text)
{
    for (const char16_t special : {u'\\', u'"', u'`', u'$'})
        text.replace(QChar(special), QStringLiteral("\\") + QChar(special));
    text.replace(u'%', QStringLiteral("%%"));
    text = u'"' + text + u'"';
    return text.replace(u'\\', QStringLiteral("\\\\"));
}

/// A plain string of the file.
QString escaped(QString text)
{
    return text.replace(u'\\', QStringLiteral("\\\\"));
}

} // namespace

Autostart::Autostart(Paths paths, QString program)
    : m_file(paths.autostartFile())
    , m_home(paths.home)
    , m_program(std::move(program))
{ }

QByteArray Autostart::entry() const
{
    QString command = argument(m_program) + QStringLiteral(" --background");
    if (!m_home.isEmpty())
        command = QStringLiteral("env %1 %2")
                      .arg(argument(QStringLiteral("CHATELAINE_HOME=") + m_home), command);
    return QStringLiteral("[Desktop Entry]\n"
                          "Type=Application\n"
                          "Name=Chatelaine\n"
                          "Icon=chatelaine\n"
                          "TryExec=%1\n"
                          "Exec=%2\n"
                          "Terminal=false\n")
        .arg(escaped(m_program), command)
        .toUtf8();
}

bool Autostart::isOn() const
{
    QFile entry(m_file);
    if (!entry.open(QIODevice::ReadOnly))
        return false;
    QTextStream text(&entry);
    bool ours = false;
    for (QString line; text.readLineInto(&line);) {
        line = line.trimmed();
        if (line.startsWith(u'['))
            ours = line == QLatin1StringView("[Desktop Entry]");
        if (!ours)
            continue;
        const QString key = line.section(u'=', 0, 0).trimmed();
        const QString value = line.section(u'=', 1).trimmed();
        if (key == QLatin1StringView("Hidden") && value == QLatin1StringView("true"))
            return false;
        // How GNOME and others switch a program off.
        if (key == QLatin1StringView("X-GNOME-Autostart-enabled")
            && value == QLatin1StringView("false"))
            return false;
    }
    return true;
}

Result<void> Autostart::set(bool on)
{
    if (!on) {
        QFile entry(m_file);
        if (entry.remove() || !entry.exists())
            return {};
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("%1 can't be removed: %2. Remove it yourself.")
                .arg(m_file, entry.errorString()));
    }
    const QString directory = QFileInfo(m_file).path();
    QSaveFile entry(m_file);
    if (QDir().mkpath(directory) && entry.open(QIODevice::WriteOnly)) {
        entry.write(this->entry());
        if (entry.commit())
            return {};
    }
    return failure(ErrorCode::InvalidInput,
        Sentence::tr("%1 can't be written: %2. See that the directory is yours and "
                     "that there is room.")
            .arg(m_file, entry.errorString()));
}

} // namespace chatelaine
