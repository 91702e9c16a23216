// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vault/Vault.h"
#include "tests/ui/Stage.h"
#include "ui/common/CopyField.h"
#include "ui/common/Surfaces.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QUrlQuery>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

/// What is asked beside the address, once that was looked at.
struct Adding
{
    Adding(Stage &stage, const QString &address)
        : window(stage.window())
    {
        window.resize(900, 600);
        QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier);
        auto *url = child<QLineEdit>(window, "serverUrl");
        url->setText(address);
        QTest::keyClick(url, Qt::Key_Return);
        add = child<QPushButton>(window, "addAndSignIn");
        only = child<QPushButton>(window, "addOnly");
        if (!QTest::qWaitFor([this] { return only->isVisible(); }, 10'000))
            qFatal("The address is not looked at.");
        // The layouts follow in their own time.
        QCoreApplication::processEvents();
    }
    QLineEdit *field(const char *name) const { return child<QLineEdit>(window, name); }
    void signIn(Stage &stage) const
    {
        QTest::mouseClick(add, Qt::LeftButton);
        const auto waits = [this] {
            const auto *open = window.findChild<QPushButton *>(QStringLiteral("openBrowser"));
            return open && open->isVisible();
        };
        QTRY_VERIFY(waits());
        QTest::mouseClick(child<QPushButton>(window, "openBrowser"), Qt::LeftButton);
        QCOMPARE(stage.opened.size(), 1);
    }

    ui::MainWindow &window;
    QPushButton *add;
    QPushButton *only;
};

} // namespace

/// Adding a server that asks for more than its address.
class AddTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsThereAlreadyGetsASecondAccount()
    {
        Stage stage;
        stage.addLab();
        Adding adding(stage, stage.lab->mcpUrl());
        QLineEdit *account = adding.field("accountName");
        QTRY_VERIFY(account->hasFocus());
        QVERIFY(!adding.field("clientId")->isVisible());
        QVERIFY2(!adding.add->isEnabled(), "The account without a name is taken.");
        QVERIFY(!adding.only->isEnabled());
        // What is to be done is in sight.
        QTRY_COMPARE(adding.add->visibleRegion().boundingRect(), adding.add->rect());
        QTest::keyClicks(account, QStringLiteral("at work"));
        QVERIFY2(!adding.add->isEnabled(), "That is no name.");
        account->clear();
        QTest::keyClicks(account, QStringLiteral("work"));
        QVERIFY(adding.add->isEnabled());

        adding.signIn(stage);
        QTRY_COMPARE(stage.broker->credentials().accounts().size(), 2);
        const auto work = stage.broker->credentials().find(QStringLiteral("sentiment/work"));
        QVERIFY(work);
        QTRY_COMPARE(stage.view(work->account.id).account.state, store::AccountState::SignedIn);

        Adding third(stage, stage.lab->mcpUrl());
        QVERIFY(account->text().isEmpty());
        QTest::keyClicks(account, QStringLiteral("work"));
        QVERIFY2(!third.add->isEnabled(), "That account is there.");
        QTest::keyClicks(account, QStringLiteral("-2"));
        QTest::mouseClick(third.only, Qt::LeftButton);
        QTRY_COMPARE(stage.broker->credentials().accounts().size(), 3);
        QVERIFY(stage.broker->credentials().find(QStringLiteral("sentiment/work-2")));
    }

    void aNewServerNeedsNoAccount()
    {
        Stage stage;
        const Adding adding(stage, stage.lab->mcpUrl());
        QVERIFY(!adding.field("accountName")->isVisible());
        QVERIFY(adding.add->isEnabled());
        QTRY_VERIFY(adding.add->hasFocus());
    }

    void anOpenServerThatIsThereAlreadyIsNotAddedTwice()
    {
        Stage stage;
        testlab::LabOptions options;
        options.requireAuthorization = false;
        testlab::TestLab open(stage.clock, stage.random, &stage.http, options);
        QVERIFY(open.start());
        credentials::NewServer server;
        server.url = open.mcpUrl();
        QVERIFY(await(stage.broker->credentials().add(server, {})));
        QTest::keyClick(&stage.window(), Qt::Key_N, Qt::ControlModifier);
        auto *url = child<QLineEdit>(stage.window(), "serverUrl");
        url->setText(open.mcpUrl());
        QTest::keyClick(url, Qt::Key_Return);
        auto *known = child<QLabel>(stage.window(), "addKnown");
        QTRY_VERIFY(known->isVisible());
        QVERIFY(!child<QPushButton>(stage.window(), "addOnly")->isVisible());
        QVERIFY(!child<QPushButton>(stage.window(), "addAndSignIn")->isVisible());
    }

    void aClientRegisteredBeforehandSignsIn_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::newRow("public") << QString();
        QTest::newRow("with a secret") << QStringLiteral("my-client-secret");
    }
    void aClientRegisteredBeforehandSignsIn()
    {
        QFETCH(const QString, secret);
        Stage stage;
        testlab::LabOptions options;
        options.autoApprove = true;
        options.clientId = QStringLiteral("mine");
        options.clientSecret = Secret::fromString(secret);
        options.redirectUris = {QStringLiteral("http://127.0.0.1:8931/callback")};
        options.faults = {QStringLiteral("no-registration")};
        testlab::TestLab lab(stage.clock, stage.random, &stage.http, options);
        QVERIFY(lab.start());

        const Adding adding(stage, lab.mcpUrl());
        QLineEdit *clientId = adding.field("clientId");
        QTRY_VERIFY(clientId->hasFocus());
        QVERIFY(!adding.add->isEnabled());
        QVERIFY(!adding.only->isEnabled());
        auto *uri = child<ui::CopyField>(adding.window, "redirectUri");
        QVERIFY(uri->isVisible());
        QCOMPARE(uri->text(), options.redirectUris.constFirst());
        QTest::keyClicks(clientId, QStringLiteral("mine"));
        QVERIFY(adding.add->isEnabled());
        QLineEdit *secretField = adding.field("clientSecret");
        QCOMPARE(secretField->echoMode(), QLineEdit::Password);
        secretField->setText(secret);
        adding.signIn(stage);
        QCOMPARE(QUrlQuery(stage.opened.constFirst())
                     .queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded),
            uri->text());
        const QString id = stage.broker->credentials().accounts().constFirst().account.id;
        QTRY_COMPARE(stage.view(id).account.state, store::AccountState::SignedIn);
        const auto view = stage.view(id);
        QCOMPARE(view.registration->kind, store::RegistrationKind::PreRegistered);
        QCOMPARE(view.registration->clientId, QStringLiteral("mine"));
        QCOMPARE(view.registration->hasSecret, !secret.isEmpty());
        QVERIFY2(secretField->text().isEmpty(), "The secret stays in the window.");
        if (!secret.isEmpty()) {
            const auto kept = await(
                stage.broker->vault().read(QStringLiteral("client/") + view.registration->id, {}));
            QVERIFY(kept);
        }

        // A second account of it is signed in to with the same client.
        const Adding again(stage, lab.mcpUrl());
        QVERIFY(!clientId->isVisible());
        QTest::keyClicks(again.field("accountName"), QStringLiteral("work"));
        QVERIFY(again.add->isEnabled());
        QTest::mouseClick(again.only, Qt::LeftButton);
        QTRY_COMPARE(stage.broker->credentials().accounts().size(), 2);
        const QString second = stage.broker->credentials().accounts().constLast().account.id;
        const auto both = stage.signIn(second);
        QVERIFY2(both, both ? "" : qPrintable(both.error().message));
    }
};

QTEST_MAIN(AddTest)
#include "AddTest.moc"
