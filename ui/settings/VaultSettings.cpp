// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/VaultSettings.h"

#include "core/broker/Broker.h"
#include "ui/common/Surfaces.h"
#include "ui/common/Words.h"
#include "ui/settings/SettingRow.h"

#include <QComboBox>
#include <QHBoxLayout>

namespace chatelaine::ui {

namespace {

const QString vaultKey = QStringLiteral("vault");

QString whatItIs(Vault::Kind kind)
{
    switch (kind) {
    case Vault::Kind::Keychain:
        return VaultSettings::tr("Your desktop's keychain, which opens when you log in.");
    case Vault::Kind::EncryptedFile:
        return VaultSettings::tr("A file of Chatelaine's own that a passphrase encrypts.");
    case Vault::Kind::Memory:
        return VaultSettings::tr("All of it is gone when Chatelaine ends.");
    }
    return {};
}

} // namespace

VaultSettings::VaultSettings(Services &services, QWidget *parent)
    : Pane(parent)
    , m_services(services)
    , m_card(new Card(this))
    , m_kindNow(makeLabel(Type::Strong, this))
    , m_state(new StatePill(this))
    , m_what(makeLabel(Type::Body, this))
    , m_says(makeLabel(Type::Small, this))
    , m_holds(makeLabel(Type::Small, this, true))
    , m_kind(new QComboBox(this))
    , m_kindRow(new SettingRow(m_kind, this))
    , m_later(new Banner(this))
{
    m_kind->setObjectName(QStringLiteral("vaultKind"));
    m_later->setObjectName(QStringLiteral("vaultLater"));
    m_state->setObjectName(QStringLiteral("vaultState"));
    m_says->setObjectName(QStringLiteral("vaultSays"));
    m_holds->setObjectName(QStringLiteral("vaultHolds"));
    for (const Vault::Kind kind : {Vault::Kind::Keychain, Vault::Kind::EncryptedFile})
        m_kind->addItem(QString(), vaultKindName(kind));

    auto *well = new QFrame(this);
    setLook(well, "well");
    auto *health = new QVBoxLayout(well);
    health->setContentsMargins(space::m, space::s, space::m, space::s);
    health->setSpacing(space::xs);
    auto *first = new QHBoxLayout;
    first->addWidget(m_kindNow, 1);
    first->addWidget(m_state);
    health->addLayout(first);
    health->addWidget(m_what);
    health->addWidget(m_says);
    health->addWidget(m_holds);
    m_card->body()->addWidget(well);
    m_card->body()->addWidget(m_kindRow);
    m_card->body()->addWidget(m_later);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_card);

    connect(m_kind, &QComboBox::activated, this, [this] {
        const audit::ClientFacts me = windowFacts();
        m_kindRow->tell(
            m_services.broker.changeSetting(vaultKey, m_kind->currentData().toString(), me));
    });
    connect(&services.broker.vault(), &Vault::stateChanged, this, &VaultSettings::refresh);
    connect(&services.broker.settings(), &broker::Settings::changed, this, &VaultSettings::refresh);
    const credentials::Credentials &heart = services.broker.credentials();
    connect(&heart, &credentials::Credentials::accountChanged, this, &VaultSettings::refresh);
    connect(&heart, &credentials::Credentials::accountRemoved, this, &VaultSettings::refresh);
    retranslate();
}

int VaultSettings::keptAccounts() const
{
    int kept = 0;
    const QList<credentials::AccountView> accounts = m_services.broker.credentials().accounts();
    for (const credentials::AccountView &view : accounts) {
        if (view.account.state == store::AccountState::SignedIn || view.account.hasRefreshToken)
            ++kept;
    }
    return kept;
}

void VaultSettings::refresh()
{
    const Vault &vault = m_services.broker.vault();
    m_kindNow->setText(vaultKindText(vault.kind()));
    switch (vault.state()) {
    case Vault::State::Unknown:
        m_state->set(Tone::Neutral, QStringLiteral("clock"), tr("Not asked yet"));
        break;
    case Vault::State::Open:
        m_state->set(Tone::Ok, QStringLiteral("ok"), tr("Open"));
        break;
    case Vault::State::Locked:
        m_state->set(Tone::Warning, QStringLiteral("lock"), tr("Locked"));
        break;
    case Vault::State::Unavailable:
        m_state->set(Tone::Error, QStringLiteral("error"), tr("Does not answer"));
        break;
    }
    m_what->setText(whatItIs(vault.kind()));
    // While all is well its own words say the same once more.
    m_says->setText(vault.description());
    m_says->setVisible(
        vault.state() == Vault::State::Locked || vault.state() == Vault::State::Unavailable);
    const int kept = keptAccounts();
    m_holds->setText(kept == 0
            ? tr("It holds the key of the history and no tokens yet.")
            : tr(
                "It holds the tokens of %n account(s) and the key of the history.", nullptr, kept));

    const Vault::Kind next = m_services.broker.settings().vault();
    m_kind->setCurrentIndex(m_kind->findData(vaultKindName(next)));
    if (next != vault.kind() && vault.kind() != Vault::Kind::Memory) {
        m_later->show(Tone::Info,
            tr("From the next start secrets are in: %1.").arg(vaultKindText(next)),
            tr("They are not moved. You will have to sign in to your servers again; what is in the "
               "old place stays there until you change back."));
    } else {
        m_later->hide();
    }
}

void VaultSettings::retranslate()
{
    m_card->setTitle(tr("Secrets"));
    for (int i = 0; i < m_kind->count(); ++i) {
        m_kind->setItemText(
            i, vaultKindText(i == 0 ? Vault::Kind::Keychain : Vault::Kind::EncryptedFile));
    }
    m_kindRow->setTexts(tr("Kept in"),
        tr("The keychain of your desktop opens when you log in; the encrypted file wants its "
           "passphrase at each start. A change counts from the next start."));
    refresh();
}

} // namespace chatelaine::ui
