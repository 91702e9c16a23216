// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/LockSwitch.h"

#include "core/broker/Broker.h"
#include "ui/common/Words.h"

#include <QPointer>

namespace chatelaine::ui {

LockSwitch::LockSwitch(Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
    connect(&services.broker.vault(), &Vault::stateChanged, this, &LockSwitch::changed);
    connect(&services.broker.credentials(), &credentials::Credentials::lockedChanged, this,
        &LockSwitch::changed);
}

bool LockSwitch::isLocked() const
{
    return m_services.broker.isLocked();
}

void LockSwitch::toggle()
{
    if (m_busy)
        return;
    const Vault &vault = m_services.broker.vault();
    if (isLocked() && vault.kind() == Vault::Kind::EncryptedFile
        && vault.state() != Vault::State::Open)
        Q_EMIT passphraseWanted();
    else
        run(!isLocked());
}

void LockSwitch::run(bool lock)
{
    const auto work = [](QPointer<LockSwitch> self, broker::Broker &broker,
                          bool toLocked) -> Task<void> {
        const audit::ClientFacts me = windowFacts();
        const Secret none;
        const std::stop_token never;
        Result<void> done;
        if (toLocked)
            done = co_await broker.lock(me);
        else
            done = co_await broker.unlock(none, me, never);
        if (self)
            self->finish(done);
    };
    m_busy = true;
    Q_EMIT changed();
    detach(work(this, m_services.broker, lock));
}

void LockSwitch::finish(const Result<void> &done)
{
    m_busy = false;
    Q_EMIT changed();
    if (!done)
        Q_EMIT failed(errorTitle(done.error()), done.error().message);
}

} // namespace chatelaine::ui
