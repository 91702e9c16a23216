// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/Attention.h"

#include "core/broker/Broker.h"
#include "ui/approvals/ApprovalQueue.h"

namespace chatelaine::ui {

Attention::Attention(Services &services, ApprovalQueue &questions, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_questions(questions)
{
    const credentials::Credentials &heart = services.broker.credentials();
    connect(&heart, &credentials::Credentials::accountChanged, this, &Attention::changed);
    connect(&heart, &credentials::Credentials::accountRemoved, this, &Attention::changed);
    connect(&heart, &credentials::Credentials::lockedChanged, this, &Attention::changed);
    connect(&services.broker.vault(), &Vault::stateChanged, this, &Attention::changed);
    connect(&questions, &ApprovalQueue::changed, this, &Attention::changed);
}

bool Attention::isNeed(store::AccountState state)
{
    switch (state) {
    case store::AccountState::NeedsSignIn:
    case store::AccountState::Expired:
    case store::AccountState::Error:
        return true;
    case store::AccountState::SignedOut:
    case store::AccountState::SignedIn:
        break;
    }
    return false;
}

QString Attention::needSentence(int count)
{
    return tr("%n server(s) need sign-in", nullptr, count);
}

QList<Attention::Need> Attention::needs() const
{
    QList<Need> found;
    if (isLocked())
        return found;
    const QList<credentials::AccountView> accounts = m_services.broker.credentials().accounts();
    for (const credentials::AccountView &view : accounts) {
        if (isNeed(view.account.state))
            found.append({view.account.id, view.fullName(), view.account.state});
    }
    std::sort(found.begin(), found.end(),
        [](const Need &a, const Need &b) { return a.name.localeAwareCompare(b.name) < 0; });
    return found;
}

qsizetype Attention::questions() const
{
    return m_questions.count();
}

bool Attention::isLocked() const
{
    return m_services.broker.isLocked();
}

Attention::State Attention::state() const
{
    if (questions() > 0)
        return State::Question;
    if (isLocked())
        return State::Locked;
    return needs().isEmpty() ? State::Well : State::SignIn;
}

QStringList Attention::sentences() const
{
    QStringList lines;
    if (const int waiting = int(questions()); waiting > 0)
        lines.append(tr("%n question(s) wait for you", nullptr, waiting));
    if (isLocked())
        lines.append(tr("Locked: nothing is lent"));
    if (const int needed = int(needs().size()); needed > 0)
        lines.append(needSentence(needed));
    if (lines.isEmpty())
        lines.append(tr("All is well: ready to lend"));
    return lines;
}

} // namespace chatelaine::ui
