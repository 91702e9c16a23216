// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Chromium.h"

#include "tests/ui/Stage.h"
#include "ui/common/Surfaces.h"

#include <QDir>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QNetworkReply>
#include <QProcess>
#include <QPushButton>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

/// The windows with the keychain of the session, and a lab that asks before it lets anybody in.
struct Desk
{
    Desk()
        : stage(Vault::Kind::Keychain)
        , lab(stage.clock, stage.random, &stage.http, {})
    {
        stage.browserLoads = false;
        if (const auto started = lab.start(); !started)
            qFatal("%s", qPrintable(started.error().message));
    }
    ~Desk()
    {
        // The keychain outlives the test's folder.
        const auto emptied = await(stage.broker->credentials().removeAll({}));
        Q_UNUSED(emptied)
    }

    /// From an empty window to the address that the browser is given.
    QUrl addAndOpenTheBrowser()
    {
        ui::MainWindow &window = stage.window();
        clickOnceShown("addFirstServer");
        auto *url = child<QLineEdit>(window, "serverUrl");
        QTest::keyClicks(url, lab.mcpUrl());
        QTest::keyClick(url, Qt::Key_Return);
        clickOnceShown("addAndSignIn");
        clickOnceShown("openBrowser");
        return stage.opened.constLast();
    }
    /// A view may not even be made before it is first shown.
    void clickOnceShown(const char *name)
    {
        QPushButton *button = nullptr;
        const bool shown = QTest::qWaitFor(
            [&] {
                button = stage.window().findChild<QPushButton *>(QString::fromLatin1(name));
                return button && button->isVisible();
            },
            30'000);
        if (!shown)
            qFatal("%s does not show.", name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    credentials::AccountView account() const
    {
        const auto all = stage.broker->credentials().accounts();
        return all.isEmpty() ? credentials::AccountView{} : all.constFirst();
    }

    Stage stage;
    testlab::TestLab lab;
};

/// What the demo server answers to somebody with this token.
int statusWith(const QString &mcpUrl, const QString &token)
{
    QNetworkAccessManager network;
    QNetworkRequest request{QUrl(mcpUrl)};
    request.setRawHeader("Content-Type", "application/json");
    request.setRawHeader("Accept", "application/json, text/event-stream");
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token.toLatin1());
    const QByteArray initialize =
        R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",)"
        R"("capabilities":{},"clientInfo":{"name":"borrower","version":"1"}}})";
    const std::unique_ptr<QNetworkReply> reply(network.post(request, initialize));
    if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 15'000))
        return 0;
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

/// The whole way with a browser as people have it: from the window through the consent page to the
/// page it ends on, and back. Its pages are pictured in screenshots/ of the build folder.
class ChromiumTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.mkpath(QStringLiteral("."))); }

    void approveAndLend()
    {
        Desk desk;
        Chromium browser(desk.stage.dir.path());
        browser.open(desk.addAndOpenTheBrowser());
        QVERIFY(
            browser.text(QStringLiteral("#client-name")).contains(QStringLiteral("Chatelaine")));
        QVERIFY(browser.text(QStringLiteral("#redirect-host"))
                    .startsWith(QStringLiteral("127.0.0.1:")));
        browser.setSize(900, 1000);
        picture(browser, QStringLiteral("consent"));
        QCOMPARE(desk.account().account.state, store::AccountState::SignedOut);

        browser.click(QStringLiteral("#approve"));
        QTRY_COMPARE(browser.url().path(), QStringLiteral("/callback"));
        QVERIFY(
            browser.text(QStringLiteral("h1")).contains(QStringLiteral("You are signed in to")));
        browser.setSize(900, 700);
        picture(browser, QStringLiteral("signed-in-en"));
        QTRY_COMPARE(desk.account().account.state, store::AccountState::SignedIn);
        QTRY_VERIFY(child<QPushButton>(desk.stage.window(), "signOut")->isVisible());
        QVERIFY(!desk.account().account.tokenFingerprint.isEmpty());

        // Another program of this desktop borrows, and the person allows it once.
        QProcess borrower;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CHATELAINE_HOME"), desk.stage.dir.path());
        borrower.setProcessEnvironment(environment);
        ui::ApprovalWindow &approval = desk.stage.approval();
        borrower.start(qEnvironmentVariable("CHATELAINE_BIN") + QStringLiteral("/chatelaine"),
            {QStringLiteral("token"), desk.account().fullName(), QStringLiteral("--json")});
        QTRY_VERIFY_WITH_TIMEOUT(approval.isAwake(), 20'000);
        QTest::mouseClick(child<QPushButton>(approval, "allowOnce"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(borrower.state(), QProcess::NotRunning, 20'000);
        QCOMPARE(borrower.exitCode(), 0);
        const QString token = QJsonDocument::fromJson(borrower.readAllStandardOutput())
                                  .object()
                                  .value(QLatin1StringView("access_token"))
                                  .toString();
        QVERIFY(!token.isEmpty());
        QCOMPARE(statusWith(desk.lab.mcpUrl(), QString()), 401);
        QCOMPARE(statusWith(desk.lab.mcpUrl(), token), 200);
    }

    void deny()
    {
        Desk desk;
        Chromium browser(desk.stage.dir.path());
        browser.open(desk.addAndOpenTheBrowser());
        browser.click(QStringLiteral("#deny"));
        QTRY_COMPARE(browser.url().path(), QStringLiteral("/callback"));
        QVERIFY(browser.text(QStringLiteral("h1")).contains(QStringLiteral("did not work")));
        picture(browser, QStringLiteral("failed-en"));
        auto *again = child<QPushButton>(desk.stage.window(), "signInAgain");
        QTRY_VERIFY(again->isVisible());
        QStringList said;
        const auto *outcome = child<ui::Banner>(desk.stage.window(), "signInOutcome");
        for (const QLabel *label : outcome->findChildren<QLabel *>())
            said.append(label->text());
        QVERIFY2(said.join(u' ').contains(QStringLiteral("declined")), qPrintable(said.join(u'|')));
        QCOMPARE(desk.account().account.state, store::AccountState::SignedOut);
        QCOMPARE(desk.lab.requestCounts().value(QStringLiteral("token_code")), 0);

        // A change of mind needs no more than a click.
        QTest::mouseClick(again, Qt::LeftButton);
        desk.clickOnceShown("openBrowser");
        browser.open(desk.stage.opened.constLast());
        browser.click(QStringLiteral("#approve"));
        QTRY_COMPARE(desk.account().account.state, store::AccountState::SignedIn);
    }

    void inTheLanguageOfTheWindows()
    {
        Desk desk;
        desk.stage.language.set(QStringLiteral("ru"));
        Chromium browser(desk.stage.dir.path(), QStringLiteral("ru,en"));
        const QUrl first = desk.addAndOpenTheBrowser();
        browser.open(first);
        browser.click(QStringLiteral("#deny"));
        QTRY_COMPARE(browser.url().path(), QStringLiteral("/callback"));
        QVERIFY(browser.text(QStringLiteral("h1")).contains(QStringLiteral("не удалось")));
        picture(browser, QStringLiteral("failed-ru"));
        QTest::mouseClick(child<QPushButton>(desk.stage.window(), "signInAgain"), Qt::LeftButton);
        desk.clickOnceShown("openBrowser");
        browser.open(desk.stage.opened.constLast());
        browser.click(QStringLiteral("#approve"));
        QTRY_COMPARE(browser.url().path(), QStringLiteral("/callback"));
        picture(browser, QStringLiteral("signed-in-ru"));
        desk.stage.language.set(QStringLiteral("en"));
    }

private:
    void picture(Chromium &browser, const QString &name)
    {
        for (const bool dark : {false, true}) {
            browser.setDark(dark);
            const QString theme = dark ? QStringLiteral("dark") : QStringLiteral("light");
            browser.picture(
                m_folder.filePath(QStringLiteral("browser-%1-%2.png").arg(name, theme)));
        }
        browser.setDark(false);
    }

    const QDir m_folder{QCoreApplication::applicationDirPath() + QStringLiteral("/../screenshots")};
};

QTEST_MAIN(ChromiumTest)
#include "ChromiumTest.moc"
