// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/ConsentWords.h"

#include <QByteArray>
#include <QList>

namespace chatelaine::testlab {

Language languageOf(QByteArrayView acceptLanguage)
{
    double best = 0;
    Language found = Language::English;
    const QList<QByteArray> ranges = acceptLanguage.toByteArray().toLower().split(',');
    for (const QByteArray &range : ranges) {
        const QList<QByteArray> parts = range.split(';');
        const QByteArray tag = parts.constFirst().trimmed().split('-').constFirst();
        if (tag != "en" && tag != "ru")
            continue;
        double weight = 1;
        for (const QByteArray &part : parts.mid(1)) {
            if (part.trimmed().startsWith("q="))
                weight = part.trimmed().mid(2).toDouble();
        }
        if (weight > best) {
            best = weight;
            found = tag == "ru" ? Language::Russian : Language::English;
        }
    }
    return found;
}

const ConsentWords &consentWords(Language language)
{
    static const ConsentWords english{
        .code = QStringLiteral("en"),
        .title = QStringLiteral("Approve access - Chatelaine test lab"),
        .asks = QStringLiteral("%1 asks for access"),
        .caution = QStringLiteral(
            "The name is the program's own word. Approve only what you started yourself."),
        .may = QStringLiteral("It would be able to"),
        .where = QStringLiteral("Where it goes"),
        .returnsTo = QStringLiteral("Returns to"),
        .accessTo = QStringLiteral("Access to"),
        .clientId = QStringLiteral("Client id"),
        .saysFrom = QStringLiteral("Says it is from"),
        .signedInAs = QStringLiteral("Signed in as"),
        .deny = QStringLiteral("Deny"),
        .approve = QStringLiteral("Approve"),
    };
    static const ConsentWords russian{
        .code = QStringLiteral("ru"),
        .title = QStringLiteral("Доступ — тестовый стенд Chatelaine"),
        .asks = QStringLiteral("%1 просит доступ"),
        .caution = QStringLiteral(
            "Имя — со слов самой программы. Разрешайте только то, что запустили сами."),
        .may = QStringLiteral("Программа сможет"),
        .where = QStringLiteral("Куда уйдёт доступ"),
        .returnsTo = QStringLiteral("Возврат на"),
        .accessTo = QStringLiteral("Доступ к"),
        .clientId = QStringLiteral("Идентификатор клиента"),
        .saysFrom = QStringLiteral("Откуда (со слов)"),
        .signedInAs = QStringLiteral("Вход выполнен как"),
        .deny = QStringLiteral("Отказать"),
        .approve = QStringLiteral("Разрешить"),
    };
    return language == Language::Russian ? russian : english;
}

} // namespace chatelaine::testlab
