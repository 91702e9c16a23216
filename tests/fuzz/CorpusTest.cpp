// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Parsers.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace chatelaine::fuzz;

/// What the fuzzers began with, and what they have found, is fed to every parser.
class CorpusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyParserHasSeeds()
    {
        QStringList folders = QDir(m_corpus).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QStringList names;
        for (const Parser &parser : parsers()) {
            names << QString::fromLatin1(parser.name);
            QVERIFY2(!QDir(m_corpus + u'/' + names.last()).isEmpty(QDir::Files), parser.name);
        }
        names.sort();
        folders.sort();
        QCOMPARE(folders, names);
    }

    void keepsItsPromises_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QDirIterator files(m_corpus, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QTest::newRow(qPrintable(file.fileName().mid(m_corpus.size() + 1))) << file.readAll();
        }
    }
    void keepsItsPromises()
    {
        QFETCH(const QByteArray, bytes);
        for (const Parser &parser : parsers()) {
            // Whole, without its end, and without its beginning.
            for (const QByteArray &input :
                {bytes, bytes.left(bytes.size() / 2), bytes.mid(bytes.size() / 3)}) {
                const char *const broken = parser.feed(input);
                if (broken)
                    QFAIL(qPrintable(QStringLiteral("%1: %2").arg(
                        QLatin1StringView(parser.name), QLatin1StringView(broken))));
            }
        }
    }

private:
    const QString m_corpus =
        qEnvironmentVariable("CHATELAINE_SOURCE") + QStringLiteral("/tests/fuzz/corpus");
};

QTEST_GUILESS_MAIN(CorpusTest)
#include "CorpusTest.moc"
