// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/LinuxPeerIdentity.h"

#include "core/base/Secret.h"
#include "core/base/Sentence.h"
#include "core/broker/ProcessFacts.h"

#include <QFileInfo>

#include <array>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// asm-generic/socket.h has it from 6.5 on; Debian 12's headers are older than its backported kernels.
#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77
#endif

namespace chatelaine::broker {

namespace {

constexpr int maxAncestors = 32;

tl::unexpected<Error> gone()
{
    return failure(ErrorCode::Refused,
        Sentence::tr("The program that opened this connection has ended, so nobody "
                     "knows who is asking. Connect again."),
        {}, {{QStringLiteral("by"), QStringLiteral("policy")}});
}

bool isSameFile(const FileStamp &a, const FileStamp &b)
{
    return a.inode != 0 && a.inode == b.inode && a.device == b.device;
}

// A process whose /proc we read, and what we found.
struct Look
{
    Ancestor facts;
    qint64 parent = 0;
    QString runs; ///< the executable's path as the kernel has it
    FileStamp file; ///< the executable itself
    bool replaced = false;
    bool elsewhere = false; ///< sees other mounts than we do, or may not be looked at
};

// It is mounted elsewhere at each start; the file it came in stays. What runs is told by its hash.
void nameAppImage(Ancestor &facts, const ProcessDirectory &process)
{
    QByteArray environment = process.read("environ");
    const QString image = appImageOf(facts.exe, environment, process.read("mountinfo"));
    wipe(environment);
    if (image.isEmpty() || ProcessDirectory::fileAt(image).inode == 0)
        return;
    facts.exe = image;
    facts.script.clear();
}

std::optional<Look> lookAt(const ProcessDirectory &process, qint64 pid)
{
    const std::optional<ProcessStat> stat = process.stat();
    if (!stat)
        return std::nullopt;
    static const QString ours = ProcessDirectory(::getpid()).link("ns/mnt");
    Look look;
    look.parent = stat->parent;
    look.facts.pid = pid;
    look.facts.startTime = stat->startTime;
    look.runs = process.link("exe");
    const QString deleted = QStringLiteral(" (deleted)");
    if (look.runs.endsWith(deleted)) {
        look.runs.chop(deleted.size());
        look.replaced = true;
    }
    look.file = process.exeFile();
    look.facts.exe = look.runs;
    look.facts.script = scriptOf(process, look.runs);
    look.elsewhere = process.link("ns/mnt") != ours;
    if (look.elsewhere) {
        // Flatpak wrote that file, and the sandbox can't change it: the whole of it is one program,
        // wherever in it the executable is.
        const QString id = appFromFlatpakInfo(process.read("root/.flatpak-info"));
        if (!id.isEmpty())
            look.facts.package = QStringLiteral("flatpak:") + id;
    }
    if (look.runs.contains(QLatin1StringView("/.mount_")))
        nameAppImage(look.facts, process);
    look.facts.exe = withoutSnapRevision(look.facts.exe);
    look.facts.script = withoutSnapRevision(look.facts.script);
    return look;
}

bool isAlive(int pidfd)
{
    pollfd one {pidfd, POLLIN, 0};
    return ::poll(&one, 1, 0) == 0;
}

class LinuxPeer final : public Peer
{
public:
    LinuxPeer(int pidfd, qint64 pid, uint uid, bool strong, const FileStamp &transparent)
        : m_pidfd(pidfd)
        , m_pid(pid)
        , m_uid(uid)
        , m_strong(strong)
        , m_transparent(transparent)
    {
        m_images.fill(-1);
    }
    ~LinuxPeer() override
    {
        closeImages();
        ::close(m_pidfd);
    }

    qint64 pid() const override { return m_pid; }

    Result<std::shared_ptr<const CallerIdentity>> current() override
    {
        if (m_known && unchanged())
            return m_known;
        Result<std::shared_ptr<const CallerIdentity>> now = evaluate();
        if (!now) {
            m_known.reset();
            closeImages();
            return now;
        }
        if (!m_known || **now != *m_known)
            m_known = *now;
        return m_known;
    }

private:
    // One pread for each: an address space that is gone reads as empty.
    bool unchanged() const
    {
        if (m_images[0] < 0)
            return false;
        for (const int image : m_images) {
            char byte = 0;
            if (image >= 0 && ::pread(image, &byte, 1, 0) != 1)
                return false;
        }
        return true;
    }

    void closeImages()
    {
        for (int &image : m_images) {
            if (image >= 0)
                ::close(image);
            image = -1;
        }
    }

    Result<std::shared_ptr<const CallerIdentity>> evaluate()
    {
        closeImages();
        auto caller = std::make_shared<CallerIdentity>();
        caller->uid = m_uid;
        caller->strong = m_strong;

        // First the images, then the facts: a program that changes in between has an image that no
        // longer reads, and is looked at again at the next request.
        const ProcessDirectory own(m_pid);
        std::array<int, 2> images {own.openImage(), -1};
        std::optional<Look> look = lookAt(own, m_pid);
        bool found = look.has_value();
        bool through = false;
        const quint64 ownStart = found ? look->facts.startTime : 0;
        quint64 youngest = ownStart;
        while (found && caller->chain.size() < maxAncestors) {
            const bool transparent = isSameFile(look->file, m_transparent);
            if (caller->pid == 0 && !transparent) {
                describe(*caller, *look);
                caller->throughCommand = through;
                if (through && images[0] >= 0) {
                    const ProcessDirectory directory(look->facts.pid);
                    images[1] = directory.openImage();
                    if (images[1] < 0) {
                        ::close(images[0]);
                        images[0] = -1;
                    }
                }
            } else if (caller->pid != 0) {
                caller->chain.append(look->facts);
            }
            through = true;
            if (look->parent <= 1)
                break;
            const qint64 parent = look->parent;
            const ProcessDirectory directory(parent);
            look = lookAt(directory, parent);
            // A parent is never younger; a younger one only got its number.
            found = look && look->facts.startTime <= youngest;
            if (found)
                youngest = look->facts.startTime;
        }
        m_images = images;
        // Only now is it sure that what was read was of the peer and not of a later one of its
        // number.
        if (!isAlive(m_pidfd)) {
            closeImages();
            return gone();
        }
        if (caller->pid == 0) {
            // `chatelaine` in a container's shell, or whose parent has ended: a caller without a
            // name, whom no grant by path fits.
            caller->pid = m_pid;
            caller->startTime = ownStart;
            caller->foreign = true;
            caller->strong = false;
            caller->throughCommand = through;
        }
        if (!caller->script.isEmpty())
            caller->lineage.append(caller->exe);
        for (const Ancestor &ancestor : std::as_const(caller->chain))
            caller->lineage.append(ancestor.program());
        return caller;
    }

    static void describe(CallerIdentity &caller, const Look &look)
    {
        caller.pid = look.facts.pid;
        caller.startTime = look.facts.startTime;
        caller.exe = look.facts.exe;
        caller.script = look.facts.script;
        caller.package = look.facts.package;
        const ProcessDirectory process(look.facts.pid);
        caller.cwd = process.link("cwd");
        caller.argv0 = QString::fromLocal8Bit(process.arguments().value(0));
        caller.app = caller.package.isEmpty() ? appFromCgroup(process.read("cgroup"))
                                              : caller.package.section(u':', 1);
        if (caller.script.isEmpty() || !caller.package.isEmpty())
            caller.file = look.file;
        else
            caller.file = ProcessDirectory::fileAt(caller.script);
        const bool ownFile =
            !look.replaced && isSameFile(look.file, ProcessDirectory::fileAt(look.runs));
        caller.foreign = !ownFile && caller.package.isEmpty();
        const bool understood = !look.elsewhere || !caller.package.isEmpty()
            || (ownFile && seesTheSame(process, caller.script));
        caller.strong = caller.strong && understood && !caller.exe.isEmpty();
    }

    static bool seesTheSame(const ProcessDirectory &process, const QString &file)
    {
        return file.isEmpty()
            || isSameFile(process.fileSeenAt(file), ProcessDirectory::fileAt(file));
    }

    int m_pidfd;
    qint64 m_pid;
    uint m_uid;
    bool m_strong;
    FileStamp m_transparent;
    std::array<int, 2> m_images; ///< of the peer, and of the caller behind `chatelaine`
    std::shared_ptr<const CallerIdentity> m_known;
};

} // namespace

LinuxPeerIdentity::LinuxPeerIdentity(Options options)
    : m_options(std::move(options))
{
}

QString LinuxPeerIdentity::ownCommandLine()
{
    const ProcessDirectory self(::getpid());
    return QFileInfo(self.link("exe")).path() + QStringLiteral("/chatelaine");
}

Result<std::unique_ptr<Peer>> LinuxPeerIdentity::identify(int socket)
{
    ucred credentials = {};
    socklen_t length = sizeof(credentials);
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0)
        return gone();
    if (credentials.uid != m_options.ownUid) {
        return failure(ErrorCode::Refused,
            Sentence::tr("This broker serves one user, and you are another. Run your "
                         "own."),
            QStringLiteral("peer uid %1").arg(credentials.uid),
            {{QStringLiteral("by"), QStringLiteral("policy")}});
    }
    int pidfd = -1;
    length = sizeof(pidfd);
    const bool strong = m_options.peerPidfd
        && ::getsockopt(socket, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &length) == 0;
    if (!strong)
        pidfd = static_cast<int>(::syscall(SYS_pidfd_open, credentials.pid, 0));
    if (pidfd < 0)
        return gone();
    // Looked up anew for each connection: an update replaces the file under a running broker.
    auto peer = std::make_unique<LinuxPeer>(pidfd, credentials.pid, credentials.uid, strong,
                                            ProcessDirectory::fileAt(m_options.transparent));
    if (const auto first = peer->current(); !first)
        return failure(first.error());
    return std::unique_ptr<Peer>(std::move(peer));
}

} // namespace chatelaine::broker
