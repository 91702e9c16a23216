// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flows/Estate.h"
#include "tests/flows/SoakCounters.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <algorithm>
#include <csignal>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

constexpr int servers = 100;
constexpr int processes = 5;
constexpr int connectionsOfOne = 200;
constexpr qint64 tokenLifeS = 60;
constexpr qint64 warmUpMs = 20'000;
// What the caches of SQLite, of the connections and of the heap itself may take; a loan that waits
// takes some 20 KiB, a connection some 6.
constexpr qint64 leftKib = 6 * 1024;
constexpr int longestSettlingMs = 120'000;
constexpr qint64 fewDescriptors = 32; // connections to the server are kept and let go

qint64 durationMs()
{
    return std::max(qEnvironmentVariableIntValue("CHATELAINE_SOAK_MINUTES"), 1) * qint64(60'000);
}

testlab::LabOptions minuteLives()
{
    testlab::LabOptions options = Estate::autoApproving();
    options.accessTokenLifetimeS = tokenLifeS;
    options.moreResources = servers;
    return options;
}

Task<void> visit(net::NetworkHttpClient *http, QUrl url)
{
    net::HttpRequest request;
    request.url = std::move(url);
    request.reach = net::Reach::Loopback;
    const Result<net::HttpResponse> ended = co_await http->send(request, {});
    Q_UNUSED(ended);
}

/// One process of borrowers.
struct Crowd
{
    std::unique_ptr<QFile> file;
    SoakCounters *counters = nullptr;
    std::unique_ptr<QProcess> process;
};

} // namespace

/// A thousand connections over a hundred servers, with programs and the authorization server dying
/// at random. CHATELAINE_SOAK_MINUTES says for how long.
class SoakFlowTest : public QObject
{
    Q_OBJECT

public:
    static void initMain()
    {
        qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number(durationMs() + 480'000));
    }

private Q_SLOTS:
    void aThousandConnections();

private:
    QJsonObject result(const QString &method, const QJsonObject &params = {});
    void signIn(int server);
    void startCrowd(size_t place);
    void killCrowd(size_t place);
    void run(qint64 ms);
    QJsonObject process() { return result(QStringLiteral("status")).value(u"process").toObject(); }
    qint64 heapKib() { return process().value(u"heap_kib").toInteger(); }
    qint64 loansWritten() const;
    void noAccountWasRefreshedTwiceInOnePeriod();

    std::unique_ptr<Estate> m_estate;
    std::unique_ptr<Wire> m_control;
    QRandomGenerator m_random;
    std::vector<Crowd> m_crowds;
    std::vector<Crowd> m_gone;
    int m_killed = 0;
    int m_outages = 0;
};

QJsonObject SoakFlowTest::result(const QString &method, const QJsonObject &params)
{
    const QJsonObject answer = m_control->call(method, params);
    if (!answer.contains(QLatin1StringView("result")))
        qFatal("%s: %s", qPrintable(method), QJsonDocument(answer).toJson().constData());
    return answer.value(QLatin1StringView("result")).toObject();
}

void SoakFlowTest::signIn(int server)
{
    const QString name = QStringLiteral("server-%1").arg(server);
    const QJsonObject person{
        {QStringLiteral("login_hint"), QStringLiteral("person-%1").arg(server)}};
    result(QStringLiteral("servers/add"),
        {{QStringLiteral("url"), m_estate->lab.mcpUrl(server)}, {QStringLiteral("name"), name},
            {QStringLiteral("authorization_params"), person}});
    result(QStringLiteral("grants/add"),
        {{QStringLiteral("server"), name}, {QStringLiteral("any_client"), true}});
    const int id = 1'000'000 + server;
    m_control->send(id, QStringLiteral("login"), {{QStringLiteral("server"), name}});
    for (;;) {
        const QJsonObject line = m_control->receive();
        if (line.value(QLatin1StringView("method")).toString() == QStringLiteral("login/open")) {
            const QJsonObject params = line.value(QLatin1StringView("params")).toObject();
            detach(visit(&m_estate->http, QUrl(params.value(QLatin1StringView("url")).toString())));
        } else if (line.value(QLatin1StringView("id")).toInt() == id) {
            QVERIFY2(line.contains(QLatin1StringView("result")),
                QJsonDocument(line).toJson().constData());
            return;
        }
    }
}

void SoakFlowTest::startCrowd(size_t place)
{
    static int number = 0;
    Crowd crowd;
    crowd.file =
        std::make_unique<QFile>(m_estate->home() + QStringLiteral("/counters-%1").arg(++number));
    crowd.counters = SoakCounters::in(*crowd.file);
    QVERIFY(crowd.counters);
    crowd.process = std::make_unique<QProcess>();
    crowd.process->setProcessChannelMode(QProcess::ForwardedChannels);
    crowd.process->start(
        qEnvironmentVariable("CHATELAINE_BIN") + QStringLiteral("/../tests/chatelaine-soak-client"),
        {m_estate->brokerSocket(), crowd.file->fileName(), QString::number(connectionsOfOne),
            QString::number(servers), m_estate->lab.mcpUrl()});
    QVERIFY(crowd.process->waitForStarted());
    m_crowds.at(place) = std::move(crowd);
}

void SoakFlowTest::killCrowd(size_t place)
{
    ::kill(static_cast<pid_t>(m_crowds.at(place).process->processId()), SIGKILL);
    QTRY_COMPARE(m_crowds.at(place).process->state(), QProcess::NotRunning);
    m_gone.push_back(std::move(m_crowds.at(place)));
}

/// Kills a process of borrowers every now and then, and lets the authorization server be away for a
/// while.
void SoakFlowTest::run(qint64 ms)
{
    const QDeadlineTimer end(ms);
    QDeadlineTimer nextKill(1000 + m_random.bounded(3000));
    QDeadlineTimer nextOutage(4000 + m_random.bounded(8000));
    bool away = false;
    while (!end.hasExpired()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 50);
        if (nextKill.hasExpired()) {
            const size_t place = m_random.bounded(static_cast<quint32>(processes));
            killCrowd(place);
            startCrowd(place);
            ++m_killed;
            nextKill.setRemainingTime(1000 + m_random.bounded(3000));
        }
        if (nextOutage.hasExpired()) {
            away = !away;
            if (away) {
                m_estate->lab.stop();
                ++m_outages;
            } else {
                QVERIFY(m_estate->lab.start());
            }
            nextOutage.setRemainingTime(
                away ? 500 + m_random.bounded(2500) : 4000 + m_random.bounded(8000));
        }
    }
    if (away)
        QVERIFY(m_estate->lab.start());
}

qint64 SoakFlowTest::loansWritten() const
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"));
    database.setDatabaseName(m_estate->home() + QStringLiteral("/data/chatelaine.db"));
    database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
    if (!database.open())
        return -1;
    QSqlQuery query(database);
    if (!query.exec(QStringLiteral(
            "SELECT count(*) FROM audit WHERE event = 'loan.token' AND outcome = 'ok'"))
        || !query.next())
        return -1;
    return query.value(0).toLongLong();
}

/// By what the server has given out: the token before was half through its life at least.
void SoakFlowTest::noAccountWasRefreshedTwiceInOnePeriod()
{
    QHash<QString, qint64> last;
    const QList<Secret> issued = m_estate->lab.issuedTokens();
    for (const Secret &one : issued) {
        const QJsonObject claims = claimsOf(one.expose());
        const QString audience = claims.value(QLatin1StringView("aud")).toString();
        if (audience.isEmpty())
            continue;
        const qint64 at = claims.value(QLatin1StringView("iat")).toInteger();
        const qint64 before = last.value(audience);
        QVERIFY2(before == 0 || at - before >= tokenLifeS / 2 - 1, qPrintable(audience));
        last.insert(audience, at);
    }
    QCOMPARE(last.size(), servers);
}

void SoakFlowTest::aThousandConnections()
{
    m_random.seed(seedOfThisRun());
    m_estate = std::make_unique<Estate>(QStringLiteral("keychain"), minuteLives());
    m_estate->startBroker();
    m_control = std::make_unique<Wire>(m_estate->home() + QStringLiteral("/run/control.sock"));
    for (int server = 1; server <= servers; ++server)
        signIn(server);
    const qint64 heapAlone = heapKib();
    m_crowds.resize(processes);
    for (size_t place = 0; place < processes; ++place)
        startCrowd(place);
    const auto connections = [this] {
        return result(QStringLiteral("status")).value(QLatin1StringView("connections")).toInt();
    };
    const int all = processes * connectionsOfOne + 1;
    // All are there and have asked: what they cost then is comparable.
    const auto isWhole = [this, all, connections] {
        return connections() == all
            && std::all_of(m_crowds.cbegin(), m_crowds.cend(),
                [](const Crowd &crowd) { return crowd.counters->begun == connectionsOfOne; });
    };
    run(warmUpMs);
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(), longestSettlingMs);
    const QJsonObject before = process();
    run(durationMs() - warmUpMs);
    QTRY_VERIFY_WITH_TIMEOUT(isWhole(), longestSettlingMs);
    const QJsonObject after = process();
    for (size_t place = 0; place < processes; ++place)
        killCrowd(place);
    QTRY_COMPARE_WITH_TIMEOUT(connections(), 1, longestSettlingMs);

    quint64 received = 0;
    quint64 wrong = 0;
    quint64 away = 0;
    quint64 refused = 0;
    quint64 hungUp = 0;
    QByteArray complaint;
    for (const Crowd &crowd : m_gone) {
        received += crowd.counters->received;
        wrong += crowd.counters->wrong;
        away += crowd.counters->away;
        refused += crowd.counters->refused;
        hungUp += crowd.counters->hungUp;
        if (crowd.counters->lastError[0] != '\0')
            complaint = crowd.counters->lastError;
    }
    const auto number = [](const QJsonObject &object, const char *key) {
        return object.value(QLatin1StringView(key)).toInteger();
    };
    const auto counts = m_estate->lab.requestCounts();
    qInfo(
        "%llu tokens, %llu times away, %d refreshes, %d processes killed, %d outages of the "
        "server; resident %lld KiB, then %lld; in use %lld KiB alone, %lld and %lld with all, %lld "
        "alone again; descriptors %lld, then %lld",
        received, away, counts.value(QStringLiteral("token_refresh")), m_killed, m_outages,
        number(before, "resident_kib"), number(after, "resident_kib"), heapAlone,
        number(before, "heap_kib"), number(after, "heap_kib"), heapKib(),
        number(before, "descriptors"), number(after, "descriptors"));
    QVERIFY2(wrong == 0 && refused == 0, complaint.constData());
    QCOMPARE(hungUp, 0);
    QVERIFY(received > 10 * away + processes * connectionsOfOne);
    QCOMPARE(counts.value(QStringLiteral("refresh_reused")), 0);
    QVERIFY(counts.value(QStringLiteral("token_refresh")) >= servers);
    noAccountWasRefreshedTwiceInOnePeriod();
    QVERIFY(loansWritten() >= static_cast<qint64>(received));
    const QJsonObject verified = m_estate->must(words("audit verify --json")).json();
    QVERIFY2(verified.value(QLatin1StringView("ok")).toBool(),
        qPrintable(verified.value(QLatin1StringView("reason")).toString()));
    // The process stays as large as its busiest moment was, whenever that came; what it uses does
    // not.
    QTRY_VERIFY_WITH_TIMEOUT(heapKib() - heapAlone < leftKib, longestSettlingMs);
    QVERIFY(number(after, "descriptors") - number(before, "descriptors") < fewDescriptors);
    m_control.reset();
    m_estate.reset();
}

QTEST_GUILESS_MAIN(SoakFlowTest)
#include "SoakFlowTest.moc"
