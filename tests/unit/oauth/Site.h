// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/RawHttpServer.h"
#include "tests/unit/oauth/Json.h"

#include <QMap>
#include <QTcpSocket>

namespace chatelaine::test {

/// A real web server whose pages are a table: what is not in it is answered with 404.
class Site
{
public:
    Site()
        : m_server([this](QTcpSocket &socket, const RawHttpServer::Request &request) {
            socket.write(m_pages.value(
                request.target, RawHttpServer::response(404, "Not found", "text/html")));
        })
    { }

    /// ORIGIN in a body stands for this site's own.
    void put(const QByteArray &target, const QByteArray &json, int status = 200,
        const QByteArray &type = "application/json", const QByteArray &headers = {})
    {
        QByteArray body = jsonText(json);
        body.replace("ORIGIN", origin().toLatin1());
        m_pages.insert(target, RawHttpServer::response(status, body, type, headers));
    }

    QString origin() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server.port()); }
    QUrl url(const QString &path) const { return QUrl(origin() + path); }
    QByteArrayList targets() const
    {
        QByteArrayList list;
        for (const auto &request : m_server.requests())
            list.append(request.target);
        return list;
    }
    const RawHttpServer::Request &last() const { return m_server.requests().constLast(); }

private:
    QMap<QByteArray, QByteArray> m_pages;
    RawHttpServer m_server;
};

} // namespace chatelaine::test
