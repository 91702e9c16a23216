// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Lookout.h"
#include "core/broker/PeerIdentity.h"

namespace chatelaine::broker {

/// SO_PEERPIDFD (kernel 6.5) and /proc. Without the former SO_PEERCRED and pidfd_open, and the
/// identity is marked weak. `transparent` is our own command line program: the caller is then the
/// nearest ancestor that is another program (docs/broker-protocol.md, "Who the caller is").
class LinuxPeerIdentity : public PeerIdentity
{
public:
    struct Options
    {
        QString transparent; ///< path; empty: none
        uint ownUid; ///< whose processes may come
        bool peerPidfd = true; ///< false: do as an older kernel does
        std::shared_ptr<Lookout> lookout = {}; ///< none: one of its own
    };

    explicit LinuxPeerIdentity(Options options);

    Result<std::unique_ptr<Peer>> identify(int socket) override;

    /// The command line program beside the running executable.
    static QString ownCommandLine();

private:
    Options m_options;
};

} // namespace chatelaine::broker
