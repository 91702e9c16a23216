// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/Transfer.h"

#include "core/base/Sentence.h"

#include <QDateTime>
#include <QIODevice>
#include <QLocale>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QSslCertificate>

#include <algorithm>
#include <cstring>

namespace chatelaine::net {

namespace {

// QNetworkAccessManager sends a request again, three times, when the connection closes before an
// answer. A refresh token or an authorization code that arrives twice may cost the person the whole
// sign-in, so a body that was read once can't be rewound, and the exchange fails instead.
class OneWayBody : public QIODevice
{
public:
    explicit OneWayBody(QByteArray body)
        : m_body(std::move(body))
    {
        open(ReadOnly | Unbuffered);
    }
    ~OneWayBody() override { wipe(m_body); }
    Q_DISABLE_COPY_MOVE(OneWayBody)

    qint64 size() const override { return m_body.size(); }
    bool reset() override { return !m_read && QIODevice::reset(); }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        const qint64 count = std::min<qint64>(maxSize, m_body.size() - pos());
        if (count <= 0)
            return -1;
        m_read = true;
        std::memcpy(data, m_body.constData() + pos(), static_cast<size_t>(count));
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_body;
    bool m_read = false;
};

QNetworkReply *start(QNetworkAccessManager &manager, const Transfer::Plan &plan)
{
    if (plan.method == "GET")
        return manager.get(plan.request);
    if (plan.method == "HEAD")
        return manager.head(plan.request);
    if (plan.method == "DELETE" && plan.body.isEmpty())
        return manager.deleteResource(plan.request);
    auto *body = new OneWayBody(plan.body);
    QNetworkReply *reply = nullptr;
    if (plan.method == "POST")
        reply = manager.post(plan.request, body);
    else if (plan.method == "PUT")
        reply = manager.put(plan.request, body);
    else
        reply = manager.sendCustomRequest(plan.request, plan.method, body);
    body->setParent(reply);
    return reply;
}

QString tlsReason(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::CertificateExpired:
        return Sentence::tr("its certificate expired on %1")
            .arg(error.certificate().expiryDate().toUTC().date().toString(Qt::ISODate));
    case QSslError::CertificateNotYetValid:
        return Sentence::tr("its certificate is not valid yet (is this machine's clock right?)");
    case QSslError::HostNameMismatch:
        return Sentence::tr("its certificate is made out to another name (%1)")
            .arg(error.certificate().subjectInfo(QSslCertificate::CommonName).join(u','));
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return Sentence::tr("this machine does not know the authority that signed its certificate "
                            "(if it is your company's, name its file with --ca-file)");
    case QSslError::CertificateRevoked:
        return Sentence::tr("its certificate was revoked");
    default:
        return error.errorString();
    }
}

// The most telling of several: an unknown authority is reported along with whatever else is wrong.
QString tlsReason(const QList<QSslError> &errors)
{
    for (const QSslError::SslError kind :
        {QSslError::CertificateExpired, QSslError::CertificateNotYetValid,
            QSslError::CertificateRevoked, QSslError::HostNameMismatch}) {
        for (const QSslError &error : errors) {
            if (error.error() == kind)
                return tlsReason(error);
        }
    }
    return errors.isEmpty() ? Sentence::tr("no common protocol, or no TLS at all at this port")
                            : tlsReason(errors.first());
}

// QNetworkReply turns statuses into errors of its own; to us a status is no error.
bool isStatusError(QNetworkReply::NetworkError error)
{
    return (error >= QNetworkReply::ContentAccessDenied
               && error <= QNetworkReply::UnknownContentError
               && error != QNetworkReply::ContentReSendError)
        || error == QNetworkReply::ProtocolInvalidOperationError
        || (error >= QNetworkReply::InternalServerError
            && error <= QNetworkReply::UnknownServerError);
}

} // namespace

Transfer::Transfer(QNetworkAccessManager &manager, Plan plan, Completion<Result<HttpResponse>> done)
    : m_plan(std::move(plan))
    , m_reply(start(manager, m_plan))
    , m_done(std::move(done))
{
    wipe(m_plan.body);
    m_plan.body.clear();
    // What arrives faster than we read stays in the kernel.
    m_reply->setReadBufferSize(64 * 1024);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_sent = true; });
    connect(m_reply, &QNetworkReply::sslErrors, this,
        [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Transfer::takeHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &Transfer::takeBody);
    connect(m_reply, &QNetworkReply::finished, this, &Transfer::takeEnd);
}

Transfer::~Transfer()
{
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
}

void Transfer::takeHead()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_finished || status == 0 || m_response.status != 0)
        return;
    m_sent = true;
    m_response.status = status;
    const auto pairs = m_reply->rawHeaderPairs();
    for (const auto &[name, value] : pairs)
        m_response.headers.append({name, value});
    m_response.serverDate = readHttpDate(m_response.header("Date"));
    const QByteArray coding = m_response.header("Content-Encoding").trimmed().toLower();
    if (!coding.isEmpty() && coding != "identity") {
        finish(failure(ErrorCode::ProtocolViolation,
            Sentence::tr("%1 sent a compressed answer (%2) although none was asked for.")
                .arg(m_plan.host,
                    QString::fromLatin1(coding.first(std::min<qsizetype>(coding.size(), 40))))));
        return;
    }
    m_streaming = m_plan.onData && status >= 200 && status < 300
        && m_response.mediaType() == "text/event-stream";
    if (m_plan.onHead)
        m_plan.onHead();
}

void Transfer::takeBody()
{
    takeHead();
    // onData may call the whole exchange off, and then we are gone when it comes back.
    const QPointer<Transfer> alive(this);
    const std::function<bool(QByteArrayView)> onData = m_plan.onData;
    while (alive && !m_finished && m_reply->bytesAvailable() > 0) {
        QByteArray piece = m_reply->read(64 * 1024);
        m_received += piece.size();
        if (m_received > m_plan.maxBodyBytes) {
            finish(failure(ErrorCode::ProtocolViolation,
                Sentence::tr("%1 sent more than the %2 bytes that are taken here.")
                    .arg(m_plan.host)
                    .arg(m_plan.maxBodyBytes)));
        } else if (m_streaming) {
            if (m_plan.onPiece)
                m_plan.onPiece();
            const bool goOn = onData(piece);
            if (alive && !goOn)
                finish(m_response);
        } else {
            m_response.body.append(piece);
        }
        wipe(piece);
    }
}

void Transfer::takeEnd()
{
    const QPointer<Transfer> alive(this);
    takeBody();
    if (!alive || m_finished)
        return;
    const QNetworkReply::NetworkError error = m_reply->error();
    // Qt rewinds the body at these two before it hands us the redirect, and can't.
    if (error == QNetworkReply::ContentReSendError
        && (m_response.status == 307 || m_response.status == 308)) {
        finish(m_response);
        return;
    }
    if (error != QNetworkReply::NoError && !(m_response.status != 0 && isStatusError(error))) {
        finish(failure(errorOfReply()));
        return;
    }
    bool hasLength = false;
    const qint64 length = m_response.header("Content-Length").toLongLong(&hasLength);
    const bool bodiless =
        m_plan.method == "HEAD" || m_response.status == 204 || m_response.status == 304;
    if (hasLength && !bodiless && m_received < length) {
        finish(failure(ErrorCode::Unreachable,
            Sentence::tr("The connection to %1 broke in the middle of its answer. "
                         "Try again.")
                .arg(m_plan.host)));
        return;
    }
    finish(m_response);
}

void Transfer::finish(Result<HttpResponse> result)
{
    if (std::exchange(m_finished, true))
        return;
    // Who waits may destroy the client, and with it the network stack whose signal this is.
    QMetaObject::invokeMethod(
        this,
        [done = m_done, result = std::move(result)]() mutable { done.set(std::move(result)); },
        Qt::QueuedConnection);
}

Error Transfer::errorOfReply() const
{
    const QString &host = m_plan.host;
    const QString detail =
        QStringLiteral("%1 (%2)").arg(m_reply->errorString()).arg(m_reply->error());
    switch (m_reply->error()) {
    case QNetworkReply::SslHandshakeFailedError:
        return {ErrorCode::TlsFailed,
            Sentence::tr("The secure connection to %1 failed: %2.")
                .arg(host, tlsReason(m_tlsErrors)),
            detail};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return {ErrorCode::Unreachable,
            Sentence::tr("The proxy does not let us through to %1. Check the system's proxy "
                         "settings.")
                .arg(host),
            detail};
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return {ErrorCode::Unreachable,
            Sentence::tr("The proxy wants a user name and password. Put them into the "
                         "system's proxy settings."),
            detail};
    case QNetworkReply::ConnectionRefusedError:
        return {ErrorCode::Unreachable,
            Sentence::tr("Nothing answers at %1. Is the server running, and is the port right?")
                .arg(host),
            detail};
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolFailure:
        return {ErrorCode::ProtocolViolation,
            Sentence::tr("%1 does not answer in HTTP. Check the address.").arg(host), detail};
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        return {ErrorCode::Unreachable,
            Sentence::tr("%1 closed the connection without a complete answer. Check that the "
                         "address is right, and try again.")
                .arg(host),
            detail};
    default:
        return {ErrorCode::Unreachable,
            Sentence::tr("The connection to %1 failed. Check the network and try again.").arg(host),
            detail};
    }
}

} // namespace chatelaine::net
