// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/base/Secret.h"
#include "core/testlab/Faults.h"
#include "core/testlab/HttpService.h"
#include "core/testlab/TestLab.h"

#include <QMap>

namespace chatelaine::testlab {

/// What the parts of one lab share.
struct Context
{
    Clock &clock;
    Random &random;
    net::HttpClient *http;
    LabOptions options;
    Faults faults = {};
    QMap<QString, int> counts = {};
    QList<Secret> issued = {};
    /// Resource identifiers tokens may be asked for (RFC 8707); the first is the usual one.
    QStringList resources = {};

    qint64 clockOffsetMs() const
    {
        constexpr qint64 hourMs = 3'600'000;
        return faults.has(Fault::ClockOneHourOff) ? hourMs
            : faults.has(Fault::ClockOneHourBehind) ? -hourMs
                                                    : 0;
    }
    /// What the servers believe the time to be.
    UtcMs now() const { return clock.utcMs() + clockOffsetMs(); }

    /// What the request in hand is, by the first count it made.
    QString current = {};

    void count(const QString &what)
    {
        ++counts[what];
        if (current.isEmpty())
            current = what;
    }
    /// A new unpredictable text, remembered as handed out.
    QString newSecret(qsizetype bytes = 32)
    {
        const QString text = QString::fromLatin1(random.text(bytes));
        issued.append(Secret::fromString(text));
        return text;
    }
};

/// An error object of RFC 6749 §5.2, RFC 7591 §3.2.2 or an error response of RFC 6749 §4.1.2.1.
struct OAuthError
{
    QString code;
    QString description;
    int status = 400;

    QJsonObject toJson() const
    {
        return {{QStringLiteral("error"), code}, {QStringLiteral("error_description"), description}};
    }
};

} // namespace chatelaine::testlab
