// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Language.h"

#include <QCoreApplication>
#include <QLibraryInfo>

namespace chatelaine::ui {

Language::Language(QObject *parent)
    : QObject(parent)
{ }

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_ours);
    QCoreApplication::removeTranslator(&m_qts);
}

QLocale Language::localeFor(const QString &spoken, const QLocale &system)
{
    const QLocale plain(spoken);
    return plain.language() == system.language() ? system
                                                 : QLocale(plain.language(), system.territory());
}

void Language::set(const QString &code)
{
    m_chosen = code;
    const QLocale system = QLocale::system();
    QString spoken = code.isEmpty() ? system.name().section(u'_', 0, 0) : code;
    if (!available().contains(spoken))
        spoken = QStringLiteral("en");
    if (spoken == m_spoken)
        return;
    m_spoken = spoken;
    QLocale::setDefault(localeFor(spoken, system));
    QCoreApplication::removeTranslator(&m_qts);
    QCoreApplication::removeTranslator(&m_ours);
    if (m_qts.load(QStringLiteral("qtbase_") + spoken,
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qts);
    if (m_ours.load(QStringLiteral(":/i18n/chatelaine_%1.qm").arg(spoken)))
        QCoreApplication::installTranslator(&m_ours);
    Q_EMIT changed();
}

} // namespace chatelaine::ui
