// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/flows/Parlour.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

namespace chatelaine::test {

inline constexpr qint64 minuteMs = 60'000;

/// A parlour in a desktop's session, with a program at each socket and a grant for everybody.
class Home : public Parlour
{
public:
    explicit Home(Options options = {})
        : Parlour(inSession(std::move(options)))
    {
        connect();
        if (!account.isEmpty()) {
            must("grants/add",
                {{QStringLiteral("server"), QStringLiteral("demo")},
                    {QStringLiteral("any_client"), true}});
        }
    }

    /// A request that is not refused.
    QJsonObject must(const char *method, const QJsonObject &params = {})
    {
        const client::Message answer = control->call(method, params);
        if (answer.error)
            qFatal("%s: %s", method, qPrintable(answer.error->message));
        return answer.object;
    }
    void set(const char *name, const QJsonValue &value)
    {
        must("settings/set",
            {{QStringLiteral("name"), QLatin1StringView(name)}, {QStringLiteral("value"), value}});
    }
    void removeGrants()
    {
        const QJsonArray grants = must("grants/list").value(QLatin1StringView("grants")).toArray();
        for (const QJsonValue &grant : grants) {
            must("grants/remove",
                {{QStringLiteral("id"), grant.toObject().value(QLatin1StringView("id"))}});
        }
    }
    /// Whether it asks to be stopped once nobody has called for a quarter of an hour.
    bool leaves()
    {
        control.reset();
        borrower.reset();
        if (!QTest::qWaitFor([this] { return broker->reception().connections().empty(); }))
            qFatal("Somebody is still connected.");
        QSignalSpy leaving(broker.get(), &broker::Broker::stopRequested);
        // The first may find the last use a moment ago.
        for (int i = 0; i < 2; ++i)
            clock.advance(15 * minuteMs);
        connect();
        must("status");
        return !leaving.isEmpty();
    }
    /// What stands beside such events in the history.
    QString details(const char *event)
    {
        QStringList details;
        for (const audit::Record &record : history(QLatin1StringView(event)))
            details.append(record.event.detail);
        return details.join(u'|');
    }

    std::unique_ptr<Caller> control;
    std::unique_ptr<Caller> borrower;

private:
    static Options inSession(Options options)
    {
        options.session = true;
        return options;
    }
    void connect()
    {
        control = std::make_unique<Caller>(controlSocket());
        borrower = std::make_unique<Caller>(borrowSocket());
    }
};

inline Parlour::Options withoutServers(Parlour::Options options = {})
{
    options.signedIn = false;
    return options;
}

inline Parlour::Options inAFile(const char *passphrase)
{
    Parlour::Options options;
    options.vault = Vault::Kind::EncryptedFile;
    options.passphrase = Secret::copyOf(passphrase);
    return options;
}

} // namespace chatelaine::test
