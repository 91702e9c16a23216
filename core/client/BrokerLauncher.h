// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Paths.h"
#include "core/client/BrokerClient.h"

#include <sys/types.h>

namespace chatelaine::client {

enum class Socket { Borrow, Control };

/// The broker of the same data: at `paths`, or, where it was started with another runtime directory,
/// at the one that it has written down. Fails with BrokerUnavailable when none runs.
Result<BrokerClient> connectToRunning(const Paths &paths, Socket which);

/// Connects to the user's broker and starts one (`chatelaine-broker --on-demand`) when none is
/// there. Any number of programs may do so at once; one broker comes of it. Fails with
/// BrokerUnavailable, or with the sentence the broker gave for not starting.
Result<BrokerClient> connectOrStart(const Paths &paths, Socket which);

/// A broker of one's own that keeps everything in memory and ends with the connection.
class PrivateBroker
{
public:
    /// The connection has the rights of the control socket.
    static Result<PrivateBroker> start();

    PrivateBroker(PrivateBroker &&other) noexcept;
    PrivateBroker &operator=(PrivateBroker &&) = delete;
    /// Closes the connection and waits until the process is gone, two seconds at most before it is
    /// killed: its callback port is free again afterwards.
    ~PrivateBroker();

    BrokerClient &client() { return m_client; }
    pid_t pid() const { return m_pid; }

private:
    PrivateBroker(BrokerClient client, pid_t pid);
    BrokerClient m_client;
    pid_t m_pid;
};

/// chatelaine-broker beside our own executable, else in PATH; empty when it is in neither place.
QString brokerProgram();

} // namespace chatelaine::client
