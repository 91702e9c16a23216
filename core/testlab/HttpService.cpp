// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/HttpService.h"

#include "core/base/Json.h"

#include <QAbstractHttpServer>
#include <QDateTime>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QLocale>
#include <QMetaEnum>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimeZone>

namespace chatelaine::testlab {

QByteArray httpDate(UtcMs time)
{
    return QLocale::c()
        .toString(QDateTime::fromMSecsSinceEpoch(time, Qt::UTC),
                  QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
        .toLatin1();
}

QByteArray Request::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

bool Request::hasHeader(QByteArrayView name) const
{
    return std::any_of(headers.cbegin(), headers.cend(), [name](const auto &header) {
        return header.first.compare(name, Qt::CaseInsensitive) == 0;
    });
}

QByteArray Request::mediaType() const
{
    QByteArray type = header("Content-Type");
    if (const qsizetype end = type.indexOf(';'); end >= 0)
        type.truncate(end);
    return type.trimmed().toLower();
}

QByteArray Request::bearer() const
{
    const QByteArray value = header("Authorization");
    if (value.size() < 7 || qstrnicmp(value.constData(), "Bearer ", 7) != 0)
        return {};
    return value.mid(7).trimmed();
}

Form Form::parse(const QByteArray &text)
{
    const auto decoded = [](QByteArray part) {
        return QString::fromUtf8(QByteArray::fromPercentEncoding(part.replace('+', ' ')));
    };
    Form form;
    const QList<QByteArray> fields = text.split('&');
    for (const QByteArray &field : fields) {
        if (field.isEmpty())
            continue;
        const qsizetype equals = field.indexOf('=');
        if (equals < 0)
            form.m_fields.append({decoded(field), QString()});
        else
            form.m_fields.append({decoded(field.left(equals)), decoded(field.mid(equals + 1))});
    }
    return form;
}

QString Form::value(const QString &name) const
{
    for (const auto &[key, value] : m_fields) {
        if (key == name)
            return value;
    }
    return {};
}

QStringList Form::values(const QString &name) const
{
    QStringList all;
    for (const auto &[key, value] : m_fields) {
        if (key == name && !value.isEmpty())
            all.append(value);
    }
    return all;
}

QString Form::repeated() const
{
    QStringList seen;
    for (const auto &[key, value] : m_fields) {
        if (key != u"resource" && seen.contains(key))
            return key;
        seen.append(key);
    }
    return {};
}

Answer Answer::json(const QJsonObject &object, int status)
{
    return {.status = status, .contentType = "application/json", .body = json::compact(object)};
}

Answer Answer::html(const QByteArray &page, int status)
{
    return {.status = status, .contentType = "text/html; charset=utf-8", .body = page};
}

Answer Answer::redirect(const QByteArray &url, int status)
{
    return Answer {.status = status}.with("Location", url);
}

Answer Answer::empty(int status)
{
    return {.status = status};
}

Answer &&Answer::with(const QByteArray &name, const QByteArray &value) &&
{
    headers.append({name, value});
    return std::move(*this);
}

namespace {

QByteArray reasonPhrase(int status)
{
    // "NotFound" serves: clients may not rely on the phrase (RFC 9112 §4).
    const auto names = QMetaEnum::fromType<QHttpServerResponder::StatusCode>();
    return names.valueToKey(status);
}

} // namespace

class HttpService::Server : public QAbstractHttpServer
{
public:
    explicit Server(HttpService &service)
        : m_service(service)
    {
    }

protected:
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override
    {
        // The responder keeps the connection's turn; the bytes are ours, as with Qt 6.4.
        const auto turn = std::make_shared<QHttpServerResponder>(std::move(responder));
        const QList<QTcpSocket *> sockets = findChildren<QTcpSocket *>();
        for (QTcpSocket *socket : sockets) {
            if (socket->peerPort() == request.remotePort())
                take(request, socket, turn);
        }
        return true;
    }
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &) override { }
#else
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override
    {
        take(request, socket, {});
        return true;
    }
    void missingHandler(const QHttpServerRequest &, QTcpSocket *) override { }
#endif

private:
    void take(const QHttpServerRequest &from, QTcpSocket *socket, std::shared_ptr<void> turn)
    {
        Request request;
        request.method = QByteArray(
            QMetaEnum::fromType<QHttpServerRequest::Method>().valueToKey(static_cast<int>(from.method())))
                             .toUpper();
        request.path = from.url().path();
        request.query = from.url().query(QUrl::FullyEncoded).toUtf8();
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        request.headers = from.headers().toListOfPairs();
#else
        request.headers = from.headers();
#endif
        request.body = from.body();
        const bool close = request.header("Connection").toLower() == "close";
        const QPointer<QTcpSocket> target(socket);
        const QPointer<Server> self(this);
        const Respond respond = [self, target, close, turn](const Answer &answer) {
            if (self && target)
                self->write(target, answer, close);
        };
        if (request.body.size() > 1024 * 1024) {
            respond(Answer::empty(413));
            return;
        }
        m_service.m_handler(request, respond);
    }

    void write(QTcpSocket *socket, const Answer &answer, bool close)
    {
        if (answer.delivery == Delivery::Never)
            return;
        const qint64 offset = m_service.m_dateOffsetMs();
        QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + ' '
            + reasonPhrase(answer.status) + "\r\nDate: " + httpDate(m_service.m_clock.utcMs() + offset)
            + "\r\n";
        if (!answer.contentType.isEmpty())
            head += "Content-Type: " + answer.contentType + "\r\n";
        for (const auto &[name, value] : answer.headers)
            head += name + ": " + value + "\r\n";
        const qint64 length = answer.delivery == Delivery::Drip ? 200'000 : answer.body.size();
        if (answer.status != 204)
            head += "Content-Length: " + QByteArray::number(length) + "\r\n";
        if (close)
            head += "Connection: close\r\n";
        socket->write(head + "\r\n");
        switch (answer.delivery) {
        case Delivery::Half:
            socket->write(answer.body.left(answer.body.size() / 2));
            socket->disconnectFromHost();
            return;
        case Delivery::Drip:
            drip(socket);
            return;
        default:
            socket->write(answer.body);
            if (close)
                socket->disconnectFromHost();
        }
    }

    void drip(QTcpSocket *socket)
    {
        Alarm *alarm = m_service.m_clock.createAlarm().release();
        alarm->setParent(socket);
        Clock &clock = m_service.m_clock;
        connect(alarm, &Alarm::fired, socket, [alarm, socket, &clock] {
            socket->write(" ");
            alarm->set(clock.bootMs() + 1000);
        });
        alarm->set(clock.bootMs() + 1000);
    }

    HttpService &m_service;
};

HttpService::HttpService(Clock &clock, Handler handler, std::function<qint64()> dateOffsetMs)
    : m_clock(clock)
    , m_handler(std::move(handler))
    , m_dateOffsetMs(std::move(dateOffsetMs))
{
}

HttpService::~HttpService() = default;

Result<void> HttpService::listen(quint16 port)
{
    auto listener = std::make_unique<QTcpServer>();
    if (!listener->listen(QHostAddress::LocalHost, port)) {
        return failure(ErrorCode::Unreachable,
            QStringLiteral("The test lab can't listen on port %1 of 127.0.0.1. Choose another "
                           "port, or 0 for any that is free.")
                .arg(port),
            listener->errorString(), {{QStringLiteral("port"), port}});
    }
    m_port = listener->serverPort();
    m_server = std::make_unique<Server>(*this);
    m_server->bind(listener.release());
    return {};
}

void HttpService::close()
{
    // Who has had an answer written has it: the tests that lose one do so on purpose.
    if (m_server) {
        const auto sockets = m_server->findChildren<QTcpSocket *>();
        for (QTcpSocket *socket : sockets)
            socket->flush();
    }
    m_server.reset();
}

} // namespace chatelaine::testlab
