// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Hardening.h"

#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

const char magic[] = "what nobody may see";

void becomeSomebody()
{
    constexpr uid_t nobody = 65534;
    if (::geteuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0))
        ::_exit(2);
}

/// A child of this process reads the memory of its own child, as gdb would that started it: 0 when
/// it can, 1 when it can not. Neither of them is root.
int readMemoryOfAProcess(bool hardened)
{
    const pid_t reader = ::fork();
    if (reader == 0) {
        becomeSomebody();
        int ready[2] = {-1, -1};
        if (::pipe(ready) != 0)
            ::_exit(2);
        const pid_t target = ::fork();
        if (target == 0) {
            // A change of the user id has made it private already.
            ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
            if (hardened)
                chatelaine::broker::harden();
            [[maybe_unused]] const ssize_t told = ::write(ready[1], "1", 1);
            ::pause();
            ::_exit(0);
        }
        char byte = 0;
        if (::read(ready[0], &byte, 1) != 1)
            ::_exit(2);
        const std::string path = "/proc/" + std::to_string(target) + "/mem";
        char seen[sizeof magic] = {};
        const int memory = ::open(path.c_str(), O_RDONLY);
        const bool read = memory >= 0
            && ::pread(memory, seen, sizeof seen, reinterpret_cast<off_t>(magic)) == sizeof seen
            && std::string_view(seen) == magic;
        ::kill(target, SIGKILL);
        ::_exit(read ? 0 : 1);
    }
    int status = 0;
    ::waitpid(reader, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

} // namespace

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

    void anotherProcessOfTheUserCanNotLook()
    {
        QCOMPARE(readMemoryOfAProcess(false), 0);
        QCOMPARE(readMemoryOfAProcess(true), 1);
    }
};

QTEST_GUILESS_MAIN(HardeningTest)
#include "HardeningTest.moc"
