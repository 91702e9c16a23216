// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/LinuxPeerIdentity.h"

#include "core/base/Secret.h"
#include "core/base/Sentence.h"
#include "core/broker/ProcessFacts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <cerrno>
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

tl::unexpected<Error> another()
{
    return failure(ErrorCode::Refused,
        Sentence::tr("The program that opened this connection has become another one. Connect "
                     "again."),
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
    bool inVain = false; ///< something of it is on a file system that hangs
};

using Directory = std::shared_ptr<const ProcessDirectory>;

// Looks at what a process has chosen: in a thread where it may hang, as with mounts of its own, of
// which we know nothing.
class Gaze
{
public:
    Gaze(Lookout &lookout, const Directory &process, bool elsewhere)
        : m_lookout(lookout)
        , m_where(elsewhere ? QFile::encodeName(process->link("ns/mnt")) : QByteArray())
    { }

    template <typename Work>
    std::invoke_result_t<Work &> at(
        const QString &path, Work work, std::invoke_result_t<Work &> otherwise = {})
    {
        auto answer = m_where.isEmpty() ? m_lookout.look(path, std::move(work))
                                        : m_lookout.lookInTime(m_where, std::move(work));
        m_inVain = m_inVain || !answer;
        return std::move(answer).value_or(std::move(otherwise));
    }
    FileStamp fileAt(const QString &path)
    {
        if (path.isEmpty())
            return {};
        return at(path, [path] { return ProcessDirectory::fileAt(path); });
    }
    bool inVain() const { return m_inVain; }

private:
    Lookout &m_lookout;
    QByteArray m_where;
    bool m_inVain = false;
};

// It is mounted elsewhere at each start; the file it came in stays. What runs is told by its hash.
void nameAppImage(Ancestor &facts, const ProcessDirectory &process, Gaze &gaze)
{
    QByteArray environment = process.read("environ");
    const QString image = appImageOf(facts.exe, environment, process.read("mountinfo"));
    wipe(environment);
    if (image.isEmpty() || gaze.fileAt(image).inode == 0)
        return;
    facts.exe = image;
    facts.script.clear();
}

std::optional<Look> lookAt(const Directory &directory, qint64 pid, Lookout &lookout)
{
    const ProcessDirectory &process = *directory;
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
    look.facts.exe = look.runs;
    look.elsewhere = process.link("ns/mnt") != ours;
    Gaze gaze(lookout, directory, look.elsewhere);
    look.file = gaze.at(look.runs, [directory] { return directory->exeFile(); });
    // One whose file hangs is named all the same: what denies it must not become what its
    // interpreter may.
    if (const QString script = scriptPathOf(process, look.runs); !script.isEmpty()) {
        look.facts.script = gaze.at(
            script, [script] { return regularFile(script); }, QDir::cleanPath(script));
    }
    if (look.elsewhere) {
        // Flatpak wrote that file, and the sandbox can't change it: the whole of it is one program,
        // wherever in it the executable is.
        const QString id = appFromFlatpakInfo(
            gaze.at({}, [directory] { return directory->read("root/.flatpak-info"); }));
        if (!id.isEmpty())
            look.facts.package = QStringLiteral("flatpak:") + id;
    }
    if (look.runs.contains(QLatin1StringView("/.mount_")))
        nameAppImage(look.facts, process, gaze);
    look.facts.exe = withoutSnapRevision(look.facts.exe);
    look.facts.script = withoutSnapRevision(look.facts.script);
    look.inVain = gaze.inVain();
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
    LinuxPeer(int pidfd, qint64 pid, uint uid, bool strong, const FileStamp &transparent,
        std::shared_ptr<Lookout> lookout)
        : m_pidfd(pidfd)
        , m_pid(pid)
        , m_uid(uid)
        , m_strong(strong)
        , m_transparent(transparent)
        , m_lookout(std::move(lookout))
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
        const bool same = unchanged();
        if (m_known && !m_inVain && same)
            return m_known;
        Result<std::shared_ptr<const CallerIdentity>> now = evaluate();
        if (now && m_first && !same && isAnother(**now))
            now = another();
        if (!now) {
            m_known.reset();
            closeImages();
            return now;
        }
        if (!m_known || **now != *m_known)
            m_known = *now;
        if (!m_first || same)
            m_first = m_known;
        return m_known;
    }

private:
    // What one program began and another goes on with belongs to neither. One that has lost its
    // name has none to borrow by.
    bool isAnother(const CallerIdentity &now) const
    {
        return !now.program().isEmpty()
            && (now.pid != m_first->pid || now.startTime != m_first->startTime
                || now.exe != m_first->exe || now.program() != m_first->program()
                || now.file.inode != m_first->file.inode
                || now.file.device != m_first->file.device);
    }

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
        m_inVain = false;
        auto caller = std::make_shared<CallerIdentity>();
        caller->uid = m_uid;
        caller->strong = m_strong;

        // First the images, then the facts: a program that changes in between has an image that no
        // longer reads, and is looked at again at the next request.
        const auto own = std::make_shared<const ProcessDirectory>(m_pid);
        std::array<int, 2> images{own->openImage(), -1};
        std::optional<Look> look = lookAt(own, m_pid, *m_lookout);
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
            const auto directory = std::make_shared<const ProcessDirectory>(parent);
            look = lookAt(directory, parent, *m_lookout);
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

    void describe(CallerIdentity &caller, const Look &look)
    {
        caller.pid = look.facts.pid;
        caller.startTime = look.facts.startTime;
        caller.exe = look.facts.exe;
        caller.script = look.facts.script;
        caller.package = look.facts.package;
        const auto directory = std::make_shared<const ProcessDirectory>(look.facts.pid);
        const ProcessDirectory &process = *directory;
        Gaze gaze(*m_lookout, directory, look.elsewhere);
        caller.cwd = process.link("cwd");
        caller.argv0 = QString::fromLocal8Bit(process.arguments().value(0));
        caller.app = caller.package.isEmpty() ? appFromCgroup(process.read("cgroup"))
                                              : caller.package.section(u':', 1);
        if (caller.script.isEmpty() || !caller.package.isEmpty())
            caller.file = look.file;
        else
            caller.file = gaze.fileAt(caller.script);
        const bool ownFile = !look.replaced && isSameFile(look.file, gaze.fileAt(look.runs));
        caller.foreign = !ownFile && caller.package.isEmpty();
        const bool understood = !look.elsewhere || !caller.package.isEmpty()
            || (ownFile && seesTheSame(directory, caller.script, gaze));
        m_inVain = look.inVain || gaze.inVain();
        // What is hashed is the script, or what runs: an AppImage's is not the file that names it.
        caller.slowFile = look.elsewhere || !m_lookout->slowMount(look.runs).isEmpty()
            || !m_lookout->slowMount(caller.program()).isEmpty();
        caller.strong = caller.strong && understood && !m_inVain && !caller.exe.isEmpty();
    }

    static bool seesTheSame(const Directory &process, const QString &file, Gaze &gaze)
    {
        return file.isEmpty()
            || isSameFile(gaze.at(file, [process, file] { return process->fileSeenAt(file); }),
                gaze.fileAt(file));
    }

    int m_pidfd;
    qint64 m_pid;
    uint m_uid;
    bool m_strong;
    FileStamp m_transparent;
    std::shared_ptr<Lookout> m_lookout;
    bool m_inVain = false; ///< what is known is not all: look again at the next request
    std::array<int, 2> m_images; ///< of the peer, and of the caller behind `chatelaine`
    std::shared_ptr<const CallerIdentity> m_known;
    std::shared_ptr<const CallerIdentity> m_first; ///< who connected
};

} // namespace

LinuxPeerIdentity::LinuxPeerIdentity(Options options)
    : m_options(std::move(options))
{
    if (!m_options.lookout)
        m_options.lookout = std::make_shared<Lookout>();
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
    // A kernel that knows the option fails where the process has been reaped: its number may be
    // another's by now.
    if (!strong && m_options.peerPidfd && errno != ENOPROTOOPT && errno != EOPNOTSUPP)
        return gone();
    if (!strong)
        pidfd = static_cast<int>(::syscall(SYS_pidfd_open, credentials.pid, 0));
    if (pidfd < 0)
        return gone();
    // Looked up anew for each connection: an update replaces the file under a running broker.
    auto peer = std::make_unique<LinuxPeer>(pidfd, credentials.pid, credentials.uid, strong,
        ProcessDirectory::fileAt(m_options.transparent), m_options.lookout);
    if (const auto first = peer->current(); !first)
        return failure(first.error());
    return std::unique_ptr<Peer>(std::move(peer));
}

} // namespace chatelaine::broker
