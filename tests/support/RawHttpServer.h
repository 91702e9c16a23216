// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QUrl>

#include <functional>
#include <memory>

namespace chatelaine::test {

/// A server on a real loopback port that answers with whatever bytes a test wants, well formed or
/// not. HTTP/1.1 with kept connections; with TLS once setTls was called. Users link Qt6::Network.
class RawHttpServer : private QTcpServer
{
public:
    struct Request
    {
        QByteArray method;
        QByteArray target;
        QList<QPair<QByteArray, QByteArray>> headers = {};
        QByteArray body = {};

        QByteArray header(QByteArrayView name) const
        {
            for (const auto &[key, value] : headers) {
                if (key.compare(name, Qt::CaseInsensitive) == 0)
                    return value;
            }
            return {};
        }
    };
    /// Called for each request once it is read; writes the answer, at once or later.
    using Handler = std::function<void(QTcpSocket &socket, const Request &request)>;

    explicit RawHttpServer(
        Handler handler, const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0)
        : m_handler(std::make_shared<Handler>(std::move(handler)))
    {
        if (!listen(address, port))
            qFatal("A test server could not listen: %s", qPrintable(errorString()));
    }

    void setTls(const QSslCertificate &certificate, const QSslKey &key)
    {
        m_certificate = certificate;
        m_key = key;
    }
    void setHandler(Handler handler) { m_handler = std::make_shared<Handler>(std::move(handler)); }

    quint16 port() const { return serverPort(); }
    QUrl url(const QString &path = QStringLiteral("/"),
        const QString &host = QStringLiteral("127.0.0.1")) const
    {
        return QUrl(
            QStringLiteral("%1://%2:%3%4")
                .arg(m_key.isNull() ? QStringLiteral("http") : QStringLiteral("https"), host)
                .arg(serverPort())
                .arg(path));
    }
    const QList<Request> &requests() const { return m_requests; }
    int connections() const { return m_connections; }

    static QByteArray response(int status, const QByteArray &body,
        const QByteArray &type = "application/json", const QByteArray &headers = {})
    {
        return "HTTP/1.1 " + QByteArray::number(status) + " Status\r\nContent-Type: " + type
            + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n"
            + body;
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        ++m_connections;
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QObject::connect(socket, &QTcpSocket::readyRead, socket,
            [this, socket, buffer = QByteArray()]() mutable {
                buffer += socket->readAll();
                while (takeRequest(*socket, buffer)) { }
            });
        if (!m_key.isNull()) {
            socket->setLocalCertificate(m_certificate);
            socket->setPrivateKey(m_key);
            socket->startServerEncryption();
        }
    }

private:
    bool takeRequest(QTcpSocket &socket, QByteArray &buffer)
    {
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        QList<QByteArray> lines = buffer.first(end).split('\n');
        const QList<QByteArray> first = lines.takeFirst().trimmed().split(' ');
        Request request{first.value(0), first.value(1)};
        for (const QByteArray &line : std::as_const(lines)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.append({line.first(colon), line.sliced(colon + 1).trimmed()});
        }
        const qsizetype length = request.header("Content-Length").toLongLong();
        if (buffer.size() < end + 4 + length)
            return false;
        request.body = buffer.sliced(end + 4, length);
        buffer.remove(0, end + 4 + length);
        m_requests.append(request);
        // The handler may replace itself.
        const std::shared_ptr<Handler> handler = m_handler;
        (*handler)(socket, request);
        return true;
    }

    std::shared_ptr<Handler> m_handler;
    QSslCertificate m_certificate;
    QSslKey m_key;
    QList<Request> m_requests;
    int m_connections = 0;
};

} // namespace chatelaine::test
