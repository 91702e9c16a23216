// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/LoopbackRedirect.h"

#include "core/base/Secret.h"
#include "core/base/Sentence.h"

#include <QHostAddress>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

namespace chatelaine::oauth {

namespace {

QByteArray response(int status, const QByteArray &type, const QByteArray &body)
{
    const char *phrase = "Error";
    switch (status) {
    case 200:
        phrase = "OK";
        break;
    case 400:
        phrase = "Bad Request";
        break;
    case 404:
        phrase = "Not Found";
        break;
    case 405:
        phrase = "Method Not Allowed";
        break;
    case 410:
        phrase = "Gone";
        break;
    case 431:
        phrase = "Request Header Fields Too Large";
        break;
    }
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + phrase + "\r\n";
    if (status == 405)
        head += "Allow: GET\r\n";
    head += "Content-Type: " + type
        + "; charset=utf-8\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\nConnection: close\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
          "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n"
          "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; "
          "frame-ancestors 'none'; base-uri 'none'; form-action 'none'\r\n\r\n";
    return head + body;
}

QByteArray plain(int status, const QByteArray &sentence)
{
    return response(status, "text/plain", sentence + '\n');
}

// Writes the last bytes of a connection. The socket goes when they are through, or with its timer.
void finish(QTcpSocket *socket, const QByteArray &bytes)
{
    socket->readAll();
    socket->write(bytes);
    socket->disconnectFromHost();
}

} // namespace

QByteArray callbackPage(
    int status, const LoopbackRedirect::PageTexts &texts, const LoopbackRedirect::PageText &text)
{
    const bool good = status == 200;
    QString paragraphs;
    if (!text.sentence.isEmpty())
        paragraphs += QStringLiteral("<p>%1</p>").arg(text.sentence.toHtmlEscaped());
    if (!text.goodbye.isEmpty())
        paragraphs += QStringLiteral("<p class=\"soft\">%1</p>").arg(text.goodbye.toHtmlEscaped());
    const QString mark = good ? QStringLiteral("M15 25l6.5 6.5L34 18") // check
                              : QStringLiteral("M24 13v14M24 34v.2"); // exclamation
    const QString language = texts.language.isEmpty()
        ? QString()
        : QStringLiteral(" lang=\"%1\"").arg(texts.language.toHtmlEscaped());
    const QString page =
        QStringLiteral("<!DOCTYPE html>\n<html%1><head><meta charset=\"utf-8\">"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                       "<title>%2 - %5</title><style>"
                       ":root{color-scheme:light dark;--ground:#f5f4f1;--card:#fff;--ink:#1e1c19;"
                       "--soft:#5f5a52;--line:#dbd7ce;--good:#0b6b66;--bad:#a3231b}"
                       "@media(prefers-color-scheme:dark){:root{--ground:#1b1c1e;--card:#25272a;"
                       "--ink:#eceae6;--soft:#aeaba4;--line:#3a3d41;--good:#5ccbc0;--bad:#ff9e94}}"
                       "*{box-sizing:border-box}"
                       "body{margin:0;min-height:100vh;display:grid;place-items:center;"
                       "padding:1.5rem;background:var(--ground);color:var(--ink);"
                       "font:1.05rem/1.5 system-ui,sans-serif}"
                       "main{width:100%;max-width:28rem;padding:2.25rem 2rem;text-align:center;"
                       "background:var(--card);border:1px solid var(--line);border-radius:14px}"
                       "svg{width:56px;height:56px;fill:none;stroke:var(--%3);stroke-width:3;"
                       "stroke-linecap:round;stroke-linejoin:round}"
                       "h1{font-size:1.35rem;line-height:1.3;margin:.75rem 0 0}"
                       "h1,p{overflow-wrap:anywhere;text-wrap:balance}"
                       "p{margin:.5rem 0 0}.soft{color:var(--soft)}"
                       "</style></head><body><main>"
                       "<svg viewBox=\"0 0 48 48\" aria-hidden=\"true\">"
                       "<circle cx=\"24\" cy=\"24\" r=\"22\"/><path d=\"%4\"/></svg>")
            .arg(language, text.heading.toHtmlEscaped(),
                good ? QStringLiteral("good") : QStringLiteral("bad"), mark,
                texts.program.toHtmlEscaped())
        + QStringLiteral("<h1>%1</h1>%2</main></body></html>\n")
              .arg(text.heading.toHtmlEscaped(), paragraphs);
    return response(status, "text/html", page.toUtf8());
}

LoopbackRedirect::LoopbackRedirect(QObject *parent, int connectionMs)
    : QObject(parent)
    , m_connectionMs(connectionMs)
{ }

LoopbackRedirect::~LoopbackRedirect()
{
    close();
}

Result<void> LoopbackRedirect::listen(const QString &host, quint16 port, const QString &path)
{
    if ((host != QLatin1StringView("127.0.0.1") && host != QLatin1StringView("localhost"))
        || !path.startsWith(QLatin1Char('/'))) {
        return failure(ErrorCode::InvalidInput,
            Sentence::tr("The sign-in can only come back to 127.0.0.1 or localhost. "
                         "Correct the server's redirect_host."));
    }
    m_host = host;
    m_path = path.toLatin1();
    // A port that is free on one of the two loopback addresses need not be free on the other.
    const int attempts = port == 0 ? 8 : 1;
    Result<void> bound;
    for (int i = 0; i < attempts; ++i) {
        bound = bind(port);
        if (bound)
            break;
    }
    return bound;
}

Result<void> LoopbackRedirect::bind(quint16 port)
{
    m_servers.clear();
    m_port = port;
    QList<QHostAddress> addresses{QHostAddress::LocalHost};
    if (m_host == QLatin1StringView("localhost"))
        addresses.append(QHostAddress::LocalHostIPv6);
    for (const QHostAddress &address : std::as_const(addresses)) {
        auto server = std::make_unique<QTcpServer>();
        server->setMaxPendingConnections(maxConnections);
        if (!server->listen(address, m_port)) {
            const auto error = server->serverError();
            // A machine without IPv6 resolves localhost to 127.0.0.1 alone.
            if (address == QHostAddress(QHostAddress::LocalHostIPv6)
                && error == QAbstractSocket::SocketAddressNotAvailableError) {
                continue;
            }
            const QString detail = server->errorString();
            const quint16 wanted = m_port;
            m_servers.clear();
            if (error != QAbstractSocket::AddressInUseError) {
                return failure(ErrorCode::InvalidInput,
                    Sentence::tr("Can't listen on port %1 of %2 for the sign-in to "
                                 "come back. Choose another redirect_port for this "
                                 "server.")
                        .arg(QString::number(wanted), m_host),
                    detail);
            }
            return failure(ErrorCode::AlreadyExists,
                Sentence::tr("Another program uses port %1, where the sign-in has to "
                             "come back. End that program, or choose another "
                             "redirect_port for this server.")
                    .arg(wanted),
                detail, {{QStringLiteral("port"), wanted}});
        }
        m_port = server->serverPort();
        QTcpServer *raw = server.get();
        connect(raw, &QTcpServer::newConnection, this, [this, raw] { accept(*raw); });
        m_servers.push_back(std::move(server));
    }
    return {};
}

QString LoopbackRedirect::redirectUri() const
{
    return QStringLiteral("http://%1:%2%3")
        .arg(m_host, QString::number(m_port), QString::fromLatin1(m_path));
}

quint16 LoopbackRedirect::port() const
{
    return m_port;
}

void LoopbackRedirect::expect(Judge judge, PageTexts texts)
{
    m_judge = std::move(judge);
    m_texts = std::move(texts);
    m_done = false;
}

void LoopbackRedirect::close()
{
    m_servers.clear();
    const QList<QTcpSocket *> reading = std::exchange(m_reading, {});
    for (QTcpSocket *socket : reading)
        socket->abort();
}

void LoopbackRedirect::accept(QTcpServer &server)
{
    while (QTcpSocket *socket = server.nextPendingConnection()) {
        // A page under way outlives the server, and this object.
        socket->setParent(nullptr);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        // A browser sends its request at once; who has been silent longest is no browser.
        if (m_reading.size() >= maxConnections)
            m_reading.first()->abort();
        m_reading.append(socket);
        connect(socket, &QTcpSocket::disconnected, this,
            [this, socket] { m_reading.removeOne(socket); });
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        QTimer::singleShot(m_connectionMs, socket, [socket] { socket->abort(); });
    }
}

void LoopbackRedirect::read(QTcpSocket *socket)
{
    if (!m_reading.contains(socket))
        return;
    QByteArray bytes = socket->peek(maxHeadBytes);
    CallbackHead head = parseCallbackHead(bytes);
    const bool tooLarge = bytes.size() >= maxHeadBytes;
    wipe(bytes);
    if (head.state == CallbackHead::State::Incomplete && !tooLarge)
        return;
    m_reading.removeOne(socket);
    if (head.state == CallbackHead::State::Incomplete) {
        finish(socket, plain(431, "This request is too large."));
        return;
    }
    const QPointer<QTcpSocket> guard(socket);
    // The judge may end the sign-in, and with it this object: nothing of it is used afterwards.
    const QByteArray page = answer(head);
    wipe(head.query);
    if (guard)
        finish(guard, page);
}

QByteArray LoopbackRedirect::answer(const CallbackHead &head)
{
    if (head.state == CallbackHead::State::Malformed)
        return plain(400, "This is no request of a browser.");
    if (!isOurHost(head.host))
        return plain(400, "This address is not ours.");
    if (head.path != m_path)
        return plain(404, "There is nothing here.");
    if (head.method != "GET")
        return plain(405, "Only GET is answered here.");
    const PageTexts texts = m_texts;
    if (m_done) {
        return callbackPage(
            410, texts, texts.finished.heading.isEmpty() ? texts.notOurs : texts.finished);
    }
    if (!m_judge)
        return plain(400, "Nobody waits for this.");
    const Judge judge = m_judge;
    const QPointer<LoopbackRedirect> self(this);
    const Verdict verdict = judge(head.query);
    if (verdict == Verdict::NotOurs)
        return callbackPage(400, texts, texts.notOurs);
    if (self) {
        m_done = true;
        m_judge = nullptr;
    }
    return verdict == Verdict::Succeeded ? callbackPage(200, texts, texts.success)
                                         : callbackPage(400, texts, texts.failure);
}

bool LoopbackRedirect::isOurHost(const QByteArray &host) const
{
    const QByteArray port = ':' + QByteArray::number(m_port);
    const QByteArray name = host.toLower();
    return name == "127.0.0.1" + port || name == "localhost" + port
        || (m_host == QLatin1StringView("localhost") && name == "[::1]" + port);
}

} // namespace chatelaine::oauth
