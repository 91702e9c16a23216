// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/Stage.h"
#include "ui/activity/JobStrip.h"

#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTest>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

QPushButton *unlockButton(Stage &stage)
{
    return child<QPushButton>(stage.window(), "unlock");
}

bool lists(Stage &stage)
{
    const auto views = stage.window().findChildren<QAbstractItemView *>();
    return std::any_of(views.cbegin(), views.cend(),
        [](const QAbstractItemView *view) { return view->isVisible(); });
}

void type(Stage &stage, const char *field, const char *text)
{
    auto *line = child<QLineEdit>(stage.window(), field);
    line->clear();
    QTest::keyClicks(line, QString::fromLatin1(text));
}

} // namespace

class LockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lockedWindowListsNothing();
    void findsNothingBehindTheLock();
    void whatWasWantedBehindTheLockComesAfterIt();
    void aDialogGoesWithThePages();
    void workOnTheHistoryEnds();
    void choosesAPassphrase();
    void wrongPassphraseIsSaidAndTriedAgain();
    void whatWasTypedGoesWithTheLock();
    void secretsTypedOnAPageGoToo();
};

void LockTest::lockedWindowListsNothing()
{
    Stage stage;
    stage.addLab();
    stage.window();
    QTRY_VERIFY(lists(stage));
    QVERIFY(await(stage.broker->lock({})));
    QTRY_VERIFY(unlockButton(stage)->isVisible());
    QVERIFY(!lists(stage));
    // No passphrase is asked for where a vault needs none.
    QVERIFY(!child<QLineEdit>(stage.window(), "passphrase")->isVisible());

    QTest::mouseClick(unlockButton(stage), Qt::LeftButton);
    QTRY_VERIFY(lists(stage));
    QVERIFY(!unlockButton(stage)->isVisible());
    QVERIFY(!stage.broker->isLocked());
}

void LockTest::findsNothingBehindTheLock()
{
    Stage stage;
    stage.addLab();
    QVERIFY(await(stage.broker->lock({})));
    // Neither the rail, nor a shortcut, nor what leads to a page shows more than the lock.
    stage.window().openPage(QStringLiteral("clients"));
    QVERIFY(unlockButton(stage)->isVisible());
    QTest::keyClick(&stage.window(), Qt::Key_F, Qt::ControlModifier);
    QTest::keyClick(&stage.window(), Qt::Key_N, Qt::ControlModifier);
    QTest::keyClick(&stage.window(), Qt::Key_3, Qt::ControlModifier);
    QVERIFY(unlockButton(stage)->isVisible());
    QVERIFY(!lists(stage));

    QTest::mouseClick(unlockButton(stage), Qt::LeftButton);
    QTRY_VERIFY(lists(stage));
    QCOMPARE(stage.window().currentPage(), QStringLiteral("activity"));
}

void LockTest::whatWasWantedBehindTheLockComesAfterIt()
{
    Stage stage;
    const QString first = stage.addLab().account.id;
    const QString second = stage.addLab(QStringLiteral("other")).account.id;
    stage.window().openPage(QStringLiteral("servers"), first);
    QVERIFY(await(stage.broker->lock({})));
    QTRY_VERIFY(unlockButton(stage)->isVisible());
    // One page is there already, one is not.
    stage.window().openPage(QStringLiteral("servers"), QStringLiteral("sign-in:") + second);
    QVERIFY(unlockButton(stage)->isVisible());
    QVERIFY(await(stage.broker->unlock({}, {}, {})));
    QTRY_VERIFY(child<QPushButton>(stage.window(), "openBrowser")->isVisible());

    QVERIFY(await(stage.broker->lock({})));
    QTRY_VERIFY(unlockButton(stage)->isVisible());
    stage.window().openPage(QStringLiteral("activity"), QStringLiteral("server:other"));
    QVERIFY(await(stage.broker->unlock({}, {}, {})));
    QTRY_VERIFY(lists(stage));
    auto *server = child<QComboBox>(stage.window(), "activityServer");
    QCOMPARE(server->currentText(), QStringLiteral("other"));

    // What was wanted last counts.
    server->setCurrentIndex(0);
    QVERIFY(await(stage.broker->lock({})));
    stage.window().openPage(QStringLiteral("activity"), QStringLiteral("server:other"));
    QTest::keyClick(&stage.window(), Qt::Key_3, Qt::ControlModifier);
    QVERIFY(await(stage.broker->unlock({}, {}, {})));
    QTRY_VERIFY(lists(stage));
    QCOMPARE(server->currentIndex(), 0);
}

void LockTest::aDialogGoesWithThePages()
{
    Stage stage;
    stage.addLab();
    stage.window().openPage(QStringLiteral("activity"));
    auto *ask = child<QPushButton>(stage.window(), "exportHistory");
    QTRY_VERIFY(ask->isEnabled());
    QTest::mouseClick(ask, Qt::LeftButton);
    QVERIFY(QApplication::activeModalWidget());
    QVERIFY(await(stage.broker->lock({})));
    QTRY_VERIFY(unlockButton(stage)->isVisible());
    QVERIFY(!QApplication::activeModalWidget());
    QTRY_VERIFY(!stage.window().findChild<QFileDialog *>());
}

void LockTest::workOnTheHistoryEnds()
{
    Stage stage;
    stage.addLab();
    const UtcMs now = stage.clock.utcMs();
    stage.writeHistory(100'000, [now](int i) { return std::pair(now, busyEvent(i)); });
    stage.window().openPage(QStringLiteral("activity"));
    auto *job = stage.window().findChild<ui::JobStrip *>();
    QTest::mouseClick(child<QPushButton>(stage.window(), "verifyHistory"), Qt::LeftButton);
    QVERIFY(await(stage.broker->lock({})));
    QVERIFY(await(stage.broker->unlock({}, {}, {})));
    QTRY_COMPARE(job->result(), QStringLiteral("The verification was cancelled."));
}

void LockTest::choosesAPassphrase()
{
    Stage stage(Vault::Kind::EncryptedFile);
    stage.window();
    auto *again = child<QLineEdit>(stage.window(), "passphraseAgain");
    QVERIFY(again->isVisible());
    QVERIFY(!unlockButton(stage)->isEnabled());

    type(stage, "passphrase", "open sesame");
    QVERIFY(!unlockButton(stage)->isEnabled());
    type(stage, "passphraseAgain", "open seasme");
    QTest::mouseClick(unlockButton(stage), Qt::LeftButton);
    QVERIFY(child<QLabel>(stage.window(), "problem")->isVisible());
    QVERIFY(stage.broker->isLocked());

    type(stage, "passphraseAgain", "open sesame");
    QTest::mouseClick(unlockButton(stage), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!stage.broker->isLocked(), 20'000);
    QTRY_VERIFY(!unlockButton(stage)->isVisible());
    // What was typed is not kept in the fields.
    QTRY_VERIFY(child<QLineEdit>(stage.window(), "passphrase")->text().isEmpty());
    QVERIFY(again->text().isEmpty());
}

void LockTest::wrongPassphraseIsSaidAndTriedAgain()
{
    Stage stage(Vault::Kind::EncryptedFile);
    QVERIFY(await(stage.broker->unlock(Secret::fromString(QStringLiteral("open sesame")), {}, {})));
    QVERIFY(await(stage.broker->lock({})));
    stage.window();
    QVERIFY(!child<QLineEdit>(stage.window(), "passphraseAgain")->isVisible());

    type(stage, "passphrase", "open poppy");
    QTest::keyClick(child<QLineEdit>(stage.window(), "passphrase"), Qt::Key_Return);
    auto *problem = child<QLabel>(stage.window(), "problem");
    QTRY_VERIFY_WITH_TIMEOUT(problem->isVisible(), 20'000);
    QVERIFY(!problem->text().contains(QStringLiteral("poppy")));
    QVERIFY(stage.broker->isLocked());

    type(stage, "passphrase", "open sesame");
    QTest::keyClick(child<QLineEdit>(stage.window(), "passphrase"), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!stage.broker->isLocked(), 20'000);
}

void LockTest::whatWasTypedGoesWithTheLock()
{
    Stage stage(Vault::Kind::EncryptedFile);
    QVERIFY(await(stage.broker->unlock(Secret::fromString(QStringLiteral("open sesame")), {}, {})));
    QVERIFY(await(stage.broker->lock({})));
    stage.window();
    type(stage, "passphrase", "open ses");
    // Opened elsewhere, as `chatelaine unlock` does.
    QVERIFY(await(stage.broker->unlock(Secret::fromString(QStringLiteral("open sesame")), {}, {})));
    QTRY_VERIFY(!unlockButton(stage)->isVisible());
    QVERIFY(child<QLineEdit>(stage.window(), "passphrase")->text().isEmpty());
}

void LockTest::secretsTypedOnAPageGoToo()
{
    Stage stage;
    stage.lab->setFault(testlab::Fault::NoRegistration);
    QTest::keyClick(&stage.window(), Qt::Key_N, Qt::ControlModifier);
    auto *url = child<QLineEdit>(stage.window(), "serverUrl");
    url->setText(stage.lab->mcpUrl());
    QTest::keyClick(url, Qt::Key_Return);
    QTRY_VERIFY(child<QLineEdit>(stage.window(), "clientSecret")->isVisible());
    type(stage, "clientSecret", "hush");
    QVERIFY(await(stage.broker->lock({})));
    QVERIFY(child<QLineEdit>(stage.window(), "clientSecret")->text().isEmpty());
    QVERIFY(await(stage.broker->unlock({}, {}, {})));

    // An address with a code in it.
    stage.lab->setFault(testlab::Fault::NoRegistration, false);
    stage.window().openPage(
        QStringLiteral("servers"), QStringLiteral("sign-in:") + stage.addLab().account.id);
    QTRY_VERIFY(child<QPushButton>(stage.window(), "openBrowser")->isVisible());
    type(stage, "pastedCallback", "http://127.0.0.1:1/callback?code=hush");
    QVERIFY(await(stage.broker->lock({})));
    auto *pasted = child<QLineEdit>(stage.window(), "pastedCallback");
    QVERIFY(pasted->text().isEmpty());
    pasted->undo();
    QVERIFY(pasted->text().isEmpty());
}

QTEST_MAIN(LockTest)
#include "LockTest.moc"
