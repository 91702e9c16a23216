// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Hardening.h"

#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace chatelaine::broker {

void harden()
{
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    const rlimit none {0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::umask(0077);
    std::signal(SIGPIPE, SIG_IGN);
    rlimit files {};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
}

} // namespace chatelaine::broker
