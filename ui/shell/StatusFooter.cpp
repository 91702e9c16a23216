// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/StatusFooter.h"

#include "core/broker/Broker.h"
#include "ui/common/Icons.h"
#include "ui/common/Labels.h"
#include "ui/common/Words.h"

#include <QHBoxLayout>
#include <QPointer>
#include <QToolButton>

namespace chatelaine::ui {

StatusFooter::StatusFooter(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_vaultIcon(new IconLabel(QStringLiteral("key"), 16, this))
    , m_vault(makeLabel(Type::Small, this, true))
    , m_brokerIcon(new IconLabel(QStringLiteral("ok"), 16, this))
    , m_broker(makeLabel(Type::Small, this, true))
    , m_lock(new QToolButton(this))
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
    connect(m_lock, &QToolButton::clicked, this, &StatusFooter::toggleLock);
    connect(&services.broker.vault(), &Vault::stateChanged, this, [this] { retranslate(); });
    connect(&services.broker.credentials(), &credentials::Credentials::lockedChanged, this,
        [this] { retranslate(); });
    retranslate();
}

void StatusFooter::retranslate()
{
    const Vault &vault = m_services.broker.vault();
    QString kind;
    switch (vault.kind()) {
    case Vault::Kind::Keychain:
        kind = tr("Keychain");
        break;
    case Vault::Kind::EncryptedFile:
        kind = tr("Encrypted file");
        break;
    case Vault::Kind::Memory:
        kind = tr("Memory");
        break;
    }
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
    m_broker->setText(locked ? tr("Locked: nothing is lent") : tr("Ready to lend"));
    m_broker->setToolTip(m_services.broker.reception().pathOf(broker::Right::Borrow));
    m_lock->setText(locked ? tr("Unlock") : tr("Lock"));
    m_lock->setAccessibleName(m_lock->text());
    m_lock->setToolTip(locked ? tr("Let programs borrow again")
                              : tr("Forget every token in memory and lend nothing"));
    m_lock->setIcon(icon(locked ? QStringLiteral("unlock") : QStringLiteral("lock")));
}

void StatusFooter::toggleLock()
{
    const auto work = [](QPointer<StatusFooter> self, broker::Broker &broker) -> Task<void> {
        const audit::ClientFacts me = windowFacts();
        const Secret none;
        const std::stop_token never;
        Result<void> done;
        if (broker.isLocked())
            done = co_await broker.unlock(none, me, never);
        else
            done = co_await broker.lock(me);
        if (!self)
            co_return;
        self->m_lock->setEnabled(true);
        self->retranslate();
        if (!done)
            Q_EMIT self->failed(errorTitle(done.error()), done.error().message);
    };
    m_lock->setEnabled(false);
    detach(work(this, m_services.broker));
}

} // namespace chatelaine::ui
