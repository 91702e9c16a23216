// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mcp/ToolHeaders.h"

#include "core/base/Sentence.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace chatelaine::mcp {

namespace {

constexpr auto annotation = QLatin1StringView("x-mcp-header");
constexpr auto keyProperties = QLatin1StringView("properties");
constexpr auto keyType = QLatin1StringView("type");
constexpr double maxSafeInteger = 9007199254740991.0;

bool isToken(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        const ushort u = c.unicode();
        return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9')
            || QStringView(u"!#$%&'*+-.^_`|~").contains(c);
    });
}

class Walk
{
public:
    Result<QList<HeaderRule>> run(const QJsonObject &schema)
    {
        visit(schema, {}, true);
        if (!m_problem.isEmpty())
            return failure(ErrorCode::ProtocolViolation, m_problem);
        return m_rules;
    }

private:
    // `reachable`: every step from the root was a key of "properties".
    void visit(const QJsonObject &schema, const QStringList &path, bool reachable)
    {
        if (schema.contains(annotation))
            take(schema, path, reachable);
        for (auto it = schema.begin(); it != schema.end(); ++it) {
            const QString key = it.key();
            if (key == keyProperties) {
                visitNamed(it.value().toObject(), path, reachable);
            } else if (key == QLatin1StringView("$defs") || key == QLatin1StringView("definitions")
                || key == QLatin1StringView("patternProperties")
                || key == QLatin1StringView("dependentSchemas")) {
                visitNamed(it.value().toObject(), path, false);
            } else if (key != QLatin1StringView("enum") && key != QLatin1StringView("const")
                && key != QLatin1StringView("default") && key != QLatin1StringView("examples")) {
                visitValue(it.value(), path);
            }
        }
    }

    void visitNamed(const QJsonObject &schemas, const QStringList &path, bool reachable)
    {
        for (auto it = schemas.begin(); it != schemas.end(); ++it)
            visit(it.value().toObject(), path + QStringList{it.key()}, reachable);
    }

    void visitValue(const QJsonValue &value, const QStringList &path)
    {
        if (value.isObject())
            visit(value.toObject(), path, false);
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array)
            visitValue(item, path);
    }

    void take(const QJsonObject &schema, const QStringList &path, bool reachable)
    {
        const QJsonValue value = schema.value(annotation);
        const QString name = value.toString();
        const QString type = schema.value(keyType).toString();
        if (!reachable || path.isEmpty()) {
            complain(QStringLiteral("x-mcp-header stands where no argument can be read"));
        } else if (!value.isString() || !isToken(name)) {
            complain(QStringLiteral("x-mcp-header of \"%1\" is no header name").arg(path.last()));
        } else if (type != QLatin1StringView("string") && type != QLatin1StringView("integer")
            && type != QLatin1StringView("boolean")) {
            complain(QStringLiteral("x-mcp-header of \"%1\" is on a type that no header carries")
                         .arg(path.last()));
        } else if (std::any_of(m_rules.begin(), m_rules.end(), [&name](const HeaderRule &rule) {
                       return rule.name.compare(name.toLatin1(), Qt::CaseInsensitive) == 0;
                   })) {
            complain(QStringLiteral("two arguments have the x-mcp-header \"%1\"").arg(name));
        } else {
            m_rules.append({path, name.toLatin1()});
        }
    }

    void complain(const QString &problem)
    {
        if (m_problem.isEmpty())
            m_problem = problem;
    }

    QList<HeaderRule> m_rules;
    QString m_problem;
};

} // namespace

Result<QList<HeaderRule>> headerRules(const QJsonObject &inputSchema)
{
    return Walk().run(inputSchema);
}

Result<QList<net::HttpHeader>> headersFor(
    const QList<HeaderRule> &rules, const QJsonObject &arguments)
{
    QList<net::HttpHeader> headers;
    for (const HeaderRule &rule : rules) {
        QJsonValue value = arguments;
        for (const QString &step : rule.path)
            value = value.toObject().value(step);
        QString text;
        if (value.isString()) {
            text = value.toString();
        } else if (value.isBool()) {
            text = value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
        } else if (value.isDouble()) {
            const double number = value.toDouble();
            if (std::abs(number) > maxSafeInteger || number != std::floor(number)) {
                return failure(ErrorCode::InvalidInput,
                    Sentence::tr("The argument \"%1\" has to be a whole number of at "
                                 "most 2^53 - 1.")
                        .arg(rule.path.join(u'.')));
            }
            text = QString::number(value.toInteger());
        } else {
            continue;
        }
        headers.append({"Mcp-Param-" + rule.name, encodeHeaderValue(text)});
    }
    return headers;
}

QByteArray encodeHeaderValue(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    const bool visible = std::all_of(
        utf8.begin(), utf8.end(), [](char c) { return c == '\t' || (c >= 0x20 && c <= 0x7e); });
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    const bool padded = !utf8.isEmpty() && (isBlank(utf8.front()) || isBlank(utf8.back()));
    const bool sentinel = utf8.startsWith("=?base64?") && utf8.endsWith("?=");
    if (visible && !padded && !sentinel)
        return utf8;
    return "=?base64?" + utf8.toBase64() + "?=";
}

} // namespace chatelaine::mcp
