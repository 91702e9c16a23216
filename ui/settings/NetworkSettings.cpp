// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/NetworkSettings.h"

#include "core/broker/Broker.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Words.h"
#include "ui/settings/SettingRow.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>

namespace chatelaine::ui {

namespace {

const QString proxyKey = QStringLiteral("proxy");
const QString caFileKey = QStringLiteral("ca_file");
const QString registryKey = QStringLiteral("registry_url");
const QString systemProxy = QStringLiteral("system");
const QString noProxy = QStringLiteral("none");

QWidget *lineOf(std::initializer_list<QWidget *> widgets, QWidget *parent)
{
    auto *field = new QWidget(parent);
    auto *line = new QHBoxLayout(field);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::s);
    for (QWidget *widget : widgets)
        line->addWidget(widget, qobject_cast<QLineEdit *>(widget) ? 1 : 0);
    return field;
}

} // namespace

NetworkSettings::NetworkSettings(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_card(new Card(this))
    , m_proxyKind(new QComboBox(this))
    , m_proxyUrl(new QLineEdit(this))
    , m_caFile(new QLineEdit(this))
    , m_choose(new QPushButton(this))
    , m_registry(new QLineEdit(this))
{
    m_proxyKind->setObjectName(QStringLiteral("proxyKind"));
    m_proxyUrl->setObjectName(QStringLiteral("proxyUrl"));
    m_caFile->setObjectName(QStringLiteral("caFile"));
    m_proxyKind->addItems({{}, {}, {}});
    m_proxyUrl->setPlaceholderText(QStringLiteral("http://host:8080"));
    m_proxyRow = new SettingRow(m_proxyKind, this, lineOf({m_proxyKind, m_proxyUrl}, this));
    m_caRow = new SettingRow(m_caFile, this, lineOf({m_caFile, m_choose}, this));
    m_proxyRow->setObjectName(QStringLiteral("proxyRow"));
    m_caRow->setObjectName(QStringLiteral("caRow"));
    m_card->body()->addWidget(m_proxyRow);
    m_registryRow = new SettingRow(m_registry, this);
    m_registry->setObjectName(QStringLiteral("registryUrl"));
    m_registryRow->setObjectName(QStringLiteral("registryRow"));
    m_card->body()->addWidget(m_caRow);
    m_card->body()->addWidget(m_registryRow);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);

    connect(m_proxyKind, &QComboBox::activated, this, [this](int kind) {
        m_proxyUrl->setVisible(kind == 2);
        if (kind == 2)
            m_proxyUrl->setFocus();
        else
            saveProxy(kind == 0 ? systemProxy : noProxy);
    });
    connect(m_proxyUrl, &QLineEdit::editingFinished, this, [this] {
        // An address that nobody has typed yet is not wrong.
        if (m_proxyUrl->isModified())
            saveProxy(m_proxyUrl->text().trimmed());
    });
    connect(m_caFile, &QLineEdit::editingFinished, this, [this] {
        if (m_caFile->isModified())
            save(m_caFile, m_caRow, caFileKey);
    });
    connect(m_registry, &QLineEdit::editingFinished, this, [this] {
        if (m_registry->isModified())
            save(m_registry, m_registryRow, registryKey);
    });
    connect(m_choose, &QPushButton::clicked, this, &NetworkSettings::chooseCaFile);
    connect(
        &services.broker.settings(), &broker::Settings::changed, this, &NetworkSettings::refresh);
    retranslate();
    refresh();
}

void NetworkSettings::refresh()
{
    const QJsonObject settings = m_services.broker.settings().toJson();
    // What is being typed is not taken away.
    if (!m_proxyUrl->isModified()) {
        const QString proxy = settings.value(proxyKey).toString();
        const int kind = proxy == systemProxy ? 0 : proxy == noProxy ? 1 : 2;
        m_proxyKind->setCurrentIndex(kind);
        m_proxyUrl->setText(kind == 2 ? proxy : QString());
        m_proxyUrl->setVisible(kind == 2);
    }
    if (!m_caFile->isModified())
        m_caFile->setText(settings.value(caFileKey).toString());
    if (!m_registry->isModified())
        m_registry->setText(settings.value(registryKey).toString());
}

void NetworkSettings::saveProxy(const QString &value)
{
    const audit::ClientFacts me = windowFacts();
    const Result<void> done = m_services.broker.changeSetting(proxyKey, value, me);
    m_proxyRow->tell(done);
    setLook(m_proxyUrl, done ? "" : "wrong");
    if (!done)
        return;
    m_proxyUrl->setModified(false);
    refresh();
}

void NetworkSettings::save(QLineEdit *line, SettingRow *row, const QString &key)
{
    const audit::ClientFacts me = windowFacts();
    const Result<void> done = m_services.broker.changeSetting(key, line->text().trimmed(), me);
    row->tell(done);
    setLook(line, done ? "" : "wrong");
    if (!done)
        return;
    line->setModified(false);
    refresh();
}

void NetworkSettings::chooseCaFile()
{
    auto *dialog = new QFileDialog(this, tr("Certificate authority"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Certificates (*.pem *.crt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_caFile->setText(file);
        save(m_caFile, m_caRow, caFileKey);
    });
    dialog->open();
}

void NetworkSettings::retranslate()
{
    m_card->setTitle(tr("Network"));
    m_proxyKind->setItemText(0, tr("As the system"));
    m_proxyKind->setItemText(1, tr("None"));
    m_proxyKind->setItemText(2, tr("This one"));
    m_proxyUrl->setAccessibleName(tr("Address of the proxy"));
    m_proxyRow->setTexts(tr("Proxy"),
        tr("For http:// and socks5:// proxies without a password. Servers on this computer are "
           "always reached directly."));
    m_caFile->setPlaceholderText(tr("only the system's"));
    m_caRow->setTexts(tr("Certificate authority"),
        tr("A PEM file with authorities to trust for every server, such as your company's. Whoever "
           "holds its key can read what you send."));
    m_registryRow->setTexts(tr("MCP Registry"),
        tr("Where servers are looked up by name when you add one. Your company may have its own."));
    m_choose->setText(tr("C&hoose…"));
    m_choose->setAccessibleName(tr("Choose a certificate file"));
}

} // namespace chatelaine::ui
