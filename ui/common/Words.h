// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audit/AuditEvent.h"
#include "core/base/Error.h"
#include "core/base/Time.h"
#include "core/store/Records.h"
#include "core/vault/Vault.h"
#include "ui/common/Colors.h"

/// Times, numbers, states and errors in the person's language and locale.
namespace chatelaine::ui {

QString absoluteTime(UtcMs time); ///< "23 Nov 2026 04:11", "Nov 23, 2026, 4:11 AM"; none: empty
QString shortTime(UtcMs time); ///< "23 Nov 04:11:05"; with the year when it is another one
/// "just now", "5 minutes ago", "in 2 hours"; the date when it is further than a week away.
QString relativeTime(UtcMs time, UtcMs now);
/// A countdown: "4:05", "59 min", "23 h", "6 days"; empty when it is over.
QString remaining(UtcMs until, UtcMs now);
/// How long until the text of remaining() changes.
qint64 nextChangeMs(UtcMs until, UtcMs now);
QString milliseconds(qint64 ms); ///< "12 ms", "1.4 s"

struct StateText
{
    Tone tone;
    QString icon;
    QString word;
};
StateText stateText(store::AccountState state);
StateText outcomeText(audit::Outcome outcome);
QString vaultKindText(Vault::Kind kind);
QString registrationKindText(store::RegistrationKind kind);
QString lifetimeText(const store::Grant &grant, UtcMs now); ///< "always", "for 59 min more"

/// What went wrong, in the person's language, by its code: one sentence and what to do.
QString errorTitle(const Error &error);
/// For the history: that a person did it in this window.
audit::ClientFacts windowFacts();
/// An event of the history by its stable name; the name itself where there are no words for it.
QString eventText(const QString &event);
/// The remark of a record: the history's fixed phrases and the core's sentences in the words of
/// this language, all else as it was written.
QString remarkText(const QString &detail);
/// A step of discovery or sign-in by its stable name.
QString stepText(const QString &step);

} // namespace chatelaine::ui
