// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace chatelaine::broker {

/// What the process gives up before it holds a secret: core dumps and being read by others
/// (PR_SET_DUMPABLE, RLIMIT_CORE), files open to others (umask), death by SIGPIPE. And takes as
/// many descriptors as it may, since each client costs a few.
void harden();

} // namespace chatelaine::broker
