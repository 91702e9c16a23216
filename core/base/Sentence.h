// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace chatelaine {

/// What the core says to people: `Sentence::tr("%1 can't be read.").arg(path)`. Where a translator
/// is installed, as in the process of the windows, it comes in the language of that moment; in the
/// broker and the command line by themselves it stays English. For any thread. A sentence that
/// stands in a table is marked there: `QT_TRANSLATE_NOOP("Sentence", "true or false")`.
///
/// Not for what programs compare (codes, snake_case names), nor for what goes into the log alone or
/// over the wire to a server.
class Sentence
{
    Q_DECLARE_TR_FUNCTIONS(Sentence)

public:
    Sentence() = delete;
};

} // namespace chatelaine
