// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QObject>
#include <QTranslator>

namespace chatelaine::ui {

/// The language of the windows. Changing it sends LanguageChange to every widget; nothing has to be
/// started again.
class Language : public QObject
{
    Q_OBJECT

public:
    explicit Language(QObject *parent = nullptr);
    ~Language() override;

    /// "en", "ru", or empty for the system's.
    void set(const QString &code);
    QString chosen() const { return m_chosen; }
    /// What the windows speak now.
    QString spoken() const { return m_spoken; }
    static QStringList available() { return {QStringLiteral("en"), QStringLiteral("ru")}; }
    /// How times and numbers are written where the windows speak one language and the system,
    /// maybe, another: as the person's country does, as far as that language is written there.
    static QLocale localeFor(const QString &spoken, const QLocale &system);

Q_SIGNALS:
    void changed();

private:
    QString m_chosen;
    QString m_spoken;
    QTranslator m_ours;
    QTranslator m_qts;
};

} // namespace chatelaine::ui
