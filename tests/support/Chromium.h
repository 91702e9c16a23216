// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QUrl>

namespace chatelaine::test {

/// A headless Chromium of its own, driven over WebDriver (W3C WebDriver §14) by chromedriver. The
/// profile is in the given folder and goes with it. The event loop runs while one waits, so that
/// the windows under test go on. What can't be done stops the test with a message.
class Chromium
{
public:
    /// `languages` is what the person reads, as Accept-Language has it: "ru,en".
    explicit Chromium(const QString &folder, const QString &languages = QStringLiteral("en"));
    ~Chromium();
    Q_DISABLE_COPY_MOVE(Chromium)

    void open(const QUrl &url);
    QUrl url();
    QString title();
    /// Whether there is such an element; waits for none.
    bool has(const QString &selector);
    /// These wait until there is one.
    QString text(const QString &selector);
    void click(const QString &selector);

    void setDark(bool dark);
    void setSize(int width, int height);
    /// A picture of the page as a PNG file.
    void picture(const QString &file);

private:
    QJsonValue command(const QByteArray &method, const QString &path, const QJsonObject &body = {},
        bool mayFail = false);
    QString element(const QString &selector);

    QProcess m_driver;
    QNetworkAccessManager m_network;
    QString m_base; ///< of the session once there is one
};

} // namespace chatelaine::test
