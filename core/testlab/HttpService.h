// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/base/Error.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace chatelaine::testlab {

/// A request as the lab reads it: copied, so that an answer may come later.
struct Request
{
    QByteArray method;
    QString path; ///< decoded
    QByteArray query; ///< as it came
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray body;

    /// The first of that name, in any case; empty when there is none.
    QByteArray header(QByteArrayView name) const;
    bool hasHeader(QByteArrayView name) const;
    /// The media type of the body in lower case, without parameters.
    QByteArray mediaType() const;
    /// The token of "Authorization: Bearer"; empty when there is none.
    QByteArray bearer() const;
};

/// application/x-www-form-urlencoded, of a body or a query.
class Form
{
public:
    static Form parse(const QByteArray &text);
    /// The first value of that name; an empty value counts as absent (RFC 6749 §3.1).
    QString value(const QString &name) const;
    bool has(const QString &name) const { return !value(name).isEmpty(); }
    QStringList values(const QString &name) const;
    /// A parameter that came more than once though it must not; empty when none did. `resource` may
    /// (RFC 8707 §2).
    QString repeated() const;
    const QList<QPair<QString, QString>> &fields() const { return m_fields; }

private:
    QList<QPair<QString, QString>> m_fields;
};

/// How an answer goes out. All but Whole are faults.
enum class Delivery {
    Whole,
    Half, ///< announces the whole body, sends half and closes
    Never, ///< takes the request and says nothing
    Drip, ///< headers at once, then a space every second for ever
};

struct Answer
{
    int status = 200;
    QByteArray contentType = {};
    QByteArray body = {};
    QList<QPair<QByteArray, QByteArray>> headers = {};
    Delivery delivery = Delivery::Whole;

    static Answer json(const QJsonObject &object, int status = 200);
    static Answer html(const QByteArray &page, int status = 200);
    static Answer redirect(const QByteArray &url, int status = 302);
    static Answer empty(int status);
    Answer &&with(const QByteArray &name, const QByteArray &value) &&;
};

/// An HTTP-date (RFC 9110 §5.6.7).
QByteArray httpDate(UtcMs time);

/// Called once, now or later, in the same thread; after the connection went it does nothing.
using Respond = std::function<void(Answer)>;

/// A listener on 127.0.0.1.
class HttpService
{
public:
    using Handler = std::function<void(const Request &, const Respond &)>;

    /// `dateOffsetMs` is asked at each answer: what the Date header is off by.
    HttpService(Clock &clock, Handler handler, std::function<qint64()> dateOffsetMs);
    ~HttpService();
    Q_DISABLE_COPY_MOVE(HttpService)

    /// Unreachable where the port is taken. 0 takes a free one.
    Result<void> listen(quint16 port);
    /// Ends every connection. The port is remembered.
    void close();
    quint16 port() const { return m_port; }
    bool isListening() const { return m_server != nullptr; }

private:
    class Server;
    Clock &m_clock;
    Handler m_handler;
    std::function<qint64()> m_dateOffsetMs;
    std::unique_ptr<Server> m_server;
    quint16 m_port = 0;
};

} // namespace chatelaine::testlab
