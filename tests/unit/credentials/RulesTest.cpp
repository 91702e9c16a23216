// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/AccountState.h"
#include "core/credentials/Scopes.h"
#include "core/credentials/ServerUrl.h"

#include <QTest>

using namespace chatelaine;
using namespace chatelaine::credentials;
using store::AccountState;

Q_DECLARE_METATYPE(chatelaine::store::AccountState)
Q_DECLARE_METATYPE(chatelaine::credentials::AccountEvent)

class RulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theStateMachine_data()
    {
        QTest::addColumn<AccountState>("from");
        QTest::addColumn<AccountEvent>("event");
        QTest::addColumn<QString>("to"); // empty: nothing changes
        using E = AccountEvent;
        using S = AccountState;
        const auto row = [](const char *name, S from, E event, const char *to) {
            QTest::newRow(name) << from << event << QString::fromLatin1(to);
        };
        row("first sign-in", S::SignedOut, E::SignedIn, "signed_in");
        row("sign-in again", S::NeedsSignIn, E::SignedIn, "signed_in");
        row("sign-in mends damage", S::Error, E::SignedIn, "signed_in");
        row("refresh", S::SignedIn, E::Refreshed, "signed_in");
        row("refresh of an expired one", S::Expired, E::Refreshed, "signed_in");
        row("refresh after sign-out comes too late", S::SignedOut, E::Refreshed, "");
        row("refresh after the grant was lost", S::NeedsSignIn, E::Refreshed, "");
        row("lapse", S::SignedIn, E::Lapsed, "expired");
        row("lapse of nothing", S::SignedOut, E::Lapsed, "");
        row("grant lost", S::SignedIn, E::GrantLost, "needs_sign_in");
        row("grant lost when expired", S::Expired, E::GrantLost, "needs_sign_in");
        row("grant lost after sign-out", S::SignedOut, E::GrantLost, "");
        row("issuer changed", S::SignedIn, E::IssuerChanged, "needs_sign_in");
        row("issuer changed before any sign-in", S::SignedOut, E::IssuerChanged, "");
        row("sign-out", S::SignedIn, E::SignedOut, "signed_out");
        row("sign-out of what needs sign-in", S::NeedsSignIn, E::SignedOut, "signed_out");
        row("sign-out twice", S::SignedOut, E::SignedOut, "");
        row("damage", S::SignedIn, E::Damaged, "error");
    }
    void theStateMachine()
    {
        QFETCH(const AccountState, from);
        QFETCH(const AccountEvent, event);
        QFETCH(const QString, to);
        const auto step = transition(from, event);
        QCOMPARE(step.has_value(), !to.isEmpty());
        if (step) {
            QCOMPARE(store::accountStateName(step->to), to);
            QVERIFY(step->event.contains(u'.'));
        }
    }

    void scopesAreChosenInTheSpecifiedOrder_data()
    {
        QTest::addColumn<QString>("setting");
        QTest::addColumn<QString>("challenge"); // "-": none
        QTest::addColumn<QString>("resource"); // "-": none
        QTest::addColumn<QString>("issuer"); // "-": none
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *setting, const char *challenge,
                             const char *resource, const char *issuer, const char *before,
                             const char *expected) {
            QTest::newRow(name) << QString::fromLatin1(setting) << QString::fromLatin1(challenge)
                                << QString::fromLatin1(resource) << QString::fromLatin1(issuer)
                                << QString::fromLatin1(before) << QString::fromLatin1(expected);
        };
        row("nothing known, nothing sent", "", "-", "-", "-", "", "");
        row("challenge before resource", "", "a", "a b c", "-", "", "a");
        row("resource when no challenge", "", "-", "a b", "-", "", "a b");
        row("the person's choice first", "x", "a", "a b", "-", "", "x");
        row("step-up keeps what was there", "", "write", "-", "-", "read", "read write");
        row("no repetition", "", "read write", "-", "-", "read", "read write");
        row("offline where the issuer lists it", "", "a", "-", "a offline_access", "",
            "a offline_access");
        row("no offline where it does not", "", "a", "-", "a", "", "a");
        row("no lone offline", "", "-", "-", "offline_access", "", "");
        row("an empty challenge asks for nothing", "", "", "a b", "-", "", "");
    }
    void scopesAreChosenInTheSpecifiedOrder()
    {
        QFETCH(const QString, setting);
        QFETCH(const QString, challenge);
        QFETCH(const QString, resource);
        QFETCH(const QString, issuer);
        QFETCH(const QString, before);
        QFETCH(const QString, expected);
        const QString none = QStringLiteral("-");
        ScopeSources sources;
        sources.chosenByPerson = splitScopes(setting);
        if (challenge != none)
            sources.challenged = challenge;
        if (resource != none)
            sources.resourceSupports = splitScopes(resource);
        if (issuer != none)
            sources.issuerSupports = splitScopes(issuer);
        sources.before = splitScopes(before);
        QCOMPARE(chooseScopes(sources).join(u' '), expected);
    }

    void addressesAreRead_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url"); // empty: refused
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *typed, const char *url,
                             const char *says) {
            QTest::newRow(name) << QString::fromLatin1(typed) << QString::fromLatin1(url)
                                << QString::fromLatin1(says);
        };
        row("whole", "https://mcp.example.com/mcp", "https://mcp.example.com/mcp", "");
        row("spaces around", "  https://mcp.example.com/mcp \n", "https://mcp.example.com/mcp", "");
        row("no scheme", "mcp.example.com/mcp", "https://mcp.example.com/mcp", "");
        row("no scheme, loopback", "localhost:8080/mcp", "http://localhost:8080/mcp", "");
        row("http to loopback", "http://127.0.0.1:9/mcp", "http://127.0.0.1:9/mcp", "");
        row("http to ::1", "http://[::1]:9/mcp", "http://[::1]:9/mcp", "");
        row("http in public", "http://mcp.example.com/mcp", "", "readable over the network");
        row("http, all of it", "http://mcp.example.com:8080/v1/mcp", "",
            "Use https://mcp.example.com:8080/v1/mcp instead.");
        row("http, its own port", "http://mcp.example.com:80/mcp?key=hunter2", "",
            "Use https://mcp.example.com/mcp instead.");
        row("no URL", "banana", "", "not a URL");
        row("empty", "", "", "not a URL");
        row("words", "my server please", "", "not a URL");
        row("file", "file:///etc/passwd", "", "not a URL");
        row("other scheme", "ftp://example.com/mcp", "", "ftp://");
        row("password", "https://me:pw@example.com/mcp", "", "user name or password");
        row("password, no scheme", "me:pw@example.com/mcp", "", "\"example.com/mcp\" is not a URL");
        row("password, no URL", "https://me:pw@exa mple.com/", "", "not a URL");
        row("fragment", "https://example.com/mcp#x", "", "fragment");
        row("spaces inside", "https://exa mple.com/", "", "not a URL");
    }
    void addressesAreRead()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, url);
        QFETCH(const QString, says);
        const Result<QUrl> read = readServerUrl(typed);
        if (url.isEmpty()) {
            QVERIFY(!read);
            QCOMPARE(read.error().code, ErrorCode::InvalidInput);
            QVERIFY2(read.error().message.contains(says), qPrintable(read.error().message));
            QVERIFY(!read.error().message.contains(QStringLiteral("me:pw")));
        } else {
            QVERIFY(read);
            QCOMPARE(read->toString(QUrl::FullyEncoded), url);
        }
    }

    void namesAreMadeFromHosts_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("name");
        QTest::newRow("mcp subdomain")
            << QStringLiteral("https://mcp.github.com/mcp") << QStringLiteral("github");
        QTest::newRow("two-level suffix")
            << QStringLiteral("https://api.shop.co.uk/") << QStringLiteral("shop");
        QTest::newRow("loopback") << QStringLiteral("http://127.0.0.1:8/")
                                  << QStringLiteral("local");
        QTest::newRow("address") << QStringLiteral("https://192.168.1.2/")
                                 << QStringLiteral("192.168.1.2");
        QTest::newRow("taken") << QStringLiteral("https://linear.app/mcp")
                               << QStringLiteral("linear-2");
    }
    void namesAreMadeFromHosts()
    {
        QFETCH(const QString, url);
        QFETCH(const QString, name);
        const QStringList taken{QStringLiteral("linear")};
        QCOMPARE(nameFor(QUrl(url), taken), name);
        QVERIFY(isGoodName(nameFor(QUrl(url), taken)));
    }
};

QTEST_GUILESS_MAIN(RulesTest)
#include "RulesTest.moc"
