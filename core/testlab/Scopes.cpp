// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/testlab/Scopes.h"

namespace chatelaine::testlab {

namespace {

struct ScopeText
{
    const char *scope;
    const char *description;
};

constexpr ScopeText scopes[] = {
    {"sentiment:read", "Judge the sentiment of one news text at a time"},
    {"sentiment:batch", "Judge many news texts at once"},
    {"sentiment:write", "Change the word list everybody's results depend on"},
    {"offline_access", "Stay signed in while you are away"},
};

} // namespace

QStringList knownScopes()
{
    QStringList names;
    for (const ScopeText &scope : scopes)
        names.append(QString::fromLatin1(scope.scope));
    return names;
}

QString scopeDescription(const QString &name)
{
    for (const ScopeText &scope : scopes) {
        if (name == QLatin1StringView(scope.scope))
            return QString::fromLatin1(scope.description);
    }
    return {};
}

QStringList resourceScopes()
{
    return {QStringLiteral("sentiment:read"), QStringLiteral("sentiment:batch"),
            QStringLiteral("sentiment:write")};
}

} // namespace chatelaine::testlab
