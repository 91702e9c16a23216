// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/ConsentWords.h"

#include <QString>
#include <QStringList>

namespace chatelaine::testlab {

/// The scopes the authorization server knows, in the order in which they are shown.
QStringList knownScopes();
/// What a scope allows, for a person, without a full stop.
QString scopeDescription(const QString &scope, Language language);
/// The scopes of the demo server alone (`scopes_supported` of the resource).
QStringList resourceScopes();

} // namespace chatelaine::testlab
