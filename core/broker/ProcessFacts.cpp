// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/broker/ProcessFacts.h"

#include <QFile>
#include <QFileInfo>
#include <QStringList>

#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace chatelaine::broker {

namespace {

// How each family of interpreters reads its arguments. An option that takes its value from the next
// word would otherwise pass that value off as the script.
struct Family
{
    const char *name;
    const char *valueOptions; ///< take the next word, separated by spaces
    const char *inlineOptions; ///< mean that there is no script
    const char *subcommands; ///< a leading word to step over
};

constexpr Family families[] = {
    {"python", "-W -X --check-hash-based-pycs", "-c -m", ""},
    {"pypy", "-W -X", "-c -m", ""},
    {"node", "-r --require --import --loader --experimental-loader -C --conditions --env-file "
             "--input-type --title --icu-data-dir",
     "-e --eval -p --print -pe -i --interactive", ""},
    {"bun", "-r --preload --cwd --config -c --env-file", "-e --eval -p --print", "run"},
    {"deno", "-c --config --import-map --lock --cert --location --seed -r --preload", "-e --eval",
     "run serve"},
    {"ruby", "-I -r -C -E -x", "-e", ""},
    {"perl", "-I", "-e -E", ""},
    {"php", "-c -d -z", "-r -B -R -E -a", ""},
    {"lua", "-l", "-e -i", ""},
    {"Rscript", "", "-e", ""},
    {"tclsh", "", "", ""},
    {"java", "-cp -classpath --class-path -p --module-path", "-m --module", ""},
    {"bash", "-o +o -O +O --rcfile --init-file", "-c -s", ""},
    {"dash", "-o +o", "-c -s", ""},
    {"zsh", "-o +o", "-c -s", ""},
    {"ksh", "-o +o", "-c -s", ""},
    {"fish", "-C --init-command -d --debug --profile", "-c --command", ""},
    {"busybox", "-o +o", "-c -s", "sh ash"},
    {"sh", "-o +o", "-c -s", ""},
};

// Only of regular files: nothing else is a program.
FileStamp stampFrom(const struct stat &info)
{
    constexpr qint64 second = 1'000'000'000;
    if (!S_ISREG(info.st_mode))
        return {};
    return {info.st_dev, info.st_ino, info.st_size,
            info.st_mtim.tv_sec * second + info.st_mtim.tv_nsec,
            info.st_ctim.tv_sec * second + info.st_ctim.tv_nsec};
}

bool listed(const char *list, const QByteArray &word)
{
    return QByteArray(list).split(' ').contains(word);
}

// "python3.11", "ruby3.1", "lua5.4", "nodejs": the family's name and then no other word.
const Family *familyOf(const QString &exe)
{
    const QByteArray name = QFile::encodeName(exe.mid(exe.lastIndexOf(u'/') + 1));
    for (const Family &family : families) {
        if (!name.startsWith(family.name))
            continue;
        const QByteArray rest = name.mid(qstrlen(family.name));
        const auto isVersion = [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-'; };
        if (rest == "js" || rest == "-static" || std::all_of(rest.begin(), rest.end(), isVersion))
            return &family;
    }
    return nullptr;
}

// Shells take options in bunches: -lc, -euo pipefail.
bool isShell(const Family &family)
{
    return QByteArray(family.name).endsWith("sh") || QByteArray(family.name) == "busybox";
}

QString unescapeUnit(const QByteArray &name)
{
    QByteArray plain;
    for (qsizetype i = 0; i < name.size(); ++i) {
        bool ok = false;
        const int code = name.mid(i, 2) == "\\x" ? name.mid(i + 2, 2).toInt(&ok, 16) : 0;
        if (ok) {
            plain.append(static_cast<char>(code));
            i += 3;
        } else {
            plain.append(name.at(i));
        }
    }
    return QString::fromUtf8(plain);
}

} // namespace

std::optional<ProcessStat> parseStat(QByteArrayView stat)
{
    const qsizetype end = stat.lastIndexOf(')');
    if (end < 0 || end + 2 > stat.size())
        return std::nullopt;
    // From the third field on: state, parent, … ; the start time is field 22.
    const QList<QByteArray> fields = stat.sliced(end + 2).toByteArray().split(' ');
    if (fields.size() < 20)
        return std::nullopt;
    bool parentOk = false;
    bool startOk = false;
    const ProcessStat result {fields.at(1).toLongLong(&parentOk),
                              fields.at(19).toULongLong(&startOk)};
    return parentOk && startOk ? std::optional(result) : std::nullopt;
}

QString appFromCgroup(QByteArrayView cgroup)
{
    const QList<QByteArray> lines = cgroup.toByteArray().split('\n');
    QByteArray path;
    for (const QByteArray &line : lines) {
        if (line.startsWith("0::"))
            path = line.mid(3);
    }
    const QByteArray unit = path.mid(path.lastIndexOf('/') + 1);
    const qsizetype dot = unit.lastIndexOf('.');
    const QByteArray kind = unit.mid(dot + 1);
    if (dot <= 0 || (kind != "scope" && kind != "service"))
        return {};
    QByteArray name = unit.left(dot);
    if (name.startsWith("snap.")) {
        const qsizetype dash = name.indexOf('-', name.indexOf('.', 5) + 1);
        return unescapeUnit(dash > 0 ? name.left(dash) : name);
    }
    if (!name.startsWith("app-"))
        return unescapeUnit(unit);
    // app[-<launcher>]-<id>-<random>.scope, app[-<launcher>]-<id>[@<random>].service; a dash inside
    // a part is escaped.
    if (const qsizetype at = name.indexOf('@'); at >= 0)
        name.truncate(at);
    QList<QByteArray> parts = name.split('-');
    parts.removeFirst();
    if (kind == "scope" && parts.size() > 1)
        parts.removeLast();
    return parts.isEmpty() ? QString() : unescapeUnit(parts.constLast());
}

QString appFromFlatpakInfo(QByteArrayView info)
{
    bool inApplication = false;
    const QList<QByteArray> lines = info.toByteArray().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith('['))
            inApplication = line.trimmed() == "[Application]";
        else if (inApplication && line.startsWith("name="))
            return QString::fromUtf8(line.mid(5).trimmed());
    }
    return {};
}

QByteArray unescapeMount(const QByteArray &field)
{
    QByteArray plain;
    for (qsizetype i = 0; i < field.size(); ++i) {
        bool ok = false;
        const int code = field.at(i) == '\\' ? field.mid(i + 1, 3).toInt(&ok, 8) : 0;
        plain.append(ok ? static_cast<char>(code) : field.at(i));
        i += ok ? 3 : 0;
    }
    return plain;
}

QString appImageOf(const QString &exe, QByteArrayView environment, QByteArrayView mountinfo)
{
    // Nothing but the one word is copied: there may be secrets around it.
    const QByteArrayView variable = "APPIMAGE=/";
    qsizetype at = environment.indexOf(variable);
    while (at > 0 && environment.at(at - 1) != '\0')
        at = environment.indexOf(variable, at + 1);
    if (at < 0)
        return {};
    const QByteArrayView rest = environment.sliced(at + variable.size() - 1);
    const qsizetype end = rest.indexOf('\0');
    const QByteArray file = (end < 0 ? rest : rest.first(end)).toByteArray();
    const QByteArray runs = QFile::encodeName(exe);
    const QByteArray name = file.mid(file.lastIndexOf('/') + 1);
    QByteArray longest;
    bool isIts = false;
    const QList<QByteArray> lines = mountinfo.toByteArray().split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype dash = line.indexOf(" - ");
        const QByteArray point = unescapeMount(line.split(' ').value(4)) + '/';
        if (dash < 0 || !runs.startsWith(point) || point.size() < longest.size())
            continue;
        const QList<QByteArray> behind = line.mid(dash + 3).split(' ');
        const QByteArray source = unescapeMount(behind.value(1));
        longest = point;
        isIts = behind.value(0).startsWith("fuse.")
            && source.mid(source.lastIndexOf('/') + 1) == name;
    }
    return isIts ? QFile::decodeName(file) : QString();
}

QString withoutSnapRevision(const QString &path, const QString &snaps)
{
    if (!path.startsWith(snaps))
        return path;
    const qsizetype name = path.indexOf(u'/', snaps.size());
    const qsizetype revision = name < 0 ? -1 : path.indexOf(u'/', name + 1);
    if (revision < 0)
        return path;
    const QString current = path.first(name) + QStringLiteral("/current");
    if (QFile::symLinkTarget(current) != path.first(revision))
        return path;
    return current + path.sliced(revision);
}

bool isInterpreter(const QString &exe)
{
    return familyOf(exe) != nullptr;
}

QString scriptArgument(const QString &exe, const QList<QByteArray> &argv)
{
    const Family *const family = familyOf(exe);
    if (!family)
        return {};
    bool subcommandSeen = false;
    for (qsizetype i = 1; i < argv.size(); ++i) {
        const QByteArray &word = argv.at(i);
        if (word == "--")
            return i + 1 < argv.size() ? QFile::decodeName(argv.at(i + 1)) : QString();
        if (word == "-" || listed(family->inlineOptions, word))
            return {};
        if (qstrcmp(family->name, "java") == 0 && word == "-jar")
            return i + 1 < argv.size() ? QFile::decodeName(argv.at(i + 1)) : QString();
        if (listed(family->valueOptions, word)) {
            ++i;
            continue;
        }
        if (word.startsWith('-') || word.startsWith('+')) {
            const bool bunch = word.size() > 2 && word.at(1) != '-';
            if (bunch && isShell(*family)) {
                if (word.contains('c') || word.contains('s'))
                    return {};
                if (word.endsWith('o') || word.endsWith('O'))
                    ++i;
            } else if (bunch) {
                // python3 -Ic "…", perl -ne '…'; a value that is joined to its option stays whole.
                for (const QByteArray &option : QByteArray(family->inlineOptions).split(' ')) {
                    if (option.size() == 2 && word.endsWith(option.at(1))
                        && !listed(family->valueOptions, word.left(2))) {
                        return {};
                    }
                }
            }
            continue;
        }
        if (!subcommandSeen && listed(family->subcommands, word)) {
            subcommandSeen = true;
            continue;
        }
        // A class name is no file; java runs single source files too.
        return QFile::decodeName(word);
    }
    return {};
}

ProcessDirectory::ProcessDirectory(qint64 pid)
    : m_fd(::open(("/proc/" + QByteArray::number(pid)).constData(),
                  O_PATH | O_DIRECTORY | O_CLOEXEC))
{
}

ProcessDirectory::~ProcessDirectory()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

std::optional<ProcessStat> ProcessDirectory::stat() const
{
    return parseStat(read("stat"));
}

QString ProcessDirectory::link(const char *name) const
{
    std::array<char, PATH_MAX> target;
    const ssize_t length = ::readlinkat(m_fd, name, target.data(), target.size());
    return length > 0 ? QFile::decodeName(QByteArray(target.data(), length)) : QString();
}

QList<QByteArray> ProcessDirectory::arguments() const
{
    QByteArray line = read("cmdline");
    if (line.endsWith('\0'))
        line.chop(1);
    return line.isEmpty() ? QList<QByteArray>() : line.split('\0');
}

QByteArray ProcessDirectory::read(const char *name) const
{
    const int fd = ::openat(m_fd, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return {};
    constexpr qsizetype most = 64 * 1024;
    QByteArray bytes;
    std::array<char, 4096> chunk;
    while (bytes.size() < most) {
        const ssize_t count = ::read(fd, chunk.data(), chunk.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        bytes.append(chunk.data(), count);
    }
    ::close(fd);
    return bytes;
}

FileStamp ProcessDirectory::exeFile() const
{
    struct stat info = {};
    return ::fstatat(m_fd, "exe", &info, 0) == 0 ? stampFrom(info) : FileStamp {};
}

FileStamp ProcessDirectory::fileSeenAt(const QString &path) const
{
    struct stat info = {};
    const QByteArray name = "root" + QFile::encodeName(path);
    return ::fstatat(m_fd, name.constData(), &info, 0) == 0 ? stampFrom(info) : FileStamp {};
}

FileStamp ProcessDirectory::fileAt(const QString &path)
{
    struct stat info = {};
    return !path.isEmpty() && ::stat(QFile::encodeName(path).constData(), &info) == 0
        ? stampFrom(info)
        : FileStamp {};
}

FileStamp ProcessDirectory::stampOf(int fd)
{
    struct stat info = {};
    return ::fstat(fd, &info) == 0 ? stampFrom(info) : FileStamp {};
}

int ProcessDirectory::openImage() const
{
    // An open "environ" belongs to the address space, not to the number: after an execve or the end
    // of the process it reads as empty. One byte is read and thrown away.
    const int fd = ::openat(m_fd, "environ", O_RDONLY | O_CLOEXEC);
    char byte = 0;
    if (fd >= 0 && ::pread(fd, &byte, 1, 0) != 1) {
        ::close(fd);
        return -1;
    }
    return fd;
}

QString scriptPathOf(const ProcessDirectory &process, const QString &exe)
{
    if (!isInterpreter(exe))
        return {};
    const QString word = scriptArgument(exe, process.arguments());
    if (word.isEmpty())
        return {};
    return word.startsWith(u'/') ? word : process.link("cwd") + u'/' + word;
}

QString regularFile(const QString &path)
{
    const QFileInfo file(path);
    return file.isFile() ? file.canonicalFilePath() : QString();
}

} // namespace chatelaine::broker
