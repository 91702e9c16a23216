// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/TestLab.h"

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QUrlQuery>

#include <optional>

namespace chatelaine::test {

struct Reply
{
    int status = 0; ///< 0: no answer
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray body;
    bool complete = false; ///< the whole body came

    QByteArray header(const QByteArray &name) const;
    QJsonObject json() const;
    QString text(const char *key) const { return json().value(QLatin1StringView(key)).toString(); }
    /// A parameter of the query of the Location header.
    QString location(const char *key) const;
};

using Headers = QList<QPair<QByteArray, QByteArray>>;
using Fields = QList<QPair<QString, QString>>;

/// A client of the lab that is good for nothing but tests: it follows no redirect and checks
/// nothing, so that what the lab does can be seen.
class Visitor
{
public:
    Reply send(const QByteArray &method, const QString &url, const Headers &headers = {},
               const QByteArray &body = {});
    Reply get(const QString &url, const Headers &headers = {}) { return send("GET", url, headers); }
    Reply postForm(const QString &url, const Fields &fields, const Headers &headers = {});
    Reply postJson(const QString &url, const QJsonObject &object, const Headers &headers = {});

    /// The authorization request that is right in every way, with `changes` in place of its
    /// parameters; an empty value leaves one out.
    Reply authorize(
        const testlab::TestLab &lab, const Fields &changes = {}, const Headers &headers = {});
    /// The code of an auto-approved authorization request.
    QString code(const testlab::TestLab &lab, const Fields &changes = {});
    /// The token request for a code, with `changes` likewise.
    Reply redeem(const testlab::TestLab &lab, const QString &code, const Fields &changes = {},
                 const Headers &headers = {});
    Reply refresh(const testlab::TestLab &lab, const QString &token, const Fields &changes = {});
    /// The access token of a whole flow.
    QByteArray signIn(const testlab::TestLab &lab, const QString &scope = {});

    /// A modern request to the demo server; `token` empty sends none.
    Reply call(const testlab::TestLab &lab, const QByteArray &token, const QString &method,
               const QJsonObject &params = {}, const Headers &changes = {});

    static QString redirectUri() { return QStringLiteral("http://127.0.0.1:9/callback"); }

private:
    QNetworkAccessManager m_network;
};

} // namespace chatelaine::test
