// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Clock.h"
#include "core/broker/Prompter.h"
#include "core/store/Records.h"
#include "ui/common/Services.h"
#include "ui/tray/Notifier.h"

namespace chatelaine::ui {

class ApprovalQueue;

/// What is worth a notification while nobody looks at the window: an account that lost its sign-in
/// or broke, a question, one that nobody answered in time, and once that the window went to the
/// tray. Each goes with its reason; those that name an account go with a lock too, which hides what
/// there is.
class Notices : public QObject
{
    Q_OBJECT

public:
    /// Tells at once of a question that waits already.
    /// `isWatched`: whether the person has the window before them.
    /// `clock` is the one by which questions end.
    Notices(Services &services, ApprovalQueue &questions, Notifier &notifier, const Clock &clock,
        std::function<bool()> isWatched, QObject *parent = nullptr);

    /// The window went to the tray for the first time.
    void explainTray();
    /// As if the notice of that key had been clicked, for the fallback.
    void follow(const QString &key, const QString &action);

Q_SIGNALS:
    /// The person wants to see that page of the window, or just the window.
    void openRequested(const QString &pageId, const QString &target);
    void questionsRequested();

private:
    void onAccount(const QString &accountId);
    void onLocked();
    void onQuestions();
    void onWithdrawn(const broker::Question &question);

    Services &m_services;
    ApprovalQueue &m_questions;
    Notifier &m_notifier;
    const Clock &m_clock;
    std::function<bool()> m_isWatched;
    QHash<QString, store::AccountState> m_known;
    quint64 m_toldQuestion = 0;
};

} // namespace chatelaine::ui
