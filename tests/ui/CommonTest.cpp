// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Colors.h"
#include "ui/common/Columns.h"
#include "ui/common/Icons.h"
#include "ui/common/Language.h"
#include "ui/common/Theme.h"
#include "ui/common/Times.h"
#include "ui/common/Words.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPalette>
#include <QPixmap>
#include <QPushButton>
#include <QScopeGuard>
#include <QTest>

#include <cmath>

using namespace chatelaine;
using namespace chatelaine::ui;

namespace {

constexpr UtcMs now = 1'785'196'800'000;
constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

/// WCAG 2.2: relative luminance and contrast.
double luminance(const QColor &color)
{
    const auto part = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (qMax(first, second) + 0.05) / (qMin(first, second) + 0.05);
}

} // namespace

class CommonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coloursCanBeRead_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void coloursCanBeRead()
    {
        QFETCH(const bool, dark);
        const Colors &colors = dark ? darkColors() : lightColors();
        QCOMPARE(colorsOf(paletteOf(colors)).dark, dark);
        for (const QColor &ground : {colors.window, colors.card, colors.rail, colors.accentGround}) {
            QVERIFY(contrast(colors.text, ground) >= 7);
            QVERIFY2(contrast(colors.muted, ground) >= 4.5, qPrintable(ground.name()));
        }
        for (const QColor &ground : {colors.window, colors.card}) {
            QVERIFY(contrast(colors.control, ground) >= 3);
            QVERIFY(contrast(colors.accent, ground) >= 3);
        }
        QVERIFY(contrast(colors.onAccent, colors.accent) >= 4.5);
        for (const Tone tone : {Tone::Neutral, Tone::Info, Tone::Ok, Tone::Warning, Tone::Error}) {
            const TonePair pair = colors.tone(tone);
            QVERIFY(contrast(pair.ink, pair.ground) >= 4.5);
            QVERIFY(contrast(pair.ink, colors.card) >= 4.5);
        }
    }

    void fieldsCanBeReadAndAreAsHighAsButtons_data() { coloursCanBeRead_data(); }
    void fieldsCanBeReadAndAreAsHighAsButtons()
    {
        QFETCH(const bool, dark);
        Theme theme(*qApp);
        theme.setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        QWidget window;
        QHBoxLayout line(&window);
        auto *field = new QLineEdit;
        auto *box = new QComboBox;
        auto *button = new QPushButton(QStringLiteral("x"));
        for (QWidget *one : std::initializer_list<QWidget *>{field, box, button})
            line.addWidget(one);
        window.show();
        const QColor placeholder = field->palette().color(QPalette::PlaceholderText);
        QCOMPARE(placeholder.alpha(), 255);
        QVERIFY(
            contrast(placeholder, theme.isDark() ? darkColors().card : lightColors().card) >= 4.5);
        QCOMPARE(field->sizeHint().height(), button->sizeHint().height());
        QCOMPARE(box->sizeHint().height(), button->sizeHint().height());
    }

    void columnsShareTheirRoom_data()
    {
        QTest::addColumn<int>("room");
        QTest::addColumn<QList<int>>("widths");
        QTest::newRow("all they want, the rest to the last")
            << 500 << QList<int>{100, 80, 150, 170};
        QTest::newRow("the widest gives first") << 390 << QList<int>{100, 80, 110, 100};
        QTest::newRow("then the next") << 370 << QList<int>{100, 80, 95, 95};
        QTest::newRow("each its least") << 320 << QList<int>{100, 80, 60, 80};
        QTest::newRow("the first to leave") << 319 << QList<int>{100, 80, 139, 0};
        QTest::newRow("the second") << 200 << QList<int>{100, 0, 100, 0};
        QTest::newRow("who can't leave stays") << 90 << QList<int>{100, 0, 60, 0};
    }
    void columnsShareTheirRoom()
    {
        QFETCH(const int, room);
        const QList<Column> columns{{100, 100, 0}, {80, 80, 2}, {150, 60, 0}, {100, 80, 1}};
        QTEST(columnWidths(columns, room), "widths");
    }

    void timesInWords_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<QString>("relative");
        const auto row = [](const char *language, qint64 offset, const char *words) {
            QTest::addRow("%s %lld", language, static_cast<long long>(offset))
                << QString::fromLatin1(language) << offset << QString::fromUtf8(words);
        };
        row("en", -5'000, "just now");
        row("en", -minute, "1 minute ago");
        row("en", -5 * minute, "5 minutes ago");
        row("en", 2 * hour, "in 2 hours");
        row("en", -day, "1 day ago");
        row("ru", -minute, "1 минуту назад");
        row("ru", -2 * minute, "2 минуты назад");
        row("ru", -5 * minute, "5 минут назад");
        row("ru", 21 * hour, "через 21 час");
        row("ru", 3 * day, "через 3 дня");
    }
    void timesInWords()
    {
        QFETCH(const QString, language);
        QFETCH(const qint64, offset);
        QFETCH(const QString, relative);
        Language spoken;
        spoken.set(language);
        QCOMPARE(relativeTime(now + offset, now), relative);
    }

    void timesByLocale_data()
    {
        QTest::addColumn<QString>("locale");
        QTest::addColumn<QStringList>("texts");
        QTest::newRow("en_US") << QStringLiteral("en_US")
                               << QStringList{QStringLiteral("Jul 8, 4:05:09 PM"),
                                      QStringLiteral("Jul 8, 2019, 4:05 PM"),
                                      QStringLiteral("July 8, 2019, 4:05:09.042 PM")};
        QTest::newRow("en_GB") << QStringLiteral("en_GB")
                               << QStringList{QStringLiteral("8 Jul 16:05:09"),
                                      QStringLiteral("8 Jul 2019 16:05"),
                                      QStringLiteral("8 July 2019, 16:05:09.042")};
        QTest::newRow("en_FI") << QStringLiteral("en_FI")
                               << QStringList{QStringLiteral("8 Jul 16.05.09"),
                                      QStringLiteral("8 Jul 2019 16.05"),
                                      QStringLiteral("8 July 2019, 16.05.09.042")};
        QTest::newRow("ru_RU") << QStringLiteral("ru_RU")
                               << QStringList{QStringLiteral("8 июл. 16:05:09"),
                                      QStringLiteral("8 июл. 2019 16:05"),
                                      QStringLiteral("8 июля 2019, 16:05:09.042")};
        QTest::newRow("C") << QStringLiteral("C")
                           << QStringList{QStringLiteral("8 Jul 16:05:09"),
                                  QStringLiteral("8 Jul 2019 16:05"),
                                  QStringLiteral("8 July 2019, 16:05:09.042")};
    }
    void timesByLocale()
    {
        QFETCH(const QString, locale);
        QFETCH(const QStringList, texts);
        const QLocale before;
        const auto back = qScopeGuard([&before] { QLocale::setDefault(before); });
        QLocale::setDefault(QLocale(locale));
        const QDate thisYear(QDate::currentDate().year(), 7, 8);
        const UtcMs then = QDateTime(QDate(2019, 7, 8), QTime(16, 5, 9, 42)).toMSecsSinceEpoch();
        QCOMPARE(
            shortTime(thisYear.startOfDay().addMSecs(57'909'000).toMSecsSinceEpoch()), texts.at(0));
        QCOMPARE(shortTime(then), texts.at(1));
        QCOMPARE(absoluteTime(then), texts.at(1));
        QCOMPARE(timeText(then, DayStyle::Long, ClockStyle::Milliseconds), texts.at(2));
    }

    void theCountryStaysWhenItsLanguageIsNotSpoken()
    {
        const auto name = [](const char *spoken, const char *system) {
            return Language::localeFor(
                QString::fromLatin1(spoken), QLocale(QString::fromLatin1(system)))
                .name();
        };
        QCOMPARE(name("en", "en_GB"), QStringLiteral("en_GB"));
        QCOMPARE(name("ru", "ru_KZ"), QStringLiteral("ru_KZ"));
        // English words, and the clock and order of Germany.
        QCOMPARE(name("en", "de_DE"), QStringLiteral("en_DE"));
        QCOMPARE(name("ru", "en_US"), QStringLiteral("ru_RU"));
        QCOMPARE(name("en", "C"), QStringLiteral("en_US"));
    }

    void aCountdown()
    {
        Language spoken;
        spoken.set(QStringLiteral("en"));
        QCOMPARE(remaining(now + 245'000, now), QStringLiteral("4:05"));
        QCOMPARE(remaining(now + 59 * minute, now), QStringLiteral("59 min"));
        QCOMPARE(remaining(now + 23 * hour, now), QStringLiteral("23 h"));
        QCOMPARE(remaining(now + 6 * day, now), QStringLiteral("6 days"));
        QCOMPARE(remaining(now, now), QString());
        QCOMPARE(remaining(0, now), QString());
    }
    void theCountdownChangesWhenItSays()
    {
        for (const qint64 left : {1'500LL, 245'300LL, 11 * minute, 3 * hour + 5, 9 * day}) {
            const UtcMs until = now + left;
            const qint64 next = nextChangeMs(until, now);
            QVERIFY(next > 0);
            QCOMPARE(remaining(until, now + next - 1 - (left % 1000 == 0 ? 1 : 0)).isEmpty(), false);
            QVERIFY(remaining(until, now + next) != remaining(until, now));
        }
        QCOMPARE(nextChangeMs(now, now), -1);
    }

    void everyIconIsThere()
    {
        const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
        QVERIFY(files.size() > 25);
        for (const QString &file : files) {
            const QString name = file.chopped(4);
            const QImage image = iconPixmap(name, Qt::red, 24, 2).toImage();
            QCOMPARE(image.width(), 48);
            int inked = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    inked += qAlpha(image.pixel(x, y)) > 128 ? 1 : 0;
            }
            QVERIFY2(inked > 20, qPrintable(name));
        }
        QVERIFY(!applicationIcon().isNull());
    }
    void anIconTakesTheColourOfTheTheme()
    {
        const auto ink = [](const Colors &colors) {
            QApplication::setPalette(paletteOf(colors));
            const QImage image = icon(QStringLiteral("stop")).pixmap(24, 24).toImage();
            return QColor(image.pixel(12, 5));
        };
        QVERIFY(luminance(ink(lightColors())) < 0.1);
        QVERIFY(luminance(ink(darkColors())) > 0.5);
    }

    void aLeanThemeIsAsTheDesktopWasLast()
    {
        QApplication::setPalette(paletteOf(lightColors()));
        qApp->setStyleSheet({});
        {
            Theme theme(*qApp, Theme::Start::Lean);
            QVERIFY(qApp->styleSheet().isEmpty());
            QVERIFY(!theme.isDark());
            theme.recall(true);
            QVERIFY(theme.isDark());
            QVERIFY(colorsOf(qApp->palette()).dark);
            QVERIFY(qApp->styleSheet().isEmpty());
            theme.dress();
            const QString dressed = qApp->styleSheet();
            QVERIFY(dressed.contains(darkColors().card.name()));
            // Nobody on this bus says what the desktop is.
            theme.follow();
            QTRY_VERIFY(!theme.isDark());
            QVERIFY(qApp->styleSheet() != dressed);
        }
        qApp->setStyleSheet({});
    }

    void nothingIsLeftUntranslated_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << QStringLiteral("en");
        QTest::newRow("ru") << QStringLiteral("ru");
    }
    void nothingIsLeftUntranslated()
    {
        QFETCH(const QString, language);
        QFile file(qEnvironmentVariable("CHATELAINE_SOURCE")
            + QStringLiteral("/translations/chatelaine_%1.ts").arg(language));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("<translation>"));
        QVERIFY2(!text.contains("type=\"unfinished\""), "Run Qt Linguist on this file.");
    }

    void everyStateHasAWordAndAnIcon()
    {
        QStringList words;
        for (const store::AccountState state :
            {store::AccountState::SignedOut, store::AccountState::SignedIn,
                store::AccountState::Expired, store::AccountState::NeedsSignIn,
                store::AccountState::Error}) {
            const StateText text = stateText(state);
            QVERIFY(QFile::exists(QStringLiteral(":/icons/%1.svg").arg(text.icon)));
            words.append(text.word);
        }
        QCOMPARE(words.removeDuplicates(), 0);
    }
};

QTEST_MAIN(CommonTest)
#include "CommonTest.moc"
