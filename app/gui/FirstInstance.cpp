// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/FirstInstance.h"

#include "core/client/BrokerClient.h"

#include <unistd.h>

namespace chatelaine {

namespace {

QString doorOf(const Paths &paths)
{
    return paths.runtimeDir + QStringLiteral("/window.sock");
}

} // namespace

bool FirstInstance::raiseOther(const Paths &paths)
{
    // To have connected is the whole message.
    return client::BrokerClient::connectTo(doorOf(paths)).has_value();
}

Result<void> FirstInstance::listen(const Paths &paths)
{
    Result<std::unique_ptr<broker::ListeningSocket>> bound =
        broker::ListeningSocket::bind(doorOf(paths));
    if (!bound)
        return failure(std::move(bound).error());
    m_socket = std::move(*bound);
    m_notifier = std::make_unique<QSocketNotifier>(m_socket->fd(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        const int visitor = m_socket->accept();
        if (visitor < 0)
            return;
        ::close(visitor);
        Q_EMIT raiseRequested();
    });
    return {};
}

} // namespace chatelaine
