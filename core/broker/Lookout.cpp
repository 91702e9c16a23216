// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/Lookout.h"

#include "core/broker/ProcessFacts.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace chatelaine::broker {

namespace {

bool mayHang(const QByteArray &type)
{
    static const QSet<QByteArray> known{"9p", "afs", "autofs", "ceph", "cifs", "coda", "davfs",
        "gfs2", "lustre", "nfs", "nfs4", "ocfs2", "orangefs", "prl_fs", "smb3", "smbfs", "vboxsf",
        "virtiofs"};
    return known.contains(type) || type.startsWith("fuse");
}

} // namespace

QSet<QByteArray> mountsThatMayHang(QByteArrayView mountinfo)
{
    QSet<QByteArray> points;
    const QList<QByteArray> lines = mountinfo.toByteArray().split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype dash = line.indexOf(" - ");
        if (dash >= 0 && mayHang(line.mid(dash + 3).split(' ').value(0)))
            points.insert(unescapeMount(line.split(' ').value(4)));
    }
    return points;
}

Lookout::Lookout(const QString &mountinfo)
    : m_fd(::open(QFile::encodeName(mountinfo).constData(), O_RDONLY | O_CLOEXEC))
{
    readMounts();
}

Lookout::~Lookout()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

void Lookout::readMounts()
{
    QByteArray all;
    std::array<char, 16 * 1024> chunk;
    for (off_t at = 0;;) {
        const ssize_t count = ::pread(m_fd, chunk.data(), chunk.size(), at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        all.append(chunk.data(), count);
        at += count;
    }
    m_slow = mountsThatMayHang(all);
}

QByteArray Lookout::slowMount(const QString &path)
{
    constexpr int mostLinks = 40; // as path_resolution(7) has it
    // proc(5): a change of the mounts is POLLPRI, until it is read.
    pollfd changed{m_fd, POLLPRI, 0};
    if (::poll(&changed, 1, 0) == 1 && (changed.revents & (POLLPRI | POLLERR)))
        readMounts();
    if (m_slow.isEmpty())
        return {};
    QByteArray at;
    QList<QByteArray> rest = QFile::encodeName(path).split('/');
    for (int links = 0; !rest.isEmpty();) {
        const QByteArray name = rest.takeFirst();
        if (name.isEmpty() || name == ".")
            continue;
        if (name == "..") {
            at.truncate(std::max<qsizetype>(at.lastIndexOf('/'), 0));
            continue;
        }
        const QByteArray next = at + '/' + name;
        if (m_slow.contains(next))
            return next;
        std::array<char, PATH_MAX> target;
        const ssize_t length = ::readlink(next.constData(), target.data(), target.size());
        if (length <= 0 || ++links > mostLinks) {
            at = next;
            continue;
        }
        // proc(5): /proc/PID/root and its like lead where their text does not.
        if (at.startsWith("/proc/"))
            return next;
        const QByteArray link(target.data(), length);
        if (link.startsWith('/'))
            at.clear();
        rest = link.split('/') + rest;
    }
    return {};
}

bool Lookout::isHanging(const QByteArray &where) const
{
    const auto slow = m_waitedFor.constFind(where);
    return slow != m_waitedFor.cend()
        && (!*slow->over || std::chrono::steady_clock::now() < slow->notBefore);
}

void Lookout::noteWait(
    const QByteArray &where, Time since, std::shared_ptr<std::atomic<bool>> over)
{
    using namespace std::chrono_literals;
    const Time now = std::chrono::steady_clock::now();
    if (now - since < 5ms)
        return;
    Slow &slow = m_waitedFor[where];
    slow.over = std::move(over);
    if (now - slow.since > 10s)
        slow = {slow.over, since, 0ns, {}, 0s};
    slow.waited += now - since;
    if (slow.waited < longest)
        return;
    slow.pause = std::clamp(2 * slow.pause, 1s, 60s);
    slow.notBefore = now + slow.pause;
    slow.since = slow.notBefore;
    slow.waited = 0ns;
}

} // namespace chatelaine::broker
