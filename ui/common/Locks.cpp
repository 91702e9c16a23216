// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Locks.h"

#include "core/broker/Broker.h"
#include "core/vault/Vault.h"

namespace chatelaine::ui {

void whenLocked(const Services &services, QObject *context, std::function<void()> then)
{
    const broker::Broker &broker = services.broker;
    const auto look = [&broker, then = std::move(then)] {
        if (broker.isLocked())
            then();
    };
    QObject::connect(
        &services.broker.credentials(), &credentials::Credentials::lockedChanged, context, look);
    QObject::connect(&services.broker.vault(), &Vault::stateChanged, context, look);
}

} // namespace chatelaine::ui
