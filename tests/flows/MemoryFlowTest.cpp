// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Estate.h"

#include <QFile>
#include <QTest>

#include <unistd.h>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

struct Found
{
    int readable = 0; ///< bytes in MiB, so that the search is known to have looked
    QStringList places;
};

QByteArray wide(const QByteArray &text)
{
    const QString utf16 = QString::fromLatin1(text);
    return QByteArray(reinterpret_cast<const char *>(utf16.utf16()), utf16.size() * 2);
}

/// Walks over all that the process could write to, for each secret as bytes and as UTF-16.
Found search(qint64 pid, const QList<Secret> &secrets)
{
    Found found;
    QFile maps(QStringLiteral("/proc/%1/maps").arg(pid));
    QFile memory(QStringLiteral("/proc/%1/mem").arg(pid));
    if (!maps.open(QIODevice::ReadOnly)
        || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return found;
    const QList<QByteArray> lines = maps.readAll().split('\n');
    qint64 bytes = 0;
    for (const QByteArray &line : lines) {
        const QList<QByteArray> fields = line.simplified().split(' ');
        if (fields.size() < 5 || !fields.at(1).startsWith("rw"))
            continue;
        const QList<QByteArray> range = fields.at(0).split('-');
        const qint64 from = range.at(0).toLongLong(nullptr, 16);
        const qint64 size = range.at(1).toLongLong(nullptr, 16) - from;
        if (!memory.seek(from))
            continue;
        const QByteArray part = memory.read(size);
        bytes += part.size();
        for (const Secret &secret : secrets) {
            const QByteArray raw = secret.expose().toByteArray();
            for (const QByteArray &shape : {raw, wide(raw)}) {
                for (qsizetype at = part.indexOf(shape); at >= 0;
                     at = part.indexOf(shape, at + 1)) {
                    found.places.append(QStringLiteral("%1%2 +%3: %4")
                                            .arg(QString::fromLatin1(fields.value(5, "anonymous")),
                                                shape == raw ? QString()
                                                             : QStringLiteral(" (UTF-16)"))
                                            .arg(at, 0, 16)
                                            .arg(QString::fromLatin1(
                                                part.mid(std::max<qsizetype>(at - 48, 0), 48)
                                                    .toPercentEncoding())));
                }
            }
        }
    }
    found.readable = static_cast<int>(bytes / (1024 * 1024));
    return found;
}

} // namespace

/// What is left of secrets in the broker's memory. Root alone may look (unit_broker_hardening shows
/// that nobody else can), so that the search finds no memory at all where the tests run as somebody
/// else; that nobody can look is then what is checked.
class MemoryFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noTokenStaysInMemory_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("locked") << QStringLiteral("lock");
        QTest::newRow("signed out") << QStringLiteral("logout demo");
    }
    void noTokenStaysInMemory()
    {
        QFETCH(const QString, command);
        testlab::LabOptions options = Estate::autoApproving();
        options.clientId = QStringLiteral("given-client");
        options.clientSecret = Secret::copyOf("given-client-secret-7f3a91");
        Estate estate(QStringLiteral("keychain"), options);
        estate.startBroker();
        estate.signIn();
        estate.must(words("grants add --server demo --any-client"));
        estate.must(words("token demo"));
        estate.must(words("call demo analyze_sentiment {\"text\":\"x\"}"));
        estate.must({QStringLiteral("add"), estate.lab.mcpUrl(), QStringLiteral("--name"),
                        QStringLiteral("given"), QStringLiteral("--client-id"),
                        QStringLiteral("given-client"), QStringLiteral("--client-secret-stdin")},
            "given-client-secret-7f3a91\n");
        estate.must(words("login given"));
        if (command.startsWith(QStringLiteral("logout")))
            estate.must(words("logout given"));
        QList<Secret> secrets = estate.lab.issuedTokens();
        QVERIFY(secrets.size() >= 4);
        const bool mayLook = ::geteuid() == 0;
        if (command == QStringLiteral("lock")) {
            // The search finds what is there.
            const Found before = search(estate.brokerPid(), secrets);
            QCOMPARE(!before.places.isEmpty(), mayLook);
        }
        estate.must(words(qPrintable(command)));
        secrets.append(options.clientSecret);
        const Found after = search(estate.brokerPid(), secrets);
        QCOMPARE(after.readable > 0, mayLook);
        QVERIFY2(after.places.isEmpty(), qPrintable(after.places.join(u'\n')));
    }

    void noPassphraseStaysInMemory()
    {
        Estate estate(QStringLiteral("encrypted_file"));
        estate.startBroker();
        const QByteArray passphrase("correct-horse-battery-staple-93");
        estate.must(words("unlock --passphrase-fd 0"), passphrase + '\n');
        const QList<Secret> secrets{Secret::copyOf(passphrase)};
        const Found open = search(estate.brokerPid(), secrets);
        QCOMPARE(open.readable > 0, ::geteuid() == 0);
        QVERIFY2(open.places.isEmpty(), qPrintable(open.places.join(u'\n')));
        estate.must(words("lock"));
        estate.run(words("unlock --passphrase-fd 0"), "wrong-" + passphrase + '\n');
        const Found wrong = search(estate.brokerPid(), secrets);
        QVERIFY2(wrong.places.isEmpty(), qPrintable(wrong.places.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(MemoryFlowTest)
#include "MemoryFlowTest.moc"
