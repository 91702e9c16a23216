// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/audit/AuditQuery.h"
#include "tests/ui/Stage.h"
#include "tests/ui/Untranslated.h"
#include "tests/unit/net/Certificates.h"
#include "ui/settings/SettingRow.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace chatelaine;
using namespace chatelaine::test;

namespace {

const QString page = QStringLiteral("settings");

/// Chooses an entry as a person does with the keyboard.
void choose(QComboBox *box, int index)
{
    box->setFocus();
    while (box->currentIndex() < index)
        QTest::keyClick(box, Qt::Key_Down);
    while (box->currentIndex() > index)
        QTest::keyClick(box, Qt::Key_Up);
}

void type(QLineEdit *line, const QString &text)
{
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
}

QVariant inTheFile(const Stage &stage, const char *key)
{
    const QSettings file(Paths::under(stage.dir.path()).settingsFile(), QSettings::IniFormat);
    return file.value(QString::fromLatin1(key));
}

} // namespace

class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theThemeChangesAtOnceAndStays()
    {
        Stage stage;
        stage.window().openPage(page);
        auto *theme = child<QComboBox>(stage.window(), "theme");
        QVERIFY(!stage.theme.isDark());
        choose(theme, 2);
        QVERIFY(stage.theme.isDark());
        QCOMPARE(inTheFile(stage, "window/theme"), QStringLiteral("dark"));
        choose(theme, 1);
        QVERIFY(!stage.theme.isDark());
        QCOMPARE(inTheFile(stage, "window/theme"), QStringLiteral("light"));
        QCOMPARE(ui::WindowSettings(Paths::under(stage.dir.path()).settingsFile()).theme(),
            ui::Theme::Mode::Light);
    }

    void anotherLanguageIsOnEveryPageAtOnce()
    {
        Stage stage;
        const auto lab = stage.addLab();
        QVERIFY(stage.signIn(lab.account.id));
        ui::MainWindow &window = stage.window();
        for (const char *id : {"servers", "clients", "activity", "settings"})
            window.openPage(QString::fromLatin1(id));
        window.openPage(QStringLiteral("servers"), lab.account.id);
        window.openPage(page);
        const QStringList foreign = foreignWords(window, QStringLiteral("ru"));
        QVERIFY2(!foreign.isEmpty(), "Everything is Russian before anybody wanted it.");
        choose(child<QComboBox>(window, "language"), 2);
        QCOMPARE(inTheFile(stage, "window/language"), QStringLiteral("ru"));
        // Pages fill some of their labels from the database.
        QTRY_COMPARE(foreignWords(window, QStringLiteral("ru")).join(u'\n'), QString());
        choose(child<QComboBox>(window, "language"), 1);
        QCOMPARE(inTheFile(stage, "window/language"), QStringLiteral("en"));
        QTRY_COMPARE(foreignWords(window, QStringLiteral("ru")).size(), foreign.size());
    }

    void namesStandBesideTheirControls()
    {
        Stage stage;
        stage.window().openPage(QStringLiteral("settings"));
        const QList<ui::SettingRow *> rows = stage.window().findChildren<ui::SettingRow *>();
        QVERIFY(rows.size() > 10);
        const auto middleOf = [](const QWidget *widget, const QWidget *row) {
            return widget->mapTo(row, QPoint()).y() + widget->height() / 2;
        };
        for (const ui::SettingRow *row : rows) {
            const QLabel *name = row->findChild<QLabel *>();
            const QWidget *control = name->buddy();
            QTRY_VERIFY2(
                qAbs(middleOf(name, row) - middleOf(control, row)) <= 1, qPrintable(name->text()));
        }
    }

    void aWheelTurnsThePageAndNoSetting()
    {
        Stage stage;
        stage.window().openPage(page);
        auto *theme = child<QComboBox>(stage.window(), "theme");
        const int before = theme->currentIndex();
        theme->setFocus();
        QWheelEvent turn(theme->rect().center(), theme->mapToGlobal(theme->rect().center()), {},
            {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(theme, &turn);
        QCOMPARE(theme->currentIndex(), before);
        QVERIFY(!inTheFile(stage, "window/theme").isValid());
    }

    void theWindowsBehaviourIsKept_data()
    {
        QTest::addColumn<QString>("box");
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("tray") << QStringLiteral("closeToTray")
                              << QByteArray("window/close_to_tray");
        QTest::newRow("quit") << QStringLiteral("confirmQuit") << QByteArray("window/confirm_quit");
    }
    void theWindowsBehaviourIsKept()
    {
        QFETCH(const QString, box);
        QFETCH(const QByteArray, key);
        Stage stage;
        stage.window().openPage(page);
        auto *choice = child<QCheckBox>(stage.window(), qPrintable(box));
        QVERIFY(choice->isChecked());
        QTest::keyClick(choice, Qt::Key_Space);
        QCOMPARE(inTheFile(stage, key.constData()).toBool(), false);
        QVERIFY(inTheFile(stage, key.constData()).isValid());
        QTest::keyClick(choice, Qt::Key_Space);
        QCOMPARE(inTheFile(stage, key.constData()).toBool(), true);
    }

    void startingAtLoginIsAFileOfTheDesktops()
    {
        Stage stage;
        stage.window().openPage(page);
        auto *box = child<QCheckBox>(stage.window(), "startAtLogin");
        QVERIFY(!box->isChecked());
        QTest::keyClick(box, Qt::Key_Space);
        QVERIFY(box->isChecked());
        const QString file =
            stage.dir.filePath(QStringLiteral("config/autostart/chatelaine.desktop"));
        QVERIFY(QFile::exists(file));
        // The desktop's own settings may switch it off meanwhile.
        QVERIFY(stage.autostart.set(false));
        stage.window().openPage(QStringLiteral("servers"));
        stage.window().openPage(page);
        QVERIFY(!box->isChecked());
        // What can't be written is told where it was wanted, and is not pretended.
        QVERIFY(QDir().rmdir(stage.dir.filePath(QStringLiteral("config/autostart"))));
        QFile inTheWay(stage.dir.filePath(QStringLiteral("config/autostart")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        QTest::keyClick(box, Qt::Key_Space);
        QVERIFY(!box->isChecked());
        QVERIFY(rowOf(box)->problem().contains(file));
    }

    void thePolicyIsTheBrokersAndInTheHistory()
    {
        Stage stage;
        stage.window().openPage(page);
        QVERIFY(child<QRadioButton>(stage.window(), "policy-ask")->isChecked());
        auto *deny = child<QRadioButton>(stage.window(), "policy-deny");
        QTest::keyClick(deny, Qt::Key_Space);
        QCOMPARE(stage.broker->settings().policy(), broker::Policy::Deny);
        QCOMPARE(inTheFile(stage, "policy"), QStringLiteral("deny"));
        // Another way to it is followed.
        QVERIFY(stage.broker->changeSetting(QStringLiteral("policy"), QStringLiteral("allow"), {}));
        QVERIFY(child<QRadioButton>(stage.window(), "policy-allow")->isChecked());
        audit::Filter filter;
        filter.event = QStringLiteral("settings.changed");
        QTRY_COMPARE(recordsOf(stage, filter).size(), 2);
        QCOMPARE(recordsOf(stage, filter).last().event.detail, QStringLiteral("policy=deny"));
    }

    void aWrongProxyIsExplainedAndChangesNothing()
    {
        Stage stage;
        stage.window().openPage(page);
        auto *kind = child<QComboBox>(stage.window(), "proxyKind");
        auto *url = child<QLineEdit>(stage.window(), "proxyUrl");
        auto *row = child<ui::SettingRow>(stage.window(), "proxyRow");
        QVERIFY(!url->isVisible());
        choose(kind, 1);
        QCOMPARE(inTheFile(stage, "proxy"), QStringLiteral("none"));
        choose(kind, 2);
        QVERIFY(url->isVisible());
        QCOMPARE(inTheFile(stage, "proxy"), QStringLiteral("none"));
        type(url, QStringLiteral("proxy.example.com"));
        QVERIFY(row->problem().contains(QStringLiteral("http://host:8080")));
        QCOMPARE(inTheFile(stage, "proxy"), QStringLiteral("none"));
        QCOMPARE(url->text(), QStringLiteral("proxy.example.com"));
        type(url, QStringLiteral("socks5://proxy.example.com:1080"));
        QCOMPARE(row->problem(), QString());
        QCOMPARE(inTheFile(stage, "proxy"), QStringLiteral("socks5://proxy.example.com:1080"));
        QCOMPARE(stage.broker->settings().wayOut().proxy->type(), QNetworkProxy::Socks5Proxy);
        choose(kind, 0);
        QVERIFY(!stage.broker->settings().wayOut().proxy);
    }

    void aFileThatIsNoCertificateIsExplainedAndChangesNothing()
    {
        Stage stage;
        stage.window().openPage(page);
        auto *file = child<QLineEdit>(stage.window(), "caFile");
        auto *row = child<ui::SettingRow>(stage.window(), "caRow");
        type(file, QStringLiteral("/etc/hostname"));
        QVERIFY(row->problem().contains(QStringLiteral("/etc/hostname")));
        QVERIFY(!inTheFile(stage, "ca_file").isValid());
        QFile pem(stage.dir.filePath(QStringLiteral("office.pem")));
        QVERIFY(pem.open(QIODevice::WriteOnly));
        pem.write(makeAuthority(QStringLiteral("Office")).certificate.toPem());
        pem.close();
        type(file, pem.fileName());
        QCOMPARE(row->problem(), QString());
        QCOMPARE(inTheFile(stage, "ca_file"), pem.fileName());
        QCOMPARE(stage.broker->settings().wayOut().caFile, pem.fileName());
        type(file, QStringLiteral(" "));
        QVERIFY(stage.broker->settings().wayOut().caFile.isEmpty());
    }

    void anotherRegistryIsLookedAtFirst()
    {
        Stage stage;
        stage.window().openPage(page);
        auto *url = child<QLineEdit>(stage.window(), "registryUrl");
        QCOMPARE(url->text(), stage.broker->settings().values().registryUrl);
        type(url, QStringLiteral("http://registry.example.com"));
        QVERIFY(!child<ui::SettingRow>(stage.window(), "registryRow")->problem().isEmpty());
        QVERIFY(!inTheFile(stage, "registry_url").isValid());
        type(url, QStringLiteral("https://registry.example.com"));
        QVERIFY(child<ui::SettingRow>(stage.window(), "registryRow")->problem().isEmpty());
        QCOMPARE(inTheFile(stage, "registry_url"), QStringLiteral("https://registry.example.com"));
    }

    void whenToLockAndWhatToKeepIsTheBrokers()
    {
        Stage stage;
        stage.window().openPage(page);
        const broker::Settings::Values &values = stage.broker->settings().values();
        choose(child<QComboBox>(stage.window(), "lock_after_idle"), 2);
        QCOMPARE(values.lockAfterIdleMin, 15);
        QCOMPARE(inTheFile(stage, "lock_after_idle").toInt(), 15);
        QTest::keyClick(child<QCheckBox>(stage.window(), "lock_on_screen_lock"), Qt::Key_Space);
        QVERIFY(!values.lockOnScreenLock);
        QTest::keyClick(child<QCheckBox>(stage.window(), "lock_before_sleep"), Qt::Key_Space);
        QVERIFY(!values.lockBeforeSleep);
        choose(child<QComboBox>(stage.window(), "history_keep_megabytes"), 1);
        QCOMPARE(values.historyKeepMegabytes, 50);
        // A number that is not in the list is shown, not changed.
        auto *days = child<QComboBox>(stage.window(), "history_keep_days");
        QVERIFY(stage.broker->changeSetting(
            QStringLiteral("history_keep_days"), QStringLiteral("77"), {}));
        QCOMPARE(days->currentText(), QStringLiteral("77 days"));
        stage.language.set(QStringLiteral("ru"));
        QTRY_COMPARE(days->currentText(), QStringLiteral("77 дней"));
        QCOMPARE(values.historyKeepDays, 77);
    }

    void lockingAndUnlockingFromTheWindow()
    {
        Stage stage;
        stage.window().openPage(page);
        auto *lock = child<QPushButton>(stage.window(), "lockNow");
        auto *footer = child<QToolButton>(stage.window(), "lock");
        QTest::mouseClick(lock, Qt::LeftButton);
        QTRY_VERIFY(stage.broker->isLocked());
        // Who comes by while it is locked changes no setting either.
        QVERIFY(!lock->isVisible());
        QTRY_COMPARE(footer->text(), QStringLiteral("Unlock"));
        QTRY_VERIFY(footer->isEnabled());
        QTest::mouseClick(footer, Qt::LeftButton);
        QTRY_VERIFY(!stage.broker->isLocked());
        QTRY_VERIFY(lock->isVisible());
        QVERIFY(lock->isEnabled());
    }

    void theFootersUnlockLeadsToWhereAPassphraseIsTyped()
    {
        Stage stage(Vault::Kind::EncryptedFile);
        QVERIFY(stage.broker->isLocked());
        auto *typed = child<QLineEdit>(stage.window(), "passphrase");
        // Nothing to unlock before there is a passphrase.
        QVERIFY(!child<QToolButton>(stage.window(), "lock")->isVisible());
        QVERIFY(await(
            stage.broker->unlock(Secret::fromString(QStringLiteral("correct horse")), {}, {})));
        QVERIFY(await(stage.broker->lock({})));
        QTRY_VERIFY(child<QToolButton>(stage.window(), "lock")->isVisible());
        QTest::mouseClick(child<QToolButton>(stage.window(), "lock"), Qt::LeftButton);
        QVERIFY(stage.broker->isLocked());
        QTRY_VERIFY(child<QLabel>(stage.window(), "problem")->isVisible());
        typed->setText(QStringLiteral("correct horse"));
        QTest::mouseClick(child<QToolButton>(stage.window(), "lock"), Qt::LeftButton);
        QTRY_VERIFY(!stage.broker->isLocked());
    }

    void anotherVaultCountsFromTheNextStart()
    {
        Stage stage(Vault::Kind::EncryptedFile);
        QVERIFY(await(stage.broker->unlock(
            Secret::fromString(QStringLiteral("correct horse")), {}, {})));
        stage.window().openPage(page);
        auto *kind = child<QComboBox>(stage.window(), "vaultKind");
        auto *later = child<QWidget>(stage.window(), "vaultLater");
        QVERIFY(later->isVisible());
        choose(kind, 1);
        QVERIFY(!later->isVisible());
        QCOMPARE(inTheFile(stage, "vault"), QStringLiteral("encrypted_file"));
        QCOMPARE(stage.broker->vault().kind(), Vault::Kind::EncryptedFile);
        choose(kind, 0);
        QVERIFY(later->isVisible());
        QCOMPARE(inTheFile(stage, "vault"), QStringLiteral("keychain"));
    }

    void theVaultsHealthIsInWords()
    {
        Stage stage;
        stage.window().openPage(page);
        const auto lab = stage.addLab();
        auto *holds = child<QLabel>(stage.window(), "vaultHolds");
        QVERIFY(holds->text().contains(QStringLiteral("no tokens yet")));
        QVERIFY(stage.signIn(lab.account.id));
        QTRY_VERIFY(holds->text().contains(QStringLiteral("1 account")));
        // Its own words are for when something is the matter.
        QVERIFY(!child<QLabel>(stage.window(), "vaultSays")->isVisible());
        QCOMPARE(child<ui::StatePill>(stage.window(), "vaultState")->word(),
            QStringLiteral("Open"));
    }

    void whatCanNotBeWrittenIsToldUnderItsField()
    {
        Stage stage;
        stage.window().openPage(page);
        const QString directory = Paths::under(stage.dir.path()).configDir;
        QVERIFY(QDir(directory).removeRecursively());
        QFile inTheWay(directory);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        auto *theme = child<QComboBox>(stage.window(), "theme");
        choose(theme, 2);
        QVERIFY(stage.theme.isDark());
        QVERIFY(rowOf(theme)->problem().contains(directory));
    }

private:
    static ui::SettingRow *rowOf(QWidget *control)
    {
        for (QWidget *above = control->parentWidget(); above; above = above->parentWidget()) {
            if (auto *row = qobject_cast<ui::SettingRow *>(above))
                return row;
        }
        qFatal("That is no setting.");
    }

    static QList<audit::Record> recordsOf(const Stage &stage, const audit::Filter &filter)
    {
        const auto page = await(audit::query(stage.broker->database(), filter));
        return page ? page->records : QList<audit::Record>();
    }
};

QTEST_MAIN(SettingsTest)
#include "SettingsTest.moc"
