// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Log.h"

#include <QDateTime>
#include <QLoggingCategory>
#include <QRegularExpression>

#include <cstdio>

namespace chatelaine {

namespace {

QtMessageHandler g_before = nullptr;

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const char *level = "info";
    switch (type) {
    case QtDebugMsg: level = "debug"; break;
    case QtInfoMsg: level = "info"; break;
    case QtWarningMsg: level = "warning"; break;
    case QtCriticalMsg: level = "error"; break;
    case QtFatalMsg: level = "fatal"; break;
    }
    const QByteArray line = QStringLiteral("%1 %2 %3: %4\n")
                                .arg(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs),
                                     QString::fromLatin1(level),
                                     QString::fromLatin1(context.category ? context.category : "-"),
                                     redacted(text))
                                .toUtf8();
    // One write, so that lines of several threads do not mix.
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

} // namespace

void installLog()
{
    // Qt's OAuth classes log the authorization URL with its state; nobody may switch that on.
    QString rules = QStringLiteral("qt.networkauth.*=false\nqt.network.*.debug=false\n");
    if (!qEnvironmentVariableIsSet("CHATELAINE_DEBUG"))
        rules += QStringLiteral("*.debug=false\n");
    QLoggingCategory::setFilterRules(rules);
    g_before = qInstallMessageHandler(writeLine);
}

QString redacted(const QString &text)
{
    // What has none of these has no secret that the expressions below would find. They are made with
    // the first line that needs them.
    const bool suspicious = text.contains(u'=') || text.contains(u':')
        || text.contains(QLatin1StringView("eyJ"))
        || text.contains(QLatin1StringView("bearer"), Qt::CaseInsensitive)
        || text.contains(QLatin1StringView("basic"), Qt::CaseInsensitive)
        || text.contains(QLatin1StringView("dpop"), Qt::CaseInsensitive);
    if (!suspicious)
        return text;
    static const QRegularExpression named(
        QStringLiteral("((?:access_token|refresh_token|id_token|client_secret|code_verifier|code|"
                       "assertion|client_assertion|subject_token|registration_access_token|"
                       "password|passphrase|state)\"?\\s*[=:]\\s*\"?)([^\\s\"&,;}]+)"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression authorization(
        QStringLiteral("\\b(Bearer|Basic|DPoP)\\s+[A-Za-z0-9._~+/=-]{8,}"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression jwt(
        QStringLiteral("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*"));
    QString clean = text;
    clean.replace(jwt, QStringLiteral("<secret>"));
    clean.replace(authorization, QStringLiteral("\\1 <secret>"));
    clean.replace(named, QStringLiteral("\\1<secret>"));
    return clean;
}

} // namespace chatelaine
