// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Hardening.h"

#include <QTest>

#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

/// What the broker's main() does before anything else, done to this process.
class HardeningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyReadsOurMemory()
    {
        QCOMPARE(::prctl(PR_GET_DUMPABLE), 1);
        chatelaine::broker::harden();
        QCOMPARE(::prctl(PR_GET_DUMPABLE), 0);
        rlimit cores{1, 1};
        QCOMPARE(::getrlimit(RLIMIT_CORE, &cores), 0);
        QCOMPARE(cores.rlim_cur, rlim_t(0));
        QCOMPARE(cores.rlim_max, rlim_t(0));
        QCOMPARE(::umask(0077), mode_t(0077));
        QVERIFY(std::signal(SIGPIPE, SIG_IGN) == SIG_IGN);
    }
};

QTEST_GUILESS_MAIN(HardeningTest)
#include "HardeningTest.moc"
