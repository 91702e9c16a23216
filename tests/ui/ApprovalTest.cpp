// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Caller.h"
#include "tests/ui/Desk.h"
#include "ui/common/Surfaces.h"

#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QWindow>

using namespace chatelaine;
using namespace chatelaine::test;

Q_DECLARE_METATYPE(std::optional<store::GrantLifetime>)

namespace {

/// A program that wants the lab's server.
struct Borrower : Caller
{
    explicit Borrower(const Stage &stage)
        : Caller(Paths::under(stage.dir.path()).brokerSocket(), QStringLiteral("sentiment"))
    { }
};

struct Borrowing
{
    Borrowing()
        : window(stage.approval())
    {
        const auto added = stage.addLab();
        if (!stage.signIn(added.account.id))
            qFatal("The sign-in failed.");
    }
    bool awake()
    {
        return QTest::qWaitFor([this] { return window.isVisible() && window.isAwake(); }, 10'000);
    }
    void click(const char *button)
    {
        QTest::mouseClick(child<QPushButton>(window, button), Qt::LeftButton);
    }

    Stage stage;
    ui::ApprovalWindow &window;
};

/// The person is at another window.
bool typesIn(QLineEdit &field)
{
    field.show();
    field.activateWindow();
    return QTest::qWaitForWindowActive(&field);
}

} // namespace

class ApprovalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachAnswerDoesWhatItSays_data()
    {
        using Lifetime = store::GrantLifetime;
        QTest::addColumn<QByteArray>("button");
        QTest::addColumn<bool>("allowed");
        QTest::addColumn<std::optional<Lifetime>>("lifetime");
        QTest::addColumn<qint64>("forMs");
        const std::optional<Lifetime> none;
        QTest::newRow("deny") << QByteArray("deny") << false << none << qint64(0);
        QTest::newRow("deny always")
            << QByteArray("denyAlways") << false << std::optional(Lifetime::Always) << qint64(0);
        QTest::newRow("once") << QByteArray("allowOnce") << true << none << qint64(0);
        QTest::newRow("while it runs")
            << QByteArray("allowSession") << true << std::optional(Lifetime::Session) << qint64(0);
        QTest::newRow("until the lock") << QByteArray("allowUntilLock") << true
                                        << std::optional(Lifetime::UntilLock) << qint64(0);
        QTest::newRow("1 hour") << QByteArray("allowHour") << true
                                << std::optional(Lifetime::Until) << qint64(3'600'000);
        QTest::newRow("8 hours") << QByteArray("allowEightHours") << true
                                 << std::optional(Lifetime::Until) << qint64(8 * 3'600'000);
        QTest::newRow("always")
            << QByteArray("allowAlways") << true << std::optional(Lifetime::Always) << qint64(0);
    }
    void eachAnswerDoesWhatItSays()
    {
        QFETCH(const QByteArray, button);
        QFETCH(const bool, allowed);
        QFETCH(const std::optional<store::GrantLifetime>, lifetime);
        QFETCH(const qint64, forMs);
        Borrowing scene;
        Borrower borrower(scene.stage);
        borrower.ask();
        QVERIFY(scene.awake());
        const UtcMs before = scene.stage.clock.utcMs();
        scene.click(button.constData());
        const client::Message answer = borrower.answer();
        QCOMPARE(!answer.error.has_value(), allowed);
        QCOMPARE(answer.object.contains(QLatin1StringView("access_token")), allowed);
        if (!allowed)
            QCOMPARE(answer.error->code, ErrorCode::Refused);
        QVERIFY(!scene.window.isVisible());

        const QList<store::Grant> grants = scene.stage.broker->grants().all();
        QCOMPARE(grants.size(), lifetime ? 1 : 0);
        if (lifetime) {
            QCOMPARE(grants.constFirst().lifetime, *lifetime);
            QCOMPARE(grants.constFirst().deny, !allowed);
            QCOMPARE(grants.constFirst().exe, QCoreApplication::applicationFilePath());
        }
        if (forMs > 0) {
            QVERIFY(grants.constFirst().expiresAt >= before + forMs);
            QVERIFY(grants.constFirst().expiresAt <= scene.stage.clock.utcMs() + forMs);
        }
        // What was remembered speaks the next time; what was not is asked again.
        borrower.ask();
        if (lifetime || !allowed) {
            QCOMPARE(!borrower.answer().error.has_value(), allowed);
            QVERIFY(!scene.window.isVisible());
        } else {
            QTRY_VERIFY(scene.window.isVisible());
        }
    }

    void escapeAndReturnDeny_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("Escape") << Qt::Key_Escape;
        QTest::newRow("Return") << Qt::Key_Return;
    }
    void escapeAndReturnDeny()
    {
        QFETCH(const Qt::Key, key);
        Borrowing scene;
        Borrower borrower(scene.stage);
        borrower.ask();
        QVERIFY(scene.awake());
        QTest::keyClick(&scene.window, key);
        const client::Message answer = borrower.answer();
        QVERIFY(answer.error);
        QCOMPARE(answer.error->code, ErrorCode::Refused);
        QVERIFY(scene.stage.broker->grants().all().isEmpty());
    }

    void itShowsWhoAsksAndWhy()
    {
        Borrowing scene;
        Borrower borrower(scene.stage);
        borrower.say(QStringLiteral("hello"),
            {{QStringLiteral("purpose"), QStringLiteral("to read\n your issues")}});
        borrower.answer();
        borrower.ask();
        QTRY_VERIFY(scene.window.isVisible());
        QVERIFY(shows(scene.window, QStringLiteral("ui_approval")));
        QVERIFY(shows(scene.window, QDir::currentPath()));
        QVERIFY(shows(scene.window, QStringLiteral("Answer within ")));
        QVERIFY(shows(scene.window, QStringLiteral("“to read your issues”")));
        QVERIFY(scene.window.findChild<ui::ChipFlow *>()->chips().contains(
            QStringLiteral("sentiment:read")));
    }

    void theAskerTakesItsQuestionAlong()
    {
        Borrowing scene;
        Borrower borrower(scene.stage);
        borrower.ask();
        QTRY_VERIFY(scene.window.isVisible());
        borrower.leave();
        QTRY_VERIFY(!scene.window.isVisible());
        QCOMPARE(scene.stage.approvals.count(), 0);
    }

    void equalQuestionsAreAskedOnce()
    {
        Borrowing scene;
        Borrower first(scene.stage);
        Borrower second(scene.stage);
        first.ask();
        second.ask();
        Borrower other(scene.stage);
        other.ask(QStringLiteral("sentiment:write"));
        QTRY_COMPARE(scene.stage.approvals.count(), 2);
        QCOMPARE(child<ui::StatePill>(scene.window, "questionCount")->word(),
            QStringLiteral("1 more question"));
        QVERIFY(scene.awake());
        scene.click("allowOnce");
        QVERIFY(!first.answer().error);
        QVERIFY(!second.answer().error);
        QCOMPARE(scene.stage.approvals.count(), 1);
        QVERIFY(!other.isAnswered());
        // The next question sleeps again.
        QVERIFY(!scene.window.isAwake());
        QVERIFY(scene.awake());
        scene.click("deny");
        QVERIFY(other.answer().error);
        QVERIFY(!scene.window.isVisible());
    }

    /// The helpers of one program are processes of their own, with the same question.
    void aNoEndsTheSameQuestionOfOtherProcesses()
    {
        Borrowing scene;
        const QString program =
            qEnvironmentVariable("CHATELAINE_BIN") + QStringLiteral("/chatelaine");
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CHATELAINE_HOME"), scene.stage.dir.path());
        std::vector<std::unique_ptr<QProcess>> helpers;
        const int count = broker::Patience::Limits().waiting;
        for (int i = 0; i < count; ++i) {
            helpers.push_back(std::make_unique<QProcess>());
            helpers.back()->setProcessEnvironment(environment);
            helpers.back()->start(program, {QStringLiteral("token"), QStringLiteral("sentiment")});
            QTRY_COMPARE(scene.stage.approvals.count(), i + 1);
        }
        Borrower other(scene.stage);
        other.ask();
        QTRY_COMPARE(scene.stage.approvals.count(), count + 1);
        QVERIFY(scene.awake());
        scene.click("deny");
        for (const auto &helper : helpers) {
            QTRY_COMPARE(helper->state(), QProcess::NotRunning);
            QCOMPARE(helper->exitCode(), 4);
            const QByteArray said = helper->readAllStandardError();
            QVERIFY2(said.contains("You have denied"), said.constData());
        }
        // Another program asks for itself.
        QCOMPARE(scene.stage.approvals.count(), 1);
        QVERIFY(!other.isAnswered());
    }

    void theKeyboardStaysWhereItIs()
    {
        Borrowing scene;
        QLineEdit typing;
        QVERIFY(typesIn(typing));
        Borrower borrower(scene.stage);
        borrower.ask();
        QTRY_VERIFY(scene.window.isVisible());
        QVERIFY(scene.window.testAttribute(Qt::WA_ShowWithoutActivating));
        QVERIFY(scene.window.windowHandle()->flags() & Qt::WindowDoesNotAcceptFocus);
        QVERIFY(scene.awake());
        QVERIFY(!scene.window.isModal());
        QVERIFY(!(scene.window.windowHandle()->flags() & Qt::WindowDoesNotAcceptFocus));
    }

    void keysThatTheWindowGetsLaterAreNoAnswerEither()
    {
        Desk desk;
        QLineEdit typing;
        desk.ask(question(QStringLiteral("/usr/bin/codex"), 7, QStringLiteral("wiki")),
            desk.stopAll.get_token());
        QVERIFY(typesIn(typing));
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        QVERIFY(desk.window.isAwake());
        // The other window is closed, say, and the desktop sends the keyboard here.
        desk.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&desk.window));
        QTest::keyClick(&desk.window, Qt::Key_Return);
        desk.clock.advance(ui::ApprovalWindow::wakeMs - 1);
        QTest::keyClick(&desk.window, Qt::Key_Return);
        QTest::keyClick(&desk.window, Qt::Key_Escape);
        QVERIFY(desk.answers.isEmpty());
        desk.clock.advance(1);
        QTest::keyClick(&desk.window, Qt::Key_Return);
        QCOMPARE(desk.answers.size(), 1);
    }

    void aPressInItIsMeantForIt()
    {
        Desk desk;
        QLineEdit typing;
        desk.ask(question(QStringLiteral("/usr/bin/codex"), 7, QStringLiteral("wiki")),
            desk.stopAll.get_token());
        QVERIFY(typesIn(typing));
        desk.clock.advance(ui::ApprovalWindow::wakeMs);
        // By way of the window system: the press brings the keyboard along.
        auto *once = child<QPushButton>(desk.window, "allowOnce");
        QTest::mouseClick(desk.window.windowHandle(), Qt::LeftButton, {},
            once->mapTo(&desk.window, once->rect().center()));
        QCOMPARE(desk.answers.size(), 1);
    }

    void nothingIsAnsweredInTheFirstHalfSecond()
    {
        Desk desk;
        desk.ask(question(QStringLiteral("/usr/bin/codex"), 7, QStringLiteral("wiki")),
            desk.stopAll.get_token());
        QVERIFY(desk.window.isVisible());
        desk.clock.advance(ui::ApprovalWindow::wakeMs - 1);
        desk.click("allowOnce");
        QTest::keyClick(&desk.window, Qt::Key_Escape);
        QTest::keyClick(&desk.window, Qt::Key_Return);
        QVERIFY(desk.answers.isEmpty());
        QVERIFY(desk.window.isVisible());
        desk.clock.advance(1);
        desk.click("allowOnce");
        QCOMPARE(desk.answers.size(), 1);
        QCOMPARE(desk.clock.alarmsSet(), 0);
    }
};

QTEST_MAIN(ApprovalTest)
#include "ApprovalTest.moc"
