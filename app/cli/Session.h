// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Command.h"
#include "core/client/BrokerLauncher.h"

#include <QJsonObject>

#include <functional>
#include <memory>
#include <variant>

namespace chatelaine::cli {

/// A connection to the broker, and what the person at the terminal sees while a request runs: the
/// progress line, the browser for a sign-in, Ctrl-C.
class Session
{
public:
    /// Called for each notification that the session does not deal with itself.
    using Listener = std::function<void(const QString &method, const QJsonObject &params)>;

    /// Starts the broker where none runs; with --private one of our own, whose one connection
    /// serves for everything.
    static Result<Session> open(const Invocation &invocation,
                                client::Socket which = client::Socket::Control);
    Session(client::BrokerClient broker, bool noBrowser);

    /// Sends the request and waits for its answer. Ctrl-C sends `cancel` and comes back with
    /// Cancelled.
    Result<QJsonObject> call(const QString &method, const QJsonObject &params = {},
                             const Listener &listener = {});
    /// Hands on notifications until Ctrl-C or SIGTERM, which is success, or the broker's end.
    Result<void> listen(const Listener &listener);

private:
    friend class Wait;
    Session(client::PrivateBroker broker, bool noBrowser);
    client::BrokerClient &broker();

    std::variant<client::BrokerClient, std::unique_ptr<client::PrivateBroker>> m_broker;
    bool m_noBrowser;
};

/// Opens a session at the control socket, makes one call and hands its result back.
Result<QJsonObject> ask(const Invocation &invocation, const QString &method,
                        const QJsonObject &params = {});

} // namespace chatelaine::cli
