// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/StatusFooter.h"

#include "core/broker/Broker.h"
#include "ui/common/Icons.h"
#include "ui/common/Labels.h"
#include "ui/common/LockSwitch.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace chatelaine::ui {

namespace {

/// In the middle of a sentence.
QString placeText(Vault::Kind kind)
{
    switch (kind) {
    case Vault::Kind::Keychain:
        return StatusFooter::tr("keychain");
    case Vault::Kind::EncryptedFile:
        return StatusFooter::tr("encrypted file");
    case Vault::Kind::Memory:
        return StatusFooter::tr("in memory");
    }
    return {};
}

} // namespace

StatusFooter::StatusFooter(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_vaultIcon(new IconLabel(QStringLiteral("key"), 16, this))
    , m_vault(makeLabel(Type::Small, this, true))
    , m_brokerIcon(new IconLabel(QStringLiteral("ok"), 16, this))
    , m_broker(makeLabel(Type::Small, this, true))
    , m_lock(new QToolButton(this))
    , m_switch(new LockSwitch(services, this))
{
    setLook(this, "footer");
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::l, space::xs, space::s, space::xs);
    layout->setSpacing(6);
    layout->addWidget(m_vaultIcon);
    layout->addWidget(m_vault);
    layout->addSpacing(space::l);
    layout->addWidget(m_brokerIcon);
    layout->addWidget(m_broker);
    layout->addStretch();
    layout->addWidget(m_lock);
    for (QLabel *label : {m_vault, m_broker})
        label->setWordWrap(false);
    m_lock->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_lock->setFocusPolicy(Qt::StrongFocus);
    m_lock->setFont(ui::font(Type::Small));
    m_vault->setObjectName(QStringLiteral("vault"));
    m_lock->setObjectName(QStringLiteral("lock"));
    QSizePolicy kept = m_lock->sizePolicy();
    kept.setRetainSizeWhenHidden(true);
    m_lock->setSizePolicy(kept);
    m_lock->setIconSize({space::icon + 3, space::icon});
    connect(m_lock, &QToolButton::clicked, m_switch, &LockSwitch::toggle);
    connect(m_switch, &LockSwitch::changed, this, [this] { retranslate(); });
    connect(m_switch, &LockSwitch::passphraseWanted, this, &StatusFooter::passphraseWanted);
    connect(m_switch, &LockSwitch::failed, this, &StatusFooter::failed);
    retranslate();
}

void StatusFooter::retranslate()
{
    const Vault &vault = m_services.broker.vault();
    const QString kind = placeText(vault.kind());
    const bool locked = m_services.broker.isLocked();
    const auto say = [&](Tone tone, const QString &iconName, const QString &text) {
        m_vaultIcon->setName(iconName);
        m_vaultIcon->setTone(tone);
        m_vault->setText(text);
    };
    switch (vault.state()) {
    case Vault::State::Unknown:
        say(Tone::Neutral, QStringLiteral("key"), tr("Vault: %1").arg(kind));
        break;
    case Vault::State::Open:
        say(Tone::Ok, QStringLiteral("key"), tr("Vault: %1, open").arg(kind));
        break;
    case Vault::State::Locked:
        say(Tone::Warning, QStringLiteral("lock"), tr("Vault: %1, locked").arg(kind));
        break;
    case Vault::State::Unavailable:
        say(Tone::Error, QStringLiteral("error"), tr("Vault: %1, does not answer").arg(kind));
        break;
    }
    m_vault->setToolTip(vault.description());
    m_brokerIcon->setName(locked ? QStringLiteral("lock") : QStringLiteral("ok"));
    m_brokerIcon->setTone(locked ? Tone::Warning : Tone::Ok);
    // Once is enough where the vault has said it.
    m_broker->setText(!locked                       ? tr("Ready to lend")
            : vault.state() == Vault::State::Locked ? tr("Nothing is lent")
                                                    : tr("Locked: nothing is lent"));
    // A vault that is not there yet is made with the passphrase that its page asks for.
    m_lock->setVisible(!locked || !vault.isNew() || vault.kind() != Vault::Kind::EncryptedFile);
    m_broker->setToolTip(m_services.broker.reception().pathOf(broker::Right::Borrow));
    m_lock->setEnabled(!m_switch->isBusy());
    m_lock->setText(locked ? tr("Unlock") : tr("Lock"));
    m_lock->setAccessibleName(m_lock->text());
    m_lock->setToolTip(locked ? tr("Let programs borrow again")
                              : tr("Forget every token in memory and lend nothing"));
    m_lock->setIcon(icon(locked ? QStringLiteral("unlock") : QStringLiteral("lock")));
}

} // namespace chatelaine::ui
