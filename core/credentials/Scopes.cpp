// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/Scopes.h"

namespace chatelaine::credentials {

QStringList splitScopes(const QString &scope)
{
    QStringList list = scope.split(u' ', Qt::SkipEmptyParts);
    list.removeDuplicates();
    return list;
}

QStringList unionOf(const QStringList &a, const QStringList &b)
{
    QStringList both = a + b;
    both.removeDuplicates();
    return both;
}

QStringList missingFrom(const QStringList &granted, const QStringList &wanted)
{
    QStringList missing;
    for (const QString &scope : wanted) {
        if (!granted.contains(scope))
            missing.append(scope);
    }
    return missing;
}

QStringList chooseScopes(const ScopeSources &sources)
{
    QStringList scopes;
    if (!sources.chosenByPerson.isEmpty())
        scopes = sources.chosenByPerson;
    else if (sources.challenged)
        scopes = splitScopes(*sources.challenged);
    else if (sources.resourceSupports)
        scopes = *sources.resourceSupports;
    scopes = unionOf(sources.before, unionOf(scopes, sources.extra));

    const QString offline = QStringLiteral("offline_access");
    if (!scopes.isEmpty() && sources.issuerSupports && sources.issuerSupports->contains(offline)
        && !scopes.contains(offline))
        scopes.append(offline);
    return scopes;
}

} // namespace chatelaine::credentials
