// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testlab/OptionsPane.h"

#include "ui/common/Surfaces.h"
#include "ui/testlab/LabRun.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace chatelaine::ui {

namespace {

constexpr int lifetimeAtMostS = 365 * 24 * 3600;
constexpr int cardWidth = 720;
const QString secondIssuer = QStringLiteral("second-issuer");

} // namespace

OptionsPane::OptionsPane(LabRun &run, QWidget *parent)
    : Pane(parent)
    , m_run(run)
    , m_form(new QFormLayout)
    , m_port(new QSpinBox)
    , m_mcpPort(new QSpinBox)
    , m_access(new QSpinBox)
    , m_refresh(new QSpinBox)
    , m_path(new QLineEdit)
    , m_clientId(new QLineEdit)
    , m_clientSecret(new QLineEdit)
    , m_approve(new QCheckBox)
    , m_second(new QCheckBox)
    , m_banner(new Banner(this))
    , m_restart(new QPushButton)
{
    m_port->setObjectName(QStringLiteral("labPort"));
    m_path->setObjectName(QStringLiteral("labIssuerPath"));
    m_access->setObjectName(QStringLiteral("labAccessLifetime"));
    m_clientId->setObjectName(QStringLiteral("labClientId"));
    m_approve->setObjectName(QStringLiteral("labApprove"));
    m_second->setObjectName(QStringLiteral("labSecondIssuer"));
    m_restart->setObjectName(QStringLiteral("restartLab"));
    const testlab::LabOptions &usual = run.options();
    for (QSpinBox *port : {m_port, m_mcpPort})
        port->setRange(0, 65535);
    for (QSpinBox *lifetime : {m_access, m_refresh}) {
        lifetime->setRange(1, lifetimeAtMostS);
        lifetime->setGroupSeparatorShown(true);
    }
    m_access->setValue(int(usual.accessTokenLifetimeS));
    m_refresh->setValue(int(usual.refreshTokenLifetimeS));
    m_path->setPlaceholderText(QStringLiteral("/tenant1"));
    m_clientId->setText(usual.clientId);
    m_clientSecret->setEchoMode(QLineEdit::Password);
    m_approve->setChecked(usual.autoApprove);

    m_form->setHorizontalSpacing(space::l);
    m_form->setVerticalSpacing(space::s);
    m_form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (QWidget *field : std::initializer_list<QWidget *>{
             m_port, m_mcpPort, m_access, m_refresh, m_path, m_clientId, m_clientSecret})
        addRow(field);
    m_form->addRow(m_approve);
    m_form->addRow(m_second);

    auto *inner = new QWidget;
    auto *cards = new QVBoxLayout(inner);
    cards->setContentsMargins(0, 0, 0, space::s);
    auto *card = new Card(inner);
    card->body()->addLayout(m_form);
    cards->addWidget(card);
    cards->addStretch();
    inner->setMaximumWidth(cardWidth);
    m_banner->setMaximumWidth(cardWidth);
    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(inner);
    area->viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::s, 0, 0);
    layout->setSpacing(space::s);
    auto *told = new QHBoxLayout;
    told->addWidget(m_banner, 1);
    told->addStretch();
    layout->addLayout(told);
    layout->addWidget(area, 1);
    m_banner->addWidget(m_restart);

    for (QSpinBox *box : {m_port, m_mcpPort, m_access, m_refresh})
        connect(box, &QSpinBox::valueChanged, this, &OptionsPane::edited);
    for (QLineEdit *line : {m_path, m_clientId, m_clientSecret})
        connect(line, &QLineEdit::textEdited, this, &OptionsPane::edited);
    connect(m_approve, &QCheckBox::toggled, this, &OptionsPane::edited);
    connect(
        m_second, &QCheckBox::clicked, this, [this](bool on) { m_run.setFault(secondIssuer, on); });
    connect(m_restart, &QPushButton::clicked, this, &OptionsPane::restartWanted);
    connect(&run, &LabRun::stateChanged, this, &OptionsPane::onState);
    connect(&run, &LabRun::faultsChanged, this, &OptionsPane::onState);
    retranslate();
}

void OptionsPane::addRow(QWidget *field)
{
    auto *label = new QLabel;
    setLook(label, "muted");
    label->setBuddy(field);
    label->setMinimumHeight(m_path->sizeHint().height());
    label->setAlignment(Qt::AlignVCenter | Qt::AlignLeading);
    m_labels.append(label);
    m_form->addRow(label, field);
}

void OptionsPane::forgetPorts()
{
    {
        const QSignalBlocker blockers[]{QSignalBlocker(m_port), QSignalBlocker(m_mcpPort)};
        m_port->setValue(0);
        m_mcpPort->setValue(0);
    }
    edited();
}

void OptionsPane::edited()
{
    testlab::LabOptions options = m_run.options();
    options.port = quint16(m_port->value());
    options.mcpPort = quint16(m_mcpPort->value());
    options.accessTokenLifetimeS = m_access->value();
    options.refreshTokenLifetimeS = m_refresh->value();
    options.issuerPath = m_path->text().trimmed();
    options.clientId = m_clientId->text().trimmed();
    options.clientSecret = Secret::fromString(m_clientSecret->text());
    options.autoApprove = m_approve->isChecked();
    m_run.setOptions(options);
}

void OptionsPane::onState()
{
    m_second->setChecked(m_run.faults().contains(secondIssuer));
    if (m_run.needsRestart())
        m_banner->show(Tone::Info, tr("The lab is running with other options than these."));
    else
        m_banner->hide();
}

void OptionsPane::retranslate()
{
    const QStringList words{tr("&Port of the authorization server"), tr("Port of the &MCP server"),
        tr("Access tokens live, &seconds"), tr("Refresh tokens live, s&econds"),
        tr("Pat&h of the issuer"), tr("Pre-registered &client"), tr("Its secre&t")};
    for (int i = 0; i < m_labels.size(); ++i) {
        m_labels.at(i)->setText(words.at(i));
        QString name = words.at(i);
        m_labels.at(i)->buddy()->setAccessibleName(name.remove(u'&'));
    }
    for (QSpinBox *port : {m_port, m_mcpPort})
        port->setSpecialValueText(tr("any that is free"));
    m_clientSecret->setPlaceholderText(tr("none: a public client"));
    m_approve->setText(tr("&Approve every sign-in without asking"));
    m_second->setText(tr("After the first request, move to a second authorization ser&ver"));
    m_restart->setText(tr("Restart &with these"));
    onState();
}

} // namespace chatelaine::ui
