// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"
#include "ui/common/Surfaces.h"
#include "ui/servers/ServerDetail.h"
#include "ui/signin/SignInView.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QNetworkReply>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

class SignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBrowserOpensOnAClickAndThePersonSeesWhere()
    {
        Stage stage;
        const auto server = stage.addLab();
        ui::SignInView view(*stage.services);
        view.show();
        QSignalSpy left(&view, &ui::SignInView::left);
        view.start(server.account.id);
        auto *open = child<QPushButton>(view, "openBrowser");
        QTRY_VERIFY(open->isVisible());
        QVERIFY(stage.opened.isEmpty());
        QVERIFY(hasText(view, QStringLiteral("127.0.0.1")));
        const auto chips = view.findChild<ui::ChipFlow *>();
        QVERIFY(chips->chips().contains(QStringLiteral("sentiment:read")));
        QTest::mouseClick(open, Qt::LeftButton);
        QTRY_COMPARE(left.size(), 1);
        QCOMPARE(stage.opened.size(), 1);
        QCOMPARE(stage.view(server.account.id).account.state, store::AccountState::SignedIn);
    }

    void aBrowserThatDoesNotOpenIsSaid()
    {
        Stage stage;
        stage.browserWorks = false;
        ui::SignInView view(*stage.services);
        view.show();
        view.start(stage.addLab().account.id);
        auto *open = child<QPushButton>(view, "openBrowser");
        QTRY_VERIFY(open->isVisible());
        QTest::mouseClick(open, Qt::LeftButton);
        QVERIFY(view.findChild<ui::Banner *>()->isVisible());
        QVERIFY(view.isRunning());
    }

    void aPastedCallbackAddressDoesTheSame()
    {
        Stage stage;
        stage.browserLoads = false;
        const auto server = stage.addLab();
        ui::SignInView view(*stage.services);
        view.show();
        QSignalSpy left(&view, &ui::SignInView::left);
        view.start(server.account.id);
        auto *open = child<QPushButton>(view, "openBrowser");
        QTRY_VERIFY(open->isVisible());
        QTest::mouseClick(open, Qt::LeftButton);

        auto *paste = child<QLineEdit>(view, "pastedCallback");
        paste->setText(QStringLiteral("http://127.0.0.1/elsewhere?code=1"));
        QTest::keyClick(paste, Qt::Key_Return);
        QVERIFY(view.findChild<ui::Banner *>()->isVisible());

        // A browser on another computer: it is told where to go on, and can't.
        QNetworkAccessManager browser;
        QNetworkRequest request(stage.opened.constFirst());
        request.setAttribute(
            QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        QNetworkReply *reply = browser.get(request);
        QTRY_VERIFY(reply->isFinished());
        paste->setText(QString::fromLatin1(reply->rawHeader("Location")));
        QTest::keyClick(paste, Qt::Key_Return);
        QTRY_COMPARE(left.size(), 1);
        QCOMPARE(stage.view(server.account.id).account.state, store::AccountState::SignedIn);
    }

    void cancelCallsItOff()
    {
        Stage stage;
        const auto server = stage.addLab();
        ui::SignInView view(*stage.services);
        view.show();
        view.start(server.account.id);
        QTRY_VERIFY(child<QPushButton>(view, "openBrowser")->isVisible());
        QTest::mouseClick(child<QPushButton>(view, "leaveSignIn"), Qt::LeftButton);
        QVERIFY(!view.isRunning());
        QCOMPARE(stage.view(server.account.id).account.state, store::AccountState::SignedOut);
        // The next one is not told that another is still waiting.
        view.start(server.account.id);
        QTRY_VERIFY(child<QPushButton>(view, "openBrowser")->isVisible());
    }

    void aFailureNamesTheStepAndWhatWasSaid_data()
    {
        QTest::addColumn<testlab::Fault>("fault");
        QTest::addColumn<bool>("atConsent");
        QTest::newRow("the person said no") << testlab::Fault::AuthorizationDenied << true;
        QTest::newRow("token endpoint breaks") << testlab::Fault::Token500 << true;
        QTest::newRow("no metadata") << testlab::Fault::NoIssuerMetadata << false;
    }
    void aFailureNamesTheStepAndWhatWasSaid()
    {
        QFETCH(const testlab::Fault, fault);
        QFETCH(const bool, atConsent);
        Stage stage;
        stage.lab->setFault(fault);
        ui::SignInView view(*stage.services);
        view.show();
        view.start(stage.addLab().account.id);
        if (atConsent) {
            auto *open = child<QPushButton>(view, "openBrowser");
            QTRY_VERIFY(open->isVisible());
            QTest::mouseClick(open, Qt::LeftButton);
        }
        QTRY_VERIFY(!view.isRunning());
        auto *banner = view.findChild<ui::Banner *>();
        QVERIFY(banner->isVisible());
        QVERIFY(banner->text().contains(QLatin1StringView("Stopped at")));
        QVERIFY(!banner->accessibleDescription().isEmpty());
        QCOMPARE(view.focusWidget(), child<QPushButton>(view, "signInAgain"));
    }

    void oneThatEndsElsewhereLeavesWhatIsShown()
    {
        Two two;
        two.begin(two.first);
        auto *view = two.shown();
        QVERIFY(view);
        two.window.openPage(QStringLiteral("servers"), two.second);
        QVERIFY(!two.shown());
        two.agree(*view);
        QTRY_COMPARE(two.stage.view(two.first).account.state, store::AccountState::SignedIn);
        QTRY_VERIFY(!view->isOpen());
        auto *detail = two.window.findChild<ui::ServerDetail *>();
        QVERIFY(detail->isVisible());
        QCOMPARE(detail->accountId(), two.second);
        two.window.openPage(QStringLiteral("servers"), two.first);
        QVERIFY(detail->isVisible());
        QCOMPARE(detail->accountId(), two.first);
    }

    void oneThatFailsElsewhereWaitsToBeSeen()
    {
        Two two;
        two.begin(two.first);
        auto *view = two.shown();
        QVERIFY(view);
        two.window.openPage(QStringLiteral("servers"), two.second);
        two.stage.lab->setFault(testlab::Fault::AuthorizationDenied);
        two.agree(*view);
        QTRY_VERIFY(!view->isRunning());
        auto *detail = two.window.findChild<ui::ServerDetail *>();
        QCOMPARE(detail->accountId(), two.second);
        QVERIFY(detail->isVisible());

        for (const QString &id : {two.first, two.second, two.first})
            two.window.openPage(QStringLiteral("servers"), id);
        QVERIFY(view->isVisible());
        const auto *outcome = child<ui::Banner>(*view, "signInOutcome");
        QVERIFY(outcome->isVisible());
        QTRY_VERIFY(outcome->height() <= outcome->heightForWidth(outcome->width()));
        QTest::mouseClick(child<QPushButton>(*view, "leaveSignIn"), Qt::LeftButton);
        QVERIFY(detail->isVisible());
        QCOMPARE(detail->accountId(), two.first);
        // Seen is seen.
        for (const QString &id : {two.second, two.first})
            two.window.openPage(QStringLiteral("servers"), id);
        QVERIFY(detail->isVisible());
    }

    void twoRunSideBySide()
    {
        Two two;
        two.begin(two.first);
        auto *first = two.shown();
        two.begin(two.second);
        auto *second = two.shown();
        QVERIFY(first && second && first != second);
        QVERIFY2(first->isRunning(), "The second one called the first one off.");
        // Who asks for it again sees the one that waits.
        const int asked = two.stage.lab->requestCounts().value(QStringLiteral("registration"));
        two.window.openPage(QStringLiteral("servers"), QStringLiteral("sign-in:") + two.first);
        QCOMPARE(two.shown(), first);
        QVERIFY(child<QPushButton>(*first, "openBrowser")->isVisible());
        QCOMPARE(two.stage.lab->requestCounts().value(QStringLiteral("registration")), asked);

        two.agree(*second);
        QTRY_COMPARE(two.stage.view(two.second).account.state, store::AccountState::SignedIn);
        QTRY_VERIFY(!second->isOpen());
        QCOMPARE(two.shown(), first);
        two.agree(*first);
        QTRY_COMPARE(two.stage.view(two.first).account.state, store::AccountState::SignedIn);
        QTRY_VERIFY(!two.shown());
        // Neither is kept for nothing.
        two.begin(two.second);
        QVERIFY(two.shown() == first || two.shown() == second);
    }

    void oneWhoseServerIsRemovedIsOver()
    {
        Two two;
        two.begin(two.first);
        auto *view = two.shown();
        QVERIFY(await(two.stage.broker->credentials().remove(two.first, {})));
        QTRY_VERIFY(!view->isOpen());
        QVERIFY(!view->isVisible());
    }

private:
    /// Two servers, and what a person does with them.
    struct Two
    {
        Two()
            : first(stage.addLab(QStringLiteral("first")).account.id)
            , window(stage.window())
        {
            stage.browserLoads = false;
            credentials::NewServer other;
            other.url = stage.lab->mcpUrl();
            other.name = QStringLiteral("second");
            const auto added = await(stage.broker->credentials().add(other, {}));
            if (!added)
                qFatal("%s", qPrintable(added.error().message));
            second = added->account.id;
        }
        ui::SignInView *shown() const
        {
            const QList<ui::SignInView *> views = window.findChildren<ui::SignInView *>();
            const auto found = std::find_if(views.cbegin(), views.cend(),
                [](const ui::SignInView *view) { return view->isVisible(); });
            return found == views.cend() ? nullptr : *found;
        }
        void begin(const QString &accountId)
        {
            window.openPage(QStringLiteral("servers"), QStringLiteral("sign-in:") + accountId);
            const auto waits = [this] {
                ui::SignInView *view = shown();
                return view && child<QPushButton>(*view, "openBrowser")->isVisible();
            };
            if (!QTest::qWaitFor(waits, 10'000))
                qFatal("The sign-in does not begin.");
        }
        /// In a browser that is slower than the person is.
        void agree(ui::SignInView &view)
        {
            const auto open = child<QPushButton>(view, "openBrowser");
            open->click();
            QNetworkReply *reply = browser.get(QNetworkRequest(stage.opened.constLast()));
            QObject::connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
        }

        Stage stage;
        QNetworkAccessManager browser;
        QString first;
        QString second;
        ui::MainWindow &window;
    };

    static bool hasText(const QWidget &root, const QString &text)
    {
        const QList<QLabel *> labels = root.findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(), [&text](const QLabel *label) {
            return label->isVisible() && label->text() == text;
        });
    }
};

QTEST_MAIN(SignInTest)
#include "SignInTest.moc"
