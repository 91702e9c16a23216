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
    Result<client::BrokerClient> door = client::BrokerClient::connectTo(doorOf(paths));
    return door && door->send(QStringLiteral("raise"));
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
        if (const int visitor = m_socket->accept(); visitor >= 0)
            listenTo(visitor);
    });
    return {};
}

void FirstInstance::listenTo(int visitor)
{
    auto *word = new QSocketNotifier(visitor, QSocketNotifier::Read, this);
    connect(word, &QSocketNotifier::activated, this, [this, word, visitor] {
        char any = 0;
        const bool knocked = ::read(visitor, &any, 1) == 1;
        word->setEnabled(false);
        word->deleteLater();
        ::close(visitor);
        if (knocked)
            Q_EMIT raiseRequested();
    });
}

} // namespace chatelaine
