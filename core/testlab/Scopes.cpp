// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/Scopes.h"

namespace chatelaine::testlab {

namespace {

struct ScopeText
{
    const char *scope;
    const char *english;
    const char *russian;
};

constexpr ScopeText scopes[] = {
    {"sentiment:read", "Judge the sentiment of one news text at a time",
        "Оценивать настроение новостей, по одному тексту"},
    {"sentiment:batch", "Judge many news texts at once",
        "Оценивать много новостей сразу"},
    {"sentiment:write", "Change the word list everybody's results depend on",
        "Менять словарь, от которого зависят результаты у всех"},
    {"offline_access", "Stay signed in while you are away",
        "Сохранять вход, пока вас нет"},
};

} // namespace

QStringList knownScopes()
{
    QStringList names;
    for (const ScopeText &scope : scopes)
        names.append(QString::fromLatin1(scope.scope));
    return names;
}

QString scopeDescription(const QString &name, Language language)
{
    for (const ScopeText &scope : scopes) {
        if (name == QLatin1StringView(scope.scope))
            return QString::fromUtf8(
                language == Language::Russian ? scope.russian : scope.english);
    }
    return {};
}

QStringList resourceScopes()
{
    return {QStringLiteral("sentiment:read"), QStringLiteral("sentiment:batch"),
            QStringLiteral("sentiment:write")};
}

} // namespace chatelaine::testlab
