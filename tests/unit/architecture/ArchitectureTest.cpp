// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

QString source()
{
    return qEnvironmentVariable("CHATELAINE_SOURCE");
}

QString contents(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s can't be read", qPrintable(path));
    return QString::fromUtf8(file.readAll());
}

/// The table under "Which room may use which".
QMap<QString, QSet<QString>> allowedByTheDrawing()
{
    QMap<QString, QSet<QString>> allowed;
    const QString text = contents(source() + QStringLiteral("/docs/architecture.md"));
    static const QRegularExpression row(QStringLiteral("^\\| ([a-z/]+) \\| ([a-z/, –]+) \\|$"),
        QRegularExpression::MultilineOption);
    for (const QRegularExpressionMatch &match : row.globalMatch(text)) {
        if (match.captured(1) == QStringLiteral("room"))
            continue; // the table's head
        QSet<QString> uses;
        for (const QString &one : match.captured(2).split(QStringLiteral(", "))) {
            if (one != QStringLiteral("–"))
                uses.insert(one);
        }
        allowed.insert(match.captured(1), uses);
    }
    return allowed;
}

/// "core/net/HttpClient.h" is in the room net, "app/cli/main.cpp" in app/cli, "ui/…" in ui.
QString roomOf(const QString &path)
{
    const QStringList parts = path.split(u'/');
    if (parts.size() < 2)
        return {};
    if (parts.first() == QStringLiteral("core"))
        return parts.at(1);
    if (parts.first() == QStringLiteral("app"))
        return QStringLiteral("app/") + parts.at(1);
    return parts.first();
}

/// "ui/servers/AddPage.cpp" is in ui/servers; what is not in a folder of ui is nowhere.
QString partOfWindows(const QString &path)
{
    const QStringList parts = path.split(u'/');
    return parts.size() == 3 && parts.first() == QStringLiteral("ui")
        ? parts.first() + u'/' + parts.at(1)
        : QString();
}

QStringList sourcesUnder(const QStringList &tops)
{
    QStringList paths;
    for (const QString &top : tops) {
        QDirIterator files(source() + u'/' + top, {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
            QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            paths.append(files.next());
    }
    return paths;
}

const QString awaited = QStringLiteral("co_await ");

QString withoutComments(QString text)
{
    static const QRegularExpression comment(QStringLiteral("//[^\n]*"));
    return text.remove(comment);
}

/// From there to the end of the expression: a ';' or a bracket that was not opened in it.
QString expressionAt(const QString &text, qsizetype from)
{
    int depth = 0;
    qsizetype to = from;
    for (; to < text.size(); ++to) {
        const QChar c = text.at(to);
        if (c == u'(' || c == u'[' || c == u'{')
            ++depth;
        else if ((c == u')' || c == u']' || c == u'}') && --depth < 0)
            break;
        else if (c == u';' && depth == 0)
            break;
    }
    return text.mid(from, to - from);
}

struct Include
{
    QString file;
    QString target;
};

QList<Include> includesUnder(const QStringList &tops)
{
    static const QRegularExpression include(
        QStringLiteral("^\\s*#\\s*include\\s+\"([^\"]+)\""), QRegularExpression::MultilineOption);
    QList<Include> found;
    for (const QString &path : sourcesUnder(tops)) {
        const QString relative = QDir(source()).relativeFilePath(path);
        for (const QRegularExpressionMatch &match : include.globalMatch(contents(path)))
            found.append({relative, match.captured(1)});
    }
    return found;
}

/// The way from a room to itself, when there is one.
QStringList circleFrom(const QMap<QString, QSet<QString>> &drawing, const QStringList &way)
{
    for (const QString &used : drawing.value(way.last())) {
        if (used == way.first())
            return way + QStringList(used);
        if (way.contains(used))
            continue; // a circle that begins later
        if (const QStringList circle = circleFrom(drawing, way + QStringList(used));
            !circle.isEmpty())
            return circle;
    }
    return {};
}

/// Every document that names tests or files of the house.
QStringList documents()
{
    QStringList paths{source() + QStringLiteral("/README.md")};
    const QDir docs(source() + QStringLiteral("/docs"));
    for (const QString &name : docs.entryList({QStringLiteral("*.md")}))
        paths.append(docs.filePath(name));
    return paths;
}

/// What every test of this build is made of, by its name.
struct Tests
{
    Tests()
    {
        const QString list =
            qEnvironmentVariable("CHATELAINE_BIN") + QStringLiteral("/../tests/sources.txt");
        for (const QString &line : contents(list).split(u'\n', Qt::SkipEmptyParts)) {
            const QStringList words = line.split(u' ');
            for (const QString &path : words.mid(1))
                text[words.first()] += contents(path);
            partial = partial || words.first() == QStringLiteral("partial");
        }
    }
    bool has(const QString &test, const QString &function) const
    {
        if (partial && !text.contains(test))
            return true; // the build without sanitizers and with windows looks there
        return text.value(test).contains(QStringLiteral("    void %1()\n").arg(function))
            || text.value(test).contains(QStringLiteral("    void %1();\n").arg(function))
            || text.value(test).contains(QStringLiteral("    void %1() {").arg(function));
    }

    QMap<QString, QString> text;
    bool partial = false;
};

} // namespace

/// The drawing in docs/architecture.md, checked against the house.
class ArchitectureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRoomIsDrawn()
    {
        const auto allowed = allowedByTheDrawing();
        QStringList rooms;
        for (const QString &room :
            QDir(source() + QStringLiteral("/core")).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            rooms.append(room);
        for (const QString &room :
            QDir(source() + QStringLiteral("/app")).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            rooms.append(QStringLiteral("app/") + room);
        for (const QString &part :
            QDir(source() + QStringLiteral("/ui")).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            rooms.append(QStringLiteral("ui/") + part);
        QVERIFY(rooms.size() > 10);
        for (const QString &room : std::as_const(rooms))
            QVERIFY2(allowed.contains(room), qPrintable(room + QStringLiteral(" is not drawn")));
    }

    void theDrawingHasNoCircle()
    {
        const auto allowed = allowedByTheDrawing();
        for (auto room = allowed.cbegin(); room != allowed.cend(); ++room) {
            for (const QString &used : room.value())
                QVERIFY2(allowed.contains(used), qPrintable(used));
            const QStringList circle = circleFrom(allowed, {room.key()});
            QVERIFY2(circle.isEmpty(), qPrintable(circle.join(QStringLiteral(" uses "))));
        }
        QVERIFY(!allowed.value(QStringLiteral("testlab")).contains(QStringLiteral("credentials")));
        QVERIFY(!allowed.value(QStringLiteral("credentials")).contains(QStringLiteral("testlab")));
    }

    void noIncludeGoesUpAFloor()
    {
        const auto allowed = allowedByTheDrawing();
        const QList<Include> includes =
            includesUnder({QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("ui")});
        QVERIFY(includes.size() > 100);
        QStringList wrong;
        for (const Include &include : includes) {
            const QString from = roomOf(include.file);
            const QString to = roomOf(include.target);
            if (to.isEmpty() || from == to)
                continue; // generated moc files, and one's own room
            if (!allowed.value(from).contains(to))
                wrong.append(QStringLiteral("%1 includes %2").arg(include.file, include.target));
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    /// Only ui/Pages.cpp knows them all.
    void pagesKnowNothingOfEachOther()
    {
        const auto allowed = allowedByTheDrawing();
        QStringList wrong;
        int within = 0;
        for (const Include &include : includesUnder({QStringLiteral("ui")})) {
            const QString from = partOfWindows(include.file);
            const QString to = partOfWindows(include.target);
            if (from.isEmpty() || to.isEmpty() || from == to)
                continue;
            ++within;
            if (!allowed.value(from).contains(to))
                wrong.append(QStringLiteral("%1 includes %2").arg(include.file, include.target));
        }
        QVERIFY(within > 100);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    /// GCC 12 destroys a closure, or the chosen operand of a conditional, twice when it stands
    /// inside an awaited call: the heap is damaged without a warning.
    void nothingIsDestroyedTwiceInAnAwaitedCall()
    {
        static const QRegularExpression closure(
            QStringLiteral("(^|[(,=\\s])\\[[^\\]\\[]*\\]\\s*[({]"));
        static const QRegularExpression conditional(QStringLiteral("\\s\\?\\s"));
        QStringList wrong;
        int awaits = 0;
        for (const QString &path : sourcesUnder({QStringLiteral("core"), QStringLiteral("app"),
                 QStringLiteral("ui"), QStringLiteral("tests")})) {
            const QString text = withoutComments(contents(path));
            for (qsizetype at = text.indexOf(awaited); at >= 0;
                 at = text.indexOf(awaited, at + 1)) {
                ++awaits;
                const QString expression = expressionAt(text, at + awaited.size());
                if (closure.match(expression).hasMatch()
                    || conditional.match(expression).hasMatch())
                    wrong.append(QStringLiteral("%1: co_await %2").arg(path, expression.left(80)));
            }
        }
        QVERIFY(awaits > 100);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    /// The command line, the client's room and the test lab have no translator and speak English.
    void errorsOfTheCoreCanBeTranslated()
    {
        static const QRegularExpression untranslated(QStringLiteral(
            "\\{?\\s*ErrorCode::\\w+,\\s*(QStringLiteral\\(|u\"|QString::fromLatin1\\(\")"));
        QStringList wrong;
        int failures = 0;
        for (const QString &path : sourcesUnder({QStringLiteral("core")})) {
            const QString room = roomOf(QDir(source()).relativeFilePath(path));
            // A header that nearly all include does not include the translator for one word.
            if (room == QStringLiteral("client") || room == QStringLiteral("testlab")
                || path.endsWith(QStringLiteral("/core/base/Async.h")))
                continue;
            const QString text = withoutComments(contents(path));
            failures += int(text.count(QStringLiteral("ErrorCode::")));
            for (const QRegularExpressionMatch &match : untranslated.globalMatch(text))
                wrong.append(path + QStringLiteral(": ") + match.captured(0).simplified());
        }
        QVERIFY(failures > 100);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void theDocumentsNameWhatIsThere()
    {
        static const QRegularExpression test(
            QStringLiteral("`((?:unit|flow|ui|conformance)_\\w+)::(\\w+)`"));
        static const QRegularExpression file(
            QStringLiteral("`((?:app|cmake|core|docs|resources|scripts|tests|translations|ui)/"
                           "[\\w/.-]+)`"));
        const Tests tests;
        QStringList wrong;
        int named = 0;
        for (const QString &path : documents()) {
            const QString text = contents(path);
            const QString document = QFileInfo(path).fileName() + QStringLiteral(": ");
            for (const QRegularExpressionMatch &match : test.globalMatch(text)) {
                ++named;
                if (!tests.has(match.captured(1), match.captured(2)))
                    wrong.append(document + match.captured(0));
            }
            for (const QRegularExpressionMatch &match : file.globalMatch(text)) {
                const QString name = match.captured(1);
                const bool stands = name.contains(QStringLiteral("NAME"))
                    || name.contains(QStringLiteral("ROOM"));
                if (!stands && !QFile::exists(source() + u'/' + name))
                    wrong.append(document + match.captured(0));
            }
        }
        QVERIFY(named > 150);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void includesAreWrittenFromTheRoot()
    {
        QStringList wrong;
        for (const Include &include : includesUnder({QStringLiteral("core"), QStringLiteral("app"),
                 QStringLiteral("ui"), QStringLiteral("tests")})) {
            const bool generated = include.target.endsWith(QStringLiteral(".moc"))
                || include.target.startsWith(QStringLiteral("moc_"))
                || include.target.startsWith(QStringLiteral("qrc_"));
            if (!generated && !QFile::exists(source() + u'/' + include.target))
                wrong.append(QStringLiteral("%1 includes %2").arg(include.file, include.target));
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(ArchitectureTest)
#include "ArchitectureTest.moc"
