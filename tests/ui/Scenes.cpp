// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Scenes.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QToolButton>

namespace chatelaine::test {

namespace {

constexpr qint64 minute = 60'000;

} // namespace

void household(Stage &stage)
{
    using S = store::AccountState;
    const QStringList repo{QStringLiteral("repo"), QStringLiteral("read:org"),
        QStringLiteral("workflow"), QStringLiteral("user:email")};
    stage.remember({
        {QStringLiteral("github"), QStringLiteral("https://api.example.com/mcp/"), {}, S::SignedIn,
            57 * minute, repo},
        {QStringLiteral("tickets"), QStringLiteral("https://mcp.tickets.example.com/v1/mcp"),
            QStringLiteral("work"), S::SignedIn, 9 * minute, {QStringLiteral("issues:write")}},
        {QStringLiteral("drive"), QStringLiteral("https://drive.example.org/mcp"), {},
            S::NeedsSignIn, 0, {},
            // As a broker by itself has said and stored it.
            QStringLiteral("The authorization server refused the token request (invalid_grant). "
                           "The sign-in is no longer valid there: sign in again.")},
        {QStringLiteral("payments-sandbox-europe-west"),
            QStringLiteral("https://payments.example.net/mcp"), {}, S::Expired},
        {QStringLiteral("wiki"), QStringLiteral("https://wiki.example.com/mcp"), {}, S::SignedOut},
        {QStringLiteral("design"), QStringLiteral("https://design.example.com/mcp"), {}, S::Error,
            0, {},
            QStringLiteral("The tokens of design can't be read: another program has "
                           "changed them in the keychain.")},
    });
}

void grant(Stage &stage, const char *server, const QString &exe, bool deny, qint64 forMs)
{
    store::Grant given;
    given.id = QString::fromLatin1(stage.random.text(16));
    given.serverId = stage.broker->credentials().find(QString::fromLatin1(server))->server.id;
    given.exe = exe;
    given.deny = deny;
    if (!deny && forMs == 0)
        given.idleMs = 30LL * 24 * 60 * minute - 1;
    if (forMs > 0) {
        given.lifetime = store::GrantLifetime::Until;
        given.expiresAt = stage.clock.utcMs() + forMs;
        given.lastUsed = stage.clock.utcMs() - 5 * minute;
        given.scopes = {QStringLiteral("repo"), QStringLiteral("read:org")};
    }
    if (!await(stage.broker->grants().add(given)))
        qFatal("The grant can't be written.");
}

namespace {

void nothingYet(Stage &stage)
{
    stage.window();
}

void aHousehold(Stage &stage)
{
    household(stage);
    const auto lab = stage.addLab();
    if (!stage.signIn(lab.account.id))
        qFatal("The sign-in failed.");
    stage.lend(QStringLiteral("sentiment"), QStringLiteral("/usr/bin/codex"), 12);
    stage.lend(QStringLiteral("sentiment"), QStringLiteral("/usr/lib/zed/zed-editor"), 3);
    stage.lend(QStringLiteral("github"), QStringLiteral("/usr/bin/codex"), 1);
    grant(stage, "sentiment", QStringLiteral("/usr/bin/codex"), false, 8 * 60 * minute - 1);
    grant(stage, "sentiment", QStringLiteral("/home/ada/bin/nightly-report.py"), true, 0);
    stage.window().openPage(QStringLiteral("servers"), lab.account.id);
    until([&stage] { return child<QPushButton>(stage.window(), "refresh")->isVisible(); });
}

void stepUp(Stage &stage)
{
    aHousehold(stage);
    const auto lab = stage.broker->credentials().find(QStringLiteral("sentiment"));
    if (!lab)
        qFatal("The lab's server is not there.");
    stage.broker->credentials().noteMissing(
        lab->account.id, {QStringLiteral("sentiment:write"), QStringLiteral("sentiment:batch")});
}

void tab(Stage &stage, int index)
{
    aHousehold(stage);
    child<QTabWidget>(stage.window(), "detailTabs")->setCurrentIndex(index);
}

void history(Stage &stage)
{
    tab(stage, 1);
}

void connection(Stage &stage)
{
    tab(stage, 2);
}

void settings(Stage &stage)
{
    tab(stage, 3);
}

void unsavedSettings(Stage &stage)
{
    settings(stage);
    auto *name = child<QLineEdit>(stage.window(), "serverName");
    until([name] { return name->isVisible(); });
    QTest::keyClicks(name, QStringLiteral("-europe"));
}

void needsSignIn(Stage &stage)
{
    household(stage);
    const auto drive = stage.broker->credentials().find(QStringLiteral("drive"));
    stage.window().openPage(QStringLiteral("servers"), drive->account.id);
}

void nothingFound(Stage &stage)
{
    household(stage);
    child<QLineEdit>(stage.window(), "searchServers")->setText(QStringLiteral("nowhere"));
}

void askBeforeRemoving(Stage &stage)
{
    aHousehold(stage);
    QTest::mouseClick(child<QToolButton>(stage.window(), "removeServer"), Qt::LeftButton);
}

void notRevoked(Stage &stage)
{
    aHousehold(stage);
    stage.lab->setFault(testlab::Fault::Revocation500);
    QTest::mouseClick(child<QPushButton>(stage.window(), "revokeTokens"), Qt::LeftButton);
    auto *yes = child<QPushButton>(stage.window(), "confirm");
    QTest::mouseClick(yes, Qt::LeftButton);
    auto *banner = child<QWidget>(stage.window(), "detailBanner");
    until([yes, banner] { return !yes->isVisible() && banner->isVisible(); });
}

void askBeforeRevoking(Stage &stage)
{
    aHousehold(stage);
    QTest::mouseClick(child<QPushButton>(stage.window(), "revokeTokens"), Qt::LeftButton);
}

void adding(Stage &stage)
{
    QTest::keyClick(&stage.window(), Qt::Key_N, Qt::ControlModifier);
}

void checkUrl(Stage &stage, const QString &url)
{
    adding(stage);
    auto *field = child<QLineEdit>(stage.window(), "serverUrl");
    field->setText(url);
    QTest::keyClick(field, Qt::Key_Return);
}

void discovered(Stage &stage)
{
    checkUrl(stage, stage.lab->mcpUrl());
    until([&stage] { return child<QPushButton>(stage.window(), "addOnly")->isVisible(); });
}

void noRegistration(Stage &stage)
{
    stage.lab->setFault(testlab::Fault::NoRegistration);
    discovered(stage);
}

void knownServer(Stage &stage)
{
    stage.addLab();
    discovered(stage);
    QTest::keyClicks(child<QLineEdit>(stage.window(), "accountName"), QStringLiteral("at work"));
}

void cannotWork(Stage &stage)
{
    stage.lab->setFault(testlab::Fault::NoS256);
    discovered(stage);
}

void wrongUrl(Stage &stage)
{
    checkUrl(stage, QStringLiteral("http://mcp.example.com/mcp"));
    until([&stage] { return child<QLabel>(stage.window(), "wrongUrl")->isVisible(); });
}

void signingIn(Stage &stage)
{
    household(stage);
    stage.browserLoads = false;
    const auto lab = stage.addLab();
    stage.window().openPage(QStringLiteral("servers"), QStringLiteral("sign-in:") + lab.account.id);
    until([&stage] { return child<QPushButton>(stage.window(), "openBrowser")->isVisible(); });
}

void signInWaits(Stage &stage)
{
    signingIn(stage);
    QTest::mouseClick(child<QPushButton>(stage.window(), "openBrowser"), Qt::LeftButton);
}

void signInFailed(Stage &stage)
{
    stage.lab->setFault(testlab::Fault::AuthorizationDenied);
    signingIn(stage);
    stage.browserLoads = true;
    auto *open = child<QPushButton>(stage.window(), "openBrowser");
    QTest::mouseClick(open, Qt::LeftButton);
    until([open] { return !open->isVisible(); });
}

void locked(Stage &stage)
{
    aHousehold(stage);
    if (!await(stage.broker->lock({})))
        qFatal("The broker does not lock.");
}

void lockedFile(Stage &stage)
{
    if (!await(stage.broker->unlock(Secret::fromString(QStringLiteral("ada")), {}, {})))
        qFatal("The vault does not open.");
    if (!await(stage.broker->lock({})))
        qFatal("The broker does not lock.");
    auto *passphrase = child<QLineEdit>(stage.window(), "passphrase");
    QTest::keyClicks(passphrase, QStringLiteral("babbage"));
    QTest::keyClick(passphrase, Qt::Key_Return);
    auto *problem = child<QLabel>(stage.window(), "problem");
    until([problem] { return problem->isVisible(); });
}

} // namespace

const QList<Scene> &scenes()
{
    static const QList<Scene> all{
        {"servers-none", nothingYet},
        {"servers-overview", aHousehold},
        {"servers-history", history},
        {"servers-connection", connection},
        {"servers-settings", settings},
        {"servers-settings-unsaved", unsavedSettings},
        {"servers-needs-sign-in", needsSignIn},
        {"servers-nothing-found", nothingFound},
        {"servers-step-up", stepUp},
        {"servers-remove", askBeforeRemoving},
        {"servers-revoke", askBeforeRevoking},
        {"servers-not-revoked", notRevoked},
        {"add-empty", adding},
        {"add-discovered", discovered},
        {"add-no-registration", noRegistration},
        {"add-known", knownServer},
        {"add-cannot-work", cannotWork},
        {"add-wrong-url", wrongUrl},
        {"sign-in", signingIn},
        {"sign-in-waits", signInWaits},
        {"sign-in-failed", signInFailed},
        {"locked", locked},
        {"locked-passphrase", lockedFile, Vault::Kind::EncryptedFile},
        {"choose-passphrase", nothingYet, Vault::Kind::EncryptedFile},
    };
    static const QList<Scene> whole =
        all + borrowScenes() + registryScenes() + labScenes() + lifeScenes();
    return whole;
}

} // namespace chatelaine::test
