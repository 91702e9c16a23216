// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/Sentiment.h"
#include "core/testlab/Tools.h"

#include <QJsonDocument>
#include <QTest>

using namespace chatelaine::testlab;

class SentimentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void ordersByStrength_data();
    void ordersByStrength();
    void saysWhatDecided();
    void lexiconIsSane();
    void learnsATerm();
    void toolsCheckTheirArguments_data();
    void toolsCheckTheirArguments();
};

void SentimentTest::judges_data()
{
    QTest::addColumn<QString>("headline");
    QTest::addColumn<QString>("label");
    const auto row = [](const char *label, const char *headline) {
        QTest::newRow(headline) << QString::fromUtf8(headline) << QString::fromLatin1(label);
    };
    row("positive", "Quarterly profit beats estimates");
    row("positive", "Retailer tops forecasts as holiday sales surge");
    row("negative", "Chipmaker misses revenue estimates");
    row("negative", "Bank fails to beat expectations");
    row("positive", "Airline cuts loss");
    row("positive", "Start-up narrows its quarterly loss by 40%");
    row("negative", "Carmaker's loss widens");
    row("negative", "Carmaker cuts its full-year guidance");
    row("positive", "Utility raises dividend 5%");
    row("negative", "Insurer slashes dividend");
    row("positive", "Costs fall 8% at steelmaker");
    row("negative", "Costs rise at steelmaker");
    row("negative", "Unemployment rises to 6%");
    row("positive", "Unemployment drops sharply");
    row("positive", "Inflation eases to 2.1 percent");
    row("positive", "Sales fell less than expected");
    row("negative", "Sales rose less than expected");
    row("positive", "Orders grew more than expected");
    row("positive", "Results better than expected");
    row("negative", "Margins weaker than expected");
    row("negative", "Shares plunge 18% after profit warning");
    row("negative", "Company files for bankruptcy amid fraud investigation");
    row("positive", "Company avoids bankruptcy");
    row("negative", "The quarter was not good");
    row("positive", "The outlook is not bad");
    row("positive", "Revenue up 12%");
    row("negative", "Revenue down 12%");
    row("positive", "Software maker swings to profit");
    row("negative", "Software maker swings to a loss");
    row("positive", "Debt reduced by a third");
    row("negative", "Debt grows at property developer");
    row("positive", "Profit fell but the outlook is strong and orders surge");
    row("negative", "Profit rose but guidance was cut sharply");
    row("positive", "Shares climb despite concerns over tariffs");
    row("positive", "Regulator approves merger");
    row("negative", "Regulator fines lender over misconduct");
    row("negative", "Shares slide as costs climb");
    row("positive", "Shares climb as costs slide");
    row("negative", "Firm faces lawsuit over data breach");
    row("positive", "Bank raises price target, upgrades the stock to buy");
    row("negative", "Bad loans rise at regional lender");
    row("neutral", "Company to publish annual report on Tuesday");
    row("neutral", "Board of directors holds meeting in Vienna");
    // Words that are bad in everyday lists and plain in finance (Loughran and McDonald 2011).
    row("neutral", "The company records a tax liability and the cost of capital");
    row("neutral", "Annual report lists depreciation, liabilities and foreign vice presidents");
    row("neutral", "");
}

void SentimentTest::judges()
{
    QFETCH(QString, headline);
    QFETCH(QString, label);
    const SentimentVerdict verdict = Sentiment().analyze(headline);
    const QByteArray why = headline.toUtf8() + ": " + QJsonDocument(verdict.toJson()).toJson(QJsonDocument::Compact);
    QVERIFY2(verdict.label == label, why.constData());
    QVERIFY2(verdict.score >= -1 && verdict.score <= 1, why.constData());
    QVERIFY2(verdict.confidence >= 0 && verdict.confidence <= 1, why.constData());
}

void SentimentTest::ordersByStrength_data()
{
    QTest::addColumn<QString>("weaker");
    QTest::addColumn<QString>("stronger");
    const auto row = [](const char *weaker, const char *stronger) {
        QTest::newRow(stronger) << QString::fromLatin1(weaker) << QString::fromLatin1(stronger);
    };
    row("Sales rise", "Sales surge");
    row("Sales rise slightly", "Sales rise");
    row("Sales rise", "Sales rise sharply");
    row("Sales rise 1%", "Sales rise 20%");
    row("Sales rise?", "Sales rise");
    row("Sales may rise", "Sales rise");
    row("Shares fall sharply", "Shares fall slightly");
    row("Shares fall 15%", "Shares fall 2%");
}

void SentimentTest::ordersByStrength()
{
    QFETCH(QString, weaker);
    QFETCH(QString, stronger);
    const Sentiment sentiment;
    QCOMPARE_LT(sentiment.analyze(weaker).score, sentiment.analyze(stronger).score);
}

void SentimentTest::saysWhatDecided()
{
    const SentimentVerdict verdict = Sentiment().analyze(QStringLiteral("Profit did not rise sharply"));
    QCOMPARE(verdict.matches.size(), 1);
    const SentimentMatch &match = verdict.matches.constFirst();
    QCOMPARE(match.term, QStringLiteral("rise"));
    QCOMPARE(match.weight, 1.5);
    QCOMPARE(match.contribution, 1.5 * -0.74 * 1.3);
    QCOMPARE(match.effects,
             QStringList({QStringLiteral("negated by not"), QStringLiteral("strengthened by sharply")}));
}

void SentimentTest::lexiconIsSane()
{
    const Lexicon lexicon = Lexicon::standard();
    QCOMPARE_GE(lexicon.tones.size(), 250);
    QCOMPARE_LE(lexicon.longestPhrase, 5);
    for (auto term = lexicon.tones.cbegin(); term != lexicon.tones.cend(); ++term) {
        QVERIFY2(term.key() == term.key().simplified().toLower(), qPrintable(term.key()));
        QVERIFY2(std::abs(*term) >= 0.5 && std::abs(*term) <= 3, qPrintable(term.key()));
        QVERIFY2(!lexicon.directions.contains(term.key()), qPrintable(term.key()));
    }
    for (const QString &thing : lexicon.adverse)
        QVERIFY2(!lexicon.favourable.contains(thing), qPrintable(thing));
    for (const char *plain : {"liability", "tax", "cost", "capital", "depreciation", "foreign", "vice"})
        QVERIFY2(!lexicon.tones.contains(QString::fromLatin1(plain)), plain);
}

void SentimentTest::learnsATerm()
{
    Sentiment sentiment;
    const QString headline = QStringLiteral("Analysts call it a Moon Shot");
    QCOMPARE(sentiment.analyze(headline).label, QStringLiteral("neutral"));
    sentiment.addTerm(QStringLiteral("  moon  SHOT "), 2.5);
    QCOMPARE(sentiment.analyze(headline).label, QStringLiteral("positive"));
    sentiment.addTerm(QStringLiteral("moon shot"), -2.5);
    QCOMPARE(sentiment.analyze(headline).label, QStringLiteral("negative"));
}

void SentimentTest::toolsCheckTheirArguments_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char *name, const char *tool, const QByteArray &arguments, bool accepted) {
        QTest::newRow(name) << QString::fromLatin1(tool) << arguments << accepted;
    };
    row("text", "analyze_sentiment", R"({"text":"Sales rise"})", true);
    row("no text", "analyze_sentiment", "{}", false);
    row("text of another type", "analyze_sentiment", R"({"text":5})", false);
    row("text too long", "analyze_sentiment", R"({"text":")" + QByteArray(10'001, 'a') + R"("})", false);
    row("texts", "analyze_batch", R"({"texts":["Sales rise","Sales fall"]})", true);
    row("no texts at all", "analyze_batch", R"({"texts":[]})", true);
    row("texts missing", "analyze_batch", "{}", false);
    row("one text is no string", "analyze_batch", R"({"texts":["a",1]})", false);
    row("too many texts", "analyze_batch", R"({"texts":[)" + QByteArray(R"("a",)").repeated(100) + R"("a"]})", false);
    row("term", "add_term", R"({"term":"moonshot","weight":2})", true);
    row("empty term", "add_term", R"({"term":"  ","weight":2})", false);
    row("weight too big", "add_term", R"({"term":"a","weight":4})", false);
    row("weight is text", "add_term", R"({"term":"a","weight":"2"})", false);
}

void SentimentTest::toolsCheckTheirArguments()
{
    QFETCH(QString, tool);
    QFETCH(QByteArray, arguments);
    QFETCH(bool, accepted);
    const auto result = Tools().call(tool, QJsonDocument::fromJson(arguments).object());
    QVERIFY(result);
    QCOMPARE(result->value(QLatin1StringView("isError")).toBool(), !accepted);
    QCOMPARE(result->contains(QLatin1StringView("structuredContent")), accepted);
    QVERIFY(!result->value(QLatin1StringView("content")).toArray().isEmpty());
}

QTEST_GUILESS_MAIN(SentimentTest)
#include "SentimentTest.moc"
