// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/Tools.h"

#include "core/base/Json.h"

#include <QJsonDocument>

#include <cmath>

namespace chatelaine::testlab {

namespace {

constexpr qsizetype textAtMost = 10'000;
constexpr qsizetype textsAtMost = 100;

QJsonObject textContent(const QString &text)
{
    return {{QStringLiteral("type"), QStringLiteral("text")}, {QStringLiteral("text"), text}};
}

QJsonObject failed(const QString &sentence)
{
    return {{QStringLiteral("content"), QJsonArray {textContent(sentence)}}, {QStringLiteral("isError"), true}};
}

QJsonObject succeeded(const QString &sentence, const QJsonObject &structured)
{
    return {{QStringLiteral("content"), QJsonArray {textContent(sentence)}},
            {QStringLiteral("structuredContent"), structured},
            {QStringLiteral("isError"), false}};
}

QString summary(const SentimentVerdict &verdict)
{
    QStringList terms;
    for (const SentimentMatch &match : verdict.matches) {
        QString term = QStringLiteral("%1 %2").arg(match.term, QString::number(match.contribution, 'f', 2));
        if (!match.effects.isEmpty())
            term += QStringLiteral(" (%1)").arg(match.effects.join(QStringLiteral(", ")));
        terms.append(term);
    }
    return QStringLiteral("%1, score %2, confidence %3: %4")
        .arg(verdict.label, QString::number(verdict.score, 'f', 2), QString::number(verdict.confidence, 'f', 2),
             terms.isEmpty() ? QStringLiteral("no term of the word list occurs") : terms.join(QStringLiteral("; ")));
}

QJsonObject schema(const char *text)
{
    return QJsonDocument::fromJson(text).object();
}

// The schemas are JSON and are read best as such.
constexpr auto verdictSchema = R"({"type":"object","properties":{
  "label":{"type":"string","enum":["positive","neutral","negative"]},
  "score":{"type":"number","minimum":-1,"maximum":1},
  "confidence":{"type":"number","minimum":0,"maximum":1},
  "matches":{"type":"array","items":{"type":"object","properties":{
    "term":{"type":"string"},
    "weight":{"type":"number","description":"As in the word list, turned round where growth is bad news"},
    "contribution":{"type":"number","description":"After negation, intensifiers and context"},
    "effects":{"type":"array","items":{"type":"string"}}},
    "required":["term","weight","contribution","effects"]}}},
  "required":["label","score","confidence","matches"]})";

constexpr auto textSchema = R"({"type":"object","properties":{
  "text":{"type":"string","maxLength":10000,"description":"A headline or a few sentences, in English"}},
  "required":["text"],"additionalProperties":false})";

constexpr auto textsSchema = R"({"type":"object","properties":{
  "texts":{"type":"array","maxItems":100,"items":{"type":"string","maxLength":10000}}},
  "required":["texts"],"additionalProperties":false})";

constexpr auto termSchema = R"({"type":"object","properties":{
  "term":{"type":"string","minLength":1,"maxLength":60,"description":"A word or a phrase of up to five words"},
  "weight":{"type":"number","minimum":-3,"maximum":3,"description":"Negative is bad news"}},
  "required":["term","weight"],"additionalProperties":false})";

constexpr auto addedSchema = R"({"type":"object","properties":{
  "term":{"type":"string"},"weight":{"type":"number"}},"required":["term","weight"]})";

constexpr auto meanSchema = R"({"type":"object","properties":{
  "count":{"type":"integer"},"mean_score":{"type":"number"}},"required":["count","mean_score"]})";

QJsonObject batchSchema()
{
    QJsonObject batch = schema(meanSchema);
    QJsonObject properties = batch.value(QLatin1StringView("properties")).toObject();
    properties.insert(QStringLiteral("results"),
                      QJsonObject {{QStringLiteral("type"), QStringLiteral("array")},
                                   {QStringLiteral("items"), schema(verdictSchema)}});
    batch.insert(QStringLiteral("properties"), properties);
    batch.insert(QStringLiteral("required"), QJsonArray {QStringLiteral("count"), QStringLiteral("mean_score"),
                                                         QStringLiteral("results")});
    return batch;
}

QJsonObject tool(const char *name, const char *title, const char *description, const QJsonObject &input,
                 const QJsonObject &output, bool readOnly)
{
    return {{QStringLiteral("name"), QString::fromLatin1(name)},
            {QStringLiteral("title"), QString::fromLatin1(title)},
            {QStringLiteral("description"), QString::fromLatin1(description)},
            {QStringLiteral("inputSchema"), input},
            {QStringLiteral("outputSchema"), output},
            {QStringLiteral("annotations"), QJsonObject {{QStringLiteral("readOnlyHint"), readOnly},
                                                         {QStringLiteral("openWorldHint"), false}}}};
}

} // namespace

QJsonArray Tools::definitions()
{
    return {tool("analyze_sentiment", "Sentiment of one text",
                 "Judges whether a piece of financial news is positive, neutral or negative, and names the terms "
                 "that decided it. Needs the scope sentiment:read.",
                 schema(textSchema), schema(verdictSchema), true),
            tool("analyze_batch", "Sentiment of many texts",
                 "Judges up to 100 pieces of financial news and gives their mean score. Needs the scope "
                 "sentiment:batch.",
                 schema(textsSchema), batchSchema(), true),
            tool("add_term", "Add a term to the word list",
                 "Adds a word or phrase with a weight from -3 to 3, or changes one, until the lab ends. Needs the "
                 "scope sentiment:write.",
                 schema(termSchema), schema(addedSchema), false)};
}

QString Tools::scopeOf(const QString &name)
{
    if (name == u"analyze_sentiment")
        return QStringLiteral("sentiment:read");
    if (name == u"analyze_batch")
        return QStringLiteral("sentiment:batch");
    if (name == u"add_term")
        return QStringLiteral("sentiment:write");
    return {};
}

std::optional<QJsonObject> Tools::call(const QString &name, const QJsonObject &arguments)
{
    if (name == u"analyze_sentiment") {
        const auto text = json::string(arguments, QLatin1StringView("text"));
        if (!text || text->size() > textAtMost)
            return failed(QStringLiteral("\"text\" has to be a string of at most 10,000 characters."));
        const SentimentVerdict verdict = m_sentiment.analyze(*text);
        return succeeded(summary(verdict), verdict.toJson());
    }
    if (name == u"analyze_batch") {
        const QJsonValue texts = arguments.value(QLatin1StringView("texts"));
        const QJsonArray list = texts.toArray();
        if (!texts.isArray() || list.size() > textsAtMost)
            return failed(QStringLiteral("\"texts\" has to be a list of at most 100 strings."));
        QJsonArray results;
        QStringList lines;
        double sum = 0;
        for (const QJsonValue &text : list) {
            if (!text.isString() || text.toString().size() > textAtMost)
                return failed(QStringLiteral("Each of \"texts\" has to be a string of at most 10,000 characters."));
            const SentimentVerdict verdict = m_sentiment.analyze(text.toString());
            sum += verdict.score;
            results.append(verdict.toJson());
            lines.append(summary(verdict));
        }
        const double mean = list.isEmpty() ? 0 : sum / static_cast<double>(list.size());
        return succeeded(lines.join(u'\n'), {{QStringLiteral("count"), list.size()},
                                             {QStringLiteral("mean_score"), mean},
                                             {QStringLiteral("results"), results}});
    }
    if (name == u"add_term") {
        const QString term
            = json::string(arguments, QLatin1StringView("term")).value_or(QString()).simplified().toLower();
        const QJsonValue weight = arguments.value(QLatin1StringView("weight"));
        if (term.isEmpty() || term.size() > 60 || term.count(u' ') > 4)
            return failed(QStringLiteral("\"term\" has to be one to five words, 60 characters at most."));
        if (!weight.isDouble() || std::abs(weight.toDouble()) > 3)
            return failed(QStringLiteral("\"weight\" has to be a number from -3 to 3."));
        m_sentiment.addTerm(term, weight.toDouble());
        return succeeded(QStringLiteral("\"%1\" now weighs %2.").arg(term).arg(weight.toDouble()),
                         {{QStringLiteral("term"), term}, {QStringLiteral("weight"), weight}});
    }
    return std::nullopt;
}

} // namespace chatelaine::testlab
