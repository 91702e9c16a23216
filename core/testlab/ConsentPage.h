// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/ConsentWords.h"
#include "core/testlab/HttpService.h"

namespace chatelaine::testlab {

struct ConsentQuestion
{
    QString clientName;
    QString clientId;
    QString clientUri; ///< shown, never linked to: the client wrote it
    QString redirectUri;
    QString resource;
    QString subject;
    QStringList scopes;
    QString action; ///< where the form goes: a path of this server
    QString request; ///< hidden fields
    QString csrf;
    Language language = Language::English;
    QByteArray nonce; ///< of the style, for the Content-Security-Policy
};

/// The page that asks the person. Self-contained, no script; #approve and #deny are the buttons.
Answer consentPage(const ConsentQuestion &question);

/// A page for what must not be redirected: an unknown client, a foreign redirect URI.
Answer refusalPage(const QString &title, const QString &sentence, const QByteArray &nonce);

} // namespace chatelaine::testlab
