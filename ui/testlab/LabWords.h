// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/testlab/Exchange.h"
#include "core/testlab/Faults.h"
#include "core/testlab/Inventory.h"
#include "ui/common/Words.h"

/// The test lab's words in the person's language.
namespace chatelaine::ui {

/// A request by its name in TestLab::requestCounts().
QString exchangeText(const QString &what);
/// "200", or "no answer", with the tone and icon of its kind.
StateText statusText(const testlab::Exchange &exchange);
/// The lane a request goes to.
QString placeText(testlab::Exchange::Place place);
/// An exchange in a sentence, for those who do not see the diagram.
QString sentenceOf(const testlab::Exchange &exchange);
QString clockTime(UtcMs time); ///< "04:11:23"
QString durationText(const testlab::Exchange &exchange);

QString faultSentence(const testlab::FaultText &fault);
QString faultGroupText(testlab::FaultGroup group);

QString tokenKindText(testlab::IssuedToken::Kind kind);
/// Good for how long, or why not.
StateText tokenState(const testlab::IssuedToken &token, UtcMs now);
QString clientKindText(const QString &kind);

} // namespace chatelaine::ui
