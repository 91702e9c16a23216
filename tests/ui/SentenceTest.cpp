// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/ServerUrl.h"
#include "core/oauth/TokenResponse.h"
#include "ui/common/Language.h"
#include "ui/common/Retelling.h"
#include "ui/common/Words.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QThread>
#include <QTranslator>
#include <QXmlStreamReader>

#include <memory>

using namespace chatelaine;

namespace {

struct Entry
{
    QString context;
    QString source;
    QStringList translations; ///< several where a number decides
};

QByteArray contents(const QString &path)
{
    QFile file(qEnvironmentVariable("CHATELAINE_SOURCE") + u'/' + path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s can't be read", qPrintable(path));
    return file.readAll();
}

QList<Entry> russian()
{
    QList<Entry> entries;
    QString context;
    bool counted = false;
    QXmlStreamReader xml(contents(QStringLiteral("translations/chatelaine_ru.ts")));
    while (!xml.atEnd()) {
        if (!xml.readNextStartElement())
            continue;
        const QStringView name = xml.name();
        if (name == u"name")
            context = xml.readElementText();
        else if (name == u"message")
            counted = xml.attributes().value(QLatin1StringView("numerus")) == u"yes";
        else if (name == u"source")
            entries.append({context, xml.readElementText(), {}});
        else if (name == u"numerusform" || (name == u"translation" && !counted))
            entries.last().translations.append(xml.readElementText());
    }
    return entries;
}

/// What is put in, and what is typed or read by programs: it is the same in
/// every language.
QStringList fixedParts(const QString &text)
{
    static const QRegularExpression part(
        QStringLiteral("%L?\\d|%n|(?<=: |`)chatelaine [a-z]+(?: "
                       "[a-z]+)?|CHATELAINE_\\w+|--[a-z-]+"
                       "|https?://[\\w./:]+[\\w/]|\\b[a-z]+_[a-z_]+\\b"));
    QStringList parts;
    for (const QRegularExpressionMatch &match : part.globalMatch(text))
        parts.append(match.captured());
    parts.sort();
    return parts;
}

QString sourcesUnder(const QString &top)
{
    QString all;
    QDirIterator files(qEnvironmentVariable("CHATELAINE_SOURCE") + u'/' + top,
        {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
        QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (files.fileName() != u"Sentence.h" && file.open(QIODevice::ReadOnly))
            all += QString::fromUtf8(file.readAll());
    }
    static const QRegularExpression comment(
        QStringLiteral("^\\s*//.*$"), QRegularExpression::MultilineOption);
    return all.remove(comment);
}

/// The literals that are given to Sentence::tr() and QT_TRANSLATE_NOOP(), with
/// their contexts.
QList<Entry> textsInTheSources()
{
    static const QRegularExpression call(
        QStringLiteral("(?:Sentence::tr\\(|QT_TRANSLATE_NOOP\\(\\s*\"(\\w+)\",)"
                       "\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)"));
    static const QRegularExpression literal(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\""));
    QList<Entry> entries;
    const QString text = sourcesUnder(QStringLiteral("core")) + sourcesUnder(QStringLiteral("ui"));
    for (const QRegularExpressionMatch &match : call.globalMatch(text)) {
        QString sentence;
        for (const QRegularExpressionMatch &piece : literal.globalMatch(match.captured(2)))
            sentence += piece.captured(1);
        sentence.replace(QStringLiteral("\\\""), QStringLiteral("\""));
        const QString context = match.captured(1);
        entries.append({context.isEmpty() ? QStringLiteral("Sentence") : context, sentence, {}});
    }
    return entries;
}

bool isRussian(const QString &text)
{
    static const QRegularExpression letter(QStringLiteral("[А-Яа-яЁё]"));
    return letter.match(text).hasMatch();
}

} // namespace

/// What the core says to people, in the process of the windows.
class SentenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCoreSpeaksTheLanguageOfTheWindows()
    {
        const QString url = QStringLiteral("http://mcp.example.com/mcp");
        ui::Language language;
        language.set(QStringLiteral("en"));
        const Result<QUrl> english = credentials::readServerUrl(url);
        QVERIFY(!english);
        QCOMPARE(english.error().message,
            QStringLiteral("http would send your token readable over the network. Use "
                           "https://mcp.example.com/mcp instead."));
        language.set(QStringLiteral("ru"));
        const Result<QUrl> said = credentials::readServerUrl(url);
        QVERIFY(!said);
        QCOMPARE(said.error().message,
            QStringLiteral("По http ваш токен ушёл бы в сеть открытым текстом. Укажите "
                           "https://mcp.example.com/mcp."));
        QCOMPARE(said.error().code, english.error().code);
        QCOMPARE(errorCodeName(said.error().code), QStringLiteral("invalid_input"));
    }

    void aSentenceOfPartsIsOfOneLanguage()
    {
        ui::Language language;
        language.set(QStringLiteral("ru"));
        const auto tokens = oauth::parseTokenResponse(200, "application/json", "[]", {});
        QVERIFY(!tokens);
        QCOMPARE(tokens.error().message,
            QStringLiteral("Ответ сервера авторизации с токеном не годится: "
                           "Ответ с токеном — это "
                           "JSON, но не объект. Сообщите его администратору; "
                           "ничего не изменено."));
        const auto refused = oauth::parseTokenResponse(400, "application/json",
            R"({"error":"invalid_grant","error_description":"The grant has ended"})", {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().message,
            QStringLiteral("Сервер авторизации отклонил запрос токена (invalid_grant: "
                           "«The grant "
                           "has ended»). Вход там больше не действует: войдите снова."));
        QCOMPARE(refused.error().data.value(QLatin1StringView("error")).toString(),
            QStringLiteral("invalid_grant"));
    }

    void aThreadMaySpeakToo()
    {
        ui::Language language;
        language.set(QStringLiteral("ru"));
        QString said;
        std::unique_ptr<QThread> thread(QThread::create([&said] {
            said = credentials::readServerUrl(QStringLiteral("ftp://x/")).error().message;
        }));
        thread->start();
        QVERIFY(thread->wait());
        QVERIFY2(isRussian(said), qPrintable(said));
    }

    /// They are written in English for ever; only who reads them has a language.
    void remarksOfTheHistoryHaveWords()
    {
        const QByteArray core = sourcesUnder(QStringLiteral("core")).toUtf8();
        ui::Language language;
        language.set(QStringLiteral("ru"));
        for (const char *remark :
            {"denied by the user", "denied by policy", "no grant, and no window to ask in",
                "denied by the user on the terminal", "denied by the user a moment before",
                "put to the person on the terminal", "nobody answered in time",
                "the program was changed since its grant, and no window to ask in", "asked for",
                "not used for a while", "the screen was locked", "the machine goes to sleep",
                "by the keychain", "with the passphrase"}) {
            QVERIFY2(core.contains(QByteArray("QStringLiteral(\"") + remark + "\")"), remark);
            const QString said = ui::remarkText(QString::fromLatin1(remark));
            QVERIFY2(isRussian(said), remark);
        }
        QCOMPARE(ui::remarkText(QStringLiteral("denied by policy; 3 more like it within a minute")),
            QStringLiteral("запрещено общим правилом; ещё 3 таких же за минуту"));
        QCOMPARE(ui::remarkText(QStringLiteral("tools/list")), QStringLiteral("tools/list"));
        for (const char *form : {"%1 at %2", "for %1, %2%3%4", "scope not granted by the server: ",
                 "%1 more refused or failed within a minute",
                 ", went on with this token"})
            QVERIFY2(core.contains(QByteArray("QStringLiteral(\"") + form + "\")"), form);
        for (const char *remark : {"c1 at https://auth.example.com", "for any client, always",
                 "for /usr/bin/codex, until 2026-07-28T12:00:00Z: not used for a while",
                 "scope not granted by the server: read write",
                 "7 more refused or failed within a minute",
                 "tools/list, went on with this token"}) {
            const QString said = ui::remarkText(QString::fromLatin1(remark));
            QVERIFY2(isRussian(said), remark);
        }
    }

    void whatWasStoredIsToldInTheLanguageOfTheWindows_data()
    {
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("russian");
        const auto row = [](const char *name, const char *english, const char *russian) {
            QTest::newRow(name) << QString::fromUtf8(english) << QString::fromUtf8(russian);
        };
        row("alone", "Taken over from the vault after an interruption.",
            "Взято из хранилища после сбоя.");
        row("with something put in",
            "https://mcp.example.com did not answer within 30 seconds. Try again later.",
            "https://mcp.example.com не ответил за 30 с. Повторите попытку позже.");
        row("a sentence in a sentence",
            "The authorization server could not be told: The name auth.example.com was not found. "
            "Check the address and the network connection.",
            "Не удалось сообщить серверу авторизации: Имя auth.example.com не найдено. Проверьте "
            "адрес и подключение к сети.");
        row("one after another",
            "The authorization server refused the token request (invalid_grant). The sign-in is "
            "no longer valid there: sign in again.",
            "Сервер авторизации отклонил запрос токена (invalid_grant). Вход там больше не "
            "действует: войдите снова.");
        row("what the server said",
            "The authorization server refused the token request (invalid_grant: \"It was "
            "revoked\"). The sign-in is no longer valid there: sign in again.",
            "Сервер авторизации отклонил запрос токена (invalid_grant: «It was revoked»). Вход "
            "там больше не действует: войдите снова.");
        row("what nobody here has said", "policy=deny for the time being",
            "policy=deny for the time being");
        row("what begins like ours", "The account was removed. Ask Ada.",
            "The account was removed. Ask Ada.");
    }

    void whatWasStoredIsToldInTheLanguageOfTheWindows()
    {
        QFETCH(const QString, english);
        QFETCH(const QString, russian);
        ui::Language language;
        language.set(QStringLiteral("ru"));
        QCOMPARE(ui::retold(english), russian);
        QCOMPARE(ui::retold(russian), russian);
        language.set(QStringLiteral("en"));
        QCOMPARE(ui::retold(english), english);
        QCOMPARE(ui::retold(russian), english);
    }

    /// Also what a file of translations has not heard of, or has lost.
    void everySentenceAndTableIsTranslated()
    {
        QTranslator translator;
        QVERIFY(translator.load(QStringLiteral(":/i18n/chatelaine_ru.qm")));
        const QList<Entry> texts = textsInTheSources();
        QVERIFY(texts.size() > 400);
        QStringList missing;
        for (const Entry &text : texts) {
            if (translator
                    .translate(
                        text.context.toLatin1().constData(), text.source.toUtf8().constData())
                    .isEmpty())
                missing.append(text.context + QStringLiteral(": ") + text.source);
        }
        QVERIFY2(missing.isEmpty(),
            qPrintable(QStringLiteral("Build update_translations and translate:\n")
                + missing.join(u'\n')));
    }

    void whatIsPutInOrTypedStays()
    {
        const QList<Entry> entries = russian();
        QVERIFY(entries.size() > 500);
        QStringList wrong;
        for (const Entry &entry : entries) {
            const QStringList expected = fixedParts(entry.source);
            for (const QString &translation : entry.translations) {
                if (fixedParts(translation) != expected)
                    wrong.append(entry.source + QStringLiteral(" => ") + translation);
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void russianIsSetInItsOwnType()
    {
        // Quotation marks, dashes and dots as a Russian page has them; commands
        // keep theirs.
        static const QRegularExpression command(QStringLiteral("--\\w+ \"%\\d\""));
        QStringList wrong;
        const QList<Entry> entries = russian();
        for (const Entry &entry : entries) {
            for (QString translation : entry.translations) {
                translation.remove(command);
                if (translation.contains(u'"') || translation.contains(QStringLiteral(" - "))
                    || translation.contains(QStringLiteral("...")))
                    wrong.append(entry.source + QStringLiteral(" => ") + translation);
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(SentenceTest)
#include "SentenceTest.moc"
