// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/Exchange.h"

#include "core/base/Json.h"
#include "core/base/Log.h"
#include "core/base/Secret.h"
#include "core/testlab/HttpService.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace chatelaine::testlab {

namespace {

constexpr qsizetype readAtMost = 64 * 1024;
constexpr qsizetype shownAtMost = 4 * 1024;

// Parameters and members that are worth something to who finds them.
constexpr std::array secretNames{
    QLatin1StringView("access_token"),
    QLatin1StringView("assertion"),
    QLatin1StringView("client_assertion"),
    QLatin1StringView("client_secret"),
    QLatin1StringView("code"),
    QLatin1StringView("code_verifier"),
    QLatin1StringView("csrf"),
    QLatin1StringView("id_token"),
    QLatin1StringView("refresh_token"),
    QLatin1StringView("registration_access_token"),
    QLatin1StringView("request"),
    QLatin1StringView("state"),
    QLatin1StringView("token"),
};

QString named(QByteArrayView secret)
{
    return u'[' + Secret::copyOf(secret).fingerprint() + u']';
}

QString valueFor(const QString &name, const QString &value)
{
    const bool secret =
        std::find(secretNames.begin(), secretNames.end(), name) != secretNames.end();
    return secret && !value.isEmpty() ? named(value.toUtf8()) : redacted(value);
}

QString form(const QByteArray &text, const QString &separator)
{
    QStringList fields;
    const Form parsed = Form::parse(text);
    for (const auto &[name, value] : parsed.fields())
        fields.append(redacted(name) + u'=' + valueFor(name, value));
    return fields.join(separator);
}

QJsonValue scrub(const QString &name, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return valueFor(name, value.toString());
    case QJsonValue::Array: {
        QJsonArray list;
        for (const QJsonValue &one : value.toArray())
            list.append(scrub(name, one));
        return list;
    }
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        QJsonObject scrubbed;
        for (auto member = object.begin(); member != object.end(); ++member)
            scrubbed.insert(member.key(), scrub(member.key(), *member));
        return scrubbed;
    }
    default:
        return value;
    }
}

QString cut(QString text)
{
    if (text.size() <= shownAtMost)
        return text;
    text.truncate(shownAtMost);
    return text + u'…';
}

QString bodyOf(const QByteArray &type, const QByteArray &body)
{
    if (body.isEmpty())
        return {};
    if (type.startsWith("text/html") || body.size() > readAtMost)
        return QStringLiteral("(%1 bytes)").arg(body.size());
    if (type.startsWith("application/x-www-form-urlencoded"))
        return cut(form(body, QStringLiteral("\n")));
    if (const auto object = json::parseObject(body, QString()))
        return cut(QString::fromUtf8(
            QJsonDocument(scrub(QString(), *object).toObject()).toJson().trimmed()));
    return cut(redacted(QString::fromUtf8(body)));
}

QString header(const QByteArray &name, const QByteArray &value)
{
    QString text;
    if (name.compare("Authorization", Qt::CaseInsensitive) == 0) {
        const qsizetype space = value.indexOf(' ');
        const QByteArray credentials = value.mid(space + 1).trimmed();
        text =
            QString::fromLatin1(value.left(qMax<qsizetype>(0, space))) + u' ' + named(credentials);
    } else if (name.compare("Location", Qt::CaseInsensitive) == 0 && value.contains('?')) {
        const qsizetype question = value.indexOf('?');
        text = redacted(QString::fromUtf8(value.left(question))) + u'?'
            + form(value.mid(question + 1), QStringLiteral("&"));
    } else if (name.compare("Cookie", Qt::CaseInsensitive) == 0) {
        text = named(value);
    } else {
        text = redacted(QString::fromUtf8(value));
    }
    return QString::fromLatin1(name) + QStringLiteral(": ") + text + u'\n';
}

} // namespace

QString withoutSecrets(const Request &request)
{
    QString text = QString::fromLatin1(request.method) + u' ' + redacted(request.path);
    if (!request.query.isEmpty())
        text += u'?' + form(request.query, QStringLiteral("&"));
    text += u'\n';
    for (const auto &[name, value] : request.headers)
        text += header(name, value);
    const QString body = bodyOf(request.mediaType(), request.body);
    return body.isEmpty() ? text.trimmed() : text + u'\n' + body;
}

QString withoutSecrets(const Answer &answer)
{
    if (answer.delivery == Delivery::Never)
        return {};
    QString text = QStringLiteral("HTTP/1.1 %1\n").arg(answer.status);
    if (!answer.contentType.isEmpty())
        text += header("Content-Type", answer.contentType);
    for (const auto &[name, value] : answer.headers)
        text += header(name, value);
    const QString body = bodyOf(answer.contentType, answer.body);
    return body.isEmpty() ? text.trimmed() : text + u'\n' + body;
}

QString rpcOf(const Request &request)
{
    if (request.body.isEmpty() || request.body.size() > readAtMost)
        return {};
    const auto message = json::parseObject(request.body, QString());
    if (!message)
        return {};
    const QString method = json::string(*message, QLatin1StringView("method")).value_or(QString());
    const QJsonObject params = message->value(QLatin1StringView("params")).toObject();
    const QString tool = method == u"tools/call"
        ? json::string(params, QLatin1StringView("name")).value_or(QString())
        : QString();
    return redacted(tool.isEmpty() ? method : method + u' ' + tool).left(80);
}

} // namespace chatelaine::testlab
