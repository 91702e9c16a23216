// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"
#include "core/oauth/CallbackHead.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

class QTcpServer;
class QTcpSocket;

namespace chatelaine::oauth {

/// The loopback redirect of RFC 8252 §7.3: takes the browser's callback. Listens on 127.0.0.1, and
/// on ::1 too for the host "localhost"; never on another interface. Answers GET of exactly one path
/// from a browser that names us as Host (no DNS rebinding); a head of at most 8 KiB within 10 s, on
/// one of 16 connections (a seventeenth displaces the oldest). Everything else gets a plain error
/// page, is forgotten, and the waiting goes on. One thread.
///
/// Qt's QOAuthHttpServerReplyHandler is not behind this: it compares the path by prefix, accepts
/// any Host, keeps the last of doubled parameters, and decodes values only in part.
class LoopbackRedirect : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype maxHeadBytes = 8 * 1024;
    static constexpr int maxConnections = 16;
    static constexpr int defaultConnectionMs = 10'000;

    enum class Verdict {
        NotOurs, ///< 400, and the waiting goes on
        Succeeded, ///< the success page; later callbacks get 410
        Failed, ///< the failure page; later callbacks get 410
    };

    /// What a page says: what has happened, without a full stop, and what to do about it.
    struct PageText
    {
        QString heading;
        QString sentence = {};
        QString goodbye = {}; ///< that the page may be closed
    };

    /// What the browser shows in the end: plain text, translated by the caller.
    struct PageTexts
    {
        QString program;
        PageText success;
        PageText failure;
        PageText notOurs;
        PageText finished = {}; ///< a callback after the final one; empty: `notOurs`
        QString language = {}; ///< of these texts (BCP 47); empty: not known
    };

    using Judge = std::function<Verdict(const QByteArray &rawQuery)>;

    explicit LoopbackRedirect(QObject *parent = nullptr, int connectionMs = defaultConnectionMs);
    ~LoopbackRedirect() override;
    Q_DISABLE_COPY_MOVE(LoopbackRedirect)

    /// `host` is "127.0.0.1" or "localhost"; port 0 takes a free one. AlreadyExists with data.port
    /// when another program has the port. InvalidInput for another host, or a path that does not
    /// begin with '/'.
    Result<void> listen(
        const QString &host, quint16 port, const QString &path = QStringLiteral("/callback"));
    /// "http://127.0.0.1:49152/callback", exactly as it has to be registered and sent.
    QString redirectUri() const;
    quint16 port() const;

    /// Whom to ask about callbacks from now on. Before this, and after a final verdict, every
    /// callback gets an error page. The judge may destroy this object; its page is still delivered.
    void expect(Judge judge, PageTexts texts);
    /// Takes no more connections; pages under way are still delivered.
    void close();

private:
    Result<void> bind(quint16 port);
    void accept(QTcpServer &server);
    void read(QTcpSocket *socket);
    QByteArray answer(const CallbackHead &head);
    bool isOurHost(const QByteArray &host) const;

    const int m_connectionMs;
    std::vector<std::unique_ptr<QTcpServer>> m_servers;
    QList<QTcpSocket *> m_reading; ///< connected and not answered yet, oldest first
    QString m_host;
    QByteArray m_path;
    quint16 m_port = 0;
    Judge m_judge;
    PageTexts m_texts;
    bool m_done = false;
};

/// A whole HTTP response with a page that says `text`, under a check mark where the status is 200
/// and an exclamation mark else: no script, nothing loaded, not cached, light and dark. Texts are
/// escaped.
QByteArray callbackPage(
    int status, const LoopbackRedirect::PageTexts &texts, const LoopbackRedirect::PageText &text);

} // namespace chatelaine::oauth
