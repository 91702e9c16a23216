// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/HttpClient.h"

#include <QNetworkRequest>
#include <QSslError>

class QNetworkAccessManager;
class QNetworkReply;

namespace chatelaine::net {

/// One request and its response over one connection, without a thought about where it goes. A part
/// of NetworkHttpClient. Destroying it ends the exchange.
///
/// A body that ends before its Content-Length is an error. One in chunks that breaks off may come
/// back short, because QNetworkReply does not always tell: who reads JSON notices.
class Transfer : public QObject
{
public:
    struct Plan
    {
        QByteArray method;
        QNetworkRequest request;
        QByteArray body;
        QString host; ///< for sentences
        qint64 maxBodyBytes = 0;
        std::function<bool(QByteArrayView)> onData = {}; ///< as in HttpClient::stream; may be empty
        std::function<void()> onHead = {}; ///< the header section is there
        std::function<void()> onPiece = {}; ///< a piece went to onData
    };

    /// `done` is set from the event loop, never from inside a call of ours, unless this is
    /// destroyed first.
    Transfer(QNetworkAccessManager &manager, Plan plan, Completion<Result<HttpResponse>> done);
    ~Transfer() override;
    Q_DISABLE_COPY_MOVE(Transfer)

    /// Whether anything of the request may have reached the other side.
    bool isSent() const { return m_sent; }

private:
    void takeHead();
    void takeBody();
    void takeEnd();
    void finish(Result<HttpResponse> result);
    Error errorOfReply() const;

    Plan m_plan;
    QNetworkReply *m_reply = nullptr;
    QList<QSslError> m_tlsErrors;
    HttpResponse m_response;
    Completion<Result<HttpResponse>> m_done;
    qint64 m_received = 0;
    bool m_sent = false;
    bool m_streaming = false;
    bool m_finished = false;
};

} // namespace chatelaine::net
