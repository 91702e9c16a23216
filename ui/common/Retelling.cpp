// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/Retelling.h"

#include "core/base/Sentence.h"

#include <QCache>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <algorithm>
#include <optional>

namespace chatelaine::ui {

namespace {

/// A sentence of the core as it may have been stored: with its places for what is put in.
struct Form
{
    QByteArray source; ///< the English one, which finds that of any language
    QString start; ///< what stands before the first place
    QString anywhere; ///< the longest of what stands between two places
    QRegularExpression whole;
    QRegularExpression first; ///< of several sentences; no pattern when what ends it is a place
    QList<int> places;
    qsizetype fixed = 0; ///< characters outside the places
};

constexpr int deepest = 4;
/// Of what was told last: a list paints its rows again and again, and what is not known takes the
/// longest to be found out.
constexpr int mostRemembered = 500;
/// Less than this between the places would be found in what other people say.
constexpr qsizetype fewestFixed = 6;

const QRegularExpression &place()
{
    static const QRegularExpression pattern(QStringLiteral("%L?(\\d)"));
    return pattern;
}

Form formOf(const QString &source, const QString &said)
{
    Form form;
    form.source = source.toUtf8();
    QString pattern;
    qsizetype from = 0;
    const auto literal = [&](const QString &piece) {
        pattern += QRegularExpression::escape(piece);
        if (piece.size() > form.anywhere.size())
            form.anywhere = piece;
        form.fixed += piece.size();
    };
    for (const QRegularExpressionMatch &match : place().globalMatch(said)) {
        const QString piece = said.mid(from, match.capturedStart() - from);
        if (from == 0)
            form.start = piece;
        literal(piece);
        pattern += QStringLiteral("(.+?)");
        form.places.append(match.captured(1).toInt());
        from = match.capturedEnd();
    }
    if (from == 0)
        form.start = said;
    literal(said.mid(from));
    const auto options = QRegularExpression::DotMatchesEverythingOption;
    form.whole = QRegularExpression(u'^' + pattern + u'$', options);
    if (from < said.size())
        form.first = QRegularExpression(u'^' + pattern, options);
    return form;
}

QList<Form> readForms()
{
    QList<Form> forms;
    QFile file(QStringLiteral(":/i18n/chatelaine_ru.ts"));
    if (!file.open(QIODevice::ReadOnly))
        return forms;
    QXmlStreamReader xml(&file);
    bool core = false;
    QString source;
    while (!xml.atEnd()) {
        if (!xml.readNextStartElement())
            continue;
        const QStringView name = xml.name();
        if (name == u"name") {
            core = xml.readElementText() == u"Sentence";
        } else if (core && name == u"source") {
            source = xml.readElementText();
        } else if (core && name == u"translation") {
            for (const QString &said :
                {source, xml.readElementText(QXmlStreamReader::SkipChildElements)}) {
                Form form = formOf(source, said);
                if (form.fixed >= fewestFixed)
                    forms.append(std::move(form));
            }
        }
    }
    std::stable_sort(forms.begin(), forms.end(),
        [](const Form &one, const Form &other) { return one.fixed > other.fixed; });
    return forms;
}

const QList<Form> &forms()
{
    static const QList<Form> all = readForms();
    return all;
}

std::optional<QString> tell(const QString &text, int depth);

QString tellAs(const Form &form, const QRegularExpressionMatch &match, int depth)
{
    const QString now = Sentence::tr(form.source.constData());
    QString told;
    qsizetype from = 0;
    for (const QRegularExpressionMatch &gap : place().globalMatch(now)) {
        told += QStringView(now).mid(from, gap.capturedStart() - from);
        from = gap.capturedEnd();
        const qsizetype at = form.places.indexOf(gap.captured(1).toInt());
        const QString put = at < 0 ? gap.captured() : match.captured(int(at) + 1);
        told += tell(put, depth + 1).value_or(put);
    }
    return told + now.mid(from);
}

std::optional<QString> tell(const QString &text, int depth)
{
    if (depth > deepest)
        return std::nullopt;
    const auto mayBe = [&text](const Form &form) {
        return text.startsWith(form.start) && text.contains(form.anywhere);
    };
    for (const Form &form : forms()) {
        if (!mayBe(form))
            continue;
        if (const QRegularExpressionMatch match = form.whole.match(text); match.hasMatch())
            return tellAs(form, match, depth);
    }
    // A code in brackets and a blank stand between sentences in every language.
    static const QRegularExpression between(QStringLiteral("^(?: ?\\([a-z_]+\\)\\.| )"));
    if (const QRegularExpressionMatch match = between.match(text); match.hasMatch()) {
        const QString rest = text.mid(match.capturedEnd());
        const auto told = rest.isEmpty() ? QString() : tell(rest, depth + 1);
        if (told)
            return match.captured() + *told;
    }
    for (const Form &form : forms()) {
        if (form.first.pattern().isEmpty() || !mayBe(form))
            continue;
        const QRegularExpressionMatch match = form.first.match(text);
        if (!match.hasMatch())
            continue;
        if (const auto rest = tell(text.mid(match.capturedEnd()), depth + 1))
            return tellAs(form, match, depth) + *rest;
    }
    return std::nullopt;
}

} // namespace

QString retold(const QString &stored)
{
    // Names of tools and values of settings are details too, and none of them is a sentence.
    if (!stored.contains(u' '))
        return stored;
    const bool isEnglish = std::all_of(stored.cbegin(), stored.cend(),
        [](QChar c) { return !c.isLetter() || c.unicode() < 0x80; });
    if (isEnglish && QLocale().language() == QLocale::English)
        return stored;
    static QCache<QString, QString> remembered(mostRemembered);
    const QString key = QLocale().name() + u' ' + stored;
    if (const QString *known = remembered.object(key))
        return *known;
    const QString found = tell(stored, 0).value_or(stored);
    remembered.insert(key, new QString(found));
    return found;
}

} // namespace chatelaine::ui
