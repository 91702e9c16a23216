// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/broker/Prompter.h"

/// What the approval window says about a caller.
namespace chatelaine::ui {

QString fileName(const QString &path);
/// Empty when nothing is known but the process.
QString callerName(const broker::CallerIdentity &caller);
QString ancestorsText(const QList<broker::Ancestor> &chain);
/// Nothing but an interpreter or a shell: it does whatever it is given.
bool isBareInterpreter(const broker::CallerIdentity &caller);
/// The program that a grant "while it runs" would be bound to; empty when it is the caller itself.
QString holderText(const broker::CallerIdentity &caller);
QString sessionTip(const broker::CallerIdentity &caller);

struct Caution
{
    QString title; ///< empty: there is none
    QString text;
};
/// What to know before one answers.
Caution cautionAbout(const broker::Question &question);

} // namespace chatelaine::ui
