// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/LookSettings.h"

#include "ui/common/Language.h"
#include "ui/common/Surfaces.h"
#include "ui/common/WindowSettings.h"
#include "ui/settings/SettingRow.h"

#include <QComboBox>
#include <QLocale>
#include <QVBoxLayout>

namespace chatelaine::ui {

LookSettings::LookSettings(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_card(new Card(this))
    , m_theme(new QComboBox(this))
    , m_themeRow(new SettingRow(m_theme, this))
    , m_language(new QComboBox(this))
    , m_languageRow(new SettingRow(m_language, this))
{
    m_theme->setObjectName(QStringLiteral("theme"));
    m_language->setObjectName(QStringLiteral("language"));
    for (const Theme::Mode mode : {Theme::Mode::System, Theme::Mode::Light, Theme::Mode::Dark})
        m_theme->addItem(QString(), int(mode));
    m_language->addItem(QString(), QString());
    for (const QString &code : Language::available()) {
        // In its own words: who can't read this page finds the way back.
        QString name = QLocale(code).nativeLanguageName();
        name.replace(0, 1, name.at(0).toUpper());
        m_language->addItem(
            code == QLatin1StringView("en") ? QStringLiteral("English") : name, code);
    }
    m_theme->setCurrentIndex(m_theme->findData(int(services.theme.mode())));
    m_language->setCurrentIndex(m_language->findData(services.language.chosen()));
    m_card->body()->addWidget(m_themeRow);
    m_card->body()->addWidget(m_languageRow);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);

    connect(m_theme, &QComboBox::activated, this, [this] {
        const auto mode = static_cast<Theme::Mode>(m_theme->currentData().toInt());
        m_services.theme.setMode(mode);
        m_themeRow->tell(m_services.window.setTheme(mode));
    });
    connect(m_language, &QComboBox::activated, this, [this] {
        const QString code = m_language->currentData().toString();
        m_services.language.set(code);
        m_languageRow->tell(m_services.window.setLanguage(code));
    });
    retranslate();
}

void LookSettings::retranslate()
{
    m_card->setTitle(tr("Appearance"));
    m_theme->setItemText(0, tr("As the system"));
    m_theme->setItemText(1, tr("Light"));
    m_theme->setItemText(2, tr("Dark"));
    m_themeRow->setTexts(tr("Colours"), {});
    m_language->setItemText(0, tr("As the system"));
    m_languageRow->setTexts(tr("Language"), {});
}

} // namespace chatelaine::ui
