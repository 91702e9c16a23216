// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/BrokerRow.h"

#include "core/broker/Broker.h"
#include "ui/common/Words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonObject>

namespace chatelaine::ui {

FlagRow::FlagRow(Services &services, const char *key, QWidget *parent)
    : SettingRow(new QCheckBox, parent)
    , m_services(services)
    , m_key(QString::fromLatin1(key))
    , m_box(qobject_cast<QCheckBox *>(control()))
{
    m_box->setObjectName(m_key);
    connect(m_box, &QCheckBox::clicked, this, [this](bool on) {
        const audit::ClientFacts me = windowFacts();
        const QString value = on ? QStringLiteral("true") : QStringLiteral("false");
        tell(m_services.broker.changeSetting(m_key, value, me));
        refresh();
    });
    connect(&services.broker.settings(), &broker::Settings::changed, this, &FlagRow::refresh);
    refresh();
}

void FlagRow::setWords(const QString &label, const QString &box, const QString &sentence)
{
    m_box->setText(box);
    setTexts(label, sentence);
}

void FlagRow::refresh()
{
    m_box->setChecked(m_services.broker.settings().toJson().value(m_key).toBool());
}

NumberRow::NumberRow(Services &services, const char *key, QList<qint64> numbers, QWidget *parent)
    : SettingRow(new QComboBox, parent)
    , m_services(services)
    , m_key(QString::fromLatin1(key))
    , m_numbers(std::move(numbers))
    , m_box(qobject_cast<QComboBox *>(control()))
    , m_name([](qint64 number) { return QString::number(number); })
{
    m_box->setObjectName(m_key);
    connect(m_box, &QComboBox::activated, this, [this] {
        const audit::ClientFacts me = windowFacts();
        const QString value = m_box->currentData().toString();
        tell(m_services.broker.changeSetting(m_key, value, me));
        refresh();
    });
    connect(&services.broker.settings(), &broker::Settings::changed, this, &NumberRow::refresh);
    fill();
}

void NumberRow::setWords(
    const QString &label, const QString &sentence, const std::function<QString(qint64)> &name)
{
    m_name = name;
    setTexts(label, sentence);
    fill();
}

void NumberRow::fill()
{
    m_box->clear();
    for (const qint64 number : m_numbers)
        m_box->addItem(m_name(number), number);
    refresh();
}

void NumberRow::refresh()
{
    const qint64 now = m_services.broker.settings().toJson().value(m_key).toInteger();
    if (m_box->findData(now) < 0)
        m_box->addItem(m_name(now), now);
    m_box->setCurrentIndex(m_box->findData(now));
}

} // namespace chatelaine::ui
