// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/servers/SettingsDrafts.h"

#include "core/broker/Broker.h"
#include "ui/common/Locks.h"

namespace chatelaine::ui {

SettingsDrafts::SettingsDrafts(Services &services, QObject *parent)
    : QObject(parent)
{
    const credentials::Credentials &heart = services.broker.credentials();
    whenLocked(services, this, [this] { forgetSecrets(); });
    connect(&heart, &credentials::Credentials::accountRemoved, this,
        [this](const QString &accountId) { keep(accountId, {}); });
}

void SettingsDrafts::keep(const QString &accountId, const Draft &draft)
{
    if (draft.isEmpty() || !draft.clientSecret.isEmpty())
        m_lost.remove(accountId);
    if (!draft.isEmpty())
        m_drafts.insert(accountId, draft);
    else if (!m_drafts.remove(accountId))
        return;
    Q_EMIT changed(accountId);
}

void SettingsDrafts::saved(const QString &accountId, const Draft &what)
{
    Draft left = of(accountId);
    for (auto text = what.texts.cbegin(); text != what.texts.cend(); ++text) {
        if (left.texts.value(text.key()) == text.value())
            left.texts.remove(text.key());
    }
    if (left.clientSecret == what.clientSecret)
        left.clientSecret = {};
    keep(accountId, left);
}

void SettingsDrafts::forgetSecrets()
{
    const QStringList accounts = m_drafts.keys();
    for (const QString &accountId : accounts) {
        Draft draft = m_drafts.value(accountId);
        if (draft.clientSecret.isEmpty())
            continue;
        draft.clientSecret = {};
        keep(accountId, draft);
        m_lost.insert(accountId);
        Q_EMIT changed(accountId);
    }
}

} // namespace chatelaine::ui
