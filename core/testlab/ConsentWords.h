// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

/// What the consent page says, in the languages of the windows. The lab has no translator: it says
/// what the browser asks for, not what the windows speak.
namespace chatelaine::testlab {

enum class Language { English, Russian };

/// The one of ours that stands first in an Accept-Language (RFC 9110 §12.5.4); English without.
Language languageOf(QByteArrayView acceptLanguage);

struct ConsentWords
{
    QString code; ///< of the language, for the page
    QString title;
    QString asks; ///< %1 is the client's name, as HTML
    QString caution;
    QString may;
    QString where;
    QString returnsTo;
    QString accessTo;
    QString clientId;
    QString saysFrom;
    QString signedInAs;
    QString deny;
    QString approve;
};

const ConsentWords &consentWords(Language language);

} // namespace chatelaine::testlab
