// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/ProcessUse.h"

#include <dirent.h>
#include <fstream>
#include <malloc.h>
#include <unistd.h>

namespace chatelaine::broker {

QJsonObject processUse()
{
    QJsonObject use;
    std::ifstream statm("/proc/self/statm");
    qint64 total = 0;
    qint64 resident = 0;
    if (statm >> total >> resident)
        use.insert(QStringLiteral("resident_kib"), resident * (::sysconf(_SC_PAGESIZE) / 1024));
    statm.close();
    const struct mallinfo2 heap = ::mallinfo2();
    use.insert(
        QStringLiteral("heap_kib"), static_cast<qint64>((heap.uordblks + heap.hblkhd) / 1024));
    if (DIR *const directory = ::opendir("/proc/self/fd")) {
        qint64 entries = 0;
        while (::readdir(directory))
            ++entries;
        ::closedir(directory);
        // Not "." and "..", and not the one that was open to look.
        use.insert(QStringLiteral("descriptors"), entries - 3);
    }
    return use;
}

} // namespace chatelaine::broker
