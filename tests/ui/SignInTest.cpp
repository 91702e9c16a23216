// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"
#include "ui/common/Surfaces.h"
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
    }

private:
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
