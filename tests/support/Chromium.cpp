// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Chromium.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QTest>

#include <unistd.h>

namespace chatelaine::test {

namespace {

constexpr int patienceMs = 60'000;
const QLatin1StringView elementKey("element-6066-11e4-a52e-4f735466cecf"); // WebDriver §11

} // namespace

Chromium::Chromium(const QString &folder, const QString &languages)
{
    // What the browser and its helpers leave behind all goes into that folder.
    const QString home = folder + QStringLiteral("/chromium");
    if (!QDir().mkpath(home))
        qFatal("%s can't be made.", qPrintable(home));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        environment.insert(QString::fromLatin1(name), home);
    m_driver.setProcessEnvironment(environment);
    m_driver.setProcessChannelMode(QProcess::MergedChannels);
    m_driver.start(QStringLiteral("chromedriver"), {QStringLiteral("--port=0")});
    static const QRegularExpression started(QStringLiteral("started successfully on port (\\d+)"));
    QString said;
    const bool up = m_driver.waitForStarted()
        && QTest::qWaitFor(
            [&] {
                said += QString::fromUtf8(m_driver.readAll());
                return started.match(said).hasMatch();
            },
            patienceMs);
    if (!up)
        qFatal("chromedriver does not start: %s", qPrintable(said + m_driver.errorString()));
    m_base = QStringLiteral("http://127.0.0.1:%1").arg(started.match(said).captured(1));

    QJsonArray arguments{QStringLiteral("--headless=new"), QStringLiteral("--disable-gpu"),
        QStringLiteral("--disable-dev-shm-usage"), QStringLiteral("--hide-scrollbars"),
        QStringLiteral("--user-data-dir=") + home + QStringLiteral("/profile")};
    if (::geteuid() == 0)
        arguments.append(QStringLiteral("--no-sandbox")); // it can't drop what root may
    const QJsonObject options{{QStringLiteral("args"), arguments},
        {QStringLiteral("prefs"),
            QJsonObject{{QStringLiteral("intl.accept_languages"), languages}}}};
    const QJsonObject wanted{{QStringLiteral("browserName"), QStringLiteral("chrome")},
        {QStringLiteral("goog:chromeOptions"), options}};
    const QJsonObject session = command("POST", QStringLiteral("/session"),
        {{QStringLiteral("capabilities"), QJsonObject{{QStringLiteral("alwaysMatch"), wanted}}}})
                                    .toObject();
    m_base +=
        QStringLiteral("/session/") + session.value(QLatin1StringView("sessionId")).toString();
}

Chromium::~Chromium()
{
    command("DELETE", {}, {}, true);
    m_driver.terminate();
    m_driver.waitForFinished();
}

QJsonValue Chromium::command(
    const QByteArray &method, const QString &path, const QJsonObject &body, bool mayFail)
{
    QNetworkRequest request(QUrl(m_base + path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    const QByteArray bytes =
        method == "POST" ? QJsonDocument(body).toJson(QJsonDocument::Compact) : QByteArray();
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, bytes));
    if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, patienceMs))
        qFatal("chromedriver does not answer %s.", qPrintable(path));
    const QByteArray answer = reply->readAll();
    const QJsonValue value =
        QJsonDocument::fromJson(answer).object().value(QLatin1StringView("value"));
    if (reply->error() == QNetworkReply::NoError)
        return value;
    if (!mayFail)
        qFatal("chromedriver refuses %s: %s", qPrintable(path), answer.left(600).constData());
    return {};
}

void Chromium::open(const QUrl &url)
{
    command("POST", QStringLiteral("/url"),
        {{QStringLiteral("url"), url.toString(QUrl::FullyEncoded)}});
}

QUrl Chromium::url()
{
    return QUrl(command("GET", QStringLiteral("/url")).toString());
}

QString Chromium::title()
{
    return command("GET", QStringLiteral("/title")).toString();
}

bool Chromium::has(const QString &selector)
{
    return !element(selector).isEmpty();
}

QString Chromium::element(const QString &selector)
{
    return command("POST", QStringLiteral("/element"),
        {{QStringLiteral("using"), QStringLiteral("css selector")},
            {QStringLiteral("value"), selector}},
        true)
        .toObject()
        .value(elementKey)
        .toString();
}

QString Chromium::text(const QString &selector)
{
    QString id;
    if (!QTest::qWaitFor([&] { return !(id = element(selector)).isEmpty(); }, patienceMs))
        qFatal("There is no %s at %s.", qPrintable(selector), qPrintable(url().toString()));
    return command("GET", QStringLiteral("/element/%1/text").arg(id)).toString();
}

void Chromium::click(const QString &selector)
{
    QString id;
    if (!QTest::qWaitFor([&] { return !(id = element(selector)).isEmpty(); }, patienceMs))
        qFatal("There is no %s at %s.", qPrintable(selector), qPrintable(url().toString()));
    command("POST", QStringLiteral("/element/%1/click").arg(id));
}

void Chromium::setDark(bool dark)
{
    const QJsonObject feature{{QStringLiteral("name"), QStringLiteral("prefers-color-scheme")},
        {QStringLiteral("value"), dark ? QStringLiteral("dark") : QStringLiteral("light")}};
    command("POST", QStringLiteral("/goog/cdp/execute"),
        {{QStringLiteral("cmd"), QStringLiteral("Emulation.setEmulatedMedia")},
            {QStringLiteral("params"),
                QJsonObject{{QStringLiteral("features"), QJsonArray{feature}}}}});
}

void Chromium::setSize(int width, int height)
{
    command("POST", QStringLiteral("/window/rect"),
        {{QStringLiteral("width"), width}, {QStringLiteral("height"), height}});
}

void Chromium::picture(const QString &file)
{
    const QByteArray png =
        QByteArray::fromBase64(command("GET", QStringLiteral("/screenshot")).toString().toLatin1());
    QFile to(file);
    if (!to.open(QIODevice::WriteOnly) || to.write(png) != png.size())
        qFatal("%s can't be written.", qPrintable(file));
}

} // namespace chatelaine::test
