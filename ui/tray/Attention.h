// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/Records.h"
#include "ui/common/Services.h"

#include <QObject>

namespace chatelaine::ui {

class ApprovalQueue;

/// What a person should know who does not see the window.
class Attention : public QObject
{
    Q_OBJECT

public:
    /// The first that is true decides.
    enum class State { Question, Locked, SignIn, Well };

    /// An account that nothing can be borrowed from until somebody signs in.
    struct Need
    {
        QString accountId;
        QString name; ///< "github", "github/work"
        store::AccountState state;
    };

    Attention(Services &services, ApprovalQueue &questions, QObject *parent = nullptr);

    State state() const;
    QList<Need> needs() const; ///< none while it is locked
    qsizetype questions() const;
    bool isLocked() const;
    /// In the person's words, a line for each thing.
    QStringList sentences() const;

    /// Whether an account in that state waits for a sign-in that it once had.
    static bool isNeed(store::AccountState state);
    static QString needSentence(int count);

Q_SIGNALS:
    void changed();

private:
    Services &m_services;
    ApprovalQueue &m_questions;
};

} // namespace chatelaine::ui
